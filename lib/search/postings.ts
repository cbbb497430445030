/** Lists of rows by a key, in two arrays of numbers: a tenth of the memory that a map of lists takes. Pure. */

/** Numbers that grow in number, kept outside the heap. */
export class NumberList {
  private numbers = new Int32Array(1_024)
  length = 0

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Int32Array(2 * this.length)
      larger.set(this.numbers)
      this.numbers = larger
    }
    this.numbers[this.length++] = number
  }

  at(place: number): number {
    return this.numbers[place]!
  }

  /** What it holds, in memory of just that size. */
  whole(): Int32Array {
    return this.numbers.slice(0, this.length)
  }
}

/** The rows of key `k`, ascending: `rows[from[k]]` up to, without, `rows[from[k + 1]]`. */
export interface Postings {
  from: Int32Array
  rows: Int32Array
}

/** The rows of a key. */
export const rowsOf = ({ from, rows }: Postings, key: number): Int32Array =>
  rows.subarray(from[key]!, from[key + 1]!)

/** Notes rows under keys that are numbered as they come; rows come in ascending order, and count once a key. */
export class PostingsBuilder<Key> {
  private readonly places = new Map<Key, number>()
  private readonly keyOf = new NumberList()
  private readonly rowOf = new NumberList()

  /** The number of a key, which it gets if it has none yet. */
  number(key: Key): number {
    let place = this.places.get(key)
    if (place === undefined) {
      place = this.places.size
      this.places.set(key, place)
    }
    return place
  }

  add(key: Key, row: number): void {
    this.keyOf.push(this.number(key))
    this.rowOf.push(row)
  }

  /** Keys in the order of `compare`, their postings, and the place of each key by the number it had. */
  build(compare: (a: Key, b: Key) => number): { keys: Key[]; postings: Postings; placeOf: Int32Array } {
    const keys = [...this.places.keys()].sort(compare)
    const placeOf = new Int32Array(keys.length)
    keys.forEach((key, place) => {
      placeOf[this.places.get(key)!] = place
    })
    const isNext = this.once(placeOf)
    const from = new Int32Array(keys.length + 1)
    for (let i = 0; i < this.keyOf.length; i++) if (isNext(i)) from[placeOf[this.keyOf.at(i)]! + 1]! += 1
    for (let key = 0; key < keys.length; key++) from[key + 1]! += from[key]!
    const rows = new Int32Array(from[keys.length]!)
    const next = from.slice()
    const isNew = this.once(placeOf)
    for (let i = 0; i < this.keyOf.length; i++)
      if (isNew(i)) rows[next[placeOf[this.keyOf.at(i)]!]!++] = this.rowOf.at(i)
    return { keys, postings: { from, rows }, placeOf }
  }

  /** Tells, of entries in their order, the first of each row under its key. */
  private once(placeOf: Int32Array): (entry: number) => boolean {
    const last = new Int32Array(placeOf.length).fill(-1)
    return (entry) => {
      const key = this.keyOf.at(entry)
      const row = this.rowOf.at(entry)
      if (last[key] === row) return false
      last[key] = row
      return true
    }
  }
}
