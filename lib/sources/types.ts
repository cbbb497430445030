/** The shapes in which providers of facts are asked, and in which what they answered is handed on. */
import type { OutsideId } from '@/lib/catalogue/ids'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'

export const PROVIDER_NAMES = ['tvmaze', 'tmdb', 'anilist', 'wikidata'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]

/** What a provider asks of whoever uses its answers, read from the page named. */
export interface Terms {
  /** The words that stand beside what rests on it. */
  attribution: string
  licence: string
  url: string
  /** For how many days an answer may be kept without asking again; null for as long as anybody likes. */
  keptDays: number | null
  /** Its fields may stand in an export. */
  mayExport: boolean
  /** Its fields may be learnt from. */
  mayTrain: boolean
}

/** At most so many requests to one host in so much time. */
export interface Rate {
  requests: number
  perMs: number
}

/** An episode as a provider lists it. */
export interface Episode {
  season: number
  /** Null for a special, which stands in no count. */
  number: number | null
  name: string | null
  /** The day it was or will be shown, where it is at home. */
  day: Day | null
  /** The hour by the clock of where it is at home, as RFC 3339 with its offset; null unless the provider gives an hour of its own. */
  at: string | null
  minutes: number | null
}

/** A season as a provider gives it: numbered, no special, no part, no year. */
export interface SeasonLook {
  number: number
  name: string | null
  /** EDTF, as precise as it was said. */
  premiere: string | null
  /** EDTF; null also while the season is on and its end was not said. */
  finale: string | null
  episodes: number | null
  /** The page a person would look it up on. */
  url: string
}

/** All that one answer says of one show. */
export interface Look {
  /** The show's id there. */
  id: string
  url: string
  /** When the provider last changed it; null where it does not say. */
  updatedOn: Day | null
  /**
   * Of what the answer is all the provider has, so that what it no longer says is taken back: the show with its seasons,
   * or some seasons by their numbers, 0 for the show's own fields.
   */
  whole: 'show' | readonly number[]
  /** True where the provider says that no more will come of what the answer is about. */
  isOver: boolean
  label: string | null
  network: string | null
  country: string | null
  /** When the show began, EDTF: by this and its title it may be known. Null also for an instalment that is not the first. */
  began: string | null
  /** EDTF. */
  ended: string | null
  seasons: SeasonLook[]
  /** Seasons called by a year, which is their number: ours only where they begin with one that is known otherwise. */
  years?: SeasonLook[]
  /** How many seasons there were, where the provider gives a number of its own; else those that began are counted. */
  total?: number | null
  episodes: Episode[]
  /** What is no fact: title, names, people, genres, ids. */
  record: Pick<CatalogueRecord, 'ids' | 'title'> & Partial<CatalogueRecord>
}

/** What came of reading an answer. */
export type Read<Value> = { ok: true; value: Value } | { ok: false; reason: string }

/** What came of asking. */
export type Got<Value> =
  | { ok: true; value: Value; etag: string | null }
  /** It is as it was when we had the answer with this ETag. */
  | { ok: false; kind: 'unchanged' }
  /** There is no such thing there. */
  | { ok: false; kind: 'gone'; reason: string }
  /** It answered with something that cannot be used. */
  | { ok: false; kind: 'unreadable'; reason: string; bodyHash: string | null }
  /** It does not answer: another time. `closed`: neither will it answer whatever is asked next. */
  | { ok: false; kind: 'unreachable'; reason: string; closed: boolean }

/** A show that may have changed: its id, and the provider's mark of its present state. */
export interface Change {
  id: string
  /** Differs where the show was changed since; null where the provider gives none. */
  stamp: string | null
  /** Another id of it, by which it may be known here. */
  also?: OutsideId
}

/** A show found by name. */
export interface Found {
  id: string
  title: string
  year: number | null
}

/** A request as the providers' clients make it. */
export interface Asking {
  etag?: string | null
  headers?: Record<string, string>
  /** Sent by POST, as JSON. */
  body?: unknown
  bytesMax?: number
  timeoutMs?: number
}

/** How a provider's clients ask: politely, and with what is foreign read as JSON of a bounded depth. */
export type Ask = (address: string, asking?: Asking) => Promise<Got<unknown>>

/** One provider: what it is, and how it is asked. */
export interface Provider {
  name: ProviderName
  /** As people know it; the publisher of its claims. */
  title: string
  terms: Terms
  rate: Rate
  /** Where it answers unless the environment says otherwise; all of them are asked at the polite rate. */
  hosts: readonly string[]
  /** Addresses that the environment gives in place of its own. */
  base(): { address: string; own: boolean }[]
  /** What it lacks before it can be asked, in a sentence; null where nothing. */
  lacks(): string | null
  /** Namespaces of outside ids its answers carry, its own first. */
  ids: readonly string[]
  /** It knows one of our shows by several ids: an id of each instalment. */
  hasSeveral: boolean
  isId(text: string): boolean
  /** The page on which a person would look the show of an id up. */
  pageOf(id: string): string
  show(id: string, ask: Ask, known: { etag: string | null }): Promise<Got<Look>>
  /**
   * True where every show of its list is taken in; else only shows that are here already are asked for, and new ones come
   * by their ids alone.
   */
  takesAll: boolean
  /** What changed since an instant, null for everything there is; `null` where it cannot tell. */
  changedSince(since: Date | null, ask: Ask, now: Date): Promise<Got<Change[] | null>>
  search(title: string, ask: Ask): Promise<Got<Found[]>>
}
