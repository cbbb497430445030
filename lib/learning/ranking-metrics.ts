/** What a ranking is worth against what people chose, with gain 1 for a right place and 0 for any other. */

/**
 * Normalised discounted cumulative gain of the first `k` places (Järvelin & Kekäläinen 2002): the gain over that of
 * the best order there could be, `min(k, relevant)` right places on top. 0 where nothing is relevant.
 */
export function ndcgAt<T>(ranked: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  let gain = 0
  let ideal = 0
  for (let place = 0; place < k; place++) {
    const discount = 1 / Math.log2(place + 2)
    if (place < relevant.size) ideal += discount
    if (place < ranked.length && relevant.has(ranked[place]!)) gain += discount
  }
  return ideal ? gain / ideal : 0
}

function hitsAt<T>(ranked: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  let hits = 0
  for (let place = 0; place < k && place < ranked.length; place++) if (relevant.has(ranked[place]!)) hits++
  return hits
}

/** The share of what is relevant that the first `k` places hold. */
export function recallAt<T>(ranked: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  return relevant.size ? hitsAt(ranked, relevant, k) / relevant.size : 0
}

/** The share of what `k` places could hold of it: recall over `min(k, relevant)`, so that 1 can be reached. */
export function cappedRecallAt<T>(ranked: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  return relevant.size ? hitsAt(ranked, relevant, k) / Math.min(k, relevant.size) : 0
}

/** One over the place of the first right one; 0 where there is none. */
export function reciprocalRank<T>(ranked: readonly T[], relevant: ReadonlySet<T>): number {
  const place = ranked.findIndex((one) => relevant.has(one))
  return place < 0 ? 0 : 1 / (place + 1)
}

/** The mean; 0 of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return values.length ? sum / values.length : 0
}

/** What an order is worth over some sources: how many, the mean, and the interval that 95 % of resamples fall in. */
export interface Worth {
  sources: number
  ndcg: number
  ci95: [number, number]
}

/** The worth of an order, from its nDCG beside each source. */
export const worthOf = (values: ArrayLike<number>, random: () => number): Worth => ({
  sources: values.length,
  ndcg: mean(values),
  ci95: bootstrapInterval(values, random),
})

/**
 * The interval that the mean keeps to when the sources are drawn again with replacement (percentile bootstrap,
 * Efron 1979): `level` of the resampled means lie in it. `random` gives numbers in [0, 1).
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  random: () => number,
  { resamples = 2_000, level = 0.95 } = {},
): [low: number, high: number] {
  if (values.length === 0) return [0, 0]
  const means = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)]!
    means[r] = sum / values.length
  }
  means.sort()
  const at = (share: number) => means[Math.min(resamples - 1, Math.floor(share * resamples))]!
  return [at((1 - level) / 2), at((1 + level) / 2)]
}
