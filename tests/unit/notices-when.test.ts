import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Wishes } from '@/lib/notices/types'
import { afterQuiet, dueAt, instantAt, isTimeZone } from '@/lib/notices/when'
import { addDays, type Day } from '@/lib/shared/day'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 500)
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Whole hours, halves and quarters from UTC; clocks that change by half an hour, at midnight, and not at all. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'America/Santiago',
  'America/St_Johns',
  'Africa/Cairo',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'UTC',
]

const clocks = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
)
/** The zone's wall clock as "2027-03-28 08:00", which sorts by time. */
const wall = (at: number | Date, timeZone: string) => clocks.get(timeZone)!.format(at)
const wallDay = (at: number | Date, timeZone: string) => wall(at, timeZone).slice(0, 10) as Day
const hourOf = (at: Date, timeZone: string) => Number(wall(at, timeZone).slice(11, 13))
const clockText = (day: Day, hour: number) => `${day} ${String(hour).padStart(2, '0')}:00`

const zone = fc.constantFrom(...ZONES)
const hour = fc.integer({ min: 0, max: 23 })
const instant = fc
  .integer({ min: 0, max: 6 * 366 * 24 * 60 })
  .map((m) => new Date(Date.UTC(2026, 0) + m * MINUTE_MS))
/** Days on which some of the zones change their clocks are as likely as all the others together. */
const DAYS_OF_TURNS: Day[] = [
  '2026-10-25',
  '2027-03-28',
  '2026-11-01',
  '2027-03-14',
  '2026-10-04',
  '2027-04-04',
  '2026-09-06',
  '2027-04-03',
  '2027-04-24',
  '2026-10-29',
  '2026-10-30',
  '2011-12-29',
  '2011-12-30',
  '2011-12-31',
]
const day = fc.oneof(
  fc.integer({ min: 0, max: 2200 }).map((n) => addDays('2026-01-01', n)),
  fc.constantFrom(...DAYS_OF_TURNS),
)
const wishes = fc.record({
  timeZone: zone,
  cadence: fc.constantFrom('now' as const, 'daily' as const, 'weekly' as const),
  digestHour: hour,
  digestWeekday: fc.integer({ min: 1, max: 7 }),
  quiet: fc.option(fc.tuple(hour, hour)),
})
const asWishes = ({ quiet, ...rest }: typeof wishes extends fc.Arbitrary<infer T> ? T : never): Wishes => ({
  wants: [],
  leadDays: 0,
  spoilerSafe: true,
  ...rest,
  quietFrom: quiet?.[0] ?? null,
  quietTo: quiet?.[1] ?? null,
})
const isQuiet = (at: Date, { timeZone, quietFrom, quietTo }: Wishes) => {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false
  for (let h = quietFrom; h !== quietTo; h = (h + 1) % 24) if (hourOf(at, timeZone) === h) return true
  return false
}

