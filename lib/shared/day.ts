/**
 * A calendar day as ISO 8601 text, `2027-03-14`: it has no hour and no zone. No other text passes for one unread: a
 * literal is seen to be a day, `isDay` tells of any text whether it is.
 */
export type Day = `${number}-${number}-${number}`

const DAY_MS = 86_400_000

/** True for a real calendar day in `YYYY-MM-DD`; 2026-02-30 is none. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

const utcDay = (instant: Date) => instant.toISOString().slice(0, 10) as Day

/** The day of an instant in a zone (IANA name), UTC unless told. */
export function dayOf(instant: Date, timeZone = 'UTC'): Day {
  // Asked for every claim and state: without the tables of zones it takes a hundredth.
  if (timeZone === 'UTC') return utcDay(instant)
  const text = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant)
  return text as Day
}

/** The first day of a month given as `YYYY-MM`. */
export const firstDayOf = (month: string) => `${month}-01` as Day

/** `day` moved by a number of days, which may be negative. */
export function addDays(day: Day, days: number): Day {
  return utcDay(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS))
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/** The latest of some days; null where none is known. */
export function latestDay(days: readonly (Day | null | undefined)[]): Day | null {
  return days.reduce<Day | null>((latest, day) => (day && (!latest || day > latest) ? day : latest), null)
}
