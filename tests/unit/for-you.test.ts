import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIAL_STEPS, type Dials, parseDials } from '@/lib/related/dials'
import { fameOf, forYou, lengthOf, type Measured, type Step, turned } from '@/lib/related/for-you'
import type { KnownShow } from '@/lib/related/types'

const MIDDLE: Dials = { fame: 0, length: 0 }
const ALL = 1_000

const show = (id: number, more: Partial<Measured> = {}): Measured => ({
  id,
  title: `${String.fromCharCode(97 + (id % 26))}${id}`,
  kind: 'scripted',
  country: null,
  popularity: 20,
  genres: [],
  seasons: 1,
  episodes: 10,
  franchise: [],
  ...more,
})
const list = (from: number, ...to: number[]): Step[] => to.map((id, i) => ({ from, to: id, rank: i + 1 }))

const id = fc.integer({ min: 1, max: 40 })
const genres = fc.uniqueArray(fc.constantFrom('Drama', 'Horror', 'Comedy', 'Crime'), { maxLength: 3 })
/** A small catalogue with its related lists, and a reader in it. */
const world = fc.record({
  known: fc.uniqueArray(
    fc.record({
      id,
      word: fc.constantFrom('follows' as const, 'seen' as const, 'not-this' as const),
    }),
    { maxLength: 8, selector: (entry) => entry.id },
  ),
  steps: fc
    .uniqueArray(fc.tuple(id, id), { maxLength: 200, selector: ([from, to]) => `${from} ${to}` })
    .map((pairs) =>
      pairs
        .filter(([from, to]) => from !== to)
        .map(([from, to], i, all) => ({
          from,
          to,
          rank: all.slice(0, i).filter(([other]) => other === from).length + 1,
        })),
    ),
  titles: fc
    .array(
      fc.record({
        popularity: fc.option(fc.integer({ min: 0, max: 100 })),
        genres,
        seasons: fc.integer({ min: 0, max: 20 }),
        episodes: fc.option(fc.integer({ min: 1, max: 900 })),
        franchise: fc.uniqueArray(fc.constantFrom('x:1', 'x:2', 'x:3'), { maxLength: 1 }),
      }),
      { minLength: 40, maxLength: 40 },
    )
    .map((all) => all.map((more, i) => show(i + 1, more))),
})
const dials = fc.record({ fame: fc.constantFrom(...DIAL_STEPS), length: fc.constantFrom(...DIAL_STEPS) })
const ids = (found: { id: number }[]) => found.map((entry) => entry.id)

