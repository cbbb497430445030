import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexTitles } from '@/lib/related/compared'
import { explainPlace } from '@/lib/related/explain'
import { batchOf, everyList } from '@/lib/related/lists'
import { relatedTo } from '@/lib/related/rules'
import type { Follows, NamedPair } from '@/lib/related/types'
import { seeded } from '@/lib/shared/random'
import { aTitle } from '../support/titles'

/** Sixty shows of six worlds, ten each, with premises of their own; nothing is shared between worlds. */
const titles = Array.from({ length: 60 }, (_, i) => {
  const random = seeded(i + 1)
  return aTitle(`w${String(i).padStart(2, '0')}`, {
    title: `${'abcdefghij'[i % 10]}${i} show`,
    kind: i % 10 === 9 ? 'talk' : 'scripted',
    network: `Network ${i % 7}`,
    tags: Array.from({ length: 4 }, () => `premise ${i % 6}.${Math.floor(random() * 8)}`),
    popularity: i,
  })
})

/** So many readers who follow all of these. */
const crowd = (name: string, count: number, ids: string[]): Follows =>
  Array.from({ length: count }, (_, i) => ids.map((showId) => ({ reader: `${name}${i}`, showId }))).flat()
/** Readers of everything else, so that going together means something. */
const others = Array.from({ length: 300 }, (_, i) =>
  [20, 21, 22].map((step) => ({ reader: `other${i}`, showId: titles[20 + ((i * 7 + step) % 25)]!.id })),
).flat()

const pair = (showId: string, relatedShowId: string, more: Partial<NamedPair> = {}): NamedPair => ({
  showId,
  relatedShowId,
  weight: 1,
  voices: 2,
  origin: 'reader',
  source: null,
  ...more,
})
const ids = (entries: { id: string }[]) => entries.map(({ id }) => id)

describe('what readers say beside what a show is about', () => {
  // Of different worlds, but on one network.
  const together = crowd('fan', 300, ['w00', 'w07', 'w14'])

  test('shows that many follow together stand beside each other, and the card says how many do', () => {
    const facts = indexTitles(titles)
    expect(ids(relatedTo(facts, 'w00')).slice(0, 2)).not.toEqual(['w07', 'w14'])
    const index = indexTitles(titles, { follows: [...together, ...others] })
    const card = relatedTo(index, 'w00').find(({ id }) => id === 'w07')
    expect(card?.reasons.map(({ text }) => text)).toContain('300 readers who follow it also follow this')
    expect(ids(relatedTo(index, 'w00')).slice(0, 2).sort()).toEqual(['w07', 'w14'])
  })

  test('what fewer than five follow together is said nowhere and moves nothing', () => {
    const four = crowd('fan', 4, ['w00', 'w07', 'w14'])
    expect(relatedTo(indexTitles(titles, { follows: four }), 'w00')).toEqual(
      relatedTo(indexTitles(titles), 'w00'),
    )
  })

  test('a show that nobody follows, in no pair, keeps the list that its facts give it', () => {
    const said = { follows: [...together, ...others], pairs: [pair('w00', 'w07')] }
    const [before, after] = [indexTitles(titles), indexTitles(titles, said)]
    const touched = new Set(['w00', 'w07', 'w14', ...others.map(({ showId }) => showId)])
    const cold = titles.filter(({ id }) => !touched.has(id))
    expect(cold.length).toBeGreaterThan(5)
    for (const { id } of cold) expect(relatedTo(after, id)).toEqual(relatedTo(before, id))
  })

  test('a reader of one show, however many such there are, says nothing of what goes with it', () => {
    const single = titles.flatMap(({ id }) => crowd(`only ${id}`, 6, [id]))
    expect(relatedTo(indexTitles(titles, { follows: single }), 'w00')).toEqual(
      relatedTo(indexTitles(titles), 'w00'),
    )
  })

  test('a talk show is not put beside a story, whoever follows both', () => {
    const follows = [...crowd('fan', 9, ['w00', 'w09']), ...others]
    const index = indexTitles(titles, { follows, pairs: [pair('w00', 'w09', { origin: 'editor' })] })
    expect(ids(relatedTo(index, 'w00'))).not.toContain('w09')
  })
})

