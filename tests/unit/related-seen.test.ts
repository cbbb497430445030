import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeCards, type Known, meantBy, type Shown } from '@/lib/related/seen'
import { seeded } from '@/lib/shared/random'

const known = (name: string, more: Partial<Known> = {}): Known => ({
  ids: [`x:${name}`],
  names: [name],
  year: null,
  kind: null,
  country: null,
  ...more,
})
const shown = (name: string, cards: number[], more: Partial<Known> = {}): Shown => ({
  ...known(name, { ids: [`site:${name}`], ...more }),
  cards,
})

describe('which show a title means', () => {
  test('the one that bears its id, whatever it is called there', () => {
    const shows = [shown('Frieren', []), shown('Sousou no Frieren', [], { ids: ['mal:52991'] })]
    expect(meantBy([known('Frieren', { ids: ['mal:52991'] })], shows)).toEqual([1])
  })

  test('the one of its name and year: case, accents and articles are nothing, two years apart are two shows', () => {
    const shows = [shown('The Bridge', [], { year: 2011 }), shown('The Bridge', [], { year: 2013 })]
    expect(meantBy([known('bridge', { year: 2013 })], shows)).toEqual([1])
    expect(meantBy([known('The Bridge', { year: 2017 })], shows)).toEqual([null])
  })

  test('the one it calls by an original title or an alias', () => {
    const shows = [
      shown('All of Us Are Dead', [], { names: ['All of Us Are Dead', '지금 우리 학교는'], year: 2022 }),
    ]
    expect(
      meantBy(
        [known('Now at Our School', { names: ['Now at Our School', '지금 우리 학교는'], year: 2022 })],
        shows,
      ),
    ).toEqual([0])
  })

  test('none where two would do as well', () => {
    const shows = [shown('Shameless', [], { year: 2011 }), shown('Shameless', [], { year: 2011 })]
    expect(meantBy([known('Shameless', { year: 2011 })], shows)).toEqual([null])
  })
})

describe('what the cards are worth', () => {
  const titles = ['a', 'b', 'c', 'not here'].map((name) => known(name))
  const judge = (shows: Shown[], pairs: [number, number][], whole = false) =>
    judgeCards(
      titles,
      pairs.map(([source, related]) => ({ source, related, weight: 1 })),
      shows,
      { whole, random: seeded(1) },
    )

  test('1 where the cards are what people name, 0 where a source has none, and such sources are counted', () => {
    const shows = [shown('a', [1, 2]), shown('b', []), shown('c', [0])]
    expect(
      judge(shows, [
        [0, 1],
        [0, 2],
      ]),
    ).toEqual({ sources: 1, ndcg: 1, ci95: [1, 1], empty: 0 })
    expect(
      judge(shows, [
        [0, 1],
        [1, 0],
      ]),
    ).toMatchObject({ sources: 2, ndcg: 0.5, empty: 1 })
  })

  test('what the site does not know is left out, or counted as missing where that is asked', () => {
    const shows = [shown('a', [1]), shown('b', [0]), shown('c', [])]
    const pairs: [number, number][] = [
      [0, 1],
      [0, 3],
      [3, 0],
    ]
    expect(judge(shows, pairs)).toMatchObject({ sources: 1, ndcg: 1 })
    const whole = judge(shows, pairs, true)
    expect(whole.sources).toBe(1)
    expect(whole.ndcg).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 10)
  })

  test('it lies between 0 and 1, and no card moved up from below a wrong one makes it less', () => {
    const lists = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 10 })
    fc.assert(
      fc.property(lists, lists, fc.nat(8), (cards, named, at) => {
        const all = Array.from({ length: 11 }, (_, i) => known(`t${i}`))
        const worth = (list: number[]) =>
          judgeCards(
            all,
            named.map((related) => ({ source: 10, related, weight: 1 })),
            all.map((_, i) => shown(`t${i}`, i === 10 ? list : [])),
            { random: seeded(1) },
          ).ndcg
        const before = worth(cards)
        expect(before).toBeGreaterThanOrEqual(0)
        expect(before).toBeLessThanOrEqual(1)
        const [upper, lower] = [cards[at], cards[at + 1]]
        if (upper === undefined || lower === undefined) return
        if (named.includes(upper) || !named.includes(lower)) return
        expect(worth(cards.with(at, lower).with(at + 1, upper))).toBeGreaterThanOrEqual(before)
      }),
    )
  })
})