describe('an hour of a day in a zone', () => {
  it('is the first instant at which the clock shows it, or the first after the gap that swallowed it', () => {
    fc.assert(
      fc.property(day, hour, zone, (on, at, timeZone) => {
        const found = instantAt(on, at, timeZone).getTime()
        const wanted = clockText(on, at)
        const around = Date.parse(`${on}T00:00:00Z`) + at * HOUR_MS
        let shown: number | undefined
        for (
          let t = around - 15 * HOUR_MS;
          t <= around + 15 * HOUR_MS && shown === undefined;
          t += 15 * MINUTE_MS
        )
          if (wall(t, timeZone) === wanted) shown = t
        if (shown !== undefined) expect(found).toBe(shown)
        else {
          expect(wall(found, timeZone) > wanted).toBe(true)
          expect(wall(found - MINUTE_MS, timeZone) < wanted).toBe(true)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it.each<[Day, number, string, string, string]>([
    ['2026-10-25', 2, 'Europe/Berlin', '2026-10-25T00:00:00Z', 'shown twice: the first'],
    ['2027-03-28', 2, 'Europe/Berlin', '2027-03-28T01:00:00Z', 'never shown: three o’clock'],
    ['2026-10-04', 2, 'Australia/Lord_Howe', '2026-10-03T15:30:00Z', 'never shown: half past two'],
    ['2027-04-04', 1, 'Australia/Lord_Howe', '2027-04-03T14:00:00Z', 'half of it shown twice'],
    ['2026-09-06', 0, 'America/Santiago', '2026-09-06T04:00:00Z', 'a day that begins at one o’clock'],
    ['2011-12-30', 8, 'Pacific/Apia', '2011-12-30T10:00:00Z', 'a day that was skipped: the next one’s start'],
    ['2026-07-01', 8, 'Asia/Kathmandu', '2026-07-01T02:15:00Z', 'a quarter to'],
  ])('%s, %i h in %s is %s: %s', (on, at, timeZone, expected) => {
    expect(instantAt(on, at, timeZone)).toEqual(new Date(expected))
  })
})

describe('when something is due', () => {
  it('is never in the past, never in quiet hours, and at once for who wants it at once', () => {
    fc.assert(
      fc.property(instant, wishes, (now, given) => {
        const wish = asWishes(given)
        const due = dueAt(now, wish)
        if (wish.cadence === 'now') expect(due >= now).toBe(true)
        else expect(due > now).toBe(true)
        expect(isQuiet(due, wish)).toBe(false)
        if (wish.cadence === 'now' && !isQuiet(now, wish)) expect(due).toEqual(now)
      }),
      { numRuns: 2 * RUNS },
    )
  })

  it('is also found where quiet ends in an hour that the clocks skip', () => {
    const wish = { timeZone: 'America/Scoresbysund', quietFrom: 0, quietTo: 23 }
    // On 27 March 2027 the clocks go from 23:00 to midnight, which is quiet again.
    expect(afterQuiet(new Date('2027-03-27T20:00:00Z'), wish)).toEqual(new Date('2027-03-29T00:00:00Z'))
  })

  it('has an end of quiet only for who is in it', () => {
    fc.assert(
      fc.property(instant, wishes, (now, given) => {
        const wish = asWishes(given)
        const after = afterQuiet(now, wish)
        expect(isQuiet(after, wish)).toBe(false)
        expect(after.getTime() - now.getTime()).toBeLessThanOrEqual(isQuiet(now, wish) ? 2 * DAY_MS : 0)
        if (after > now) expect(hourOf(new Date(after.getTime() - 1), wish.timeZone)).not.toBe(wish.quietTo)
      }),
      { numRuns: RUNS },
    )
  })

  /** All digests of a reader who always has news, for so many of them. */
  function digests(from: string, count: number, wish: Wishes): Date[] {
    const found: Date[] = []
    for (let at = new Date(from); found.length < count; found.push(at)) at = dueAt(at, wish)
    return found
  }
  const daily = (timeZone: string, digestHour: number): Wishes =>
    asWishes({ timeZone, cadence: 'daily', digestHour, digestWeekday: 1, quiet: null })

  it.each(ZONES.slice(0, 6).flatMap((timeZone) => [0, 2, 8, 23].map((at) => [timeZone, at] as const)))(
    'daily is once a local day for 400 days, in %s at %i h',
    (timeZone, at) => {
      const found = digests('2026-08-31T12:00:00Z', 400, daily(timeZone, at))
      const first = wallDay(found[0]!, timeZone)
      for (const [index, due] of found.entries()) {
        const shown = wall(due, timeZone)
        const wanted = clockText(addDays(first, index), at)
        if (shown !== wanted) {
          expect(shown.slice(0, 10)).toBe(wanted.slice(0, 10))
          expect(wall(due.getTime() - MINUTE_MS, timeZone) < wanted && shown > wanted).toBe(true)
        }
      }
    },
  )

  it('daily is once a local day also where a day was skipped: Samoa had no 30 December 2011', () => {
    for (const at of [0, 8, 23]) {
      const shown = digests('2011-08-01T00:00:00Z', 400, daily('Pacific/Apia', at)).map((due) =>
        wall(due, 'Pacific/Apia').slice(0, 10),
      )
      expect(new Set(shown).size).toBe(400)
      const around = shown.indexOf('2011-12-29')
      expect(shown.slice(around, around + 3)).toEqual(['2011-12-29', '2011-12-31', '2012-01-01'])
    }
  })

  it('weekly is once a week, on its weekday, in every zone', () => {
    fc.assert(
      fc.property(zone, hour, fc.integer({ min: 1, max: 7 }), (timeZone, at, weekday) => {
        const wish: Wishes = { ...daily(timeZone, at), cadence: 'weekly', digestWeekday: weekday }
        const found = digests('2026-08-31T12:00:00Z', 60, wish).map((due) => wallDay(due, timeZone))
        for (const [index, on] of found.entries()) expect(on).toBe(addDays(found[0]!, 7 * index))
        expect(new Date(found[0]!).getUTCDay() || 7).toBe(weekday)
      }),
      { numRuns: Math.min(RUNS, 60) },
    )
  })
})

it('a time zone is what this platform knows by that name, and nothing else is', () => {
  for (const name of [...ZONES, 'America/Argentina/Buenos_Aires', 'Etc/GMT-14', 'EST5EDT', 'GMT'])
    expect(isTimeZone(name)).toBe(true)
  for (const name of [
    '',
    'Mars/Olympus',
    'Europe/Berlin ',
    'Europe/Berlin\n',
    '+02:00',
    '-0200',
    '../etc/passwd',
  ])
    expect(isTimeZone(name)).toBe(false)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
      if (isTimeZone(name)) expect(() => dueAt(new Date(), daily8(name))).not.toThrow()
    }),
  )
})

const daily8 = (timeZone: string): Wishes =>
  asWishes({ timeZone, cadence: 'daily', digestHour: 8, digestWeekday: 1, quiet: null })
