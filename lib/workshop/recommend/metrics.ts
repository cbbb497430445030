/** How evenly lists spread what they show, and how sure a figure over readers is. */
import { seeded } from '@/lib/shared/random'

/** Gini's coefficient of how often each title is shown: 0 where all are alike, near 1 where a few are everywhere. */
export function gini(counts: ArrayLike<number>): number {
  const sorted = Float64Array.from(counts).sort()
  let [sum, weighted] = [0, 0]
  for (const [i, count] of sorted.entries()) {
    sum += count
    weighted += (i + 1) * count
  }
  const n = sorted.length
  return sum ? (2 * weighted) / (n * sum) - (n + 1) / n : 0
}

/** The share of titles shown at all. */
export function coverage(counts: ArrayLike<number>): number {
  const shown = Array.from(counts).filter((count) => count > 0).length
  return counts.length ? shown / counts.length : 0
}

/** How often each of `titles` titles is in the lists. */
export function exposure(lists: Iterable<number[]>, titles: number): Int32Array {
  const counts = new Int32Array(titles)
  for (const list of lists) for (const i of list) counts[i]!++
  return counts
}

/**
 * The middle 95 % of a figure over readers drawn again and again with replacement (Efron 1979): the mean of
 * `values`, or its ratio to the mean of `against`, the same readers drawn for both.
 */
export function interval(values: Float64Array, against?: Float64Array, resamples = 1_000): [number, number] {
  const random = seeded(1979)
  const figures = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    let [sum, other] = [0, 0]
    for (let i = 0; i < values.length; i++) {
      const drawn = Math.floor(random() * values.length)
      sum += values[drawn]!
      other += against ? against[drawn]! : 1
    }
    figures[r] = other ? sum / other : 0
  }
  figures.sort()
  return [figures[Math.floor(resamples * 0.025)]!, figures[Math.ceil(resamples * 0.975) - 1]!]
}
