import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invert, NotPositiveDefinite } from '@/lib/learning/inverse'
import type { SparseRows } from '@/lib/learning/sparse'
import { eachIn, sparseRows, transpose } from '@/lib/learning/sparse'
import { BLEND, blendScorer, oneTitleReaders, RELATED_BLEND } from '@/lib/related/recommend/blend'
import { denseScorer, easeWeights, strongest } from '@/lib/related/recommend/ease'
import { cosineNeighbours, sparseScorer, walkWeights } from '@/lib/related/recommend/neighbours'
import type { Interaction } from '@/lib/related/recommend/types'
import { seeded } from '@/lib/shared/random'
import { evaluate, listFor, prepare } from '@/lib/workshop/recommend/evaluate'
import { holdOut } from '@/lib/workshop/recommend/holdout'

/** A crowd in which readers of one kind mostly follow titles of that kind, and rate them. */
function crowd(readers: number, titles: number, seed: number): Interaction[] {
  const random = seeded(seed)
  const rows: Interaction[] = []
  for (let reader = 0; reader < readers; reader++)
    for (let title = 0; title < titles; title++) {
      const kin = reader % 3 === title % 3
      if (random() < (kin ? 0.5 : 0.08))
        rows.push({ user: `r${reader}`, item: `t${title}`, value: kin && random() < 0.8 ? 9 : 5 })
    }
  return rows
}

/** The inverse as a textbook finds it: Gauss and Jordan, the largest pivot first. */
function gaussJordan(matrix: number[][]): number[][] {
  const n = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let p = 0; p < n; p++) {
    let pivot = p
    for (let i = p; i < n; i++) if (Math.abs(rows[i]![p]!) > Math.abs(rows[pivot]![p]!)) pivot = i
    ;[rows[p], rows[pivot]] = [rows[pivot]!, rows[p]!]
    rows[p] = rows[p]!.map((value) => value / rows[p]![p]!)
    for (let i = 0; i < n; i++)
      if (i !== p) {
        const factor = rows[i]![p]!
        rows[i] = rows[i]!.map((value, j) => value - factor * rows[p]![j]!)
      }
  }
  return rows.map((row) => row.slice(n))
}

/** EASE word by word from the paper: P = (XᵀX + λI)⁻¹, B = −P / diag(P), 0 on the diagonal. */
function easeByTheBook(rows: number[][], ridge: number): number[][] {
  const n = rows[0]!.length
  const gram = Array.from({ length: n }, (_, i) =>
    Array.from(
      { length: n },
      (_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0) + (i === j ? ridge : 0),
    ),
  )
  const p = gaussJordan(gram)
  return p.map((row, i) => row.map((value, j) => (i === j ? 0 : -value / p[j]![j]!)))
}

const dense = (matrix: SparseRows): number[][] =>
  Array.from({ length: matrix.start.length - 1 }, (_, row) => {
    const values = new Array<number>(matrix.columns).fill(0)
    eachIn(matrix, row, (c, v) => {
      values[c] = v
    })
    return values
  })

const study = (readers = 120, titles = 70, seed = 5) => {
  const { training, heldout } = holdOut(crowd(readers, titles, seed), 0.2, seed)
  return prepare(training, heldout, 7)
}

