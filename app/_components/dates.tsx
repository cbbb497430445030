import type { Day } from '@/lib/shared/day'
import { formatWindow, type WindowStyle } from '@/lib/shared/edtf'
import { howMany } from './words'

/** A date in words, as precise as it was said; marked up as a time only where it is one HTML knows. */
export function Dated({ edtf, style = 'short' }: { edtf: Day | string; style?: WindowStyle }) {
  const words = formatWindow(edtf, { style })
  return /^\d{4}(-\d\d(-\d\d)?)?$/.test(edtf) && !/^\d{4}-(1[3-9]|[2-9]\d)/.test(edtf) ? (
    <time dateTime={edtf}>{words}</time>
  ) : (
    words
  )
}

/** An instant (UTC) to the minute. */
export const Instant = ({ at }: { at: string }) => (
  <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
)

/** How many days, in the largest units that are still honest: "4 years 9 months", "3 weeks", "5 days". */
export function spanWords(days: number): string {
  if (days < 14) return howMany(days, 'day')
  if (days < 70) return howMany(Math.round(days / 7), 'week')
  const months = Math.round(days / 30.4375)
  if (months < 24) return howMany(months, 'month')
  const rest = months % 12
  return `${howMany(Math.floor(months / 12), 'year')}${rest ? ` ${howMany(rest, 'month')}` : ''}`
}

/** Two spans as one where their words are the same: "22 months", else "22 months to 2 years". */
export function spanRange({ least, most }: { least: number; most: number }, words = spanWords): string {
  const [from, to] = [words(least), words(most)]
  return from === to ? to : `${from} to ${to}`
}
