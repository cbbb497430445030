/**
 * Gradient-boosted regression trees that order candidates: LambdaMART (Burges 2010) on binned features. Every tree
 * is whole and of one depth, so that a model is a few flat arrays and a prediction a short loop.
 */

/** A trained model. Node `i` of a tree has its children at `2i + 1` (at most the threshold) and `2i + 2`. */
export interface Forest {
  depth: number
  /** For each tree in turn, `2^depth - 1` features asked. */
  features: ArrayLike<number>
  /** Beside each, the value up to which a candidate goes left. */
  thresholds: ArrayLike<number>
  /** For each tree in turn, `2^depth` amounts. */
  leaves: ArrayLike<number>
}

/** What to learn from: candidates of many sources, those of one source next to each other. */
export interface Examples {
  /** A column a feature, a place a candidate. */
  features: Float32Array[]
  /** 1 where people named the candidate. */
  labels: Uint8Array
  /** Where each source's candidates begin, and where the last ones end. */
  groups: Int32Array
  /** How much each source counts. */
  weights: Float64Array
}

export interface Settings {
  trees: number
  depth: number
  rate: number
  /** How much evidence a leaf needs before it may say much. */
  shrink: number
  /** The share of sources and of features each tree sees. */
  sources: number
  columns: number
  leafMin: number
  /** Features that no tree may ask. */
  without?: ReadonlySet<number>
}

export const SETTINGS: Settings = {
  trees: 150,
  depth: 5,
  rate: 0.11,
  shrink: 5,
  sources: 0.3,
  columns: 0.4,
  leafMin: 50,
}

const BINS = 64
/** The best list fills this many places; the gain of a place is measured against it. */
const PLACES = 10

/** Bounds that split a column's values into at most BINS groups of about the same size. */
function boundsOf(column: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(column.length / 20_000))
  const sample = new Float32Array(Math.ceil(column.length / step))
  for (let i = 0; i < sample.length; i++) sample[i] = column[i * step]!
  sample.sort()
  const bounds: number[] = []
  for (let b = 1; b < BINS; b++) {
    const value = sample[Math.floor((b * sample.length) / BINS)]!
    if (bounds.length === 0 || value > bounds.at(-1)!) bounds.push(value)
  }
  return Float32Array.from(bounds)
}

/** The number of bounds below a value: bin `b` holds values in (bound b-1, bound b]. */
function binOf(bounds: Float32Array, value: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value > bounds[middle]!) low = middle + 1
    else high = middle
  }
  return low
}

const DISCOUNTS = Float64Array.from({ length: 4096 }, (_, place) => 1 / Math.log2(place + 2))
const discount = (place: number) => DISCOUNTS[place] ?? 0

/** Pushes and their certainty for each candidate: how far an exchange of places would better the list (lambda gradients). */
function pushes(
  { labels, groups, weights }: Examples,
  scores: Float64Array,
  group: number,
  gradient: Float64Array,
  certainty: Float64Array,
): void {
  const [from, to] = [groups[group]!, groups[group + 1]!]
  const order = new Int32Array(to - from)
  for (let k = 0; k < order.length; k++) order[k] = from + k
  order.sort((a, b) => scores[b]! - scores[a]!)
  let right = 0
  for (let i = from; i < to; i++) right += labels[i]!
  let ideal = 0
  for (let place = 0; place < Math.min(right, PLACES); place++) ideal += discount(place)
  for (let place = 0; place < order.length; place++) {
    const i = order[place]!
    if (!labels[i]) continue
    for (let other = 0; other < order.length; other++) {
      const j = order[other]!
      if (labels[j]) continue
      const worth = Math.abs(discount(place) - discount(other)) / ideal
      const wrong = 1 / (1 + Math.exp(scores[i]! - scores[j]!))
      const push = weights[group]! * worth * wrong
      const sure = push * (1 - wrong)
      gradient[i]! += push
      gradient[j]! -= push
      certainty[i]! += sure
      certainty[j]! += sure
    }
  }
}

