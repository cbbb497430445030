/**
 * What the data folder says of the state of a well-known show, read without our ledger, our rules or our catalogue: the
 * truth that the starter's states are held against. Of the builder it asks only which show a statement means, which
 * statements were written down wrongly (`fixes.ts`) and which pages are no source (`sources.ts`).
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { titleKey } from '@/lib/workshop/catalogue/names'
import { csvRows } from '@/lib/workshop/catalogue/sets/table'
import { tvmaze2025Row } from '@/lib/workshop/catalogue/sets/tvmaze'
import { cleanClaim, collectedClaim, fixBook, type StarterClaim } from '@/lib/workshop/claims/clean'
import { type CatalogueIndex, resolveShow } from '@/lib/workshop/claims/resolve'
import { meantShow } from '@/lib/workshop/claims/shows'

export const DATA = path.join(import.meta.dirname, '../../../shared/data')

export interface Famous {
  title: string
  aliases?: string[] | null
  seasons: { number: number; premiere: string }[]
}

/** The values of an NDJSON file, a line each. */
export const linesOf = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

export const famousShows = (): Famous[] => linesOf(path.join(DATA, 'catalogue/more/famous-by-hand.ndjson'))

/** A statement as collected, and the same as far as it holds: none where it was miscoded or its page is no source. */
export interface Word {
  collected: StarterClaim
  held: StarterClaim[]
}

/** All statements of the data folder by the address of the show they mean. */
export function wordsByShow(index: CatalogueIndex): Map<string, Word[]> {
  const words = new Map<string, Word[]>()
  const { fixOf } = fixBook()
  for (const name of ['asia', 'west', '2026-news', 'famous-west', 'famous-asia'])
    for (const line of linesOf(path.join(DATA, `claims/claims-${name}.ndjson`))) {
      const one = collectedClaim.parse(line)
      const found = resolveShow(meantShow(one, new Map()), index)
      if (!found.ok) continue
      const collected = { ...one, modality: one.modality ?? 'done', published_on: one.published_on ?? null }
      const { claims: held } = cleanClaim(one, fixOf(one))
      const word = { collected: { ...collected, date: one.date ?? null } as StarterClaim, held }
      words.set(found.id, [...(words.get(found.id) ?? []), word])
    }
  return words
}

/** Whether the newest of TVmaze's copies that has a show of that name and year lists it as finished. */
export function finishedByLabel(): (show: Famous) => boolean {
  interface Listed {
    title: string
    premiered?: string
    status?: string
  }
  const copies = [
    linesOf<Listed>(path.join(DATA, 'catalogue/more/tvmaze-2025-10.ndjson')),
    csvRows(path.join(DATA, 'catalogue/tvmaze_2025.csv'), tvmaze2025Row).map((row) => ({
      title: row.title,
      premiered: String(row.start_year),
      status: row.status,
    })),
    linesOf<Listed>(path.join(DATA, 'catalogue/more/tvmaze-schedule-shows.ndjson')),
  ]
  const listed = new Map<string, { year: number; status: string }[]>()
  for (const { title, premiered = '', status } of copies.flat())
    if (status) {
      const key = titleKey(title)
      listed.set(key, [...(listed.get(key) ?? []), { year: Number(premiered.slice(0, 4)), status }])
    }
  return ({ title, aliases, seasons }) => {
    const began = Number(seasons[0]?.premiere.slice(0, 4))
    const named = [title, ...(aliases ?? [])].flatMap((name) => listed.get(titleKey(name)) ?? [])
    const label = [0, 1].flatMap((apart) => named.filter(({ year }) => Math.abs(year - began) === apart))[0]
    return label?.status === 'Ended'
  }
}

const CREDIBLE = new Set(['official', 'interview', 'trade', 'press'])
const ORDERS = new Set(['renewed', 'announced'])
const ENDS = new Set(['cancelled', 'ended', 'final_season'])

/** The states that a show may be said to have, and the word that settles it. */
export interface Settled {
  states: string[]
  by: string
}

/**
 * The settling word of a show: of the statements that something was done (`cancelled`, `ended`, `final_season`, and
 * orders: `renewed`, `announced`), less orders of seasons the list by hand has as begun and less pages of fans,
 *
 * 1. those of the press or better, if there are any, else an aggregator's;
 * 2. of these the newest by its day of publication, or where it has none by the day it names; on one day an end stands
 *    over the order before it;
 * 3. where nobody speaks, TVmaze's label, if it says that the show is finished.
 *
 * An order means returning or final season, a last season still to come final season, one that has begun ended, or
 * cancelled where the press or better says that too (it says which season is the last, not why); an end ended, a
 * cancellation cancelled, a label any of over, ended and cancelled.
 */
export function settlingWord(words: StarterClaim[], begun: number, isFinished: boolean): Settled | null {
  const said = words.filter(
    ({ kind, modality, season, source_class }) =>
      modality === 'done' &&
      source_class !== 'fan' &&
      (ENDS.has(kind) || (ORDERS.has(kind) && season > begun)),
  )
  const credible = said.filter(({ source_class }) => CREDIBLE.has(source_class))
  const day = ({ published_on, date }: StarterClaim) => published_on ?? date ?? ''
  const [newest] = (credible.length > 0 ? credible : said).sort(
    (a, b) => day(b).localeCompare(day(a)) || Number(ENDS.has(b.kind)) - Number(ENDS.has(a.kind)),
  )
  if (!newest) return isFinished ? { states: ['over', 'ended', 'cancelled'], by: 'label' } : null
  const { kind, season, source_class, publisher } = newest
  const by = `${source_class} ${publisher}, ${day(newest) || 'undated'}: ${kind} ${season}`
  if (kind === 'cancelled') return { states: ['cancelled'], by }
  if (kind === 'ended') return { states: ['ended'], by }
  if (ORDERS.has(kind)) return { states: ['returning', 'final-season'], by }
  if (season > begun && !isFinished) return { states: ['final-season'], by }
  const isCancelled = credible.some((word) => word.kind === 'cancelled')
  return { states: isCancelled ? ['ended', 'cancelled'] : ['ended'], by }
}
