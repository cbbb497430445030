/** Rows taken out at a time: a panel of them fits the processor's cache. */
const BLOCK = 64
/** Sums of 4 × 4 products stay in registers. */
const TILE = 4
/** One strip of a packed panel: `TILE` rows, their numbers for one column side by side. */
const STRIP = TILE * BLOCK

/** The matrix has no inverse that a sum of squares could have. */
export class NotPositiveDefinite extends Error {}

/**
 * Replaces a symmetric positive definite matrix (row by row, of which only the lower triangle is read) by its
 * inverse, in place: beside the matrix it needs three panels of `n × 64`.
 *
 * The elimination is Cholesky's (same pivots, so the same bound on errors and the same test of definiteness), but
 * each block of rows is swept to the end at once: with `D` the inverse of the pivot block and `V` the columns
 * below and above it, everything else loses `V D Vᵀ` and `V` becomes `V D`. Factor, inverse of the factor and its
 * square, three loops of `n³ / 3` operations each, are so one loop of `n³`, all of it in `subtractTile`.
 */
export function invert(a: Float64Array, n: number): void {
  const strips = Math.ceil(n / TILE)
  const columns = new Float64Array(strips * STRIP)
  const swept = new Float64Array(strips * STRIP)
  const flat = new Float64Array(strips * TILE * BLOCK)
  const pivot = new Float64Array(BLOCK * BLOCK)
  const packedPivot = new Float64Array(BLOCK * BLOCK)
  for (let from = 0; from < n; from += BLOCK) {
    const width = Math.min(BLOCK, n - from)
    invertPivot(a, n, from, width, pivot)
    pack(packedPivot, BLOCK, (row, k) => -pivot[row * BLOCK + k]!)
    packColumns(columns, a, n, from, width)
    flat.fill(0)
    for (let i = 0; i < strips; i++)
      for (let j = 0; j < BLOCK / TILE; j++)
        subtractTile(columns, i * STRIP, packedPivot, j * STRIP, flat, i * STRIP + j * TILE, BLOCK)
    pack(swept, n, (row, k) => flat[row * BLOCK + k]!)
    subtractOuter(a, n, swept, columns, from, width)
    writeBack(a, n, flat, pivot, from, width)
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const value = -a[i * n + j]!
      a[i * n + j] = value
      a[j * n + i] = value
    }
}

/** Copies the block on the diagonal and inverts it, one row at a time. */
function invertPivot(a: Float64Array, n: number, from: number, width: number, into: Float64Array): void {
  into.fill(0)
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      const value = a[(from + i) * n + from + j]!
      into[i * BLOCK + j] = value
      into[j * BLOCK + i] = value
    }
  for (let p = 0; p < width; p++) {
    const square = into[p * BLOCK + p]!
    if (!(square > 0))
      throw new NotPositiveDefinite(`the matrix is not positive definite (row ${from + p + 1} of ${n})`)
    const row = into.slice(p * BLOCK, p * BLOCK + width)
    for (let i = 0; i < width; i++) {
      const factor = row[i]! / square
      for (let j = 0; j < width; j++) into[i * BLOCK + j]! -= factor * row[j]!
    }
    for (let i = 0; i < width; i++) {
      const value = row[i]! / square
      into[p * BLOCK + i] = value
      into[i * BLOCK + p] = value
    }
    into[p * BLOCK + p] = -1 / square
  }
  for (let i = 0; i < into.length; i++) into[i] = -into[i]!
}

function pack(into: Float64Array, rows: number, value: (row: number, k: number) => number): void {
  for (let row = 0; row < rows; row++) {
    const at = Math.floor(row / TILE) * STRIP + (row % TILE)
    for (let k = 0; k < BLOCK; k++) into[at + k * TILE] = value(row, k)
  }
}

