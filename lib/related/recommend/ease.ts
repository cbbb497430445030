import { invert } from '@/lib/learning/inverse'
import type { SparseRows } from '@/lib/learning/sparse'
import { columnSums, eachIn, largest, rowSums, sparseRows } from '@/lib/learning/sparse'
import type { Scorer } from './types'

/** How EASE is learned. Each number was chosen by cross-validation on training data; 0 turns an idea off. */
export interface EaseOptions {
  /** Pull of every weight towards zero. */
  ridge: number
  /** The same pull, as a share of what a title is followed: popular titles do not get to explain everything. */
  ridgeShare?: number
  /** Readers of many titles count for less, by this power of how many they are. */
  readerPower?: number
  /** What a title is recommended for is divided by this power of its followers. */
  popularityPower?: number
}

/** Weights from title to title: row i says what following i speaks for. The dense square covers the first titles. */
export interface DenseWeights {
  size: number
  weights: Float64Array
}

/** Followers a title is given for free before its popularity is corrected, so that a handful proves nothing. */
const POPULARITY_PRIOR = 5

/**
 * EASE (Steck 2019): the weights with which, best in least squares, every title of a reader is told from the
 * reader's other titles. `taste` has a row a reader; only its first `size` columns take part.
 */
export function easeWeights(taste: SparseRows, size: number, options: EaseOptions): DenseWeights {
  const { ridge, ridgeShare = 0, popularityPower = 0 } = options
  const weights = gram(taste, size, readerWeights(taste, options.readerPower ?? 0))
  for (let i = 0; i < size; i++) weights[i * size + i]! += ridge + ridgeShare * weights[i * size + i]!
  invert(weights, size)
  const scale = new Float64Array(size)
  const followers = columnSums(taste)
  for (let j = 0; j < size; j++)
    scale[j] = -1 / weights[j * size + j]! / (followers[j]! + POPULARITY_PRIOR) ** popularityPower
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      if (i === j) weights[i * size + j] = 0
      else weights[i * size + j]! *= scale[j]!
  return { size, weights }
}

/** Readers weigh less the more they follow; the reader in the middle weighs 1. */
function readerWeights(taste: SparseRows, power: number): Float64Array {
  const sizes = rowSums(taste)
  const known = sizes.filter((size) => size > 0).sort()
  const middle = known[known.length >> 1] ?? 1
  return sizes.map((size) => (size > 0 ? (Math.max(size, 1) / middle) ** -power : 0))
}

/** The lower triangle of which titles are followed together how much. */
function gram({ start, column, value }: SparseRows, size: number, readers: Float64Array): Float64Array {
  const sums = new Float64Array(size * size)
  for (let reader = 0; reader < start.length - 1; reader++)
    for (let x = start[reader]!; x < start[reader + 1]! && column[x]! < size; x++) {
      const row = column[x]! * size
      const amount = value[x]! * readers[reader]!
      for (let y = start[reader]!; y <= x; y++) sums[row + column[y]!]! += amount * value[y]!
    }
  return sums
}

/** Scores by a dense square of weights; titles beyond it get nothing. */
export function denseScorer(taste: SparseRows, { size, weights }: DenseWeights): Scorer {
  return (reader, into) => {
    into.fill(0)
    eachIn(taste, reader, (i, amount) => {
      if (i >= size) return
      const row = i * size
      for (let j = 0; j < size; j++) into[j]! += amount * weights[row + j]!
    })
  }
}

/**
 * The weightiest of every title's weights, for keeping: what serves needs no square. What speaks against a title
 * is kept too; by those that speak for one alone, lists name a twentieth less of what was held out.
 */
export function strongest({ size, weights }: DenseWeights, count = 100): SparseRows {
  return sparseRows(
    Array.from({ length: size }, (_, i) => {
      const row = weights.subarray(i * size, (i + 1) * size)
      const weight = row.map(Math.abs)
      return new Map(largest(weight, count, (j) => weight[j]! > 0).map((j) => [j, row[j]!]))
    }),
    size,
  )
}
