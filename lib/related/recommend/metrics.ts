/** How good lists are, and how evenly they spread what they show. */
import { seeded } from '@/lib/shared/random'

/** The mean; of nothing, 0. */
export const mean = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return values.length ? sum / values.length : 0
}

/** The share of what was wanted among the first `k`; a list of k cannot hold more than k, so that is whole. */
export function recallAt(list: number[], wanted: Set<number>, k: number): number {
  let hits = 0
  for (const i of list.slice(0, k)) if (wanted.has(i)) hits++
  return wanted.size ? hits / Math.min(k, wanted.size) : 0
}

/** Discounted gain of the first `k`, each hit worth 1, as a share of the best possible (Järvelin & Kekäläinen 2002). */
export function ndcgAt(list: number[], wanted: Set<number>, k: number): number {
  let [gain, best] = [0, 0]
  for (let place = 0; place < k; place++) {
    const worth = 1 / Math.log2(place + 2)
    if (place < list.length && wanted.has(list[place]!)) gain += worth
    if (place < wanted.size) best += worth
  }
  return best ? gain / best : 0
}

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
