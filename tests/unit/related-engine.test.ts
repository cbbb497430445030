import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Forest, forestScores, growForest, meanForest } from '@/lib/learning/trees'
import { catalogueOf, transpose } from '@/lib/related/catalogue'
import { engineOf, FEATURES, rowsOf } from '@/lib/related/engine'
import { FileError, readPairs, readTitles } from '@/lib/related/files'
import { namedBySource, orderOf, prepare, silence } from '@/lib/related/learn'
import { eigen, likeness, meaningOf } from '@/lib/related/meaning'
import { readModel, written } from '@/lib/related/model'
import { TASTE_SIZE } from '@/lib/related/taste'
import { stem } from '@/lib/related/terms'
import type { Pair, RelatedTitle } from '@/lib/related/types'
import { seeded } from '@/lib/shared/random'
import { crossValidate, type Trial } from '@/lib/workshop/related/cross-validate'

/** The score of one candidate. */
const forestScore = (forest: Forest, values: Float32Array) => forestScores(forest, values, values.length)[0]!

const line = (id: string, more: object = {}) =>
  JSON.stringify({ ids: { x: id }, title: `Show ${id}`, ...more })

/** Three worlds of shows, each with tags of its own. */
async function worlds(size = 30): Promise<RelatedTitle[]> {
  const random = seeded(3)
  const lines = Array.from({ length: size }, (_, i) => {
    const world = i % 3
    return line(String(i).padStart(3, '0'), {
      kind: 'scripted',
      genres: [['Horror', 'Romance', 'Crime'][world]],
      tags: Array.from({ length: 4 }, () => `tag ${world}${Math.floor(random() * 6)}`),
      summary: `the ${['zombie school', 'wedding baker', 'detective harbour'][world]} story number ${i}`,
      popularity: Math.floor(random() * 100),
      seasons: [{ number: 1, premiere: `20${10 + (i % 9)}`, episodes: 8 + (i % 4) }],
    })
  })
  return (await readTitles(lines)).titles
}

describe('what is measured of two titles', () => {
  test('meaning puts shows of one world nearer to each other than to the rest', async () => {
    const { rows, postings } = catalogueOf(await worlds())
    const meaning = meaningOf(rows, postings, 4, seeded(1))
    const average = (same: boolean) => {
      const values: number[] = []
      for (let a = 0; a < 30; a++)
        for (let b = 0; b < a; b++) if ((a % 3 === b % 3) === same) values.push(likeness(meaning, a, b))
      return values.reduce((sum, value) => sum + value, 0) / values.length
    }
    expect(average(true)).toBeGreaterThan(average(false) + 0.3)
  })

  test('the small eigenproblem is solved: every vector comes back stretched by its value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (n) => {
          const m = Float64Array.from([n[0]!, n[1]!, n[2]!, n[1]!, n[3]!, n[4]!, n[2]!, n[4]!, n[5]!])
          const { values, vectors } = eigen(m, 3)
          for (let column = 0; column < 3; column++)
            for (let i = 0; i < 3; i++) {
              let product = 0
              for (let k = 0; k < 3; k++) product += m[i * 3 + k]! * vectors[k * 3 + column]!
              expect(product).toBeCloseTo(values[column]! * vectors[i * 3 + column]!, 6)
            }
        },
      ),
    )
  })

  test('a matrix turned over twice is itself', async () => {
    const { rows, terms, titles } = catalogueOf(await worlds())
    expect(transpose(transpose(rows, terms.length), titles.length)).toEqual(rows)
  })

  test('what is measured does not depend on the order of the file', async () => {
    const lines = Array.from({ length: 12 }, (_, i) =>
      line(`${i}`, { tags: [`t${i % 3}`, `u${i % 4}`], popularity: i % 5 }),
    )
    const measured = async (order: string[]) => rowsOf(engineOf((await readTitles(order)).titles), 0)
    expect(await measured([...lines].reverse())).toEqual(await measured(lines))
  })

  test("a title's own pairs are never its evidence", async () => {
    const titles = await worlds()
    const others = [
      { source: 3, related: 6, weight: 2 },
      { source: 6, related: 0, weight: 1 },
    ]
    const own = { source: 0, related: 9, weight: 5 }
    const [without, with_] = [others, [...others, own]].map((pairs) => rowsOf(engineOf(titles, pairs), 0))
    expect(with_!.titles).toEqual(without!.titles)
    // Only how many pairs there are in all may differ.
    const open = FEATURES.pairs.flatMap((name, f) => (name.startsWith('set.') ? [] : [f]))
    const read = (rows: typeof without) =>
      [...rows!.titles].map((_, row) => open.map((f) => rows!.features[row * rows!.width + f]))
    expect(read(with_)).toEqual(read(without))
  })

  test('words are compared by their stem', () => {
    expect(stem('zombies')).toBe(stem('zombie'))
    expect(stem('killers')).toBe(stem('killing'))
    expect(stem('stories')).toBe(stem('story'))
  })
})

