import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spanWords } from '@/app/_components/dates'
import { bandOn, isCalendarMonth, weeksOf } from '@/app/calendar/months'

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
