import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownBy } from '@/lib/forecast/evaluate'
import { FEATURES, measure, settled, WIDTH } from '@/lib/forecast/features'
import { Rates } from '@/lib/forecast/rates'
import { dayNumber, factsOf, readSeasons, readTitleFacts } from '@/lib/forecast/read-seasons'
import { historyAt, outcomesOf, returnedOf, type Shelf, shelve } from '@/lib/forecast/shows'
import { countsOf } from '@/lib/forecast/table'
import type { SeasonRow } from '@/lib/forecast/types'
import { seeded } from '@/lib/shared/random'
import { madeSeasons } from '../support/seasons'

const HEADER = 'source,show_key,title,season,premiere,end,episodes,network,country,extra'
const rowsOf = (...lines: string[]) => readSeasons([HEADER, ...lines].join('\n'))

/** The features of one season as anybody with these rows would have measured them on a day. */
function featuresOf(shelf: Shelf, source: string, key: string, season: number, asOf: number) {
  const show = shelf.shows.find((one) => one.source === source && one.seasons[0]?.show === key)!
  const rates = new Rates([countsOf(outcomesOf(shelf))])
  const out = new Float32Array(WIDTH)
  expect(measure({ history: historyAt(shelf, show, season, asOf), season, asOf }, rates, out, 0)).toBe(true)
  return Object.fromEntries(FEATURES.map(({ code }, f) => [code, out[f]!]))
}

/** The same rows with everything dated after a day changed at random: moved on, renamed, made longer, or added. */
function otherFuture(rows: SeasonRow[], day: number, random: () => number): SeasonRow[] {
  const changed = rows.flatMap((row): SeasonRow[] => {
    if (row.premiere === null) return [row]
    if (row.premiere <= day)
      return [row.end !== null && row.end > day ? { ...row, end: day + 1 + Math.floor(random() * 500) } : row]
    if (random() < 0.3) return []
    const premiere = day + 1 + Math.floor(random() * 900)
    return [{ ...row, premiere, end: null, episodes: 99, title: `${row.title} Final`, network: 'Other' }]
  })
  const added = rows
    .filter(({ premiere }) => premiere !== null && premiere <= day && random() < 0.3)
    .map((row) => ({
      ...row,
      season: row.season + 20,
      premiere: day + 1 + Math.floor(random() * 900),
      end: null,
    }))
  return [...changed, ...added]
}

