/** Pure. How good stated chances and intervals are. */

/** The mean squared distance of chances from what happened (Brier 1950). */
export function brier(chances: ArrayLike<number>, happened: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < chances.length; i++) sum += (chances[i]! - happened[i]!) ** 2
  return sum / chances.length
}

/** No chance is taken as surer than this, or one certain error would be infinitely bad. */
const SURE = 1e-6

/** The mean negative logarithm of the chance given to what happened, in nats. */
export function logLoss(chances: ArrayLike<number>, happened: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < chances.length; i++) {
    const chance = Math.min(1 - SURE, Math.max(SURE, chances[i]!))
    sum -= Math.log(happened[i]! ? chance : 1 - chance)
  }
  return sum / chances.length
}

/** Places 0 … n-1 in the order of their values. */
export function orderOf(values: ArrayLike<number>): number[] {
  return Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
}

/** The chance that one that happened was given more than one that did not, ties half; NaN where all went one way. */
export function auc(chances: ArrayLike<number>, happened: ArrayLike<number>): number {
  const order = orderOf(chances)
  let ranks = 0
  let positives = 0
  for (let i = 0; i < order.length; ) {
    let j = i
    while (j < order.length && chances[order[j]!] === chances[order[i]!]) j++
    for (let k = i; k < j; k++)
      if (happened[order[k]!]) {
        ranks += (i + j + 1) / 2
        positives++
      }
    i = j
  }
  const negatives = order.length - positives
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** A bin of a reliability plot. */
export interface Bin {
  count: number
  /** The mean chance given, and the share that happened. */
  said: number
  happened: number
}

/** Bins of equal mass by stated chance. */
export function reliability(chances: ArrayLike<number>, happened: ArrayLike<number>, bins = 15): Bin[] {
  const order = orderOf(chances)
  const found: Bin[] = []
  for (let b = 0; b < bins; b++) {
    const places = order.slice(
      Math.round((b * order.length) / bins),
      Math.round(((b + 1) * order.length) / bins),
    )
    if (places.length === 0) continue
    const mean = (values: ArrayLike<number>) => places.reduce((sum, i) => sum + values[i]!, 0) / places.length
    found.push({ count: places.length, said: mean(chances), happened: mean(happened) })
  }
  return found
}

/** Expected calibration error over 15 bins of equal mass: how far the stated chances lie from the shares, in the mean. */
export function calibrationError(chances: ArrayLike<number>, happened: ArrayLike<number>): number {
  return reliability(chances, happened).reduce(
    (sum, { count, said, happened: share }) => sum + (count / chances.length) * Math.abs(said - share),
    0,
  )
}

/** The value below which a share of the values lies, between neighbours on a straight line; NaN of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0) return Number.NaN
  const at = Math.min(1, Math.max(0, share)) * (sorted.length - 1)
  const low = Math.floor(at)
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}

/** The value in the middle. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5)

/** The mean; NaN of none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}
