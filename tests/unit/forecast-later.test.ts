import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { laterOf, laterWindows } from '@/lib/forecast/later'
import type { Judged } from '@/lib/forecast/score'
import { seeded } from '@/lib/shared/random'

const judged = (given: Partial<Judged>): Judged => ({
  source: 'made',
  name: 'a show',
  ageDays: 0,
  chance: 0.5,
  returned: null,
  gapDays: null,
  saidGapDays: null,
  windows: null,
  ...given,
})

describe('later years calibrate a forecast', () => {
  it('windows that held too seldom are stretched until they hold as often as they say', () => {
    const random = seeded(2)
    const wait = () => 400 + (random() + random() + random() - 1.5) * 200
    const narrow: Judged['windows'] = [
      { low: 390, high: 410 },
      { low: 350, high: 450 },
      { low: 330, high: 470 },
    ]
    const many = Array.from({ length: 1000 }, () =>
      judged({ gapDays: wait(), saidGapDays: 400, windows: narrow }),
    )
    const { made } = laterOf(many)
    const held = many.filter(({ gapDays }) => {
      const [, { low, high }] = laterWindows(400, narrow, made, 0)
      return low <= gapDays! && gapDays! <= high
    })
    expect(held.length / many.length).toBeCloseTo(0.8, 1)
  })

  it('those of a class nobody tried stay as they are', () => {
    expect(laterOf([])).toEqual({})
    const windows = [90, 80, 70].map((low) => ({ low, high: 200 - low })) as never
    expect(laterWindows(100, windows, undefined, 0)).toEqual(windows)
  })

  it('windows lie in one another, and none begins before what was waited already', () => {
    const factor = fc.double({ min: 0.5, max: 4, noNaN: true })
    const days = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(factor, factor, factor, days, days, days, days, (a, b, c, wait, one, two, three) => {
        const centre = wait + one
        const windows: [never, never, never] | { low: number; high: number }[] = [
          { low: Math.max(wait, centre - one), high: centre + one },
          { low: Math.max(wait, centre - one - two), high: centre + one + two },
          { low: Math.max(wait, centre - one - two - three), high: centre + one + two + three },
        ]
        const [p50, p80, p95] = laterWindows(centre, windows as never, { stretch: [a, b, c] }, wait)
        expect(p95.low).toBeLessThanOrEqual(p80.low)
        expect(p80.low).toBeLessThanOrEqual(p50.low)
        expect(p50.low).toBeLessThanOrEqual(p50.high)
        expect(p50.high).toBeLessThanOrEqual(p80.high)
        expect(p80.high).toBeLessThanOrEqual(p95.high)
        expect(p95.low).toBeGreaterThanOrEqual(wait)
      }),
    )
  })
})
