/** Two lists of seasons that count differently mean the same seasons; what nobody can tell is not guessed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CountedSeason, isPlain, NEAR_DAYS, numbered } from '@/lib/catalogue/numbering'
import { addDays, type Day } from '@/lib/shared/day'

type Short = [number, (Day | null)?, (number | null)?, (Day | null)?]
const seasons = (...list: Short[]): CountedSeason[] =>
  list.map(([number, day = null, episodes = null, finale = null]) => ({
    number,
    premiere: day ? { earliest: day, latest: day } : null,
    finale,
    episodes,
  }))
const said = (ours: CountedSeason[], theirs: CountedSeason[]) =>
  numbered(ours, theirs).map(({ theirs: number, ours: own, through, reason }) => [
    number,
    own,
    ...(through !== own ? [through] : []),
    reason,
  ])

describe('a list that counts otherwise', () => {
  const parts = seasons([1, '2021-01-08', 5], [2, '2021-06-11', 5], [3, '2023-10-05', 7])
  const merged = seasons([1, '2021-01-08', 10], [2, '2023-10-05', 7])

  it('Lupin: its second season is our third part, and its first holds two of ours', () => {
    expect(said(parts, merged)).toEqual([
      [1, 1, 2, 'day'],
      [2, 3, 'day'],
    ])
  })

  it('the other way round: a part that has the rest of the episodes is within our season', () => {
    expect(said(merged, parts)).toEqual([
      [1, 1, 'day'],
      [2, 1, 'part'],
      [3, 2, 'day'],
    ])
  })

  it('a second cours that begins while our season is on is a part of it', () => {
    const ours = seasons([1, '2022-10-09', 24, '2023-06-25'], [2, '2024-10-05', 12])
    const cours = seasons(
      [1, '2022-10-09', 12],
      [2, '2023-04-09', 12],
      [3, '2024-10-05', 12],
      [4, '2025-10-04'],
    )
    expect(said(ours, cours)).toEqual([
      [1, 1, 'day'],
      [2, 1, 'part'],
      [3, 2, 'day'],
      [4, 3, 'neighbours'],
    ])
  })

  it('seasons called by years are those that begin with them, and the next year is the next of ours', () => {
    const ours = seasons([1, '2015-09-28'], [2, '2016-01-04'], [3, '2017-01-09'])
    const years = seasons([2015, '2015-09-28'], [2016, '2016-01-05'], [2017, '2017-01-09'], [2018])
    expect(said(ours, years)).toEqual([
      [2015, 1, 'day'],
      [2016, 2, 'day'],
      [2017, 3, 'day'],
      [2018, 4, 'neighbours'],
    ])
  })

  it('one that is to come without a day stands as far behind the last as it does there', () => {
    const ours = seasons([1, '2021-01-08'], [2, '2021-06-11'], [3, '2023-10-05'])
    expect(said(ours, seasons([1, '2021-01-08'], [2, '2023-10-05'], [3]))).toEqual([
      [1, 1, 2, 'day'],
      [2, 3, 'day'],
      [3, 4, 'neighbours'],
    ])
  })
})

describe('what nobody can tell', () => {
  it('a season that bears our number and begins with none of ours, nearer to another', () => {
    const ours = seasons([1, '2021-01-08', 10], [2, '2023-10-05', 7])
    expect(said(ours, seasons([1, '2021-01-08', 5], [2, '2021-06-11', 6]))).toEqual([
      [1, 1, 'day'],
      [2, null, 'unclear-within'],
    ])
  })

  it('two of ours that begin within the same days, for a season of a third number', () => {
    const ours = seasons([1, '2021-01-08'], [2, '2021-01-10'])
    expect(said(ours, seasons([3, '2021-01-09']))).toEqual([[3, null, 'unclear-several']])
  })

  it('a year of which no season here begins', () => {
    expect(said(seasons([1, '2015-09-28']), seasons([2019, '2019-01-07']))).toEqual([
      [2019, null, 'unclear-year'],
    ])
  })

  it('one between seasons that are counted apart on both sides', () => {
    const ours = seasons([1, '2020-01-01'], [2, '2021-01-01'], [5, '2024-01-01'])
    const theirs = seasons([1, '2020-01-01'], [2, '2022-06-01'], [3, '2024-01-01'])
    expect(said(ours, theirs)[1]).toEqual([2, null, 'unclear-neighbours'])
  })
})

const anyList = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 60, max: 900 }),
      episodes: fc.option(fc.integer({ min: 1, max: 24 })),
      isDated: fc.boolean(),
    }),
    {
      maxLength: 8,
    },
  )
  .map((steps): CountedSeason[] => {
    let day: Day = '2005-01-10'
    return steps.map(({ gap, episodes, isDated }, at) => {
      day = addDays(day, gap)
      return {
        number: at + 1,
        premiere: isDated ? { earliest: day, latest: day } : null,
        finale: null,
        episodes,
      }
    })
  })

describe('whatever two lists say', () => {
  it('a list agrees with itself, also where its days are some days off', () => {
    fc.assert(
      fc.property(anyList, fc.integer({ min: -NEAR_DAYS, max: NEAR_DAYS }), (list, off) => {
        const moved = list.map((season) => {
          const day = season.premiere && addDays(season.premiere.earliest, off)
          return { ...season, premiere: day === null ? null : { earliest: day, latest: day } }
        })
        const found = numbered(list, moved)
        expect(found.every(isPlain)).toBe(true)
      }),
    )
  })

  it('each of theirs is answered for once, and no season of ours is begun by two of theirs', () => {
    fc.assert(
      fc.property(anyList, anyList, (ours, theirs) => {
        const found = numbered(ours, theirs)
        expect(found.map(({ theirs: number }) => number)).toEqual(theirs.map(({ number }) => number))
        const begun = found.flatMap((one) => (one.ours === null || one.reason === 'part' ? [] : [one.ours]))
        expect(new Set(begun).size).toBe(begun.length)
        for (const { ours: own, through, reason } of found) {
          expect(reason.startsWith('unclear')).toBe(own === null)
          expect((through ?? 0) >= (own ?? 0)).toBe(true)
        }
      }),
    )
  })

  it('what was decided stands, whatever else comes', () => {
    fc.assert(
      fc.property(anyList, anyList, anyList, (ours, theirs, later) => {
        const found = numbered(ours, theirs)
        const decided = found.filter((one) => one.ours !== null)
        const again = numbered(
          [...ours, ...later.map((one) => ({ ...one, number: one.number + 20 }))],
          theirs,
          found,
        )
        for (const one of decided) expect(again).toContainEqual(one)
      }),
    )
  })
})
