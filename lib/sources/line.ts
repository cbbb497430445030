/**
 * From what a provider says of a show to the catalogue line that is imported. Facts are the provider's own and touch
 * nobody else's; of all other fields a record has one, so that a provider fills what is missing in records of others and
 * replaces only what is its own. A provider whose fields may not be passed on fills nothing in. Pure.
 */
import { familyOf } from '@/lib/catalogue/facts'
import { listIds, type OutsideIds, uniteIds } from '@/lib/catalogue/ids'
import type { IdOwner } from '@/lib/catalogue/rules'
import { providerNamed } from '@/lib/catalogue/stated'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { unique } from './fields'
import { factsOf } from './to-facts'
import type { Look, Provider } from './types'

/** How an entry of a record's provenance names a provider. */
export const provenanceOf = ({ name, terms }: Pick<Provider, 'name' | 'terms'>) =>
  `${name} (${terms.licence})`

/** True for a record that rests on this provider alone. */
export const isOwn = ({ provenance }: CatalogueRecord, { name }: Pick<Provider, 'name'>): boolean =>
  (provenance ?? []).length > 0 &&
  (provenance ?? []).every(
    (entry) => familyOf(providerNamed(entry)) === name && providerNamed(entry) === name,
  )

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const FILLED = [
  'original_title',
  'language',
  'genres',
  'cast',
  'creators',
  'source_material',
  'popularity',
  'rating',
  'related_franchise',
] as const

/**
 * The ids a line may bring: none that is another show's here, and none that contradicts what its own show is known as. A
 * second number of one service is somebody's slip, and no reason to leave the rest of the answer unread.
 */
export function bearableIds(
  given: OutsideIds,
  own: string,
  there: OutsideIds,
  owners: IdOwner[],
  { hasSeveral }: Pick<Provider, 'hasSeveral'>,
): OutsideIds {
  const known = (namespace: string) => [there[namespace] ?? []].flat()
  const kept = listIds(given).filter(({ namespace, value }) => {
    const isOthers = owners.some(
      (owner) => owner.namespace === namespace && owner.value === value && owner.show !== own,
    )
    return !isOthers && (hasSeveral || known(namespace).length === 0 || known(namespace).includes(value))
  })
  const ids: OutsideIds = {}
  for (const { namespace, value } of kept) ids[namespace] = value
  return uniteIds(there, ids)
}

/** The line about a show that is not on record yet. */
export function newLine(look: Look, provider: Provider, today: Day): CatalogueRecord {
  const facts = factsOf(look, provider, [], today)
  const spoken = new Set(facts.map(({ season }) => season))
  // The values stand in the facts; the premiere is here for the address, which may need its year.
  const seasons = look.seasons
    .filter(({ number }) => spoken.has(number))
    .map(({ number, name, premiere }) => ({ number, name, premiere }))
  return { ...look.record, seasons, provenance: [provenanceOf(provider)], facts }
}

const namesOf = (look: Look) =>
  look.seasons.flatMap(({ number, name }) => (name === null ? [] : [{ number, name }]))

/** The line about a show on record (`there`, with `ids` as far as they can be borne). */
export function knownLine(
  look: Look,
  provider: Provider,
  { there, ids, today }: { there: CatalogueRecord; ids: OutsideIds; today: Day },
): CatalogueRecord {
  const before: Fact[] = there.facts ?? []
  const facts = factsOf(look, provider, before, today)
  const spoken = new Set(
    facts.filter(({ withdrawn_on }) => withdrawn_on === null).map(({ season }) => season),
  )
  const names = namesOf(look).filter(({ number }) => spoken.has(number))
  if (isOwn(there, provider))
    return { ...look.record, ids, seasons: names, provenance: there.provenance, facts }
  if (!provider.terms.mayExport) return { ids, title: there.title, facts }
  const fills = FILLED.filter((field) => isEmpty(there[field]) && !isEmpty(look.record[field]))
  const titles = [look.record.title, look.record.original_title, ...(look.record.aliases ?? [])]
  const known = new Set([there.title, there.original_title, ...(there.aliases ?? [])])
  const more = unique(titles.flatMap((title) => (title && !known.has(title) ? [title] : [])))
  const nameless = new Set((there.seasons ?? []).flatMap(({ number, name }) => (name ? [number] : [])))
  return {
    ids,
    title: there.title,
    ...Object.fromEntries(fills.map((field) => [field, look.record[field]])),
    ...(more.length > 0 ? { aliases: [...(there.aliases ?? []), ...more].slice(0, 200) } : {}),
    seasons: names.filter(({ number }) => !nameless.has(number)),
    provenance: unique([...(there.provenance ?? []), provenanceOf(provider)]),
    facts,
  }
}
