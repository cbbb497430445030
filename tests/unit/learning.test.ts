import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitLogistic, sparseRows, sparseScores } from '@/lib/learning/logistic'
import { auc, brier, calibrationError, logLoss, median, quantile } from '@/lib/learning/metrics'
import { bootstrap95, foldsByGroup } from '@/lib/learning/splits'
import { seeded } from '@/lib/shared/random'

describe('figures of stated chances', () => {
  test('are those of the textbook on a small example', () => {
    const chances = [0.9, 0.6, 0.4, 0.2]
    const happened = [1, 0, 1, 0]
    expect(brier(chances, happened)).toBeCloseTo((0.01 + 0.36 + 0.36 + 0.04) / 4)
    expect(logLoss(chances, happened)).toBeCloseTo(
      -(Math.log(0.9) + Math.log(0.4) + Math.log(0.4) + Math.log(0.8)) / 4,
    )
    expect(auc(chances, happened)).toBe(0.75)
    expect(auc([0.5, 0.5, 0.5], [1, 0, 1])).toBe(0.5)
  })

  test('the calibration error is near 0 for chances that hold and as large as the lie for those that do not', () => {
    const random = seeded(3)
    const chances = Array.from({ length: 30_000 }, random)
    const happened = chances.map((chance) => Number(random() < chance))
    expect(calibrationError(chances, happened)).toBeLessThan(0.02)
    expect(
      calibrationError(
        chances.map(() => 0.9),
        chances.map((_, i) => i % 2),
      ),
    ).toBeCloseTo(0.4)
  })

  test('a quantile lies between the values beside it', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const found = quantile(values, share)
          expect(found).toBeGreaterThanOrEqual(Math.min(...values))
          expect(found).toBeLessThanOrEqual(Math.max(...values))
        },
      ),
    )
  })
})

describe('a logistic regression with a ridge', () => {
  const rows = sparseRows(
    Array.from({ length: 2000 }, (_, i) => (i % 2 ? [[0, 1] as const, [1, 1] as const] : [[0, 1] as const])),
    2,
  )
  const labels = Array.from({ length: 2000 }, (_, i) => Number(i % 2 ? i % 10 !== 1 : i % 4 === 0))
  const ones = new Float64Array(2000).fill(1)

  test('finds the odds of every group', () => {
    const scores = sparseScores(rows, fitLogistic(rows, labels, ones, [1e-6, 1e-6]))
    expect(1 / (1 + Math.exp(-scores[0]!))).toBeCloseTo(0.5, 3)
    expect(1 / (1 + Math.exp(-scores[1]!))).toBeCloseTo(0.8, 3)
  })

  test('keeps a group nearer to all others the stronger the ridge', () => {
    const effect = (ridge: number) => fitLogistic(rows, labels, ones, [1e-6, ridge])[1]!
    expect(effect(1)).toBeGreaterThan(effect(200))
    expect(effect(200)).toBeGreaterThan(0)
  })
})

describe('splits', () => {
  test('never part a group, and fill folds evenly', () => {
    const groups = Array.from({ length: 500 }, (_, i) => `g${i % 100}`)
    const folds = foldsByGroup(groups, 5, seeded(1))
    for (let i = 0; i < 100; i++)
      expect(new Set(groups.flatMap((g, k) => (g === `g${i}` ? [folds[k]] : []))).size).toBe(1)
    for (let fold = 0; fold < 5; fold++) expect(folds.filter((one) => one === fold).length).toBe(100)
  })

  test('an interval of resampled groups holds the mean, and one group has none', () => {
    const random = seeded(4)
    const values = Array.from({ length: 200 }, random)
    const mean = (places: number[]) => places.reduce((sum, i) => sum + values[i]!, 0) / places.length
    const found = bootstrap95(
      values.map((_, i) => `g${i}`),
      mean,
      random,
    )!
    expect(found[0]).toBeLessThan(mean([...values.keys()]))
    expect(found[1]).toBeGreaterThan(mean([...values.keys()]))
    expect(bootstrap95(['one', 'one'], () => 1, random)).toBe(null)
  })
})
