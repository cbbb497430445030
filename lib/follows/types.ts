import type { Day } from '@/lib/shared/day'
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
  status: SeasonStatusWord
  lamp: Lamp
  answer: string
  premiere: { edtf: string; earliest: Day; latest: Day } | null
  followedAt: string
  /** What happened since the reader last looked, oldest first, in words. */
  news: { text: string; happenedOn: Day; url: string | null }[]
}
