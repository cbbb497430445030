/**
 * Latent semantic analysis (Deerwester et al. 1990): a title's terms folded into a few dozen directions in which
 * titles differ most, so that titles can be alike without a word in common. The directions come from a randomised
 * singular value decomposition (Halko, Martinsson & Tropp 2011).
 */
import type { Sparse } from './catalogue'

/** A vector of length 1 (or 0 where nothing is known) for each title, `width` numbers each, one after the other. */
export interface Meaning {
  width: number
  vectors: Float32Array
}

/** `rows` times `right`, a dense matrix `width` wide. */
function times(rows: Sparse, right: Float32Array, width: number): Float32Array {
  const height = rows.starts.length - 1
  const product = new Float32Array(height * width)
  for (let i = 0; i < height; i++) {
    const to = i * width
    for (let k = rows.starts[i]!; k < rows.starts[i + 1]!; k++) {
      const from = rows.columns[k]! * width
      const value = rows.values[k]!
      for (let d = 0; d < width; d++) product[to + d]! += value * right[from + d]!
    }
  }
  return product
}

/** `left` transposed times `right`, both tall and `width` wide. */
function gram(left: Float32Array, right: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width * width)
  for (let row = 0; row < left.length; row += width)
    for (let a = 0; a < width; a++) {
      const value = left[row + a]!
      if (value === 0) continue
      for (let b = 0; b < width; b++) sums[a * width + b]! += value * right[row + b]!
    }
  return sums
}

/** The lower triangle L with L Lᵀ = `sums`, directions that are all but dependent left out as zero. */
function cholesky(sums: Float64Array, width: number): Float64Array {
  const lower = new Float64Array(width * width)
  const tiny = 1e-9 * Math.max(...Array.from({ length: width }, (_, i) => sums[i * width + i]!), 1e-30)
  for (let j = 0; j < width; j++) {
    let rest = sums[j * width + j]!
    for (let k = 0; k < j; k++) rest -= lower[j * width + k]! ** 2
    if (rest <= tiny) continue
    const root = Math.sqrt(rest)
    lower[j * width + j] = root
    for (let i = j + 1; i < width; i++) {
      let sum = sums[i * width + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * width + k]! * lower[j * width + k]!
      lower[i * width + j] = sum / root
    }
  }
  return lower
}

/** Makes the columns of `tall` orthonormal in place (Cholesky QR, done twice as one pass loses digits). */
function orthonormalise(tall: Float32Array, width: number): void {
  for (let pass = 0; pass < 2; pass++) {
    const lower = cholesky(gram(tall, tall, width), width)
    for (let row = 0; row < tall.length; row += width)
      for (let j = 0; j < width; j++) {
        const diagonal = lower[j * width + j]!
        let value = tall[row + j]!
        for (let k = 0; k < j; k++) value -= lower[j * width + k]! * tall[row + k]!
        tall[row + j] = diagonal ? value / diagonal : 0
      }
  }
}

/** Eigenvalues and vectors (in columns) of a small symmetric matrix, by Jacobi rotations. */
export function eigen(
  symmetric: Float64Array,
  width: number,
): { values: Float64Array; vectors: Float64Array } {
  const m = symmetric.slice()
  const vectors = new Float64Array(width * width)
  for (let i = 0; i < width; i++) vectors[i * width + i] = 1
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0
    let all = 0
    for (let i = 0; i < width; i++)
      for (let j = 0; j < width; j++) {
        all += m[i * width + j]! ** 2
        if (i !== j) off += m[i * width + j]! ** 2
      }
    if (off <= 1e-18 * all) break
    for (let p = 0; p < width; p++)
      for (let q = p + 1; q < width; q++) {
        const between = m[p * width + q]!
        if (between === 0) continue
        const theta = (m[q * width + q]! - m[p * width + p]!) / (2 * between)
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < width; k++) {
          const [a, b] = [m[k * width + p]!, m[k * width + q]!]
          m[k * width + p] = c * a - s * b
          m[k * width + q] = s * a + c * b
        }
        for (let k = 0; k < width; k++) {
          const [a, b] = [m[p * width + k]!, m[q * width + k]!]
          m[p * width + k] = c * a - s * b
          m[q * width + k] = s * a + c * b
          const [u, v] = [vectors[k * width + p]!, vectors[k * width + q]!]
          vectors[k * width + p] = c * u - s * v
          vectors[k * width + q] = s * u + c * v
        }
      }
  }
  return { values: Float64Array.from({ length: width }, (_, i) => m[i * width + i]!), vectors }
}

const PASSES = 3

/** The titles' places in the `width` strongest directions of the matrix; `flipped` is its transpose. */
export function meaningOf(rows: Sparse, flipped: Sparse, width: number, random: () => number): Meaning {
  const spare = Math.min(8, width)
  const wide = width + spare
  const start = Float32Array.from({ length: (flipped.starts.length - 1) * wide }, () => random() - 0.5)
  let basis = times(rows, start, wide)
  for (let pass = 0; pass < PASSES; pass++) {
    orthonormalise(basis, wide)
    if (pass + 1 < PASSES) basis = times(rows, times(flipped, basis, wide), wide)
  }
  // Rows projected on the basis: its Gram matrix's eigenvectors turn the basis into singular vectors.
  const projected = times(flipped, basis, wide)
  const { values, vectors } = eigen(gram(projected, projected, wide), wide)
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]!).slice(0, width)
  const height = rows.starts.length - 1
  const places = new Float32Array(height * width)
  for (let i = 0; i < height; i++) {
    let norm = 0
    order.forEach((column, d) => {
      let value = 0
      for (let k = 0; k < wide; k++) value += basis[i * wide + k]! * vectors[k * wide + column]!
      // The root of the singular value: full weight drowns a title in what is common, none in noise.
      value *= Math.max(values[column]!, 0) ** 0.25
      places[i * width + d] = value
      norm += value * value
    })
    if (norm < 1e-12) continue
    const length = Math.sqrt(norm)
    for (let d = 0; d < width; d++) places[i * width + d]! /= length
  }
  return { width, vectors: places }
}

/** The cosine of two titles' places. */
export function cosine({ width, vectors }: Meaning, a: number, b: number): number {
  let sum = 0
  for (let d = 0, i = a * width, j = b * width; d < width; d++) sum += vectors[i + d]! * vectors[j + d]!
  return sum
}
