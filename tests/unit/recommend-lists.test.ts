import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cappedRecallAt, ndcgAt } from '@/lib/learning/ranking-metrics'
import { calibrate, genreDistance, genreLikeness, genreShares, spread } from '@/lib/related/recommend/rerank'
import { GORSE_FEEDBACK, gorseFeedback } from '@/lib/workshop/recommend/gorse'
import { holdOut } from '@/lib/workshop/recommend/holdout'
import { csvField, readInteractions } from '@/lib/workshop/recommend/interactions'
import { coverage, exposure, gini, interval } from '@/lib/workshop/recommend/metrics'

const titles = fc
  .array(
    fc.record({
      score: fc.double({ min: -5, max: 5, noNaN: true }),
      genres: fc.subarray(['drama', 'horror', 'comedy', 'romance']),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map((title, i) => ({ ...title, id: `t${i}` })))
const shares = fc
  .array(fc.record({ genres: fc.subarray(['drama', 'horror', 'comedy', 'romance'], { minLength: 1 }) }))
  .map(genreShares)
const byScore = (list: { id: string; score: number }[]) =>
  [...list].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
const drama = (id: string, score: number) => ({ id, score, genres: ['drama'] })
const horror = (id: string, score: number) => ({ id, score, genres: ['horror'] })

describe('a calibrated list', () => {
  test('holds titles it was given, none twice, as many as there are', () => {
    fc.assert(
      fc.property(titles, shares, fc.double({ min: 0, max: 1, noNaN: true }), (list, wanted, pull) => {
        const ids = calibrate(list, wanted, 10, pull).map(({ id }) => id)
        expect(new Set(ids).size).toBe(Math.min(10, list.length))
        expect(ids.every((id) => list.some((title) => title.id === id))).toBe(true)
      }),
    )
  })

  test('without a pull, or without a history, is in the order of scores', () => {
    fc.assert(
      fc.property(titles, shares, (list, wanted) => {
        expect(calibrate(list, wanted, 10, 0).map(({ id }) => id)).toEqual(byScore(list).slice(0, 10))
        expect(calibrate(list, new Map(), 10, 1).map(({ id }) => id)).toEqual(byScore(list).slice(0, 10))
      }),
    )
  })

  test('gives a reader of some horror some horror', () => {
    const pool = [...Array(10).keys()]
      .map((i) => drama(`d${i}`, 10 - i / 10))
      .concat([...Array(10).keys()].map((i) => horror(`h${i}`, 9.5 - i / 10)))
    const wanted = new Map([
      ['drama', 0.7],
      ['horror', 0.3],
    ])
    const list = calibrate(pool, wanted, 10, 0.7)
    expect(list.filter(({ id }) => id.startsWith('h')).length).toBe(3)
    expect(genreDistance(wanted, genreShares(list))).toBeLessThan(
      genreDistance(wanted, genreShares(pool.slice(0, 10))),
    )
  })
})

describe('the distance between mixes of genres', () => {
  test('is nothing where they are the same and never less', () => {
    fc.assert(
      fc.property(shares, shares, (a, b) => {
        expect(genreDistance(a, a)).toBeCloseTo(0, 9)
        if (b.size) expect(genreDistance(a, b)).toBeGreaterThanOrEqual(-1e-9)
        expect(Number.isFinite(genreDistance(a, b))).toBe(true)
      }),
    )
  })
})

describe('a list without clones', () => {
  test('is in the order of scores where variety does not count, and always starts with the best', () => {
    fc.assert(
      fc.property(titles, fc.double({ min: 0, max: 0.9, noNaN: true }), (list, variety) => {
        expect(spread(list, 10, 0).map(({ id }) => id)).toEqual(byScore(list).slice(0, 10))
        const ids = spread(list, 10, variety).map(({ id }) => id)
        expect(ids[0]).toBe(byScore(list)[0])
        expect(new Set(ids).size).toBe(Math.min(10, list.length))
      }),
    )
  })

  test('puts another kind between two of one', () => {
    const list = spread([drama('a', 10), drama('b', 9.9), horror('c', 9), horror('d', 0)], 3, 0.4)
    expect(list.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
    expect(genreLikeness({ genres: ['x', 'y'] }, { genres: ['y', 'z'] })).toBeCloseTo(1 / 3, 12)
  })
})

describe('the figures', () => {
  test('recall is whole where a list holds all it could', () => {
    expect(cappedRecallAt([1, 2, 3], new Set([1, 2, 3, 4, 5]), 3)).toBe(1)
    expect(cappedRecallAt([1, 9, 8], new Set([1, 2]), 3)).toBe(0.5)
    expect(cappedRecallAt([1], new Set(), 3)).toBe(0)
  })

  test('gain is discounted by place', () => {
    expect(ndcgAt([7, 1], new Set([1]), 10)).toBeCloseTo(1 / Math.log2(3), 12)
    expect(ndcgAt([1, 2], new Set([1, 2]), 10)).toBe(1)
    expect(ndcgAt([1], new Set([1, 2]), 10)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12)
  })

  test('Gini is 0 where all are shown alike and nearly 1 where one is everywhere', () => {
    expect(gini([3, 3, 3, 3])).toBeCloseTo(0, 12)
    expect(gini([0, 0, 0, 12])).toBeCloseTo(0.75, 12)
    expect(gini([0, 0])).toBe(0)
    expect([...exposure([[0, 1], [1]], 3)]).toEqual([1, 2, 0])
    expect(coverage([1, 2, 0])).toBeCloseTo(2 / 3, 12)
  })

  test('an interval holds the mean, and a ratio of equals is 1', () => {
    const values = Float64Array.from({ length: 200 }, (_, i) => (i % 10) / 10)
    const [low, high] = interval(values)
    expect(low).toBeLessThan(0.45)
    expect(high).toBeGreaterThan(0.45)
    expect(interval(values, values)).toEqual([1, 1])
  })
})

const interactions = fc.uniqueArray(
  fc.record({
    user: fc.string({ minLength: 1 }).filter((text) => text.trim() === text),
    item: fc.string({ minLength: 1 }).filter((text) => text.trim() === text),
    value: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0),
  }),
  { minLength: 1, selector: (row) => JSON.stringify([row.user, row.item]) },
)

describe('a file of interactions', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(interactions, (rows) => {
        const text = ['user,item,value']
          .concat(rows.map((row) => `${csvField(row.user)},${csvField(row.item)},${row.value}`))
          .join('\n')
        expect(readInteractions(text, 'x.csv')).toEqual(rows)
      }),
    )
  })

  test('may have other columns and another order', () => {
    expect(readInteractions('\ufeffvalue,when,item,user\r\n4.5,2020,7,ann\r\n', 'x.csv')).toEqual([
      { user: 'ann', item: '7', value: 4.5 },
    ])
  })

  test('counts the later value of a pair that comes twice', () => {
    expect(readInteractions('user,item,value\na,b,1\na,b,2\n', 'x.csv')).toEqual([
      { user: 'a', item: 'b', value: 2 },
    ])
  })

  test.each([
    ['', 'x.csv is empty'],
    ['user,item,value\n', 'x.csv has no rows'],
    ['user,item\n1,2\n', 'x.csv, line 1: the header has no column "value"'],
    ['user,item,value\n1,2,3\n1,3,good\n', 'x.csv, line 3, value: "good" is no number'],
    ['user,item,value\n1,2,Infinity\n', 'x.csv, line 2, value: "Infinity" is no number'],
    ['user,item,value\n1,2,\n', 'x.csv, line 2, value: is missing'],
    ['user,item,value\n,2,3\n', 'x.csv, line 2, user: is missing'],
    ['user,item,value\n1,,3\n', 'x.csv, line 2, item: is missing'],
    ['user,item,value\n1,2,3\n1,2\n', 'x.csv, line 3: the row has more or fewer fields'],
    ['user,item,value\n1,2,3\n"1,2,3\n', 'x.csv, line'],
  ])('that is wrong is refused with file, line and field (%j)', (text, sentence) => {
    expect(() => readInteractions(text, 'x.csv')).toThrow(sentence)
  })
})

