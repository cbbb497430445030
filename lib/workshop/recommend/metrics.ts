/** How evenly lists spread what they show, and how sure a figure over readers is. */
import { bootstrapInterval } from '@/lib/learning/ranking-metrics'
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

/** How often each of `titles` titles is in the lists. */
export function exposure(lists: Iterable<number[]>, titles: number): Int32Array {
  const counts = new Int32Array(titles)
  for (const list of lists) for (const i of list) counts[i]!++
  return counts
}

/** The interval of a figure over readers (`bootstrapInterval`), or of its ratio to `against`; always the same for the same figures. */
export const interval = (values: Float64Array, against?: Float64Array): [number, number] =>
  bootstrapInterval(values, seeded(1979), { resamples: 1_000, against })
