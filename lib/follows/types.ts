import type { Day } from '@/lib/shared/day'
import type { Lamp, SeasonStatusWord } from '@/lib/status/types'

/** Whoever follows: a reader with an account, or a basket, which has no address. */
export interface Follower {
  id: string
  email: string | null
}

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
  status: SeasonStatusWord
  lamp: Lamp
  answer: string
  premiere: { edtf: string; earliest: Day; latest: Day } | null
  followedAt: string
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
  | {
      ok: false
      reason: 'signed-out' | 'unknown-season' | 'limit' | 'full' | 'unavailable'
      /** For the person who asked. */
      message: string
      retryAfterSeconds?: number
    }

/** What /following shows. */
export interface Following {
  seasons: FollowedSeason[]
  /** When the list was read, an instant; marking it as seen marks up to here. */
  readAt: string
}
