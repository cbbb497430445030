import type { SparseRows } from '@/lib/learning/sparse'
import { columnSums, eachIn, largest, rowSums, sparseRows, transpose } from '@/lib/learning/sparse'
import type { Scorer } from './types'

/** For each title its best titles by a sum over the readers they share; `weigh` makes the sum a weight. */
function throughReaders(
  taste: SparseRows,
  count: number,
  step: (reader: number, own: number, other: number) => number,
  weigh: (sum: number, i: number, j: number) => number,
): SparseRows {
  const followers = transpose(taste)
  const sums = new Float64Array(taste.columns)
  return sparseRows(
    Array.from({ length: taste.columns }, (_, i) => {
      sums.fill(0)
      eachIn(followers, i, (reader, own) =>
        eachIn(taste, reader, (j, other) => {
          sums[j]! += step(reader, own, other)
        }),
      )
      for (let j = 0; j < sums.length; j++) if (sums[j] !== 0) sums[j] = j === i ? 0 : weigh(sums[j]!, i, j)
      return new Map(largest(sums, count, (j) => sums[j]! > 0).map((j) => [j, sums[j]!]))
    }),
    taste.columns,
  )
}

/** A row a title: its `count` nearest by the cosine of who follows them, shrunk where few do. */
export function cosineNeighbours(
  liked: SparseRows,
  { count = 100, shrink = 20 }: { count?: number; shrink?: number } = {},
): SparseRows {
  const squares = columnSums({ ...liked, value: liked.value.map((v) => v * v) })
  return throughReaders(
    liked,
    count,
    (_, own, other) => own * other,
    (sum, i, j) => sum / (Math.sqrt(squares[i]! * squares[j]!) + shrink),
  )
}

/**
 * RP3beta (Paudel and others 2017): where a walk from a title to a reader of it and on to another title ends, the
 * end divided by a power of its popularity. A row a title, its `count` likeliest ends.
 */
export function walkWeights(
  taste: SparseRows,
  { count = 200, popularityPower = 0.7 }: { count?: number; popularityPower?: number } = {},
): SparseRows {
  const readers = rowSums(taste)
  const followers = columnSums(taste)
  return throughReaders(
    taste,
    count,
    (reader, own, other) => (own * other) / readers[reader]!,
    (sum, i, j) => sum / followers[i]! / followers[j]! ** popularityPower,
  )
}

/** Scores by sparse weights from title to title. */
export function sparseScorer(taste: SparseRows, weights: SparseRows): Scorer {
  return (reader, into) => {
    into.fill(0)
    eachIn(taste, reader, (i, amount) =>
      eachIn(weights, i, (j, weight) => {
        into[j]! += amount * weight
      }),
    )
  }
}
