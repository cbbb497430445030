/** When a notice may leave: quiet hours and digests, in the reader's own zone, across its clock changes. Pure. */
import { addDays, type Day } from '@/lib/shared/day'
import type { Wishes } from './types'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

// Making one costs a hundred times as much as asking it, and a fan-out asks for every reader.
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const two = '2-digit'
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
  })
  clocks.set(timeZone, clock)
  return clock
}

/** The zone's wall clock at an instant. */
function wallClock(instant: Date, timeZone: string): { day: Day; hour: number } {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  return { day: `${parts.year}-${parts.month}-${parts.day}` as Day, hour: Number(parts.hour) }
}

/**
 * The first instant at which the zone's clock shows `hour` on `day`. Where the clocks go forward over that hour, the
 * first instant after the gap; where they go back and show it twice, the first of the two.
 */
export function instantAt(day: Day, hour: number, timeZone: string): Date {
  const shown = (at: number) => {
    const clock = wallClock(new Date(at), timeZone)
    return clock.day > day || (clock.day === day && clock.hour >= hour)
  }
  // No zone is further than 14 hours from UTC, and clocks change by whole quarters of an hour.
  const noon = Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS
  let late = noon + 15 * HOUR_MS
  let early = noon - 15 * HOUR_MS
  while (late - early > MINUTE_MS) {
    const middle = Math.floor((early + late) / 2 / MINUTE_MS) * MINUTE_MS
    if (middle <= early) break
    if (shown(middle)) late = middle
    else early = middle
  }
  return new Date(late)
}

/** True for names Intl knows as zones. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const isQuiet = (hour: number, from: number, to: number) =>
  from < to ? hour >= from && hour < to : from > to && (hour >= from || hour < to)

/** `instant`, or the end of the quiet hours it falls into. From equal to to is no quiet at all. */
export function afterQuiet(
  instant: Date,
  { timeZone, quietFrom, quietTo }: Pick<Wishes, 'timeZone' | 'quietFrom' | 'quietTo'>,
): Date {
  if (quietFrom === null || quietTo === null) return instant
  const { day, hour } = wallClock(instant, timeZone)
  if (!isQuiet(hour, quietFrom, quietTo)) return instant
  const today = instantAt(day, quietTo, timeZone)
  const end = today > instant ? today : instantAt(addDays(day, 1), quietTo, timeZone)
  // Where the clocks skip the hour at which quiet ends, they may land in it again.
  return afterQuiet(end, { timeZone, quietFrom, quietTo })
}

const weekdayOf = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/**
 * When something learned at `now` is due: at once, or with the reader's next daily or weekly digest, and never in
 * their quiet hours. A digest's hour is the hour their clock shows, on both sides of a change of clocks.
 */
export function dueAt(now: Date, wishes: Wishes): Date {
  const { cadence, digestHour, digestWeekday, timeZone } = wishes
  if (cadence === 'now') return afterQuiet(now, wishes)
  const { day } = wallClock(now, timeZone)
  for (let ahead = 0; ; ahead++) {
    const on = addDays(day, ahead)
    if (cadence === 'weekly' && weekdayOf(on) !== digestWeekday) continue
    const at = instantAt(on, digestHour, timeZone)
    // A day that a zone skipped whole, as Samoa did in 2011, has no digest: it would come on top of the next day's.
    if (at > now && wallClock(instantAt(on, 0, timeZone), timeZone).day === on) return afterQuiet(at, wishes)
  }
}