describe('what is recommended', () => {
  it('is never a show the reader follows, has seen or has waved off', () => {
    fc.assert(
      fc.property(world, dials, (facts, turn) => {
        const own = new Set(ids(facts.known))
        expect(ids(forYou(facts, turn, ALL)).filter((found) => own.has(found))).toEqual([])
      }),
    )
  })

  it('stands once, and says by which row of which related list it came from a show of the reader’s', () => {
    fc.assert(
      fc.property(world, dials, (facts, turn) => {
        const found = forYou(facts, turn, ALL)
        expect(new Set(ids(found)).size).toBe(found.length)
        const liked = new Set(ids(facts.known.filter(({ word }) => word !== 'not-this')))
        const row = (from: number, to: number) =>
          facts.steps.some((step) => step.from === from && step.to === to)
        for (const { id: to, through, via } of found) {
          expect(through.every((source) => liked.has(source))).toBe(true)
          expect(row(via ?? through[0]!, to)).toBe(true)
          if (via !== null) expect(row(through[0]!, via)).toBe(true)
        }
      }),
    )
  })

  it('is the same for the same facts, in whatever order they come', () => {
    fc.assert(
      fc.property(world, dials, (facts, turn) => {
        const reversed = {
          known: facts.known.toReversed(),
          steps: facts.steps.toReversed(),
          titles: facts.titles.toReversed(),
        }
        expect(forYou(reversed, turn, ALL)).toEqual(forYou(facts, turn, ALL))
      }),
    )
  })

  it('is exactly what it was once a word is taken back', () => {
    fc.assert(
      fc.property(world, id, fc.constantFrom('seen' as const, 'not-this' as const), (facts, of, word) => {
        const others = facts.known.filter((entry) => entry.id !== of)
        const before = forYou({ ...facts, known: others }, MIDDLE, ALL)
        const said: KnownShow[] = [...others, { id: of, word }]
        expect(ids(forYou({ ...facts, known: said }, MIDDLE, ALL))).not.toContain(of)
        const back = said.filter((entry) => entry.id !== of)
        expect(forYou({ ...facts, known: back }, MIDDLE, ALL)).toEqual(before)
      }),
    )
  })

  it('holds at most two of one franchise, also where a third links them', () => {
    fc.assert(
      fc.property(world, dials, (facts, turn) => {
        const counts = new Map<string, number>()
        for (const found of forYou(facts, turn, ALL))
          for (const ref of facts.titles[found.id - 1]!.franchise) counts.set(ref, (counts.get(ref) ?? 0) + 1)
        expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(2)
      }),
    )
    const kin = [['x:1'], ['x:1', 'x:2'], ['x:2'], []].map((franchise, i) => show(i + 2, { franchise }))
    const found = forYou(
      { known: [{ id: 1, word: 'follows' }], steps: list(1, 2, 3, 4, 5), titles: [show(1), ...kin] },
      MIDDLE,
      ALL,
    )
    expect(ids(found).sort()).toEqual([2, 3, 5])
  })

  it('is nothing for a reader of whom nothing is known, or who only waved off', () => {
    const facts = { steps: list(1, 2, 3), titles: [show(1), show(2), show(3)] }
    expect(forYou({ ...facts, known: [] }, MIDDLE, ALL)).toEqual([])
    expect(forYou({ ...facts, known: [{ id: 1, word: 'not-this' }] }, MIDDLE, ALL)).toEqual([])
  })

  it('comes first from what several shows of the reader’s lead to, and from following before having seen', () => {
    const titles = [1, 2, 3, 10, 11, 12].map((number) => show(number))
    const both = forYou(
      {
        known: [
          { id: 1, word: 'follows' },
          { id: 2, word: 'follows' },
        ],
        steps: [...list(1, 10, 12), ...list(2, 11, 12)],
        titles,
      },
      MIDDLE,
      ALL,
    )
    expect(both[0]).toMatchObject({ id: 12, through: [1, 2], via: null })
    const one = forYou(
      {
        known: [
          { id: 1, word: 'seen' },
          { id: 2, word: 'follows' },
        ],
        steps: [...list(1, 10), ...list(2, 11)],
        titles,
      },
      MIDDLE,
      ALL,
    )
    expect(ids(one)).toEqual([11, 10])
  })

  it('reaches a second step, which counts for less than the first', () => {
    const found = forYou(
      {
        known: [{ id: 1, word: 'follows' }],
        steps: [...list(1, 2), ...list(2, 3)],
        titles: [1, 2, 3].map((number) => show(number)),
      },
      MIDDLE,
      ALL,
    )
    expect(found.map(({ id: number, through, via }) => [number, through, via])).toEqual([
      [2, [1], null],
      [3, [1], 2],
    ])
    expect(found[1]!.score).toBeLessThan(found[0]!.score)
  })

  it('is damped where everybody knows it', () => {
    const found = forYou(
      {
        known: [{ id: 1, word: 'follows' }],
        steps: list(1, 2, 3),
        titles: [show(1), show(2, { popularity: 100 }), show(3, { popularity: 5 })],
      },
      MIDDLE,
      ALL,
    )
    expect(ids(found)).toEqual([3, 2])
  })

  it('loses a little where it is like what was waved off, and is not gone', () => {
    const facts = {
      steps: [...list(1, 2, 3), ...list(9, 2)],
      titles: [1, 2, 3, 9].map((number) => show(number)),
    }
    const known: KnownShow[] = [{ id: 1, word: 'follows' }]
    const score = (found: ReturnType<typeof forYou>, of: number) =>
      found.find((entry) => entry.id === of)!.score
    const before = forYou({ ...facts, known }, MIDDLE, ALL)
    const after = forYou({ ...facts, known: [...known, { id: 9, word: 'not-this' }] }, MIDDLE, ALL)
    expect(score(after, 2)).toBeCloseTo(0.8 * score(before, 2))
    expect(score(after, 3)).toBe(score(before, 3))
  })

  it('has the genres of what the reader knows in it, the lesser one too', () => {
    const titles = [
      show(1, { genres: ['Drama'] }),
      show(2, { genres: ['Drama'] }),
      show(3, { genres: ['Horror'] }),
      ...Array.from({ length: 10 }, (_, i) => show(10 + i, { genres: ['Drama'] })),
      ...[30, 31].map((number) => show(number, { genres: ['Horror'] })),
    ]
    const known = [1, 2, 3].map((number) => ({ id: number, word: 'follows' as const }))
    const steps = [
      ...list(1, 10, 11, 12, 13, 14),
      ...list(2, 15, 16, 17, 18, 19),
      ...list(3, 10, 11, 15, 16, 30, 31),
    ]
    const byScore = forYou({ known, steps, titles }, MIDDLE, ALL).sort((a, b) => b.score - a.score)
    expect(ids(byScore.slice(0, 6)).filter((number) => number >= 30)).toEqual([])
    expect(ids(forYou({ known, steps, titles }, MIDDLE, 6)).filter((number) => number >= 30)).not.toEqual([])
  })
})

