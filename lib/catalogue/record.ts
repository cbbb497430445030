import { idsOf, listIds } from './ids'
import { inOrder } from './stated'
import type { CatalogueRecord, Fact } from './types'

/** The keys of a catalogue line in the order they are written. */
const KEYS = [
  ...([
    'ids',
    'slug',
    'title',
    'original_title',
    'aliases',
    'kind',
    'country',
    'language',
    'network',
  ] as const),
  ...(['genres', 'tags', 'creators', 'source_material', 'cast', 'summary', 'popularity', 'rating'] as const),
  ...(['related_franchise', 'seasons', 'listed', 'provenance', 'facts'] as const),
]

const empty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)

const withKeys = <T extends object>(value: T, keys: (keyof T)[]) =>
  Object.fromEntries(keys.filter((key) => !empty(value[key])).map((key) => [key, value[key]]))

const factLine = (fact: Fact) => ({
  // Season 0 is the show, of which nothing need be said.
  ...(fact.season > 0 ? { season: fact.season } : {}),
  ...withKeys(fact, ['field', 'provider', 'value', 'as_of', 'seen_on', 'withdrawn_on']),
})

/**
 * One show as one line of NDJSON, always the same bytes for the same facts: keys in one fixed order,
 * ids by namespace (a list, sorted, where there are several), seasons by number, nothing that is unknown.
 */
export function canonicalLine(record: CatalogueRecord): string {
  const ids = idsOf(listIds(record.ids))
  const cast = record.cast?.map((member) =>
    withKeys({ ...member, ids: member.ids && idsOf(listIds(member.ids)), also: member.also?.toSorted() }, [
      ...(['person', 'character', 'ids', 'also'] as const),
    ]),
  )
  const seasons = record.seasons
    ?.map((season) => withKeys(season, ['number', 'name', 'premiere', 'finale', 'episodes']))
    .sort((a, b) => (a.number as number) - (b.number as number))
  const listed = record.listed ? withKeys(record.listed, ['label', 'source', 'as_of']) : undefined
  const facts = record.facts ? inOrder(record.facts).map(factLine) : undefined
  const whole: Record<string, unknown> = { ...record, ids, cast, seasons, listed, facts }
  return JSON.stringify(
    Object.fromEntries(KEYS.filter((key) => !empty(whole[key])).map((key) => [key, whole[key]])),
  )
}
