/**
 * Gradient-boosted regression trees that order candidates by the log-odds that people name them (Friedman 2001,
 * logistic loss with Newton steps) on binned features. Every tree is whole and of one depth, so that a model is a few
 * flat arrays and a prediction a short loop.
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

/** What to learn from: candidates of many sources. */
export interface Examples {
  /** A column a feature, a place a candidate. */
  features: Float32Array[]
  /** 1 where people named the candidate; another loss may take other amounts. */
  labels: ArrayLike<number>
  /** How much each candidate counts. */
  weights: Float64Array
}

export interface Settings {
  trees: number
  depth: number
  rate: number
  /** How much evidence a leaf needs before it may say much. */
  shrink: number
  /** The share of features each tree sees. */
  columns: number
  leafMin: number
  /** Features that no tree may ask. */
  without?: ReadonlySet<number>
  /** What is made small; the logistic loss where nothing else is said. */
  loss?: Loss
}

/** A loss by its first and second derivative: how far a label pushes a score, and how firmly. */
export interface Loss {
  /** Where all scores begin; not kept in the forest. */
  start: (examples: Examples) => number
  push: (label: number, score: number) => number
  sure: (label: number, score: number) => number
}

export const SETTINGS: Settings = {
  trees: 200,
  depth: 6,
  rate: 0.08,
  shrink: 5,
  columns: 0.4,
  leafMin: 50,
}

const BINS = 64

const SAMPLE = 100_000

/**
 * Bounds that split a column's values into at most BINS groups. A value that fills a group by itself has one, and the
 * others share what is left: most evidence is mostly 0, and what matters is how it differs where it is not.
 */
