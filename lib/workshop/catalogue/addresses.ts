import { idNames } from '@/lib/catalogue/ids'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import type { Draft } from './assemble'
import { sharedPeople, titleKey } from './names'

/** What a show keeps of the catalogue last published. */
export interface Address {
  /** Its address; null where it has none, or one that it cannot keep. */
  slug: string | null
  /** Addresses that lead to it now. */
  former: string[]
}

export const NO_ADDRESS: Address = { slug: null, former: [] }

export interface Addresses {
  /** By the place of the draft. */
  of: Record<number, Address>
  /** Addresses that lead elsewhere now, and why. */
  moved: { slug: string; why: string }[]
  /** Published shows that no draft is: their address would be lost. */
  lost: string[]
}

const namesOf = (record: Pick<CatalogueRecord, 'title' | 'original_title' | 'aliases'>) => [
  record.title,
  ...(record.original_title ? [record.original_title] : []),
  ...(record.aliases ?? []),
]
const yearOf = (record: Pick<CatalogueRecord, 'seasons'>) =>
  record.seasons?.find(({ premiere }) => premiere)?.premiere?.slice(0, 4)
const peopleOf = (record: Pick<CatalogueRecord, 'cast'>) => (record.cast ?? []).map(({ person }) => person)
const outside = (record: Pick<CatalogueRecord, 'ids'>) =>
  idNames(record.ids).filter((id) => !id.startsWith('greenlit:'))

/** How surely a draft is the show that was published under an address; 0 where it is not. */
function likeness(draft: Draft['record'], published: CatalogueRecord): number {
  const ids = new Set(outside(published))
  const shared = outside(draft).filter((id) => ids.has(id)).length
  const same = <T>(a: T | null | undefined, b: T | null | undefined, points: number) =>
    a && b ? (a === b ? points : -points) : 0
  const [own, theirs] = [yearOf(draft), yearOf(published)]
  const apart = own && theirs ? Math.abs(Number(own) - Number(theirs)) : 0
  const keys = new Set(namesOf(published).map(titleKey))
  const names = namesOf(draft).filter((name) => keys.has(titleKey(name))).length
  return (
    shared * 10 +
    Math.min(names, 3) +
    (own && theirs ? (apart === 0 ? 4 : apart === 1 ? 1 : -6) : 0) +
    same(draft.title, published.title, 1) +
    same(draft.country, published.country, 1) +
    same(draft.kind, published.kind, 1) +
    same(draft.network, published.network, 3) +
    (sharedPeople(peopleOf(draft), peopleOf(published)) >= 2 ? 6 : 0)
  )
}

/** An address that calls a show an anime which is none. */
const saysWrong = (slug: string, kind: string | null | undefined) =>
  slug.startsWith('anime-') && kind !== 'anime' && /^anime-(?:\d{4}|undated)-/.test(slug)

/**
 * Which draft is which published show, so that addresses stay: by outside ids, else by a name, the year and the home.
 * Two published shows that turn out to be one keep both addresses, in front the better known one's unless the other alone
 * was published with the year that is known now.
 */
export function keepAddresses(drafts: Draft[], published: CatalogueRecord[]): Addresses {
  const byKey = new Map<string, number[]>()
  drafts.forEach(({ record }, index) => {
    for (const key of new Set([...namesOf(record).map(titleKey), ...outside(record)]))
      byKey.set(key, [...(byKey.get(key) ?? []), index])
  })
  const of: Record<number, Address> = {}
  const moved: Addresses['moved'] = []
  /** Addresses of shows published with the year that is known now. */
  const yearsFit = new Set<string>()
  const lost: string[] = []
  const ordered = [...published].sort((a, b) => (b.popularity ?? 0) - (a.popularity ?? 0))
  for (const record of ordered) {
    const slug = record.slug as string
    const near = new Set(
      [...namesOf(record).map(titleKey), ...outside(record)].flatMap((key) => byKey.get(key) ?? []),
    )
    const [best] = [...near]
      .map((index) => ({ index, points: likeness((drafts[index] as Draft).record, record) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points || a.index - b.index)
    if (!best) {
      lost.push(slug)
      continue
    }
    const former = [record.ids.greenlit ?? []].flat().filter((old) => old !== slug)
    const address = of[best.index] ?? { slug: null, former: [] }
    of[best.index] = address
    address.former.push(...former)
    const fits = yearOf((drafts[best.index] as Draft).record) === yearOf(record)
    if (saysWrong(slug, (drafts[best.index] as Draft).record.kind)) {
      address.former.push(slug)
      moved.push({ slug, why: 'it said anime of a show that is none' })
    } else if (address.slug) {
      const isBetter = !yearsFit.has(address.slug) && fits
      const [front, back] = isBetter ? [slug, address.slug] : [address.slug, slug]
      address.slug = front
      address.former.push(back)
      moved.push({ slug: back, why: `the same show as ${front}` })
    } else address.slug = slug
    if (fits) yearsFit.add(slug)
  }
  return { of, moved, lost }
}