describe('the dials', () => {
  it('in the middle change nothing, and turned they show the same shows in another order', () => {
    fc.assert(
      fc.property(world, ({ titles }) => {
        const list = titles.map((title) => ({ title }))
        expect(turned(list, MIDDLE)).toEqual(list)
      }),
    )
    fc.assert(
      fc.property(world, dials, (facts, turn) => {
        const middle = forYou(facts, MIDDLE, ALL)
        const byId = (a: { id: number }, b: { id: number }) => a.id - b.id
        expect(forYou(facts, turn, ALL).sort(byId)).toEqual(middle.toSorted(byId))
      }),
    )
  })

  const mean = (facts: { titles: Measured[] }, found: { id: number }[], of: (title: Measured) => number) =>
    found.reduce((sum, entry) => sum + of(facts.titles[entry.id - 1]!), 0) / Math.max(1, found.length)

  it('never make the first twelve better known when turned towards the obscure', () => {
    fc.assert(
      fc.property(
        world,
        fc.constantFrom(...DIAL_STEPS),
        fc.integer({ min: 1, max: 20 }),
        (facts, length, n) => {
          const means = DIAL_STEPS.map((fame) => mean(facts, forYou(facts, { fame, length }, n), fameOf))
          for (let i = 1; i < means.length; i++) expect(means[i]).toBeGreaterThanOrEqual(means[i - 1]! - 1e-9)
        },
      ),
    )
  })

  it('never make the first twelve longer when turned towards the short', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...DIAL_STEPS), (facts, fame) => {
        const means = DIAL_STEPS.map((length) => mean(facts, forYou(facts, { fame, length }, 12), lengthOf))
        for (let i = 1; i < means.length; i++) expect(means[i]).toBeGreaterThanOrEqual(means[i - 1]! - 1e-9)
      }),
    )
  })

  it('are read from an address as they are written there, and default to the middle', () => {
    for (const fame of DIAL_STEPS)
      expect(parseDials({ fame: String(fame), x: '9' })).toEqual({ ok: true, dials: { fame, length: 0 } })
  })

  it('that do not exist are refused with a sentence that says what there is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.array(fc.string())),
        (value) => {
          fc.pre(!['', ...DIAL_STEPS.map(String)].includes(value as string))
          expect(parseDials({ length: value })).toEqual({
            ok: false,
            reason: 'length is one whole number from -2 to 2, given once',
          })
        },
      ),
    )
  })
})
