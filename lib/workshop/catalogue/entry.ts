/** What a parser makes of one source's row: the same show may come as several entries, one from each set. */

/** The sets in the order in which they are read and in which their titles, people and words are taken. */
export const SETS = [
  'claim-pages',
  'by-hand',
  'famous-by-hand',
  'tvmaze-2024',
  'tvmaze-2025-10',
  'tvmaze-schedule',
  'network-seasons',
  'bangumi-data',
  'anime-seasons',
  'anime-genres',
  'bangumi-subjects',
  'tvmaze-2025',
  'premises',
  'turkish-wikipedia',
  'korean-wikipedia',
  'netflix-originals-wikipedia',
  'streaming-titles',
  'netflix-titles',
  'netflix-reports',
  'tagged',
] as const
export type SetName = (typeof SETS)[number]

/** True of the sets in which we wrote down what a show is about; they mean the show everybody knows. */
export const isPremiseSet = (set: SetName): boolean => set === 'premises' || set === 'tagged'

export interface SeasonEntry {
  number: number
  name?: string
  /** EDTF, as precise as the set says. */
  premiere?: string
  finale?: string
  episodes?: number
}

export interface Entry {
  set: SetName
  title: string
  original?: string
  aliases: string[]
  /** Names to find it by that may be a namesake's: never shown. */
  findBy?: string[]
  /** Its name abroad was written down by hand. */
  namedByHand?: boolean
  kind?: string
  /** Known drawn or filmed; undefined where the set does not tell. */
  drawn?: boolean
  countries: string[]
  language?: string
  network?: string
  genres: string[]
  tags: string[]
  creators: string[]
  cast: { person: string; character?: string }[]
  sourceMaterial?: string
  /** By namespace; several where the set keeps each instalment under an id of its own. */
  ids: Record<string, string[]>
  /** Year in which it began. */
  startYear?: number
  /** Day on which it began, EDTF day, where a set says so. */
  startDay?: string
  endYear?: number
  /** Its last day as the set gives it, EDTF; may be that of a special years later. */
  ended?: string
  /** A year in which it was running, where the set does not say when it began. */
  seenYear?: number
  seasons: SeasonEntry[]
  /** How many seasons there are, where the set counts and does not list them. */
  seasonCount?: number
  listed?: { label: string; source: string; as_of: string }
  /** What the set adds in brackets to a title that others have too, as part of an address. */
  hint?: string
  /** True for a show of a name that others have too, which had not begun when the set was made. */
  upcoming?: boolean
  /** True where the network named is a streaming service that may only carry the show. */
  carried?: boolean
  /** True where people and genres ship only if another set names them too. */
  confirmedOnly?: boolean
  /** True where the set only adds to a show that others have: it opens none of its own. */
  addsOnly?: boolean
}

/** An entry with nothing in it but its name. */
export const emptyEntry = (set: SetName, title: string): Entry => ({
  set,
  title,
  aliases: [],
  countries: [],
  genres: [],
  tags: [],
  creators: [],
  cast: [],
  ids: {},
  seasons: [],
})

/** Something left out or left undated, and why; the report counts them by `why`. */
export interface Dropped {
  set: SetName
  what: string
  why: string
}

export interface Parsed {
  entries: Entry[]
  dropped: Dropped[]
}
