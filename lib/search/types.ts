/** A show with every name it can be found by. */
export interface SearchableShow {
  slug: string
  title: string
  year: number | null
  popularity: number
  names: string[]
}

export interface SearchResult {
  slug: string
  title: string
  /** The name that matched, which may be an alias or the native title. */
  matched: string
  year: number | null
}
