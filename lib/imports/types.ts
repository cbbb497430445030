import type { Day } from '@/lib/shared/day'

/** Where ids of shows come from, as the catalogue's `outside_id` names them. */
export const NAMESPACES = [
  'greenlit',
  'tvdb',
  'tmdb',
  'imdb',
  'tvmaze',
  'trakt',
  'simkl',
  'mal',
  'anilist',
  'anidb',
  'kitsu',
  'bangumi',
] as const
export type Namespace = (typeof NAMESPACES)[number]
export type Ids = Partial<Record<Namespace, string>>

/** How a reader stood to a show in the list they bring. */
export type WatchState = 'watching' | 'completed' | 'planned' | 'dropped' | 'hidden'

/** One title of a list, whichever service wrote it. */
export interface ListRow {
  title: string | null
  year: number | null
  ids: Ids
  /**
   * `unsaid` where the list has no word for it, `unknown` where the word is one nobody knows: such a row is never taken by
   * its name, and only asked.
   */
  kind: 'show' | 'film' | 'unsaid' | 'unknown'
  /** The last season they have seen something of; specials are none. */
  season: number | null
  state: WatchState
  /** The season to follow, where the list says so itself (our own does). */
  wanted?: number
  /** Shorter names it may go by, the longest first, where the list does not mark where a show's name ends. */
  orNames?: string[]
}

/** A row that could not be taken, and why. */
export interface Unreadable {
  /** Its place in the file, counted from 1; null where it has none. */
  line: number | null
  /** What is counted: the lines of a sheet, or the items of a list. */
  unit?: 'Line' | 'Item'
  title: string | null
  reason: string
  /** True for what could be read and is no series: a game, a book. */
  leftOut?: boolean
}

/** What a format made of a file of its own. */
export interface Parsed {
  rows: ListRow[]
  unreadable: Unreadable[]
  /** Why the whole file holds nothing for us, where that is so. */
  refusal?: string
}

/** What became of an uploaded file: the titles in it, or a sentence that says why there are none. */
export type Reading =
  | { ok: true; service: string; rows: ListRow[]; unreadable: Unreadable[] }
  | { ok: false; message: string }

/** A sheet with a header line; fields are read by the header's names, lower case. */
export interface Sheet {
  header: string[]
  /** A file's name without its folder, lower case. */
  name: string
  /** How many rows are below the header. */
  count: number
  /** The rows below the header, in their order. */
  rows: Iterable<SheetRow>
  /** The fields of every line, the first among them: a list may have no header. */
  lines: Iterable<{ line: number; fields: string[] }>
}
export interface SheetRow {
  line: number
  /** A field's text, trimmed; '' where the sheet has no such column or the line ends before it. */
  get: (...names: string[]) => string
}

/** How one service's files are told from all others and read. A reader answers null for what is not its own. */
export interface Format {
  service: string
  /** Where its owner gets the file, for the page; left out where another format of the service says it. */
  get?: string
  /** What its files are called inside an archive; nothing else of an archive is ever opened. */
  entries?: RegExp
  sheet?: (sheet: Sheet) => Parsed | null
  json?: (value: unknown, name: string) => Parsed | null
  xml?: (value: unknown) => Parsed | null
}

/** A show of ours that a row could mean, with what its cover is drawn from. */
export interface Candidate {
  slug: string
  title: string
  originalTitle: string | null
  kind: string
  genres: string[]
  year: number | null
  country: string | null
  /** The name that is like the row's, where it is not the title. */
  matched: string
}

/** A row of a draft: what the list says, and what would come of it. */
export interface DraftRow {
  position: number
  title: string
  year: number | null
  season: number | null
  /** Where the row was found in the list's own words: "TheTVDB 371572". */
  ids: string
}

/** A season that would be followed, or is. */
export interface PlannedSeason extends DraftRow {
  show: { slug: string; title: string; season: number; forRevival: boolean }
}

export interface Question extends DraftRow {
  candidates: Candidate[]
  /** True where exactly one show has this very name, and no year speaks against it. */
  plain: boolean
}

export interface LeftRow extends DraftRow {
  reason: string
}

/** An import that waits for answers. */
export interface OpenImport {
  id: string
  service: string
  file: string
  /** How many questions are open. */
  open: number
  /** How many rows wait for room among the reader's follows. */
  waiting: number
  /** The last day they can be answered on. */
  until: Day
}

/** Everything about one import, for its page. */
export interface ImportPage {
  id: string
  service: string
  fileName: string
  state: 'draft' | 'done' | 'undone'
  createdAt: string
  /** Until when a draft can be confirmed, or an import undone. */
  expiresAt: string
  toFollow: PlannedSeason[]
  already: PlannedSeason[]
  /** Confirmed, and there was no room left: the most there can be is followed. */
  waiting: PlannedSeason[]
  questions: Question[]
  unmatched: LeftRow[]
  leftOut: LeftRow[]
  /** After confirming: how many of the follows it made still stand. */
  standing: number
}

/** Why a wish about imports was not granted. */
export interface ImportRefusal {
  ok: false
  reason: 'signed-out' | 'file' | 'limit' | 'unavailable' | 'unknown-import' | 'answer' | 'full'
  message: string
  retryAfterSeconds?: number
}