describe('the inverse', () => {
  test.each([1, 2, 3, 4, 5, 63, 64, 65, 127, 130, 197])(
    'of a matrix of %i rows, times the matrix, is one',
    (n) => {
      const random = seeded(n)
      const factor = Array.from({ length: n }, () => Array.from({ length: n }, () => random() - 0.5))
      const a = new Float64Array(n * n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          a[i * n + j] = factor[i]!.reduce((sum, x, k) => sum + x * factor[j]![k]!, 0) + (i === j ? 1 : 0)
      const inverse = a.slice()
      invert(inverse, n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let sum = i === j ? -1 : 0
          for (let k = 0; k < n; k++) sum += a[i * n + k]! * inverse[k * n + j]!
          expect(Math.abs(sum)).toBeLessThan(1e-9)
          expect(inverse[i * n + j]).toBe(inverse[j * n + i])
        }
    },
  )

  test('is not made up where there is none', () => {
    expect(() => invert(Float64Array.of(1, 2, 2, 1), 2)).toThrow(NotPositiveDefinite)
    expect(() => invert(Float64Array.of(Number.NaN), 1)).toThrow(NotPositiveDefinite)
    const n = 70
    const singular = new Float64Array(n * n).fill(1)
    expect(() => invert(singular, n)).toThrow('row 2 of 70')
  })
})

describe('EASE', () => {
  test('has the weights of the paper, worked out independently', () => {
    const { liked, items } = study()
    const { weights } = easeWeights(liked, items.length, { ridge: 20 })
    const expected = easeByTheBook(dense(liked), 20).flat()
    for (const [at, value] of expected.entries()) expect(weights[at]).toBeCloseTo(value, 10)
  })

  test('never explains a title by itself, and keeps what speaks strongest for or against another', () => {
    const { liked, items } = study()
    const learned = easeWeights(liked, items.length, { ridge: 20 })
    const kept = strongest(learned, 10)
    for (let i = 0; i < items.length; i++) {
      const row: number[] = []
      eachIn(kept, i, (j, weight) => {
        expect(j).not.toBe(i)
        expect(weight).toBe(learned.weights[i * items.length + j])
        row.push(Math.abs(weight))
      })
      expect(row.length).toBe(10)
      const rest = [...learned.weights.subarray(i * items.length, (i + 1) * items.length)]
      expect(Math.min(...row)).toBe(rest.map(Math.abs).sort((a, b) => b - a)[9])
    }
  })

  test('of the first titles alone is that of a catalogue without the others', () => {
    const { liked, items } = study()
    const few = 20
    const cut = sparseRows(
      dense(liked).map((row) => new Map(row.slice(0, few).flatMap((v, c) => (v ? [[c, v] as const] : [])))),
      few,
    )
    expect(few).toBeLessThan(items.length)
    expect(easeWeights(liked, few, { ridge: 5 })).toEqual(easeWeights(cut, few, { ridge: 5 }))
  })
})

describe('neighbours', () => {
  test('are as near as the cosine of their readers says, shrunk', () => {
    const { liked } = study()
    const rows = dense(liked)
    const nearest = dense(cosineNeighbours(liked, { count: liked.columns, shrink: 20 }))
    for (const [i, j] of [
      [0, 1],
      [3, 9],
      [12, 4],
    ] as const) {
      const both = rows.filter((row) => row[i]! && row[j]!).length
      const [one, other] = [i, j].map((c) => rows.filter((row) => row[c]!).length) as [number, number]
      expect(nearest[i]![j]).toBeCloseTo(both ? both / (Math.sqrt(one * other) + 20) : 0, 12)
    }
  })

  test('turning a matrix twice gives it back', () => {
    const { taste } = study()
    expect(transpose(transpose(taste))).toEqual(taste)
  })

  test('walks go from a title to others of its readers, rarer ones sooner', () => {
    const taste = sparseRows(
      [
        new Map([
          [0, 1],
          [1, 1],
          [2, 1],
        ]),
        new Map([
          [0, 1],
          [1, 1],
        ]),
        new Map([[1, 1]]),
      ],
      3,
    )
    const walks = dense(walkWeights(taste, { count: 3, popularityPower: 1 }))
    expect(walks[0]![0]).toBe(0)
    expect(walks[0]![1]).toBeCloseTo((1 / 3 + 1 / 2) / 2 / 3, 12)
    expect(walks[0]![2]).toBeCloseTo(1 / 3 / 2 / 1, 12)
    expect(walks[0]![2]! / (1 / 3 / 2)).toBeGreaterThan(walks[0]![1]! / ((1 / 3 + 1 / 2) / 2))
  })
})

describe('a list for a reader', () => {
  test('is made of numbers, holds nothing they have seen and nothing twice, and comes out the same again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            user: fc.integer({ min: 0, max: 15 }).map(String),
            item: fc.integer({ min: 0, max: 11 }).map(String),
            value: fc.integer({ min: 1, max: 10 }),
          }),
          { minLength: 1, maxLength: 200 },
        ),
        (rows) => {
          const { taste, items, readers } = prepare(rows, [], 6)
          if (items.length === 0) return
          const [score, again] = [blendScorer(taste), blendScorer(taste)]
          const [one, other] = [new Float64Array(items.length), new Float64Array(items.length)]
          for (let reader = 0; reader < readers.length; reader++) {
            score(reader, one)
            again(reader, other)
            expect(one.every(Number.isFinite)).toBe(true)
            expect(one).toEqual(other)
            const list = listFor(score, reader, taste)
            const seen = new Set(rows.filter((row) => row.user === readers[reader]).map((row) => row.item))
            expect(list.filter((i) => seen.has(items[i]!))).toEqual([])
            expect(new Set(list).size).toBe(list.length)
            expect(list.length + [...seen].filter((item) => items.includes(item)).length).toBe(items.length)
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  test('names titles of their kind', () => {
    const { taste, items, readers } = study()
    const score = blendScorer(taste)
    const kin = readers.map((reader, r) => {
      const list = listFor(score, r, taste, 5)
      return list.filter((i) => Number(items[i]!.slice(1)) % 3 === Number(reader.slice(1)) % 3).length
    })
    expect(kin.reduce((sum, n) => sum + n, 0) / kin.length).toBeGreaterThan(4)
  })

  test('names titles beyond what EASE can hold, by walks alone', () => {
    const { taste, items, readers } = study()
    const score = blendScorer(taste, BLEND, taste, 10)
    const lists = readers.map((_, reader) => listFor(score, reader, taste, 10))
    expect(Math.max(...lists.flat())).toBe(items.length - 1)
    for (let reader = 0; reader < readers.length; reader++) {
      const scores = new Float64Array(items.length)
      score(reader, scores)
      expect(scores.every(Number.isFinite)).toBe(true)
    }
  })

  test('beside a title, names titles of its kind', () => {
    const { taste, items } = study()
    const single = oneTitleReaders(items.length)
    const score = blendScorer(taste, RELATED_BLEND, single)
    const kindOf = (i: number) => Number(items[i]!.slice(1)) % 3
    const shares = items.map(
      (_, i) => listFor(score, i, single, 5).filter((j) => kindOf(j) === kindOf(i)).length,
    )
    expect(shares.reduce((sum, n) => sum + n, 0) / items.length).toBeGreaterThan(4)
  })
})

describe('the evaluation', () => {
  test('learns nothing from what is held out, even where the training rows hold it too', () => {
    const rows = crowd(120, 70, 3)
    const { training, heldout } = holdOut(rows, 0.2, 3)
    const [clean, dirty] = [prepare(training, heldout, 7), prepare(rows, heldout, 7)]
    expect(dirty.leaked).toBe(heldout.length)
    expect(dirty.items).toEqual(clean.items)
    expect(evaluate(dirty)).toEqual(evaluate(clean))
  })

  test('judges readers of five liked titles and something held out, over titles five readers like', () => {
    const { items, readers, liked, judged } = study()
    const likes = dense(liked)
    for (const [i] of items.entries()) expect(likes.filter((row) => row[i]!).length).toBeGreaterThanOrEqual(5)
    for (const { reader, wanted } of judged) {
      expect(likes[reader]!.filter(Boolean).length).toBeGreaterThanOrEqual(5)
      expect(wanted.size).toBeGreaterThan(0)
      for (const i of wanted) expect(likes[reader]![i]).toBe(0)
    }
    expect(judged.length).toBeLessThanOrEqual(readers.length)
  })

  test('prints the simple models beside ours, each figure between 0 and 1', () => {
    const result = evaluate(study())
    expect(Object.keys(result.baselines)).toEqual(['popularity', 'item_knn', 'ease'])
    for (const figures of [
      result,
      ...Object.values(result.baselines),
      ...Object.values(result.baselines_unseen),
    ])
      for (const figure of ['recall@20', 'recall@50', 'ndcg@100'] as const) {
        expect(figures[figure]).toBeGreaterThan(0)
        expect(figures[figure]).toBeLessThanOrEqual(1)
      }
    const [low, high] = result.ci95['ndcg@100']
    expect(low).toBeLessThan(result['ndcg@100'])
    expect(high).toBeGreaterThan(result['ndcg@100'])
    expect(result.baselines.ease['ndcg@100']).toBeGreaterThan(result.baselines.popularity['ndcg@100'])
  })

  test('says so where there is nobody to judge by', () => {
    expect(() => evaluate(prepare(crowd(30, 20, 1), [], 7))).toThrow('no reader has both 5')
    expect(() => evaluate(prepare(crowd(30, 20, 1), [], 99))).toThrow('no title has 5 training positives')
  })

  test('of scores by sparse and by dense weights agrees', () => {
    const { liked, items } = study()
    const learned = easeWeights(liked, items.length, { ridge: 20 })
    const all = sparseRows(
      Array.from(
        { length: items.length },
        (_, i) => new Map(items.map((_, j) => [j, learned.weights[i * items.length + j]!])),
      ),
      items.length,
    )
    const [one, other] = [new Float64Array(items.length), new Float64Array(items.length)]
    denseScorer(liked, learned)(3, one)
    sparseScorer(liked, all)(3, other)
    for (const [j, value] of one.entries()) expect(other[j]).toBeCloseTo(value, 12)
  })
})