describe('what people name', () => {
  test("an editor's pair counts alone, a reader's once a second agrees, and both read backwards too", () => {
    const list = (pairs: NamedPair[], id = 'w00') => relatedTo(indexTitles(titles, { pairs }), id)
    const reasons = (pairs: NamedPair[], id: string, other: string) =>
      list(pairs, id)
        .find((card) => card.id === other)
        ?.reasons.map(({ text }) => text)
    expect(list([pair('w00', 'w07', { voices: 1 })])).toEqual(list([]))
    expect(reasons([pair('w00', 'w07', { voices: 3 })], 'w00', 'w07')).toContain(
      'Named beside it by 3 readers',
    )
    expect(reasons([pair('w00', 'w07', { voices: 3 })], 'w07', 'w00')).toContain(
      'Named beside it by 3 readers',
    )
    expect(
      reasons([pair('w00', 'w07', { voices: 0, origin: 'editor', source: 'The Paper' })], 'w00', 'w07'),
    ).toContain('Named beside it in The Paper’s list')
  })

  test('two titles named beside the same third are drawn together, less than by a pair of their own', () => {
    const pairs = [pair('w03', 'w00'), pair('w03', 'w07')]
    const through = explainPlace(indexTitles(titles, { pairs }), 'w00', 'w07').sum.pairs
    const named = explainPlace(indexTitles(titles, { pairs: [pair('w00', 'w07')] }), 'w00', 'w07').sum.pairs
    expect(through).toBeGreaterThan(0)
    expect(named).toBeGreaterThan(2 * through)
  })

  test('the explanation ends in the score the card is ranked by, and its lines add up to it', () => {
    const random = seeded(5)
    const follows = [...crowd('fan', 8, ['w00', 'w07', 'w14', 'w06']), ...others]
    const pairs = Array.from({ length: 12 }, () =>
      pair(titles[Math.floor(random() * 12)]!.id, titles[Math.floor(random() * 60)]!.id),
    )
    const index = indexTitles(titles, { follows, pairs })
    for (const { id } of titles)
      for (const card of relatedTo(index, id)) {
        const { parts, sum } = explainPlace(index, id, card.id)
        expect(sum.total).toBeCloseTo(card.score, 10)
        const terms = parts.reduce((all, { amount }) => all + amount, 0)
        expect(terms + sum.readers + sum.pairs).toBeCloseTo(sum.total, 10)
        expect(card.reasons.length).toBeGreaterThanOrEqual(2)
        for (const { share, kind } of card.reasons) if (kind !== 'franchise') expect(share).toBeGreaterThan(0)
      }
  })

  test('no list depends on the order in which follows and pairs were read', () => {
    const anyPair = fc.record({
      showId: fc.constantFrom('w00', 'w01', 'w02', 'w03'),
      relatedShowId: fc.constantFrom('w00', 'w01', 'w02', 'w03', 'w07'),
      weight: fc.integer({ min: 1, max: 3 }),
      voices: fc.integer({ min: 1, max: 4 }),
      origin: fc.constantFrom('editor' as const, 'reader' as const),
      source: fc.constantFrom(null, 'The Paper'),
    })
    fc.assert(
      fc.property(fc.uniqueArray(anyPair, { selector: (p) => `${p.showId} ${p.relatedShowId}` }), (pairs) => {
        const follows = [...crowd('fan', 8, ['w00', 'w07', 'w14']), ...others]
        const list = (a: Follows, b: NamedPair[]) =>
          relatedTo(indexTitles(titles, { follows: a, pairs: b }), 'w00')
        expect(ids(list([...follows].reverse(), [...pairs].reverse()))).toEqual(ids(list(follows, pairs)))
      }),
      { numRuns: 20 },
    )
  })
})

test('two threads make the same lists as one', async () => {
  const many = Array.from({ length: 1_000 }, (_, i) => ({
    ...titles[i % 60]!,
    id: `m${String(i).padStart(4, '0')}`,
    title: `${i} of many`,
    // A thread gets its titles without their genres, and still has to know what is made for children.
    genres: i % 7 === 0 ? ['Children'] : [],
  }))
  const follows = crowd('fan', 8, ['m0000', 'm0007', 'm0500'])
  const index = indexTitles(many, { follows, pairs: [pair('m0001', 'm0002')] })
  const lists = async (threads: number) => {
    const found = new Map<number, string>()
    for await (const { from, lists: text } of everyList(index, { threads })) found.set(from, text)
    return [...found].sort(([a], [b]) => a - b)
  }
  const alone = await lists(1)
  expect(alone.map(([from]) => from)).toEqual(Array.from({ length: 10 }, (_, i) => 100 * i))
  expect(await lists(2)).toEqual(alone)
  expect(batchOf(index, 400).lists).toBe(alone[4]![1])
})