describe('holding out', () => {
  test('parts the rows, takes its share of every reader and draws the same again', () => {
    fc.assert(
      fc.property(interactions, fc.integer({ min: 0, max: 99 }), (rows, seed) => {
        const { training, heldout } = holdOut(rows, 0.2, seed)
        expect(new Set([...training, ...heldout])).toEqual(new Set(rows))
        expect(training.length + heldout.length).toBe(rows.length)
        for (const user of new Set(rows.map((row) => row.user))) {
          const [all, hidden] = [rows, heldout].map((part) => part.filter((row) => row.user === user).length)
          expect(hidden).toBe(Math.round(all! * 0.2))
        }
        expect(holdOut(rows, 0.2, seed)).toEqual({ training, heldout })
      }),
    )
  })
})

describe('the export for Gorse', () => {
  test('is read back line by line, what is liked apart from what was only seen', () => {
    fc.assert(
      fc.property(interactions, (all) => {
        const rows = all.filter(({ user, item }) => !`${user}${item}`.includes('/'))
        const lines = [...gorseFeedback(rows, 4)]
        expect(lines.every((line) => !line.includes('\n'))).toBe(true)
        const back = lines.map((line) => JSON.parse(line))
        expect(back.map(({ UserId, ItemId }) => ({ user: UserId, item: ItemId }))).toEqual(
          rows.map(({ user, item }) => ({ user, item })),
        )
        for (const [i, { FeedbackType }] of back.entries())
          expect(FeedbackType).toBe(rows[i]!.value >= 4 ? GORSE_FEEDBACK.liked : GORSE_FEEDBACK.seen)
      }),
    )
  })

  test('refuses an id Gorse would not take', () => {
    expect(() => [...gorseFeedback([{ user: 'a', item: 'b/c', value: 1 }], 1)]).toThrow('item "b/c"')
  })
})
