import type { CatalogueRecord } from '@/lib/catalogue/types'
import { scriptOf, titleKey } from './names'

/** Endings that make a title a show's own second name rather than a kin of it. */
const LETTERS_MIN = { latin: 4, other: 3 }
const BORDER = /\s*(?::|：|\s[-–—~～]|[~～「『【（(]|\s)\s*/gu

/** What stands before each colon, dash, bracket or (in Japanese) space of a title, longest first. */
export function titleStems(title: string): string[] {
  const stems: string[] = []
  for (const match of title.matchAll(BORDER)) {
    const spaced = match[0].trim() === ''
    // In a Latin title a space is no border: "Dark Matter" is no kin of "Dark".
    if (spaced && scriptOf(title) === 'latin') continue
    const stem = title.slice(0, match.index).trim()
    const shortest = scriptOf(stem) === 'latin' ? LETTERS_MIN.latin : LETTERS_MIN.other
    if (titleKey(stem).length >= shortest) stems.push(stem)
  }
  return stems.reverse()
}

/** The shows a source note names: "sequel to Dexter and Dexter: New Blood", "spin-off of Yellowstone". */
export function namedKin(sourceMaterial: string): string[] {
  const match = /(?:spin-off|sequel|prequel|successor)\s+(?:of|to)\s+(.+)$/i.exec(sourceMaterial)
  return match ? (match[1] as string).split(/,| and /).map((name) => name.replace(/\(.*?\)/g, '').trim()) : []
}

const names = (record: CatalogueRecord) => [
  record.title,
  ...(record.original_title ? [record.original_title] : []),
]
const sameHome = (a: CatalogueRecord, b: CatalogueRecord) =>
  (a.country && a.country === b.country) || (a.network && a.network === b.network)
const drawn = ({ kind }: CatalogueRecord) => kind === 'anime' || kind === 'animation'

/**
 * Links shows of one family, both ways, by `greenlit:` id: a show whose source note names another, and a show whose title
 * is another's with more after a colon ("The Walking Dead: Dead City"), where both are at home in one place and both
 * drawn or both filmed. A stem that fits several shows links none.
 */
export function linkFranchises(records: CatalogueRecord[]): number {
  const byName = new Map<string, CatalogueRecord[]>()
  for (const record of records)
    for (const key of new Set(names(record).map(titleKey)))
      byName.set(key, [...(byName.get(key) ?? []), record])
  const kin = new Map<CatalogueRecord, Set<string>>()
  const link = (a: CatalogueRecord, b: CatalogueRecord) => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      kin.set(from, (kin.get(from) ?? new Set()).add(`greenlit:${to.slug}`))
  }
  for (const record of records) {
    for (const name of namedKin(record.source_material ?? '')) {
      const found = (byName.get(titleKey(name)) ?? []).filter(
        (other) => other !== record && drawn(other) === drawn(record),
      )
      if (found.length === 1) link(record, found[0] as CatalogueRecord)
    }
    const stems = names(record).flatMap(titleStems)
    for (const stem of stems) {
      const found = (byName.get(titleKey(stem)) ?? []).filter(
        (other) => other !== record && drawn(other) === drawn(record) && sameHome(record, other),
      )
      if (found.length !== 1) continue
      link(record, found[0] as CatalogueRecord)
      break
    }
  }
  for (const [record, links] of kin) record.related_franchise = [...links].sort()
  return kin.size
}
