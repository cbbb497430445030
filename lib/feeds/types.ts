import type { Nearness } from '@/lib/search/nearness'
import type { Day } from '@/lib/shared/day'
import type { ClaimKind, ClaimState, EventKind, SourceClass } from '@/lib/status/claim'
import type { Lamp, PremiereState, SeasonStatusWord, ShowStatusWord, Window } from '@/lib/status/types'

/** A claim as the API gives it. */
export interface ApiClaim {
  id: string
  kind: ClaimKind
  value: string
  edtf: string | null
  source: string
  source_class: SourceClass
  url: string
  published_on: Day | null
  state: ('stands' | 'superseded' | 'missed' | 'not_confirmed' | 'contradicted' | 'retracted') & ClaimState
}

/** An estimate, frozen on the day it was made. Months and windows of months are EDTF. */
export interface ApiForecast {
  made_on: Day
  model: string
  /** The chance that it premieres within three years of the season before; null where it is ordered already. */
  renewal: number | null
  median: string
  /** Where half, four in five and nineteen in twenty of such premieres fall. */
  window50: string
  window80: string
  window95: string
  class: string
}

/** `GET /api/v1/shows/{slug}`. */
export interface ApiShow {
  slug: string
  /** By namespace: a string, or an array where the show has several there. */
  ids: Record<string, string | string[]>
  title: string
  original_title: string | null
  aliases: string[]
  kind: string
  country: string | null
  network: string | null
  genres: string[]
  tags: string[]
  premiered: string | null
  /** When a show that is over, ended or cancelled came to its end, EDTF; null where unknown, and for others. */
  ended: string | null
  show_status: ShowStatusWord
  /** The first line of its page, as of the day it is asked. */
  answer: string
  labels: { provider: string; label: string; as_of: string }[]
  newest_source_on: Day | null
  seasons: {
    number: number
    status: SeasonStatusWord
    because: string[]
    premiere: Window | null
    /** How the premiere stands; `due` and `not_confirmed` are what silence makes of a day and of a window. */
    premiere_state: PremiereState
    finale: Window | null
    episodes: number | null
    claims: ApiClaim[]
    /** Our estimate of the season waited for, kept apart from facts; null for all others, and where it would be pointless. */
    forecast: ApiForecast | null
  }[]
  /** `claim_id` names the claim that says whether they return; null where nobody has. */
  cast: { person: string; character: string | null; returning: string | null; claim_id: string | null }[]
  related: { slug: string; title: string; score: number; reasons: { kind: string; text: string }[] }[]
  checked_at: Day | null
  changed_at: Day | null
}

/** A show in `GET /api/v1/shows`. */
export interface ApiListedShow {
  slug: string
  title: string
  original_title: string | null
  kind: string
  country: string | null
  network: string | null
  genres: string[]
  year: number | null
  show_status: ShowStatusWord
  /** Null where nobody waits for one: the show is over, ended, or runs. */
  next_season: { number: number; status: SeasonStatusWord; premiere: Window | null } | null
  changed_at: Day | null
}

/** A change in `GET /api/v1/changes`. */
export interface ApiChange {
  id: number
  show: { slug: string; title: string }
  season: number
  kind: EventKind
  was: string
  became: string
  text: string
  because: string[]
  happened_on: Day
  source: { name: string; url: string } | null
}

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

/** A show that was found. */
export interface ApiFound {
  slug: string
  title: string
  matched: string
  year: number | null
  nearness: Nearness
  season: number | null
  network: string | null
  lamp: Lamp | null
  says: string | null
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
