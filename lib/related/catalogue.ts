/** The catalogue as numbers: every title's terms by field, weighted, and the postings of every term. */
import { exchange } from '@/lib/learning/sparse'
import { FIELDS, type Field, type Term, termsOf } from './terms'
import type { RelatedTitle } from './types'

/** Rows of a sparse matrix, one after the other: row `i` lies from `starts[i]` to `starts[i + 1]`. */
export interface Sparse {
  starts: Int32Array
  /** Column numbers, ascending within a row. */
  columns: Int32Array
  values: Float32Array
}

export interface Catalogue {
  titles: RelatedTitle[]
  numbers: Map<string, number>
  terms: Term[]
  /** The number of each term, by `field:key`. */
  vocabulary: Map<string, number>
  /** For each term, the place of its field in FIELDS. */
  fieldOf: Uint8Array
  /** For each term, how many titles have it. */
  counts: Int32Array
  /** Titles by terms, each field of a title of length 1. */
  rows: Sparse
  /** The same, terms by titles. */
  postings: Sparse
}

/** One row, whether of the matrix or of a title that is not in it. */
export interface Row {
  columns: Int32Array
  values: Float32Array
}

/** Numbers that threads can read together without a copy each. */
const int32 = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length))
const float32 = (length: number) => new Float32Array(new SharedArrayBuffer(4 * length))

/** Row `i`; it shares the matrix's memory. */
export const rowAt = ({ starts, columns, values }: Sparse, i: number): Row => ({
  columns: columns.subarray(starts[i]!, starts[i + 1]!),
  values: values.subarray(starts[i]!, starts[i + 1]!),
})

/** Runs `work` with a row laid out in `own`, which has a place for every term, all zero before and after. */
export function beside<T>(own: Float32Array, { columns, values }: Row, work: () => T): T {
  for (let k = 0; k < columns.length; k++) own[columns[k]!] = values[k]!
  const result = work()
  for (let k = 0; k < columns.length; k++) own[columns[k]!] = 0
  return result
}

/** The same matrix with rows and columns exchanged. */
export function transpose(matrix: Sparse, width: number): Sparse {
  const flipped = {
    starts: int32(width + 1),
    columns: int32(matrix.columns.length),
    values: float32(matrix.columns.length),
  }
  exchange(matrix, flipped)
  return flipped
}

const PLACES = new Map<Field, number>(FIELDS.map((field, i) => [field, i]))

/** A title's terms, known by number, weighted; each of its fields has length 1. */
function weighted(
  terms: Int32Array,
  { fieldOf, counts }: Pick<Catalogue, 'fieldOf' | 'counts'>,
  titles: number,
): Row {
  const columns = terms.sort()
  const values = new Float32Array(columns.length)
  const norms = new Float64Array(FIELDS.length)
  columns.forEach((term, k) => {
    values[k] = Math.log(1 + titles / Math.max(1, counts[term]!))
    norms[fieldOf[term]!]! += values[k]! ** 2
  })
  columns.forEach((term, k) => {
    values[k] = values[k]! / Math.sqrt(norms[fieldOf[term]!]!)
  })
  return { columns, values }
}

/** The row of a title that need not be in the catalogue; a term that no title there has cannot be shared. */
export function rowFor(catalogue: Catalogue, title: RelatedTitle): Row {
  const numbers = termsOf(title).flatMap(
    ({ field, key }) => catalogue.vocabulary.get(`${field}:${key}`) ?? [],
  )
  return weighted(Int32Array.from(numbers), catalogue, catalogue.titles.length)
}

/**
 * Weighs every term by its rarity (inverse document frequency, Spärck Jones 1972) and norms each field of a title by
 * itself, so that the product of two rows is a cosine a field.
 */
export function catalogueOf(titles: RelatedTitle[]): Catalogue {
  const vocabulary = new Map<string, number>()
  const terms: Term[] = []
  const tally: number[] = []
  const own = titles.map((title) => {
    const numbers = termsOf(title).map((term) => {
      const id = `${term.field}:${term.key}`
      let number = vocabulary.get(id)
      if (number === undefined) {
        number = terms.push(term) - 1
        vocabulary.set(id, number)
        tally.push(0)
      }
      tally[number]!++
      return number
    })
    return Int32Array.from(numbers)
  })
  const counts = Int32Array.from(tally)
  const fieldOf = Uint8Array.from(terms, (term) => PLACES.get(term.field)!)
  const starts = int32(titles.length + 1)
  own.forEach((list, i) => {
    starts[i + 1] = starts[i]! + list.length
  })
  const columns = int32(starts[titles.length]!)
  const values = float32(columns.length)
  own.forEach((list, i) => {
    const row = weighted(list, { fieldOf, counts }, titles.length)
    columns.set(row.columns, starts[i]!)
    values.set(row.values, starts[i]!)
  })
  const rows = { starts, columns, values }
  return {
    titles,
    numbers: new Map(titles.map((title, i) => [title.id, i])),
    terms,
    vocabulary,
    fieldOf,
    counts,
    rows,
    postings: transpose(rows, terms.length),
  }
}
