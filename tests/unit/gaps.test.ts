import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapsBetween } from '@/app/_components/show/gaps'
import { addDays, type Day } from '@/lib/shared/day'
import type { Window } from '@/lib/status/types'

const on = (day: Day) => ({ edtf: day, earliest: day, latest: day })
const year = (text: `${number}`): Window => ({
  edtf: text,
  earliest: `${text}-01-01`,
  latest: `${text}-12-31`,
})

describe('the waits between seasons', () => {
  test('two known premieres give one exact wait, and the wait that still runs is counted to today', () => {
    const seasons = [
      { number: 1, premiere: on('2020-01-01') },
      { number: 2, premiere: on('2021-01-01') },
    ]
    expect(gapsBetween(seasons, 3, true, '2021-01-31')).toEqual([
      { from: 1, to: 2, least: 366, most: 366, running: false },
      { from: 2, to: 3, least: 30, most: 30, running: true },
    ])
  })

  test('a premiere known by its year alone gives a wait with a lower and an upper end', () => {
    const [gap] = gapsBetween(
      [
        { number: 1, premiere: year('2020') },
        { number: 2, premiere: on('2022-06-01') },
      ],
      3,
      false,
      '2026-01-01',
    )
    expect(gap).toMatchObject({ least: 517, most: 882 })
  })

  test('a season that has not begun has no wait behind it, and an ended show waits for nothing', () => {
    const seasons = [
      { number: 1, premiere: on('2020-01-01') },
      { number: 2, premiere: on('2030-01-01') },
    ]
    expect(gapsBetween(seasons, 2, false, '2026-01-01')).toEqual([])
  })

  test('no wait is negative and its lower end is never above its upper end', () => {
    const premiere = fc
      .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 400 }))
      .map(([start, length]) => {
        const earliest = addDays('1970-01-01', start)
        return { edtf: earliest, earliest, latest: addDays(earliest, length) }
      })
    fc.assert(
      fc.property(fc.array(fc.option(premiere), { maxLength: 8 }), fc.boolean(), (premieres, waiting) => {
        const seasons = premieres.map((one, i) => ({ number: i + 1, premiere: one }))
        for (const gap of gapsBetween(seasons, seasons.length + 1, waiting, '2026-11-22')) {
          expect(gap.least).toBeGreaterThanOrEqual(0)
          expect(gap.most).toBeGreaterThanOrEqual(gap.least)
        }
      }),
    )
  })
})
