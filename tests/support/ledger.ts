/** Claims for tests: made by hand in one line, or the starter ledger read from its files without a database. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type CatalogueRecord, catalogueRecord } from '@/lib/catalogue/types'
import { stateOfRecord } from '@/lib/ledger/of-record'
import type { Day } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import type { Claim } from '@/lib/status/claim'
import type { SeasonFacts, Window } from '@/lib/status/types'
import { citesOfficialBody } from './bodies'

export function windowOf(edtf: string | null | undefined): Window | null {
  if (!edtf) return null
  const parsed = parseEdtf(edtf)
  if (!parsed.ok) throw new Error(parsed.reason)
  return { edtf, earliest: parsed.window.earliest, latest: parsed.window.latest }
}

export const factsOf = (
  number = 2,
  premiere: string | null = null,
  finale: string | null = null,
): SeasonFacts => ({
  number,
  premiere: windowOf(premiere),
  finale: windowOf(finale),
  episodes: null,
})

type Short = Partial<Omit<Claim, 'source'>> & { kind: Claim['kind']; by?: string }

/** A claim of the press from a page of its own, unless told otherwise. */
export function claim({ by = 'The Daily', ...given }: Short): Claim {
  const window = windowOf(given.edtf)
  const whole: Omit<Claim, 'id'> = {
    season: 2,
    value: given.kind,
    edtf: null,
    who: null,
    personStatus: null,
    modality: 'done' as const,
    citing: null,
    citesOfficialBody: citesOfficialBody(given.citing),
    url: `https://${by.toLowerCase().replace(/\W/g, '')}.test/${given.kind}-${given.edtf ?? ''}-${given.publishedOn ?? ''}`,
    publishedOn: null,
    seenOn: '2026-11-22',
    sourceClass: 'press' as const,
    retractedOn: null,
    retractReason: null,
    ...given,
    earliest: window?.earliest ?? null,
    latest: window?.latest ?? null,
    source: { slug: by.toLowerCase().replace(/\W+/g, '-'), name: by },
  }
  const hash = createHash('sha256').update(JSON.stringify(whole)).digest('hex')
  return { ...whole, id: given.id ?? `c_${hash.slice(0, 20)}` }
}

const starter = path.join(import.meta.dirname, '../../db/starter')
const lines = (name: string) =>
  readFileSync(path.join(starter, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

type Show = CatalogueRecord & { slug: string }

let shows: Map<string, Show> | undefined
let claims: Map<string, Claim[]> | undefined

/** The starter claims of each show, by slug. */
export function starterClaims(): Map<string, Claim[]> {
  if (claims) return claims
  shows = new Map(lines('catalogue.ndjson').map((show: Show) => [show.slug, show]))
  const byTitle = new Map([...shows.values()].map((show) => [show.title.toLowerCase(), show.slug]))
  claims = new Map()
  for (const line of lines('claims.ndjson')) {
    const slug = line.show.startsWith('greenlit:') ? line.show.slice(9) : byTitle.get(line.show.toLowerCase())
    if (!slug) throw new Error(`no show is called ${line.show}`)
    const one = claim({
      season: line.season,
      kind: line.kind,
      value: line.value,
      edtf: line.date,
      who: line.who,
      personStatus: line.status,
      modality: line.modality,
      citing: line.citing,
      url: line.url,
      publishedOn: line.published_on,
      seenOn: line.seen_on,
      sourceClass: line.source_class,
      by: line.publisher,
    })
    claims.set(slug, [...(claims.get(slug) ?? []), one])
  }
  return claims
}

/** A starter show with its status on a day, as its page derives it. */
export function starterShow(slug: string, today: Day) {
  const claims = starterClaims().get(slug) ?? []
  const line = shows?.get(slug)
  if (!line) throw new Error(`no show has the slug ${slug}`)
  return stateOfRecord(catalogueRecord.parse(line), claims, today)
}
