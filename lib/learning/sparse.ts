/** A matrix of which only what is not zero is kept, row after row; within a row columns ascend. */
export interface SparseRows {
  /** Where each row begins, and after the last one where it ends. */
  start: Int32Array
  column: Int32Array
  value: Float64Array
  columns: number
}

/** A sparse matrix from its rows; of a column named twice in a row, the last value counts. */
export function sparseRows(rows: Map<number, number>[], columns: number): SparseRows {
  const start = new Int32Array(rows.length + 1)
  for (const [i, row] of rows.entries()) start[i + 1] = start[i]! + row.size
  const column = new Int32Array(start[rows.length]!)
  const value = new Float64Array(column.length)
  let at = 0
  for (const row of rows)
    for (const [c, v] of [...row].sort(([a], [b]) => a - b)) {
      column[at] = c
      value[at++] = v
    }
  return { start, column, value, columns }
}

/** How many rows there are. */
export const rowCount = (matrix: SparseRows): number => matrix.start.length - 1

/** Calls `visit` with each column and value of a row. */
export function eachIn(
  { start, column, value }: SparseRows,
  row: number,
  visit: (c: number, v: number) => void,
): void {
  for (let at = start[row]!; at < start[row + 1]!; at++) visit(column[at]!, value[at]!)
}

/** Rows become columns. */
export function transpose(matrix: SparseRows): SparseRows {
  const start = new Int32Array(matrix.columns + 1)
  for (const c of matrix.column) start[c + 1]!++
  for (let c = 0; c < matrix.columns; c++) start[c + 1]! += start[c]!
  const next = start.slice()
  const column = new Int32Array(matrix.column.length)
  const value = new Float64Array(column.length)
  for (let row = 0; row < rowCount(matrix); row++)
    eachIn(matrix, row, (c, v) => {
      const at = next[c]!++
      column[at] = row
      value[at] = v
    })
  return { start, column, value, columns: rowCount(matrix) }
}

/** The sum of each row. */
export function rowSums(matrix: SparseRows): Float64Array {
  const sums = new Float64Array(rowCount(matrix))
  for (let row = 0; row < sums.length; row++)
    eachIn(matrix, row, (_, v) => {
      sums[row]! += v
    })
  return sums
}

/** The sum of each column. */
export function columnSums({ column, value, columns }: SparseRows): Float64Array {
  const sums = new Float64Array(columns)
  for (let at = 0; at < column.length; at++) sums[column[at]!]! += value[at]!
  return sums
}

/**
 * The numbers of the `count` largest of those `allowed` lets through, largest first; of equals the lower number
 * comes first, so that the same scores give the same list.
 */
export function largest(
  scores: Float64Array,
  count: number,
  allowed: (i: number) => boolean = () => true,
): number[] {
  const best: number[] = []
  for (let i = 0; i < scores.length; i++) {
    if (best.length === count && !(scores[i]! > scores[best[count - 1]!]!)) continue
    if (!allowed(i)) continue
    let place = best.length
    while (place > 0 && scores[i]! > scores[best[place - 1]!]!) place--
    best.splice(place, 0, i)
    if (best.length > count) best.pop()
  }
  return best
}
