/** Notices in words. Pure. */
import type { NoticeKind, Want } from '@/db/schema/words'
import { formatWindow } from '@/lib/shared/edtf'

/** What a reader asked to be told of, by the kind that was told. */
export const WANT_WORDS: Record<NoticeKind, string> = {
  announced: 'decisions',
  renewed: 'decisions',
  cancelled: 'decisions',
  'final-season': 'decisions',
  dated: 'dates',
  moved: 'dates',
  'window-missed': 'dates',
  premiere: 'premieres',
  premiered: 'premieres',
  complete: 'finished seasons',
  'filming-started': 'filming',
  'filming-wrapped': 'filming',
  'cast-confirmed': 'casting',
  trailer: 'trailers',
  correction: 'corrections',
}

/** The choices of a form, with what each covers. */
export const WANT_CHOICES: Record<Want, { label: string; covers: string }> = {
  decision: { label: 'Decisions', covers: 'announced, renewed, cancelled, named the last' },
  dates: { label: 'Dates', covers: 'a date or window given, moved, or passed without a premiere' },
  premiere: { label: 'The premiere', covers: 'once, on its day or ahead of it' },
  complete: { label: 'The whole season is out', covers: 'for those who watch at once' },
  filming: { label: 'Filming', covers: 'started, finished' },
  cast: { label: 'Casting', covers: 'who is confirmed' },
  trailer: { label: 'Trailers', covers: 'the first and those after it' },
}

/** How far away a premiere is: "Premieres tomorrow". */
export function premiereLead(daysAway: number): string {
  if (daysAway < 0) return 'Premiered'
  if (daysAway === 0) return 'Premieres today'
  return daysAway === 1 ? 'Premieres tomorrow' : `Premieres in ${daysAway} days`
}

/** The same with its day. */
export const premiereWords = (day: string, daysAway: number): string =>
  `${premiereLead(daysAway)}, ${daysAway > 1 || daysAway < 0 ? 'on ' : ''}${formatWindow(day, { style: 'long' })}`
