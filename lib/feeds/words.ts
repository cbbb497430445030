/** Days in words for the faces that have no page around them. */
import { type Day, isDay } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import type { SeasonStatusWord, ShowStatusWord, Window } from '@/lib/status/types'

/** A day in words: 22 November 2026. */
export const dayWords = (day: Day) => formatWindow(day)

const PLAIN = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/

/** The day of a window that was said to be one day, without "about" or "perhaps"; else null. */
export function exactDay(window: Window | null): Day | null {
  return window && isDay(window.edtf) && window.earliest === window.latest ? window.edtf : null
}

/** ISO 8601 text of a window that is a plain day, month or year; else null. Never padded. */
export function plainDate(window: Window | null): string | null {
  return window && PLAIN.test(window.edtf) ? window.edtf : null
}

/** The status of a season in a reader's words. */
export const SEASON_STATUS_WORDS: Record<SeasonStatusWord, string> = {
  unannounced: 'not announced',
  announced: 'announced',
  filming: 'filming',
  wrapped: 'finished filming',
  dated: 'dated',
  airing: 'airing',
  complete: 'complete',
  cancelled: 'cancelled',
}

/** The status of a show in a reader's words. */
export const SHOW_STATUS_WORDS: Record<ShowStatusWord, string> = {
  returning: 'returning',
  'final-season': 'final season',
  ended: 'ended',
  cancelled: 'cancelled',
  over: 'over',
  running: 'running',
  unknown: 'nobody has said',
}
