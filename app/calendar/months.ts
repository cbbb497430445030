import { addDays, type Day, firstDayOf } from '@/lib/shared/day'

/** The months the calendar has pages for; beyond them there is nothing to show and no end of addresses. */
const FIRST_YEAR = 1950
const LAST_YEAR = 2040

/** True for a month with a page, as `2027-03`. */
export function isCalendarMonth(text: string): boolean {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(text) ?? []
  return Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR && Number(month) >= 1 && Number(month) <= 12
}

/** The days of a month in weeks that begin on Monday; null before its first day and after its last. */
export function weeksOf(month: string): (Day | null)[][] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const cells: (Day | null)[] = Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => null)
  for (let day = 1; day <= length; day++) cells.push(addDays(firstDayOf(month), day - 1))
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** Where a window lies on a scale of days, in per cent, cut at its ends. */
export function bandOn(
  scale: { from: string; to: string },
  window: { earliest: string; latest: string },
): { left: number; width: number } {
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const length = at(scale.to) - at(scale.from)
  const share = (day: string) => Math.min(1, Math.max(0, (at(day) - at(scale.from)) / length))
  const left = share(window.earliest)
  const round = (value: number) => Math.round(value * 1000) / 10
  return { left: round(left), width: Math.max(1, round(share(window.latest) - left)) }
}

/** Days with an entry from which on a grid says more than it leaves empty. */
const GRID_DAYS_MIN = 6

/** A month with few days is told as a list of them; a grid would be blank paper. */
export const hasGrid = (days: readonly unknown[]): boolean => days.length >= GRID_DAYS_MIN

/** How many seasons begin in a month, in the tense of the month: "104 seasons began on a named day." */
export function monthWords(
  when: 'past' | 'now' | 'ahead',
  { begun, toCome }: { begun: number; toCome: number },
): string {
  const seasons = (n: number, one: string, many: string) =>
    `${n} ${n === 1 ? `season ${one}` : `seasons ${many}`}`
  const all = begun + toCome
  if (when === 'past')
    return all === 0
      ? 'No season is on record as begun on a named day of this month.'
      : `${seasons(all, 'began', 'began')} on a named day.`
  if (all === 0) return 'No season begins on a named day this month.'
  if (begun === 0 || when === 'ahead') return `${seasons(all, 'begins', 'begin')} on a named day.`
  return toCome === 0
    ? `${seasons(begun, 'has begun', 'have begun')} on a named day.`
    : `${seasons(begun, 'has begun', 'have begun')} on a named day, ${toCome} ${toCome === 1 ? 'is' : 'are'} still to come.`
}