describe('learning an order', () => {
  const random = seeded(5)
  const features = [0, 1].map(() => Float32Array.from({ length: 400 }, () => random()))
  const labels = Uint8Array.from({ length: 400 }, (_, i) => (features[0]![i]! > 0.8 ? 1 : 0))
  const settings = { trees: 30, depth: 2, rate: 0.2, shrink: 1, columns: 1, leafMin: 5 }
  const examples = { features, labels, weights: new Float64Array(400).fill(1) }
  const forest = growForest(examples, seeded(1), settings)

  test('the forest finds what makes a title right, and the same seed finds the same', () => {
    expect(forestScore(forest, Float32Array.of(0.95, 0.5))).toBeGreaterThan(
      forestScore(forest, Float32Array.of(0.2, 0.5)) + 1,
    )
    expect(growForest(examples, seeded(1), settings)).toEqual(forest)
  })

  test('where evidence is mostly nothing, how much there is of it still counts', () => {
    const scarce = Float32Array.from({ length: 4_000 }, (_, i) => (i % 50 === 0 ? 1 + (i % 400) / 50 : 0))
    const right = Uint8Array.from(scarce, (value) => (value > 4 && value < 7 ? 1 : 0))
    const found = growForest(
      { features: [scarce], labels: right, weights: new Float64Array(4_000).fill(1) },
      seeded(1),
      settings,
    )
    const score = (value: number) => forestScore(found, Float32Array.of(value))
    for (const named of [5, 6])
      for (const other of [0, 1, 4, 7, 8]) expect(score(named)).toBeGreaterThan(score(other) + 1)
  })

  test('sources that are judged say nothing: neither of each other nor to those that teach', async () => {
    const titles = await worlds()
    const pairs = Array.from({ length: 60 }, (_, i) => ({
      source: i % 12,
      related: (i * 7 + 1) % 30,
      weight: 1,
    }))
    const isJudged = (source: number) => source % 3 === 0
    const named = namedBySource(pairs)
    const heard = prepare(silence({ name: 'worlds', engine: engineOf(titles, pairs), named }, isJudged))
    const said = engineOf(
      titles,
      pairs.filter(({ source }) => !isJudged(source)),
    )
    expect(heard.named).toBe(named)
    for (const source of named.keys()) expect(heard.rows.get(source)).toEqual(rowsOf(said, source))
  })

  test('what people say of a title has no part in the order it is judged by, and has in that of others', async () => {
    const titles = await worlds()
    const random = seeded(11)
    const pairs = Array.from({ length: 80 }, (_, i) => ({
      source: i % 20,
      related: ((i % 20) + 1 + Math.floor(random() * 29)) % 30,
      weight: 1,
    }))
    const judgedBy = (said: Pair[]) => {
      const order = new Map<number, number[]>()
      const lesson = { name: 'worlds', engine: engineOf(titles, said), named: namedBySource(said) }
      const each = ({ source, rows, forest }: Trial) => order.set(source, orderOf(rows, forest))
      crossValidate([lesson], 'pairs', { folds: 2, random: seeded(4), settings, each })
      return order
    }
    const judged = judgedBy(pairs)
    expect(judged.size).toBe(20)
    // Of the fold judged first: chance draws the same for it, whatever a source of it says.
    const first = [...judged.keys()][0]!
    const others = judgedBy(
      pairs.map((pair) => (pair.source === first ? { ...pair, related: (pair.related + 10) % 30 } : pair)),
    )
    expect(others.get(first)).toEqual(judged.get(first))
    expect(others).not.toEqual(judged)
  })

  test('several forests together say what they say in the mean', () => {
    const other = growForest(examples, seeded(2), settings)
    const both = meanForest([forest, other])
    for (const values of [Float32Array.of(0.1, 0.7), Float32Array.of(0.85, 0.3), Float32Array.of(0.99, 0)])
      expect(forestScore(both, values)).toBeCloseTo(
        (forestScore(forest, values) + forestScore(other, values)) / 2,
      )
  })

  test('a model that is written and read gives the same order; one with other features is refused', () => {
    const learned = { forest, taste: { 'genre:horror': new Array(TASTE_SIZE).fill(0.5) } }
    const file = JSON.parse(JSON.stringify(written({ content: learned, pairs: learned })))
    const { content } = readModel(file)
    for (const value of [0.1, 0.5, 0.85, 0.99])
      expect(forestScore(content.forest, Float32Array.of(value, 0.3))).toBeCloseTo(
        forestScore(forest, Float32Array.of(value, 0.3)),
        2,
      )
    file.content.names = ['something else']
    expect(() => readModel(file)).toThrow('related train')
  })
})

