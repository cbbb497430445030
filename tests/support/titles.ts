import type { RelatedIndex } from '@/lib/related/compared'
import { entryOf, listAt } from '@/lib/related/rules'
import type { RelatedEntry, RelatedTitle } from '@/lib/related/types'

/** A title of which nothing is known but what is `given`. */
export const aTitle = (id: string, given: Partial<RelatedTitle> = {}): RelatedTitle => ({
  id,
  title: `Show ${id}`,
  kind: 'scripted',
  country: null,
  language: null,
  network: null,
  year: null,
  genres: [],
  tags: [],
  creators: [],
  cast: [],
  sourceMaterial: null,
  summary: null,
  popularity: null,
  rating: null,
  episodes: null,
  franchise: [],
  ...given,
})

/** The cards of a title of the index, in words; none for an id it has not. */
export function relatedTo(
  index: RelatedIndex,
  id: string,
  options: Parameters<typeof listAt>[2] = {},
): RelatedEntry[] {
  const number = index.catalogue.numbers.get(id)
  if (number === undefined) return []
  const of = index.catalogue.titles[number]!
  return listAt(index, number, options).map((listed) => entryOf(index, of, listed))
}
