/** One record out of two, and the record that is left when what the other brought is taken out again. Pure. */
import { factKey, familyOf, isLive } from '@/lib/catalogue/facts'
import { idNames, idsOf, listIds, type OutsideIds, uniteIds } from '@/lib/catalogue/ids'
import { countedSeason, numbered } from '@/lib/catalogue/numbering'
import { canonicalLine } from '@/lib/catalogue/record'
import { withFacts } from '@/lib/catalogue/stated'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import { HAVING_ONE } from './rules'

/** Our season of each season of the other show, by number. */
export type SeasonMap = ReadonlyMap<number, number>

/**
 * Which of our seasons the other show's are: those that begin on one day, whatever they are called, else the same number.
 * `more`: numbers of seasons nobody has on record, that are waited for or spoken of.
 */
export function seasonsBetween(
  into: CatalogueRecord,
  from: CatalogueRecord,
  more: readonly number[],
): SeasonMap {
  const theirs = (from.seasons ?? []).map(countedSeason)
  const bare = more
    .filter((number) => !theirs.some((one) => one.number === number))
    .map((number) => ({ number, premiere: null, finale: null, episodes: null }))
  const found = numbered((into.seasons ?? []).map(countedSeason), [...theirs, ...bare])
  return new Map(found.map(({ theirs: number, ours }) => [number, ours ?? number]))
}

/** The ids of a service that has a show once, of a show that goes into one that has such an id already. */
export function twinIds(into: OutsideIds, from: OutsideIds) {
  return listIds(from).filter(
    ({ namespace, value }) =>
      HAVING_ONE.includes(namespace) &&
      into[namespace] !== undefined &&
      ![into[namespace]].flat().includes(value),
  )
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)
const FILLED = [
  'original_title',
  'language',
  'summary',
  'source_material',
  'popularity',
  'rating',
  'cast',
  'creators',
] as const
const LISTS = ['genres', 'tags', 'related_franchise', 'provenance'] as const
const unique = <T>(values: T[]) => [...new Set(values)]

/**
 * The record of a show with another's added: its own fields stand, what it lacks is filled in, names, ids and facts are
 * those of both. Of a provider that has entries of both, the word on the one that stays counts.
 */
export function united(into: CatalogueRecord, from: CatalogueRecord, seasons: SeasonMap): CatalogueRecord {
  const twins = new Set(twinIds(into.ids, from.ids).map(({ namespace }) => namespace))
  const isPlain = [...seasons].every(([theirs, ours]) => theirs === ours)
  const facts = new Map((into.facts ?? []).map((fact) => [factKey(fact), fact]))
  for (const fact of from.facts ?? []) {
    if (twins.has(familyOf(fact.provider))) continue
    // How many seasons there are is told in the numbers of whoever counts them.
    if (fact.field === 'seasons' && !isPlain) continue
    const mine = { ...fact, season: fact.season === 0 ? 0 : (seasons.get(fact.season) ?? fact.season) }
    const there = facts.get(factKey(mine))
    if (!there || (!isLive(there) && isLive(mine))) facts.set(factKey(mine), mine)
  }
  const addresses = [into.slug, from.slug].flatMap((slug) => slug ?? [])
  const ids = uniteIds(uniteIds(into.ids, from.ids), { greenlit: addresses })
  const names = new Set([into.title, into.original_title, ...(into.aliases ?? [])])
  const more = unique([from.title, from.original_title, ...(from.aliases ?? [])]).flatMap((name) =>
    name && !names.has(name) ? [name] : [],
  )
  const whole: CatalogueRecord = { ...into, ids, aliases: [...(into.aliases ?? []), ...more].slice(0, 200) }
  for (const field of FILLED) if (isEmpty(into[field])) Object.assign(whole, { [field]: from[field] })
  for (const list of LISTS) whole[list] = unique([...(into[list] ?? []), ...(from[list] ?? [])])
  // A show is no kin of itself.
  const own = new Set(idNames(ids))
  whole.related_franchise = (whole.related_franchise ?? []).filter((ref) => !own.has(ref))
  const seasonNames = new Map((into.seasons ?? []).map((season) => [season.number, season.name ?? null]))
  for (const { number, name } of from.seasons ?? []) {
    const ours = seasons.get(number) ?? number
    if (name && !seasonNames.get(ours)) seasonNames.set(ours, name)
  }
  whole.seasons = [...seasonNames].map(([number, name]) => ({ number, name }))
  return withFacts(whole, [...facts.values()])
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

function partedList<T>(
  before: T[] | null | undefined,
  after: T[] | null | undefined,
  now: T[] | null | undefined,
): T[] {
  if (same(now, after)) return before ?? []
  const brought = new Set(
    (after ?? [])
      .filter((item) => !(before ?? []).some((one) => same(one, item)))
      .map((item) => JSON.stringify(item)),
  )
  return (now ?? []).filter((item) => !brought.has(JSON.stringify(item)))
}

/**
 * The record of a show after what another brought is taken out again: as it was `before`, and what came since `after` (the
 * union) stays. Nothing came since: exactly as it was.
 */
export function parted(
  before: CatalogueRecord,
  after: CatalogueRecord,
  now: CatalogueRecord,
): CatalogueRecord {
  if (canonicalLine(after) === canonicalLine(now)) return before
  const left: CatalogueRecord = { ...now }
  for (const field of [...FILLED, 'title', 'kind'] as const)
    if (same(now[field], after[field])) Object.assign(left, { [field]: before[field] })
  for (const list of [...LISTS, 'aliases'] as const)
    left[list] = partedList(before[list], after[list], now[list])
  left.ids = idsOf(partedList(listIds(before.ids), listIds(after.ids), listIds(now.ids)))
  // Whoever leads here by another address than its own is known by its own too.
  if (left.ids.greenlit !== undefined && now.slug) left.ids = uniteIds(left.ids, { greenlit: now.slug })
  const [was, union] = [before, after].map(
    ({ facts }) => new Map((facts ?? []).map((fact) => [factKey(fact), fact])),
  ) as [Map<string, Fact>, Map<string, Fact>]
  const facts = (now.facts ?? []).flatMap((fact) => {
    const key = factKey(fact)
    const old = was.get(key)
    if (!union.has(key)) return [fact]
    if (!old) return []
    return [same(fact, union.get(key)) ? old : fact]
  })
  const names = new Map((before.seasons ?? []).map(({ number, name }) => [number, name]))
  const brought = new Map((after.seasons ?? []).map(({ number, name }) => [number, name]))
  left.seasons = (now.seasons ?? []).map((season) => ({
    number: season.number,
    name: same(season.name, brought.get(season.number)) ? (names.get(season.number) ?? null) : season.name,
  }))
  return withFacts(left, facts)
}
