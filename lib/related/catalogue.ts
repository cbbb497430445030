/** The catalogue as numbers: every title's terms by field, weighted, and the postings of every term. */
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
  /** For each term, the place of its field in FIELDS. */
  fieldOf: Uint8Array
  /** For each term, how many titles have it. */
  counts: Int32Array
  /** Titles by terms, each field of a title of length 1. */
  rows: Sparse
  /** The same, terms by titles. */
  postings: Sparse
}

/** The same matrix with rows and columns exchanged. */
export function transpose({ starts, columns, values }: Sparse, width: number): Sparse {
  const heads = new Int32Array(width + 1)
  for (const column of columns) heads[column + 1]!++
  for (let c = 0; c < width; c++) heads[c + 1]! += heads[c]!
  const next = heads.slice()
  const flipped = {
    starts: heads,
    columns: new Int32Array(columns.length),
    values: new Float32Array(columns.length),
  }
  for (let row = 0; row + 1 < starts.length; row++)
    for (let k = starts[row]!; k < starts[row + 1]!; k++) {
      const place = next[columns[k]!]!++
      flipped.columns[place] = row
      flipped.values[place] = values[k]!
    }
  return flipped
}

/**
 * Weighs every term by its rarity (inverse document frequency, Spärck Jones 1972) and norms each field of a title by
 * itself, so that the product of two rows is a cosine a field. A term that one title alone has adds to its length only.
 */
export function catalogueOf(titles: RelatedTitle[]): Catalogue {
  const numbers = new Map<string, number>()
  const terms: Term[] = []
  const counts: number[] = []
  const own = titles.map((title) =>
    termsOf(title).map((term) => {
      const id = `${term.field}:${term.key}`
      let number = numbers.get(id)
      if (number === undefined) {
        number = terms.push(term) - 1
        numbers.set(id, number)
        counts.push(0)
      }
      counts[number]!++
      return number
    }),
  )
  const places = new Map<Field, number>(FIELDS.map((field, i) => [field, i]))
  const fieldOf = Uint8Array.from(terms, (term) => places.get(term.field)!)
  const starts = new Int32Array(titles.length + 1)
  own.forEach((list, i) => {
    starts[i + 1] = starts[i]! + list.length
  })
  const columns = new Int32Array(starts[titles.length]!)
  const values = new Float32Array(columns.length)
  const norms = new Float64Array(FIELDS.length)
  own.forEach((list, i) => {
    const sorted = Int32Array.from(list).sort()
    columns.set(sorted, starts[i]!)
    norms.fill(0)
    const rarity = (term: number) => Math.log(1 + titles.length / counts[term]!)
    for (const term of sorted) norms[fieldOf[term]!]! += rarity(term) ** 2
    sorted.forEach((term, k) => {
      values[starts[i]! + k] = rarity(term) / Math.sqrt(norms[fieldOf[term]!]!)
    })
  })
  const rows = { starts, columns, values }
  return {
    titles,
    numbers: new Map(titles.map((title, i) => [title.id, i])),
    terms,
    fieldOf,
    counts: Int32Array.from(counts),
    rows,
    postings: transpose(rows, terms.length),
  }
}
