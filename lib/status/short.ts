/** A show's answer in about three words, for rows and shelves; pure. The long line is lib/status/answer.ts. */
import type { Day } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import type { Lamp, PremiereState, SeasonStatusWord, Window } from './types'

/** What is known of a show in a list. */
export interface ShortState {
  lamp: Lamp
  nextSeason: number
  nextStatus: SeasonStatusWord
  nextWindow: Window | null
  /** How the next season's premiere stands; null where there is no such season. */
  nextState: PremiereState | null
  /** When a show that is over, ended or cancelled came to its end, EDTF; null where that is not known. */
  since: string | null
}

const year = (edtf: string | null) => /^\d{4}/.exec(edtf ?? '')?.[0]

/**
 * "Due 14 March 2027", "Season 4 ordered", "Over since 2019", "Nothing said". It stands in the place of the lamp's word,
 * so it says at least as much, and a date no more precisely than it was said.
 */
export function shortAnswer(
  { lamp, nextSeason, nextStatus, nextWindow, nextState, since }: ShortState,
  today: Day,
): string {
  const season = `Season ${nextSeason}`
  switch (lamp) {
    case 'coming':
      if (nextStatus === 'airing') return `${season} on air`
      // A season is on, and of the next one nobody has given a date.
      if (nextStatus !== 'dated' || !nextWindow) return 'On air now'
      return `${nextWindow.latest <= today ? 'Was due' : 'Due'} ${formatWindow(nextWindow.edtf)}`
    case 'ordered':
      // A day or window was given and is over, and nobody we have read since says whether it was kept.
      if (nextState === 'not_confirmed') return `${season} not confirmed`
      return `${season} ${nextStatus === 'filming' ? 'filming' : nextStatus === 'wrapped' ? 'filmed' : 'ordered'}`
    case 'cancelled':
      return `Cancelled${nextSeason > 1 ? ` after season ${nextSeason - 1}` : ''}`
    case 'ended':
      return year(since) ? `Ended in ${year(since)}` : 'Ended by choice'
    case 'over':
      return year(since) ? `Over since ${year(since)}` : 'Over'
    case 'running':
      return 'Running, new episodes'
    case 'silent':
      // Somebody spoke of it once, so long ago that it says nothing of today.
      return nextStatus === 'unannounced' ? 'Nothing said' : 'Nothing said lately'
  }
}
