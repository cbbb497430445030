import type { Day } from '@/lib/shared/day'
import type { Lamp, SeasonStatusWord, ShowStatusWord, Window } from '@/lib/status/types'

/** A show in a list: browse, home, calendar. */
export interface ShowListItem {
  slug: string
  title: string
  originalTitle: string | null
  kind: string
  country: string | null
  network: string | null
  genres: string[]
  year: number | null
  status: ShowStatusWord
  lamp: Lamp
  answer: string
  /** The answer in about three words, in the place of the lamp's word. */
  says: string
  nextSeason: number
  nextStatus: SeasonStatusWord
  nextWindow: Window | null
  /** When the last season that began did, as precise as it is known. */
  lastPremiere: Window | null
  claimCount: number
  changedOn: Day | null
}
