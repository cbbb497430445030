import type { ShowListItem } from '@/lib/lists/types'
import type { Nearness } from './nearness'

/** A show with every name it can be found by. */
export interface SearchableShow {
  slug: string
  title: string
  year: number | null
  popularity: number
  country?: string | null
  names: string[]
}

export interface SearchResult {
  slug: string
  title: string
  /** The name that matched, which may be an alias or the native title. */
  matched: string
  year: number | null
  /** Whether that name is what was asked for, like it, or only looks alike. */
  nearness: Nearness
  /** The number of the season that was asked for with the name; absent where none was. Nobody says yet that there is one. */
  season?: number
}

/** A result with how its show stands; null where the database is away, which keeps nobody from finding it. */
export interface SearchRow extends Omit<SearchResult, 'season'> {
  show: ShowListItem | null
  /** The season that was asked for with the name, where it has a page; else null. */
  season: number | null
}
