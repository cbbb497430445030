import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chance, scaleOf } from '@/lib/related/scale'
import { seeded } from '@/lib/shared/random'

test('a score that boasts is brought back to how often it was right', () => {
  const random = seeded(3)
  const scores = Array.from({ length: 20_000 }, () => 8 * random() - 4)
  // True one time in so many, where the score itself claims far more.
  const labels = scores.map((score) => random() < chance({ slope: 0.5, intercept: -2 }, score))
  const scale = scaleOf(scores, labels)
  expect(scale.slope).toBeCloseTo(0.5, 1)
  expect(scale.intercept).toBeCloseTo(-2, 1)
  const claimed = scores.reduce((sum, score) => sum + chance(scale, score), 0)
  expect(claimed).toBeCloseTo(labels.filter(Boolean).length, 0)
})

test('whatever came true, as many are expected as there were, and every chance is one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.boolean()), { minLength: 2, maxLength: 60 }),
      (rows) => {
        const [scores, labels] = [rows.map(([score]) => score / 10), rows.map(([, right]) => right)]
        const scale = scaleOf(scores, labels)
        const chances = scores.map((score) => chance(scale, score))
        for (const one of chances) expect(one >= 0 && one <= 1).toBe(true)
        const expected = chances.reduce((sum, one) => sum + one, 0)
        expect(Math.abs(expected - labels.filter(Boolean).length)).toBeLessThan(0.1)
      },
    ),
  )
})
