/**
 * Pure. Logistic regression with a ridge, on sparse rows. A ridge is a normal prior around zero, so that what few
 * examples have is drawn towards what all have (partial pooling). Newton steps, each solved by conjugate gradients
 * (truncated Newton, Lin, Weng and Keerthi 2008).
 */

/** Rows one after the other: those of row `r` are at `starts[r]` up to `starts[r + 1]`. */
export interface SparseRows {
  starts: Uint32Array
  columns: Uint32Array
  values: Float64Array
  width: number
}

/** Packs rows of [column, value]. */
export function sparseRows(rows: readonly (readonly [number, number])[][], width: number): SparseRows {
  const starts = new Uint32Array(rows.length + 1)
  for (let r = 0; r < rows.length; r++) starts[r + 1] = starts[r]! + rows[r]!.length
  const columns = new Uint32Array(starts[rows.length]!)
  const values = new Float64Array(columns.length)
  let at = 0
  for (const row of rows)
    for (const [column, value] of row) {
      columns[at] = column
      values[at++] = value
    }
  return { starts, columns, values, width }
}

/** The weighted sum of each row's columns. */
export function sparseScores(rows: SparseRows, weights: ArrayLike<number>): Float64Array {
  const { starts, columns, values } = rows
  const scores = new Float64Array(starts.length - 1)
  for (let r = 0; r < scores.length; r++) {
    let sum = 0
    for (let k = starts[r]!; k < starts[r + 1]!; k++) sum += values[k]! * weights[columns[k]!]!
    scores[r] = sum
  }
  return scores
}

function transposed(rows: SparseRows, amounts: Float64Array): Float64Array {
  const { starts, columns, values, width } = rows
  const sums = new Float64Array(width)
  for (let r = 0; r < amounts.length; r++) {
    const amount = amounts[r]!
    for (let k = starts[r]!; k < starts[r + 1]!; k++) sums[columns[k]!]! += values[k]! * amount
  }
  return sums
}

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

export interface LogisticOptions {
  /** Newton steps at most, and conjugate gradients in each. */
  steps?: number
  inner?: number
  /** The gradient's length, as a share of its first, at which to stop. */
  tolerance?: number
  /** Log-odds that each row has beside its columns. */
  offsets?: ArrayLike<number>
}

/**
 * Weights by column that make small the log loss of `labels` (0 to 1, each counting `counts`) and half the ridge's
 * share of their squares; `ridge` has an amount a column, near 0 for an intercept.
 */
export function fitLogistic(
  rows: SparseRows,
  labels: ArrayLike<number>,
  counts: ArrayLike<number>,
  ridge: ArrayLike<number>,
  { steps = 25, inner = 60, tolerance = 1e-5, offsets }: LogisticOptions = {},
): Float64Array {
  const weights = new Float64Array(rows.width)
  const count = labels.length
  const scoresAt = (at: Float64Array) => {
    const scores = sparseScores(rows, at)
    if (offsets) for (let r = 0; r < count; r++) scores[r]! += offsets[r]!
    return scores
  }
  const objective = (at: Float64Array) => {
    const scores = scoresAt(at)
    let sum = 0
    for (let r = 0; r < count; r++) {
      const score = scores[r]!
      // log(1 + e^s) - y s, without overflow.
      sum += counts[r]! * (Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - labels[r]! * score)
    }
    for (let c = 0; c < at.length; c++) sum += 0.5 * ridge[c]! * at[c]! ** 2
    return sum
  }
  let best = objective(weights)
  let first = 0
  for (let step = 0; step < steps; step++) {
    const scores = scoresAt(weights)
    const slack = new Float64Array(count)
    const curve = new Float64Array(count)
    for (let r = 0; r < count; r++) {
      const chance = 1 / (1 + Math.exp(-scores[r]!))
      slack[r] = counts[r]! * (labels[r]! - chance)
      curve[r] = counts[r]! * chance * (1 - chance)
    }
    const down = transposed(rows, slack)
    for (let c = 0; c < down.length; c++) down[c]! -= ridge[c]! * weights[c]!
    const size = Math.sqrt(dot(down, down))
    if (step === 0) first = size
    if (size <= tolerance * first) break
    const move = conjugate(rows, curve, ridge, down, inner)
    let length = 1
    for (;;) {
      const tried = weights.map((weight, c) => weight + length * move[c]!)
      const found = objective(tried)
      if (found < best || length < 1e-6) {
        weights.set(tried)
        if (found >= best) return weights
        best = found
        break
      }
      length /= 2
    }
  }
  return weights
}

/** Solves (XᵀDX + ridge) move = target well enough for a Newton step. */
function conjugate(
  rows: SparseRows,
  curve: Float64Array,
  ridge: ArrayLike<number>,
  target: Float64Array,
  steps: number,
): Float64Array {
  const move = new Float64Array(target.length)
  const rest = Float64Array.from(target)
  const way = Float64Array.from(target)
  let left = dot(rest, rest)
  const enough = 1e-4 * left
  for (let step = 0; step < steps && left > enough; step++) {
    const along = sparseScores(rows, way)
    for (let r = 0; r < along.length; r++) along[r]! *= curve[r]!
    const turned = transposed(rows, along)
    for (let c = 0; c < turned.length; c++) turned[c]! += ridge[c]! * way[c]!
    const length = left / dot(way, turned)
    for (let c = 0; c < move.length; c++) {
      move[c]! += length * way[c]!
      rest[c]! -= length * turned[c]!
    }
    const now = dot(rest, rest)
    for (let c = 0; c < way.length; c++) way[c] = rest[c]! + (now / left) * way[c]!
    left = now
  }
  return move
}
