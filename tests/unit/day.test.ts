import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, dayOf, daysBetween } from '@/lib/shared/day'

const instants = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})

it('the day of an instant is the one the calendar of its zone says, in UTC as in any other', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      expect(dayOf(instant)).toBe(dayOf(instant, 'Etc/UTC'))
    }),
    { numRuns: 500 },
  )
  const late = new Date('2026-11-30T23:30:00Z')
  expect([dayOf(late), dayOf(late, 'Asia/Seoul')]).toEqual(['2026-11-30', '2026-12-01'])
})

it('so many days on is so many days away', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -5_000, max: 5_000 }), (instant, days) => {
      const day = dayOf(instant)
      expect(daysBetween(day, addDays(day, days))).toBe(days)
    }),
  )
})