/** Learns a forest. Chance (which sources and features a tree sees) comes from `random`. */
export function growForest(
  examples: Examples,
  random: () => number,
  settings: Settings = SETTINGS,
  report?: (tree: number) => void,
): Forest {
  const { depth } = settings
  const count = examples.labels.length
  const width = examples.features.length
  const bounds = examples.features.map(boundsOf)
  const bins = examples.features.map((column, f) => {
    const binned = new Uint8Array(count)
    for (let i = 0; i < count; i++) binned[i] = binOf(bounds[f]!, column[i]!)
    return binned
  })
  const scores = new Float64Array(count)
  const gradient = new Float64Array(count)
  const certainty = new Float64Array(count)
  const inner = 2 ** depth - 1
  const features = new Uint8Array(settings.trees * inner)
  const thresholds = new Float64Array(settings.trees * inner).fill(Number.MAX_VALUE)
  const leaves = new Float64Array(settings.trees * (inner + 1))
  const useful = [...Array(examples.groups.length - 1).keys()].filter((g) => {
    const labels = examples.labels.subarray(examples.groups[g]!, examples.groups[g + 1]!)
    return labels.includes(1) && labels.includes(0)
  })
  const room = new Int32Array(count)
  const push = new Float64Array(count)
  const sure = new Float64Array(count)
  const node = new Uint8Array(count)
  const sums = new Float64Array(2 ** depth * BINS * 3)
  for (let t = 0; t < settings.trees; t++) {
    gradient.fill(0)
    certainty.fill(0)
    let drawn = 0
    for (const g of useful) {
      if (random() >= settings.sources) continue
      pushes(examples, scores, g, gradient, certainty)
      for (let i = examples.groups[g]!; i < examples.groups[g + 1]!; i++) {
        room[drawn] = i
        push[drawn] = gradient[i]!
        sure[drawn++] = certainty[i]!
      }
    }
    const asked = [...Array(width).keys()].filter(
      (f) => random() < settings.columns && !settings.without?.has(f),
    )
    const seen = room.subarray(0, drawn)
    node.fill(0)
    const cuts = new Uint8Array(inner).fill(255)
    for (let level = 0; level < depth; level++) {
      const first = 2 ** level - 1
      const nodes = 2 ** level
      const best = new Float64Array(nodes).fill(1e-6)
      const question = new Int16Array(nodes).fill(-1)
      for (const f of asked) {
        const column = bins[f]!
        sums.fill(0, 0, nodes * BINS * 3)
        for (let r = 0; r < seen.length; r++) {
          const i = seen[r]!
          const place = (node[r]! * BINS + column[i]!) * 3
          sums[place]! += push[r]!
          sums[place + 1]! += sure[r]!
          sums[place + 2]!++
        }
        for (let n = 0; n < nodes; n++) {
          let all = 0
          let allSure = 0
          let allCount = 0
          const base = n * BINS * 3
          for (let b = 0; b < BINS * 3; b += 3) {
            all += sums[base + b]!
            allSure += sums[base + b + 1]!
            allCount += sums[base + b + 2]!
          }
          const whole = (all * all) / (allSure + settings.shrink)
          let left = 0
          let certain = 0
          let have = 0
          for (let b = 0; b < bounds[f]!.length; b++) {
            left += sums[base + b * 3]!
            certain += sums[base + b * 3 + 1]!
            have += sums[base + b * 3 + 2]!
            if (have < settings.leafMin) continue
            if (allCount - have < settings.leafMin) break
            const rest = all - left
            const gain =
              (left * left) / (certain + settings.shrink) +
              (rest * rest) / (allSure - certain + settings.shrink) -
              whole
            if (gain > best[n]!) {
              best[n] = gain
              question[n] = f
              cuts[first + n] = b
            }
          }
        }
      }
      for (let n = 0; n < nodes; n++) {
        const f = question[n]!
        if (f < 0) continue
        features[t * inner + first + n] = f
        thresholds[t * inner + first + n] = bounds[f]![cuts[first + n]!]!
      }
      for (let r = 0; r < seen.length; r++) {
        // Within a level nodes count from 0.
        const n = node[r]!
        const f = question[n]!
        node[r] = 2 * n + (f >= 0 && bins[f]![seen[r]!]! > cuts[first + n]! ? 1 : 0)
      }
    }
    const pushed = new Float64Array(inner + 1)
    const known = new Float64Array(inner + 1)
    for (let r = 0; r < seen.length; r++) {
      pushed[node[r]!]! += push[r]!
      known[node[r]!]! += sure[r]!
    }
    for (let leaf = 0; leaf <= inner; leaf++)
      leaves[t * (inner + 1) + leaf] = (settings.rate * pushed[leaf]!) / (known[leaf]! + settings.shrink)
    for (let i = 0; i < count; i++) {
      let n = 0
      while (n < inner) {
        const cut = cuts[n]!
        n = 2 * n + (cut !== 255 && bins[features[t * inner + n]!]![i]! > cut ? 2 : 1)
      }
      scores[i]! += leaves[t * (inner + 1) + n - inner]!
    }
    report?.(t + 1)
  }
  return { depth, features, thresholds, leaves }
}

/** A candidate's score; `values` holds its features from `at` on. */
export function forestScore(forest: Forest, values: Float32Array, at = 0): number {
  const { depth, features, thresholds, leaves } = forest
  const inner = 2 ** depth - 1
  let score = 0
  for (let tree = 0, leaf = 0; tree < features.length; tree += inner, leaf += inner + 1) {
    let node = 0
    while (node < inner)
      node = 2 * node + (values[at + features[tree + node]!]! > thresholds[tree + node]! ? 2 : 1)
    score += leaves[leaf + node - inner]!
  }
  return score
}
