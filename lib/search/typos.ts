/**
 * Edit distance with transpositions (optimal string alignment) of one query against many names.
 * Up to 31 letters run on bits (Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau
 * edit distances"); longer queries take the banded table.
 */

const BITS_MAX = 31
const NONE = 99

/** How a query lies in a name: `distance` errors against the whole of it, its beginning or a stretch inside. */
export interface TypoMatch {
  distance: number
  where: 'whole' | 'beginning' | 'inside'
}

/** Typing errors this many letters can bear: none below 4, then 1, 2 from 8, 3 from 16. */
export function errorsBorne(letterCount: number): number {
  if (letterCount < 4) return 0
  if (letterCount < 8) return 1
  return letterCount < 16 ? 2 : 3
}

/** Errors allowed when a whole name is compared: a Han character tells as much as two letters, two errors from 6. */
function errorsBorneWhole(letterCount: number, hanCount: number): number {
  const weight = letterCount + hanCount
  if (weight >= 6 && weight < 8 && hanCount === 0) return 2
  return Math.min(errorsBorne(weight), Math.floor(letterCount / 2))
}

/** Optimal string alignment distance; more than `max` is returned as 99. Time O(max × length). */
export function editDistance(a: string, b: string, max: number): number {
  return banded(a, b, max).whole
}

function banded(query: string, name: string, max: number): { whole: number; beginning: number } {
  const n = query.length
  // Beyond n + max letters the name can only be matched by its beginning.
  const m = Math.min(name.length, n + max)
  let beforeLast = new Array<number>(m + 1).fill(NONE)
  let last = Array.from({ length: m + 1 }, (_, j) => (j <= max ? j : NONE))
  for (let i = 1; i <= n; i++) {
    const row = new Array<number>(m + 1).fill(NONE)
    if (i <= max) row[0] = i
    let best = row[0]!
    for (let j = Math.max(1, i - max); j <= Math.min(m, i + max); j++) {
      const same = query.charCodeAt(i - 1) === name.charCodeAt(j - 1)
      let cost = Math.min(last[j - 1]! + (same ? 0 : 1), last[j]! + 1, row[j - 1]! + 1)
      if (
        i > 1 &&
        j > 1 &&
        query.charCodeAt(i - 1) === name.charCodeAt(j - 2) &&
        query.charCodeAt(i - 2) === name.charCodeAt(j - 1)
      )
        cost = Math.min(cost, beforeLast[j - 2]! + 1)
      row[j] = cost
      if (cost < best) best = cost
    }
    if (best > max) return { whole: NONE, beginning: NONE }
    beforeLast = last
    last = row
  }
  const whole = name.length === m && last[m]! <= max ? last[m]! : NONE
  const beginning = Math.min(...last)
  return { whole, beginning: beginning <= max ? beginning : NONE }
}

/** Measures one query against name after name. */
export class TypoMatcher {
  private readonly masks = new Map<number, number>()
  private readonly budget: number
  private readonly hanCount: number
  /** The most errors `match` can allow for any name. */
  readonly errorsMax: number

  constructor(private readonly query: string) {
    this.budget = errorsBorne(query.length)
    this.hanCount = query.match(/\p{Script=Han}/gu)?.length ?? 0
    this.errorsMax = Math.max(this.budget, errorsBorneWhole(query.length + 2, this.hanCount))
    if (query.length <= BITS_MAX)
      for (let i = 0; i < query.length; i++) {
        const code = query.charCodeAt(i)
        this.masks.set(code, (this.masks.get(code) ?? 0) | (1 << i))
      }
  }

  /** The best way the query lies in `name` within the errors allowed, or null. */
  match(name: string): TypoMatch | null {
    const n = this.query.length
    const wholeBudget = Math.min(this.errorsMax, errorsBorneWhole(Math.max(n, name.length), this.hanCount))
    const { whole, beginning } =
      n > BITS_MAX ? banded(this.query, name, wholeBudget) : this.scan(name, true, wholeBudget)
    let match: TypoMatch | null = null
    if (whole <= wholeBudget) match = { distance: whole, where: 'whole' }
    if (beginning <= this.budget && beginning < (match?.distance ?? NONE))
      match = { distance: beginning, where: 'beginning' }
    // Short stretches lie inside everything.
    if (n >= 6 && n <= BITS_MAX && name.length > n && !match) {
      const inside = this.scan(name, false, this.budget).beginning
      if (inside <= this.budget) match = { distance: inside, where: 'inside' }
    }
    return match
  }

  private scan(name: string, anchored: boolean, max: number): { whole: number; beginning: number } {
    const n = this.query.length
    const top = 1 << (n - 1)
    const carry = anchored ? 1 : 0
    const end = anchored ? Math.min(name.length, n + max) : name.length
    let vp = -1
    let vn = 0
    let diagonal = 0
    let maskBefore = 0
    let distance = n
    let beginning = n
    for (let j = 0; j < end; j++) {
      const mask = this.masks.get(name.charCodeAt(j)) ?? 0
      const swapped = ((~diagonal & mask) << 1) & maskBefore
      diagonal = (((mask & vp) + vp) ^ vp) | mask | vn | swapped
      const hp = vn | ~(diagonal | vp)
      const hn = diagonal & vp
      if (hp & top) distance++
      else if (hn & top) distance--
      const hpNext = (hp << 1) | carry
      vp = (hn << 1) | ~(diagonal | hpNext)
      vn = hpNext & diagonal
      maskBefore = mask
      if (distance < beginning) beginning = distance
    }
    return { whole: end === name.length ? distance : NONE, beginning }
  }
}
