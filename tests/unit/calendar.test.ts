import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spanWords } from '@/app/_components/dates'
import { bandOn, hasGrid, isCalendarMonth, monthWords, weeksOf } from '@/app/calendar/months'
import { PREMIERE_STATES, SEASON_STATUSES } from '@/db/schema/words'
import { addDays, type Day } from '@/lib/shared/day'
import { calendarMark } from '@/lib/status/calendar-mark'

describe('the calendar', () => {
  test('only real months within reach have a page', () => {
    for (const month of ['2026-12', '1950-01', '2040-12']) expect(isCalendarMonth(month)).toBe(true)
    for (const text of ['2026-13', '2026-00', '2026-1', '1949-12', '9999-12', '2026-12-01', 'december', ''])
      expect(isCalendarMonth(text), text).toBe(false)
  })

  test('a month is laid out in weeks from Monday, each of its days once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2040 }), fc.integer({ min: 1, max: 12 }), (year, number) => {
        const month = `${year}-${String(number).padStart(2, '0')}`
        const weeks = weeksOf(month)
        const days = weeks.flat().filter((day) => day !== null)
        expect(weeks.every((week) => week.length === 7)).toBe(true)
        expect(days).toHaveLength(new Date(Date.UTC(year, number, 0)).getUTCDate())
        for (const week of weeks)
          for (const [place, day] of week.entries())
            if (day) expect((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7).toBe(place)
      }),
    )
  })

  test('a window is drawn as long as it is, cut where the scale ends', () => {
    const scale = { from: '2027-01-01', to: '2028-01-01' }
    expect(bandOn(scale, { earliest: '2027-01-01', latest: '2027-07-02' })).toEqual({ left: 0, width: 49.9 })
    expect(bandOn(scale, { earliest: '2026-01-01', latest: '2029-01-01' })).toEqual({ left: 0, width: 100 })
  })

  test('a wait is told in units a reader feels', () => {
    expect(spanWords(1)).toBe('1 day')
    expect(spanWords(21)).toBe('3 weeks')
    expect(spanWords(300)).toBe('10 months')
    expect(spanWords(1_759)).toBe('4 years 10 months')
  })
})

describe('a premiere on the calendar', () => {
  const TODAY = '2026-12-01'
  const on = (
    day: Day,
    status: (typeof SEASON_STATUSES)[number],
    state = 'premiered' as (typeof PREMIERE_STATES)[number],
  ) => calendarMark({ status, state, earliest: day, latest: day }, TODAY)

  test('a finished season wears the square of what is finished, never the light of what comes', () => {
    expect(on('2025-06-12', 'complete')).toEqual({ lamp: 'ended', word: 'Began, finished' })
    expect(on('2026-11-12', 'airing')).toEqual({ lamp: 'running', word: 'Began, on now' })
  })

  test('a day that is over and that nobody confirmed was due, and no more is said', () => {
    expect(on('2026-11-12', 'dated', 'due')).toEqual({ lamp: 'silent', word: 'Was due, not confirmed' })
    expect(on('2026-12-24', 'dated', 'open')).toEqual({ lamp: 'coming', word: 'Dated' })
  })

  test('a window is called a window', () => {
    const mark = calendarMark(
      { status: 'dated', state: 'open', earliest: '2027-01-01', latest: '2027-03-31' },
      TODAY,
    )
    expect(mark).toEqual({ lamp: 'coming', word: 'Window given' })
  })

  test('nothing that is over is ever coming, whatever is known of it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEASON_STATUSES),
        fc.constantFrom(...PREMIERE_STATES),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 0, max: 400 }),
        (status, state, ago, length) => {
          const latest = addDays(TODAY, -ago)
          const mark = calendarMark({ status, state, earliest: addDays(latest, -length), latest }, TODAY)
          expect(mark.lamp).not.toBe('coming')
          expect(mark.word).not.toBe('')
        },
      ),
    )
  })
})

describe('a month', () => {
  test('that is over is told as over, one to come as to come', () => {
    expect(monthWords('past', { begun: 104, toCome: 0 })).toBe('104 seasons began on a named day.')
    expect(monthWords('past', { begun: 1, toCome: 0 })).toBe('1 season began on a named day.')
    expect(monthWords('now', { begun: 2, toCome: 1 })).toBe(
      '2 seasons have begun on a named day, 1 is still to come.',
    )
    expect(monthWords('ahead', { begun: 0, toCome: 3 })).toBe('3 seasons begin on a named day.')
    expect(monthWords('ahead', { begun: 0, toCome: 0 })).toBe('No season begins on a named day this month.')
  })

  test('with few days is a list of them, not a sheet of empty cells', () => {
    expect(hasGrid([])).toBe(false)
    expect(hasGrid(['2026-11-04'])).toBe(false)
    expect(hasGrid(Array.from({ length: 20 }))).toBe(true)
  })
})
