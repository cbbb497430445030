import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bootstrapInterval,
  cappedRecallAt,
  mean,
  ndcgAt,
  recallAt,
  reciprocalRank,
} from '@/lib/learning/ranking-metrics'
import { seeded } from '@/lib/shared/random'

describe('what a list is worth', () => {
  test('a list with every right title on top is worth 1, one without any 0', () => {
    const right = new Set(['a', 'b'])
    expect(ndcgAt(['b', 'a', 'x'], right, 10)).toBe(1)
    expect(ndcgAt(['x', 'y'], right, 10)).toBe(0)
    expect(recallAt(['a', 'x', 'b'], right, 2)).toBe(0.5)
    expect(cappedRecallAt(['a', 'x'], right, 1)).toBe(1)
    expect(reciprocalRank(['x', 'a'], right)).toBe(0.5)
  })

  test('one right title in second place of two wanted is worth what the formula says', () => {
    expect(ndcgAt(['x', 'a'], new Set(['a', 'b']), 10)).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)))
  })

  test('moving a right title up never lowers the worth', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 30 }), fc.nat(28), (hits, at) => {
        const ranked = hits.map((_, i) => i)
        const right = new Set(ranked.filter((i) => hits[i]))
        const i = at % (hits.length - 1)
        const swapped = [...ranked]
        if (!hits[i] && hits[i + 1]) [swapped[i], swapped[i + 1]] = [ranked[i + 1]!, ranked[i]!]
        expect(ndcgAt(swapped, right, 10)).toBeGreaterThanOrEqual(ndcgAt(ranked, right, 10))
        expect(ndcgAt(ranked, right, 10)).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })

  test('the interval holds the mean, and the same seed gives the same interval', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i % 5) / 4)
    const [low, high] = bootstrapInterval(values, seeded(1))
    expect(low).toBeLessThan(mean(values))
    expect(high).toBeGreaterThan(mean(values))
    expect(bootstrapInterval(values, seeded(1))).toEqual([low, high])
  })
})