/** The columns of a block, over all rows; above the diagonal they are read from its mirror image. */
function packColumns(into: Float64Array, a: Float64Array, n: number, from: number, width: number): void {
  if (width < BLOCK) into.fill(0)
  for (let row = 0; row < n; row++) {
    const at = Math.floor(row / TILE) * STRIP + (row % TILE)
    const [start, step] = row < from ? [from * n + row, n] : [row * n + from, 1]
    for (let k = 0; k < width; k++) into[at + k * TILE] = a[start + k * step]!
  }
}

/** Takes the product of two panels from the lower triangle, except from the rows and columns of the block itself. */
function subtractOuter(
  a: Float64Array,
  n: number,
  left: Float64Array,
  right: Float64Array,
  from: number,
  width: number,
): void {
  const strips = Math.ceil(n / TILE)
  const whole = Math.floor(n / TILE)
  const [first, after] = [from / TILE, Math.ceil((from + width) / TILE)]
  const edge = new Float64Array(TILE * TILE)
  for (let j0 = 0; j0 < strips; j0 += BLOCK / TILE) {
    if (j0 === first) continue
    for (let i = j0; i < strips; i++) {
      if (i >= first && i < after) continue
      for (let j = j0; j <= Math.min(i, j0 + BLOCK / TILE - 1); j++) {
        if (i < whole) subtractTile(left, i * STRIP, right, j * STRIP, a, i * TILE * n + j * TILE, n)
        else {
          edge.fill(0)
          subtractTile(left, i * STRIP, right, j * STRIP, edge, 0, TILE)
          for (let row = i * TILE; row < n; row++)
            for (let column = j * TILE; column < Math.min(n, (j + 1) * TILE); column++)
              a[row * n + column]! += edge[(row - i * TILE) * TILE + column - j * TILE]!
        }
      }
    }
  }
}

/** Takes from one 4 × 4 tile the product of two strips. */
function subtractTile(
  left: Float64Array,
  leftAt: number,
  right: Float64Array,
  rightAt: number,
  into: Float64Array,
  at: number,
  stride: number,
): void {
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let k = 0; k < STRIP; k += TILE) {
    const a0 = left[leftAt + k]!
    const a1 = left[leftAt + k + 1]!
    const a2 = left[leftAt + k + 2]!
    const a3 = left[leftAt + k + 3]!
    const b0 = right[rightAt + k]!
    const b1 = right[rightAt + k + 1]!
    const b2 = right[rightAt + k + 2]!
    const b3 = right[rightAt + k + 3]!
    s00 += a0 * b0
    s01 += a0 * b1
    s02 += a0 * b2
    s03 += a0 * b3
    s10 += a1 * b0
    s11 += a1 * b1
    s12 += a1 * b2
    s13 += a1 * b3
    s20 += a2 * b0
    s21 += a2 * b1
    s22 += a2 * b2
    s23 += a2 * b3
    s30 += a3 * b0
    s31 += a3 * b1
    s32 += a3 * b2
    s33 += a3 * b3
  }
  let row = at
  into[row]! -= s00
  into[row + 1]! -= s01
  into[row + 2]! -= s02
  into[row + 3]! -= s03
  row += stride
  into[row]! -= s10
  into[row + 1]! -= s11
  into[row + 2]! -= s12
  into[row + 3]! -= s13
  row += stride
  into[row]! -= s20
  into[row + 1]! -= s21
  into[row + 2]! -= s22
  into[row + 3]! -= s23
  row += stride
  into[row]! -= s30
  into[row + 1]! -= s31
  into[row + 2]! -= s32
  into[row + 3]! -= s33
}

function writeBack(
  a: Float64Array,
  n: number,
  swept: Float64Array,
  pivot: Float64Array,
  from: number,
  width: number,
): void {
  for (let row = 0; row < n; row++) {
    const inside = row >= from && row < from + width
    const [start, step] = row < from ? [from * n + row, n] : [row * n + from, 1]
    for (let k = 0; k < width; k++)
      a[start + k * step] = inside ? -pivot[(row - from) * BLOCK + k]! : swept[row * BLOCK + k]!
  }
}
