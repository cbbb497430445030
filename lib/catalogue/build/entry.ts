/** What a parser makes of one source's row: the same show may come as several entries, one from each set. */

/** The sets in their order of trust: where two disagree about a fact, the earlier one is believed. */
export const SETS = [
  'claim-pages',
  'by-hand',
  'tvmaze-2024',
  'network-seasons',
  'bangumi-data',
  'tvmaze-2025',
  'premises',
  'netflix-titles',
  'netflix-reports',
] as const
export type SetName = (typeof SETS)[number]

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
  ids: Record<string, string>
  /** Year in which it began. */
  startYear?: number
  /** Day on which it began, where a set says so. */
  startDay?: string
  endYear?: number
  /** A year in which it was running, where the set does not say when it began. */
  seenYear?: number
  seasons: SeasonEntry[]
  /** How many seasons there are, where the set counts and does not list them. */
  seasonCount?: number
  listed?: { label: string; source: string; as_of: string }
  /** The address a claim show must have. */
  slug?: string
}

/** An entry with nothing in it but its name. */
export const emptyEntry = (set: SetName, title: string): Entry => ({
  ...{ set, title, aliases: [], countries: [], genres: [], tags: [], creators: [], cast: [] },
  ...{ ids: {}, seasons: [] },
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