describe('files of titles and pairs', () => {
  const places = new Map([
    ['x:1', 0],
    ['x:2', 1],
  ])

  test.each([
    ['no header', 'x:1,x:2,1\n', 'line 1: the columns should be source,related,weight'],
    ['an id of no title', 'source,related,weight\nx:1,x:9,1\n', 'line 2: related: x:9 is the id of no title'],
    ['a weight that is none', 'source,related,weight\nx:1,x:2,many\n', 'line 2: weight: "many" is no number'],
    ['a value too few', 'source,related,weight\nx:1,x:2\n', 'line 2: 2 values'],
    ['no pairs', 'source,related,weight\n', 'there are no pairs'],
  ])('pairs with %s are refused with the line', (_, csv, sentence) => {
    expect(() => readPairs(csv, places)).toThrow(FileError)
    expect(() => readPairs(csv, places)).toThrow(sentence)
  })

  test('a pair said twice counts once, with its larger weight; a title beside itself says nothing', () => {
    const csv = 'source,related,weight\nx:1,x:2,1\nx:1,x:2,3\nx:1,x:1,9\n'
    expect(readPairs(csv, places)).toEqual([{ source: 0, related: 1, weight: 3 }])
  })

  test.each([
    ['half a line', [line('1'), '{"ids":{"x":"2"'], 'line 2: the line is cut off'],
    ['no title', [line('1'), '{"ids":{"x":"2"}}'], 'line 2: title'],
    ['genres that are no list', [line('1'), line('2', { genres: 'Drama' })], 'line 2: genres'],
    ['an id twice', [line('1'), line('1')], 'line 2: ids: x:1 is on an earlier line too'],
    ['one title alone', [line('1')], 'no two titles'],
  ])('titles with %s are refused with line and field', async (_, lines, sentence) => {
    await expect(readTitles(lines)).rejects.toThrow(sentence)
  })

  test('a title of several ids is found by each, and is one title', async () => {
    const { titles, places } = await readTitles([line('1'), line('2', { ids: { mal: ['9', '8'], x: '2' } })])
    expect(titles).toHaveLength(2)
    expect([places.get('mal:8'), places.get('x:2')]).toEqual([places.get('mal:9'), places.get('mal:9')])
    expect(titles[places.get('mal:8')!]?.franchise).toEqual(['mal:9', 'mal:8', 'x:2'])
  })

  test('whatever a line holds, it is read or refused with a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const outcome = await readTitles([line('1'), JSON.stringify(value)]).catch((error) => error)
        expect(outcome instanceof FileError || outcome.titles.length === 2).toBe(true)
      }),
    )
  })
})