function boundsOf(column: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(column.length / SAMPLE))
  const sample = new Float32Array(Math.ceil(column.length / step))
  for (let i = 0; i < sample.length; i++) sample[i] = column[i * step]!
  sample.sort()
  const values: number[] = []
  const counts: number[] = []
  for (const value of sample) {
    if (value === values.at(-1)) counts[counts.length - 1]!++
    else {
      values.push(value)
      counts.push(1)
    }
  }
  const full = sample.length / BINS
  const common = counts.filter((count) => count >= full)
  const rest = sample.length - common.reduce((sum, count) => sum + count, 0)
  // Every common value may leave a group on either side of it unfilled.
  const share = rest / Math.max(1, BINS - 2 * common.length)
  const bounds: number[] = []
  let held = 0
  for (let v = 0; v < values.length - 1 && bounds.length < BINS - 1; v++) {
    held += counts[v]!
    if (held < share && counts[v]! < full && counts[v + 1]! < full) continue
    bounds.push(values[v]!)
    held = 0
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

/** The log-odds of a right candidate before anything is asked of it: where the first tree starts from. */
function priorOf({ labels, weights }: Examples): number {
  let right = 0
  let all = 0
  for (let i = 0; i < labels.length; i++) {
    right += weights[i]! * labels[i]!
    all += weights[i]!
  }
  return right > 0 && right < all ? Math.log(right / (all - right)) : 0
}

const chanceOf = (score: number) => 1 / (1 + Math.exp(-score))

const LOGISTIC: Loss = {
  start: priorOf,
  push: (label, score) => label - chanceOf(score),
  sure: (_, score) => chanceOf(score) * (1 - chanceOf(score)),
}

/** Learns a forest. Chance (which features a tree sees) comes from `random`. */
export function growForest(
  examples: Examples,
  random: () => number,
  settings: Settings = SETTINGS,
  report?: (tree: number) => void,
): Forest {
  const { depth, loss = LOGISTIC } = settings
  const count = examples.labels.length
  const width = examples.features.length
  const bounds = examples.features.map(boundsOf)
  const bins = examples.features.map((column, f) => {
    const binned = new Uint8Array(count)
    for (let i = 0; i < count; i++) binned[i] = binOf(bounds[f]!, column[i]!)
    return binned
  })
  const scores = new Float64Array(count).fill(loss.start(examples))
  const push = new Float64Array(count)
  const sure = new Float64Array(count)
  const inner = 2 ** depth - 1
  const features = new Uint8Array(settings.trees * inner)
  const thresholds = new Float64Array(settings.trees * inner).fill(Number.MAX_VALUE)
  const leaves = new Float64Array(settings.trees * (inner + 1))
  const node = new Uint8Array(count)
  const sums = new Float64Array(2 ** depth * BINS * 3)
  for (let t = 0; t < settings.trees; t++) {
    for (let i = 0; i < count; i++) {
      push[i] = examples.weights[i]! * loss.push(examples.labels[i]!, scores[i]!)
      sure[i] = examples.weights[i]! * loss.sure(examples.labels[i]!, scores[i]!)
    }
    const asked = [...Array(width).keys()].filter(
      (f) => random() < settings.columns && !settings.without?.has(f),
    )
    node.fill(0)
    const cuts = new Uint8Array(inner).fill(255)
    for (let level = 0; level < depth; level++) {
      const first = 2 ** level - 1
      const nodes = 2 ** level
      const best = new Float64Array(nodes).fill(1e-6)
      const question = new Int16Array(nodes).fill(-1)
      const held = new Uint32Array(nodes)
      for (let i = 0; i < count; i++) held[node[i]!]!++
      for (const f of asked) {
        const column = bins[f]!
        sums.fill(0, 0, nodes * BINS * 3)
        for (let i = 0; i < count; i++) {
          const place = (node[i]! * BINS + column[i]!) * 3
          sums[place]! += push[i]!
          sums[place + 1]! += sure[i]!
          sums[place + 2]!++
        }
        for (let n = 0; n < nodes; n++) {
          if (held[n]! < 2 * settings.leafMin) continue
          let all = 0
          let allSure = 0
          const base = n * BINS * 3
          for (let b = 0; b < BINS * 3; b += 3) {
            all += sums[base + b]!
            allSure += sums[base + b + 1]!
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
            if (held[n]! - have < settings.leafMin) break
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
      for (let i = 0; i < count; i++) {
        // Within a level nodes count from 0.
        const n = node[i]!
        const f = question[n]!
        node[i] = 2 * n + (f >= 0 && bins[f]![i]! > cuts[first + n]! ? 1 : 0)
      }
    }
    const pushed = new Float64Array(inner + 1)
    const known = new Float64Array(inner + 1)
    for (let i = 0; i < count; i++) {
      pushed[node[i]!]! += push[i]!
      known[node[i]!]! += sure[i]!
    }
    const at = t * (inner + 1)
    for (let leaf = 0; leaf <= inner; leaf++)
      leaves[at + leaf] = (settings.rate * pushed[leaf]!) / (known[leaf]! + settings.shrink)
    for (let i = 0; i < count; i++) scores[i]! += leaves[at + node[i]!]!
    report?.(t + 1)
  }
  return { depth, features, thresholds, leaves }
}

/** One forest that says what these forests of one depth say in the mean. */
export function meanForest(forests: Forest[]): Forest {
  const joined = (part: 'features' | 'thresholds' | 'leaves') =>
    forests.flatMap((forest) => Array.from(forest[part]))
  return {
    depth: forests[0]!.depth,
    features: joined('features'),
    thresholds: joined('thresholds'),
    leaves: joined('leaves').map((amount) => amount / forests.length),
  }
}

/**
 * The scores of many candidates, `width` features each, one after the other: tree by tree, so that a tree's few numbers
 * stay at hand while all candidates pass through it.
 */
export function forestScores(forest: Forest, values: Float32Array, width: number): Float64Array {
  const { depth, features, thresholds, leaves } = forest
  const inner = 2 ** depth - 1
  const scores = new Float64Array(values.length / width)
  for (let tree = 0, leaf = 0; tree < features.length; tree += inner, leaf += inner + 1)
    for (let c = 0, at = 0; c < scores.length; c++, at += width) {
      let node = 0
      for (let level = 0; level < depth; level++)
        node = 2 * node + 1 + Number(values[at + features[tree + node]!]! > thresholds[tree + node]!)
      scores[c]! += leaves[leaf + node - inner]!
    }
  return scores
}
