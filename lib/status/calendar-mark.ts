/** The lamp and the word of a premiere on the calendar; pure. */
import type { Day } from '@/lib/shared/day'
import type { Lamp, PremiereState, SeasonStatusWord, Window } from './types'
import { seasonLamp } from './words'

/** A lamp with its word. */
export interface CalendarMark {
  lamp: Lamp
  word: string
}

/**
 * What stands beside a season on the day it begins, or in the window it was given. Only what is ahead is "coming": a day
 * that is over is told as past, a season that is finished wears the square of what is finished, one that is on the arrow
 * of what runs, and a day nobody confirmed no light at all.
 */
export function calendarMark(
  {
    status,
    state,
    earliest,
    latest,
  }: Pick<Window, 'earliest' | 'latest'> & {
    status: SeasonStatusWord
    state: PremiereState
  },
  today: Day,
): CalendarMark {
  const isWindow = earliest !== latest
  switch (status) {
    case 'complete':
      return { lamp: 'ended', word: 'Began, finished' }
    case 'airing':
      return { lamp: 'running', word: 'Began, on now' }
    case 'dated':
      if (latest >= today && state === 'open')
        return { lamp: 'coming', word: isWindow ? 'Window given' : latest === today ? 'Today' : 'Dated' }
      return { lamp: 'silent', word: 'Was due, not confirmed' }
    case 'cancelled':
      return { lamp: 'cancelled', word: 'Cancelled' }
    default:
      return { lamp: seasonLamp(status), word: isWindow ? 'Window given' : 'Ordered' }
  }
}
