import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { insertRows } from '@/db/rows'
import { related } from '@/db/schema/related'
import { transaction } from '@/db/transaction'
import type { RelatedIndex } from './compared'
import { everyList } from './lists'
import { loadIndex } from './load-index'
import { pairsWord } from './people'
import { loadNamedPairs, loadTitles } from './queries'
import { entryOf, type Listed, relatedToTitle } from './rules'
import type { RelatedEntry } from './types'

/** The index of the last full build in this process: one show's list needs no reading of all the others. */
let last: RelatedIndex | null = null

const write = (lists: { id: string; entries: RelatedEntry[] }[]) =>
  insertRows(
    related,
    lists.flatMap(({ id, entries }) =>
      entries.map(({ id: relatedId, score, reasons }, i) => ({
        showId: Number(id),
        rank: i + 1,
        relatedShowId: Number(relatedId),
        score,
        reasons,
      })),
    ),
  )

/**
 * Computes related titles for the whole catalogue, or for some shows of it, and replaces their rows in one
 * transaction, so that no page ever reads half a list. Some shows are compared with the catalogue as the last full
 * build of this process found it. Returns how many shows got a list and how many cards.
 */
export async function buildRelated({
  showIds,
  report,
}: {
  showIds?: number[]
  report?: (line: string) => void
} = {}): Promise<{ shows: number; cards: number }> {
  return showIds ? buildSome(showIds, report) : buildAll(report)
}

async function buildSome(showIds: number[], report?: (line: string) => void) {
  last ??= await loadIndex()
  // A pair that has just begun to count, or ceased, is why some lists are built anew.
  const pairs = pairsWord(await loadNamedPairs(), last.catalogue.numbers)
  const index = { ...last, people: { ...last.people, pairs } }
  const titles = await loadTitles(showIds)
  const lists = titles.map((title) => ({ id: title.id, entries: relatedToTitle(index, title) }))
  await transaction(
    async () => {
      await db().execute(sql`delete from related where show_id in ${showIds}`)
      await write(lists)
    },
    { idempotent: true },
  )
  const shows = lists.filter(({ entries }) => entries.length > 0).length
  const cards = lists.reduce((sum, { entries }) => sum + entries.length, 0)
  report?.(`Related titles: ${cards} cards for ${shows} of ${showIds.length} shows.`)
  return { shows, cards }
}

async function buildAll(report?: (line: string) => void) {
  const index = await loadIndex()
  last = index
  const { titles } = index.catalogue
  // Worked out first, as nothing but SQL belongs inside a transaction; in words a large catalogue's lists would not fit.
  const batches: { from: number; lists: string }[] = []
  for await (const batch of everyList(index)) batches.push(batch)
  let shows = 0
  let cards = 0
  await transaction(
    async () => {
      ;[shows, cards] = [0, 0]
      await db().execute(sql`delete from related`)
      for (const { from, lists } of batches) {
        const inWords = (JSON.parse(lists) as Listed[][]).map((list, i) => {
          const of = titles[from + i]!
          if (list.length) shows++
          cards += list.length
          return { id: of.id, entries: list.map((listed) => entryOf(index, of, listed)) }
        })
        await write(inWords)
      }
    },
    { idempotent: true },
  )
  report?.(`Related titles: ${cards} cards for ${shows} of ${titles.length} shows.`)
  return { shows, cards }
}