describe('a forecast rests on what was known on its day', () => {
  test('a file cut off on the day, or with another future, gives every feature alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const rows = readSeasons(madeSeasons(40, seed))
        const random = seeded(seed)
        const dated = rows.filter(({ premiere }) => premiere !== null)
        const asked = dated[Math.floor(random() * dated.length)]!
        // Also while the season still runs, when its end is yet to come.
        const asOf = asked.premiere! + Math.floor(random() * 500)
        const { source, show, season } = asked
        const whole = featuresOf(shelve(rows), source, show, season, asOf)
        expect(featuresOf(shelve(knownBy(rows, asOf)), source, show, season, asOf)).toEqual(whole)
        expect(featuresOf(shelve(otherFuture(rows, asOf, random)), source, show, season, asOf)).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })

  test('a label, watchers, ratings and hours viewed are not read', () => {
    const told = (extra: string) => rowsOf(`made,a,A,1,2010-01-01,,8,Net,US,"${extra}"`)
    const bare = told('genres=Drama')
    expect(told('genres=Drama;watchers=9,999;status=Ended;av_rating=9.1;share=3;h23a=500')).toEqual(bare)
  })

  test('of a season that is still running no more episodes count than can have aired', () => {
    const shelf = shelve(rowsOf('made,a,A,1,2010-01-01,,22,Net,US,'))
    expect(featuresOf(shelf, 'made', 'a', 1, dayNumber('2010-01-15')).episodes).toBe(3)
    expect(featuresOf(shelf, 'made', 'a', 1, dayNumber('2011-01-01')).episodes).toBe(22)
  })

  test("a network's rate counts other shows' seasons, once it is known whether they came back", () => {
    const others = Array.from({ length: 12 }, (_, i) => [
      `made,o${i},Other ${i},1,2005-01-01,,8,Net,US,`,
      `made,o${i},Other ${i},2,2006-01-01,,8,Net,US,`,
    ]).flat()
    const shelf = shelve(
      rowsOf('made,a,A,1,2006-01-01,,8,Net,US,', 'made,b,B,1,2008-06-01,,8,Net,US,', ...others),
    )
    const early = featuresOf(shelf, 'made', 'a', 1, dayNumber('2006-04-01'))
    const late = featuresOf(shelf, 'made', 'b', 1, dayNumber('2008-09-01'))
    expect(early['network-rate']).toBeCloseTo(0.5)
    expect(late['network-rate']!).toBeGreaterThan(early['network-rate']!)
  })

  test('what came while a season ran, or can no longer come in time, is settled; all else is open', () => {
    const show = shelve(
      rowsOf(
        'made,a,A,1,2010-01-01,,8,,US,',
        'made,a,A,2,2010-02-01,,8,,US,',
        'made,a,A,3,2015-01-01,,8,,US,',
      ),
    )
    const at = (season: number, day: string) => {
      const asOf = dayNumber(day)
      return settled({ history: historyAt(show, show.shows[0]!, season, asOf), season, asOf })
    }
    expect(at(1, '2010-04-01')).toBe(true)
    expect(at(2, '2010-05-01')).toBe(null)
    expect(at(2, '2014-01-01')).toBe(false)
  })
})

describe('seasons and titles are read from files', () => {
  test('whether a season came back is not said where its source stops too early, or the next has no day', () => {
    const shelf = shelve(
      rowsOf(
        'made,a,A,1,2010-01-01,,8,,US,',
        'made,a,A,2,2012-01-01,,8,,US,',
        'made,b,B,1,2010-01-01,,8,,US,',
        'made,b,B,2,,,8,,US,',
        'made,c,C,1,2014-01-01,,8,,US,',
      ),
    )
    const found = outcomesOf(shelf).map((outcome) => [
      outcome.row.title,
      outcome.row.season,
      returnedOf(outcome),
    ])
    expect(found).toEqual([
      ['A', 1, true],
      ['A', 2, null],
      ['C', 1, null],
    ])
  })

  test('a bad line is named with its number and field', () => {
    expect(() => rowsOf('made,a,A,1,2010-02-30,,8,,US,')).toThrow('line 2: premiere: "2010-02-30" is no day')
    expect(() => rowsOf('made,a,A,one,2010-02-03,,8,,US,')).toThrow('line 2: season')
    expect(() => readSeasons('source,title\nx,y\n')).toThrow('no column "show_key"')
    expect(() => readSeasons(`${HEADER}\n`)).toThrow('no seasons')
  })

  test('a title is found by its id, else by a name that only one title has; its seasons and labels are not read', async () => {
    const titles = await readTitleFacts([
      '{"ids":{"x":"1"},"title":"The Harbour","genres":["Crime"],"country":"Norway","status":"Ended","seasons":[{"number":9}]}',
      '{"ids":{"x":"2"},"title":"Twins"}',
      '{"ids":{"x":"3"},"title":"Twins"}',
    ])
    const facts = { genres: ['Crime'], country: 'Norway', kind: null, sourceMaterial: null, castCount: 0 }
    expect(factsOf(titles, { show: 'x:1', title: 'whatever' })).toEqual(facts)
    expect(factsOf(titles, { show: 'k', title: 'HARBOUR (2012)' })).toEqual(facts)
    expect(factsOf(titles, { show: 'k', title: 'Twins' })).toBe(null)
    await expect(readTitleFacts(['{"ids":{}'])).rejects.toThrow('line 1')
  })
})
