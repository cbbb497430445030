import type { Day } from '@/lib/shared/day'
import type { SeasonStatusWord, Window } from '@/lib/status/types'

/** What a feed, whatever its format, says of one change. */
export interface FeedEntry {
  /** Stable for ever, and the same in every feed that has the entry. */
  id: string
  url: string
  title: string
  /** One or two sentences. */
  text: string
  /** When it happened. */
  day: Day
  /** When we wrote it down, an instant; never the day of something still to come. */
  recordedAt: string
  source: { name: string; url: string } | null
}

export type FeedFormat = 'atom' | 'json'

/** A feed before it has a format. */
export interface Feed {
  id: string
  title: string
  subtitle: string
  /** The page the feed belongs to, and the feed's own address. */
  pageUrl: string
  feedUrl: string
  /** An instant. */
  updated: string
  entries: FeedEntry[]
}

/** What was said about a season's day, as far as a calendar needs it. */
export interface DayChange {
  kind: 'dated' | 'moved' | 'cancelled'
  was: string
  became: string
  happenedOn: Day
  recordedAt: string
  /** The statements that decided it. */
  claims: SaidDay[]
}

/** A statement with the day or window it named. */
export interface SaidDay {
  edtf: string | null
  name: string
  url: string
  publishedOn: Day | null
}

/** A season's premiere, from a page or from a list of followed seasons, before a calendar shows it. */
export interface Premiere {
  show: { slug: string; title: string }
  season: number
  status: SeasonStatusWord
  window: Window | null
  /** Newest first. */
  history: DayChange[]
  /** Where the window was said, should no change of the history say it. */
  said: SaidDay | null
  /** The catalogue's record states it. */
  byRecord: boolean
  revision: number
  /** The last day something changed, a statement taken back too, else the last anybody looked; null where unknown. */
  changedOn: Day | null
}

/** An all-day calendar entry: only for days that were said, and for windows where they are asked for. */
export interface CalendarEntry {
  uid: string
  first: Day
  /** The last day of it, itself included. */
  last: Day
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  summary: string
  description: string
  url: string
  /** How often the day was given, moved or called off. */
  sequence: number
  /** When it last changed, an instant. */
  changedAt: string
}
