import type { RelatedTitle } from '@/lib/related/types'

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
