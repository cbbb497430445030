import type { Cadence, ChannelKind, Want } from '@/lib/notices/types'
import type { Day } from '@/lib/shared/day'
import type { Refusal } from '@/lib/shared/refusal'
import type { Lamp, SeasonStatusWord } from '@/lib/status/types'

/** What a Follow button shows. */
export interface FollowState {
  signedIn: boolean
  following: boolean
}

/** A line of /following. */
export interface FollowedSeason {
  slug: string
  title: string
  season: number
  /** The show is over: what is waited for is that it comes back after all. */
  forRevival: boolean
  status: SeasonStatusWord
  lamp: Lamp
  answer: string
  premiere: { edtf: string; earliest: Day; latest: Day } | null
  followedAt: string
  /** "Muted", "Snoozed until …"; null while it is told of. */
  quiet: string | null
  /** What happened since the reader last looked, oldest first, in words. */
  news: { text: string; happenedOn: Day; url: string | null }[]
}

/** A season as addresses name it. */
export interface SeasonName {
  slug: string
  number: number
}

/** What became of a wish to follow or unfollow. */
export type FollowResult =
  | { ok: true; following: boolean }
  | Refusal<'signed-out' | 'unknown-season' | 'limit' | 'full' | 'unavailable'>

/** What /following shows. */
export interface Following {
  seasons: FollowedSeason[]
  /** When the list was read, an instant; marking it as seen marks up to here. */
  readAt: string
}

/** What a reader wants of one season, where it differs from their account-wide wishes: null for the same. */
export interface FollowWishes {
  wants: Want[] | null
  leadDays: number | null
  cadence: Cadence | null
  channels: ChannelKind[] | null
  muted: boolean
  snoozedUntil: Day | null
}

export type WishesResult = { ok: true } | Refusal<'wishes' | 'not-followed'>
