/**
 * Pure. Every show that a list can hold as a row of numbers, so that a list, its total and the counts beside its filters
 * are worked out in this process. Words are numbered in the order the database sorts them, rows in that of the titles:
 * what the database would compare as text is compared here as numbers.
 *
 * One column a trait and one pass over it a filter, as in column stores (Abadi and others, "The Design and Implementation
 * of Modern Column-Oriented Database Systems", 2013). About 80 bytes a show beside its address and its title.
 */
import type { LAMPS, SHOW_STATUSES } from '@/db/schema/words'
import type { BrowseCursor, BrowseFilter } from './browse'

/** A choice of a filter with the number of shows behind it. */
export interface Facet {
  value: string
  label: string
  count: number
}

/** The filters that offer their values with counts. */
export const FACETS = ['genre', 'tag', 'country', 'language', 'year', 'network', 'kind'] as const
export type FacetName = (typeof FACETS)[number]
export type Facets = Record<FacetName, Facet[]>

/** Traits of which a show may have several. */
const MANY = ['genre', 'tag'] as const
/** Traits of which it has one or none. */
const ONE = ['country', 'language', 'year', 'network', 'kind'] as const
type Many = (typeof MANY)[number]
type One = (typeof ONE)[number]

/** What a filter's address and its menu call a trait. */
export type Word = Pick<Facet, 'value' | 'label'>
/** All words of each trait, as the database sorts their labels. */
export type Words = Record<FacetName, Word[]>

/** A show's state where lists ask for it; dates are `YYYY-MM-DD`. */
export interface ListedState {
  id: number
  status: (typeof SHOW_STATUSES)[number]
  lamp: (typeof LAMPS)[number]
  lastPremiere: string | null
  nextEarliest: string | null
}

/** A show as it enters the table; traits are places in `Words`. */
export interface ListedShow extends Record<One, number | null>, Record<Many, readonly number[]> {
  id: number
  slug: string
  popularity: number
  /** The title as lists are sorted by it. */
  titleKey: string
}

/** In the place of a code where there is none. */
export const NONE = -1
/** Sorts after every date; where a show has no date to wait for. */
const UNDATED = 100_000_000

/** A trait of which a show may have several. */
export interface Several {
  /** Row i has `codes[from[i]]` up to, without, `codes[from[i + 1]]`. */
  from: Int32Array
  codes: Int32Array
  /** The first code with the value of a code: two tags of one address are one choice. */
  firstOf: Int32Array
}

/** Use `listTableOf` to make one. */
export interface ListTable {
  words: Words
  ids: Int32Array
  slugs: string[]
  titleKeys: string[]
  popularity: Float64Array
  /** The code of each row's trait, `NONE` where it has none. */
  one: Record<One, Int32Array>
  many: Record<Many, Several>
  /** Places in `states`; `NONE` where the show has no state yet, and so stands in no list. */
  status: Int32Array
  lamp: Int32Array
  states: { status: string[]; lamp: string[] }
  /** Dates as numbers, 20270314. */
  lastPremiere: Int32Array
  nextEarliest: Int32Array
  /** Rows by id, and in the orders that somebody has asked for. */
  byId: Int32Array
  orders: Partial<Record<BrowseFilter['sort'], Int32Array>>
  /** The counts beside the filters that were asked for last, by their words: every order and page of a list has the same. */
  facets: Map<string, Facets>
}

const dateNumber = (date: string) => Number(date.replaceAll('-', ''))
const dateText = (date: number) => {
  const digits = String(date).padStart(8, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}

/** @param shows in the order of their `titleKey` and id, as the database sorts them */
export function listTableOf(
  shows: readonly ListedShow[],
  words: Words,
  states: Iterable<ListedState>,
): ListTable {
  const ids = Int32Array.from(shows, ({ id }) => id)
  const column = (name: One) => Int32Array.from(shows, (show) => show[name] ?? NONE)
  const several = (name: Many): Several => {
    const from = new Int32Array(shows.length + 1)
    shows.forEach((show, row) => {
      from[row + 1] = from[row]! + show[name].length
    })
    const codes = new Int32Array(from[shows.length]!)
    shows.forEach((show, row) => {
      codes.set(show[name], from[row])
    })
    const first = new Map<string, number>()
    const firstOf = Int32Array.from(words[name], ({ value }, code) => {
      if (!first.has(value)) first.set(value, code)
      return first.get(value)!
    })
    return { from, codes, firstOf }
  }
  const table: ListTable = {
    words,
    ids,
    slugs: shows.map(({ slug }) => slug),
    titleKeys: shows.map(({ titleKey }) => titleKey),
    popularity: Float64Array.from(shows, ({ popularity }) => popularity),
    one: Object.fromEntries(ONE.map((name) => [name, column(name)])) as ListTable['one'],
    many: Object.fromEntries(MANY.map((name) => [name, several(name)])) as ListTable['many'],
    status: new Int32Array(shows.length).fill(NONE),
    lamp: new Int32Array(shows.length).fill(NONE),
    states: { status: [], lamp: [] },
    lastPremiere: new Int32Array(shows.length),
    nextEarliest: new Int32Array(shows.length),
    byId: Int32Array.from(ids.keys()).sort((a, b) => ids[a]! - ids[b]!),
    orders: {},
    facets: new Map(),
  }
  setStates(table, states)
  return table
}

/** The row of a show; -1 where it is not in the table. */
export function rowOf({ byId, ids }: ListTable, id: number): number {
  const at = firstFrom(byId, (row) => ids[row]! >= id)
  const row = byId[at]
  return row !== undefined && ids[row] === id ? row : NONE
}

/** Puts shows' states in the place of those they had; shows that are not in the table are passed over. */
export function setStates(table: ListTable, states: Iterable<ListedState>): void {
  const place = (list: string[], word: string) => {
    const at = list.indexOf(word)
    return at < 0 ? list.push(word) - 1 : at
  }
  for (const { id, status, lamp, lastPremiere, nextEarliest } of states) {
    const row = rowOf(table, id)
    if (row === NONE) continue
    table.status[row] = place(table.states.status, status)
    table.lamp[row] = place(table.states.lamp, lamp)
    table.lastPremiere[row] = lastPremiere === null ? 0 : dateNumber(lastPremiere)
    table.nextEarliest[row] = nextEarliest === null ? UNDATED : dateNumber(nextEarliest)
  }
  table.facets.clear()
  delete table.orders.newest
  delete table.orders.next
}

/** The first place of sorted rows from which on `isThere` is true. */
function firstFrom(rows: Int32Array, isThere: (row: number) => boolean): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isThere(rows[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

/** Rows in an order; shows that stand alike go by id. */
function orderOf(table: ListTable, sort: BrowseFilter['sort']): Int32Array {
  const kept = table.orders[sort]
  if (kept) return kept
  const { ids } = table
  const by = (key: Float64Array | Int32Array, sign: 1 | -1) => (a: number, b: number) =>
    sign * (key[a]! - key[b]!) || ids[a]! - ids[b]!
  const rows = Int32Array.from(ids.keys())
  if (sort === 'popular') rows.sort(by(table.popularity, -1))
  if (sort === 'newest') rows.sort(by(table.lastPremiere, -1))
  if (sort === 'next') rows.sort(by(table.nextEarliest, 1))
  table.orders[sort] = rows
  return rows
}

/** A row's key in an order, as cursors hold it: the far ends that stand for "undated" are not dates anybody sees. */
export function sortKey(table: ListTable, sort: BrowseFilter['sort'], row: number): string {
  if (sort === 'popular') return String(table.popularity[row])
  if (sort === 'title') return table.titleKeys[row]!
  if (sort === 'newest') return table.lastPremiere[row] ? dateText(table.lastPremiere[row]!) : ''
  return table.nextEarliest[row] === UNDATED ? '~' : dateText(table.nextEarliest[row]!)
}

/** How many rows of an order stand before a cursor; null where only the database can say: a title that is no longer. */
function placeOf(table: ListTable, sort: BrowseFilter['sort'], { key, id }: BrowseCursor): number | null {
  if (sort === 'title') {
    const row = rowOf(table, id)
    return row !== NONE && table.titleKeys[row] === key ? row : null
  }
  const { ids, popularity } = table
  const isAt = (row: number, differ: number) => differ > 0 || (differ === 0 && ids[row]! >= id)
  if (sort === 'popular')
    return firstFrom(orderOf(table, sort), (row) => isAt(row, Number(key) - popularity[row]!))
  const sign = sort === 'next' ? 1 : -1
  return firstFrom(orderOf(table, sort), (row) => {
    const own = sortKey(table, sort, row)
    return isAt(row, own === key ? 0 : own > key ? sign : -sign)
  })
}

/** Which of a filter's demands each row fails: bit n for the n-th of `names`. */
export interface Fails {
  names: (keyof BrowseFilter)[]
  bits: Int32Array
}

/** In place of a demand that every list makes: to have a state. */
const STATELESS = 1 << 30

/** The demands of a filter with what each row fails. */
export function failsOf(
  table: ListTable,
  filter: BrowseFilter,
  personIds: readonly number[] | undefined,
): Fails {
  const rows = table.ids.length
  const bits = new Int32Array(rows)
  const names: Fails['names'] = []
  for (let row = 0; row < rows; row++) if (table.status[row] === NONE) bits[row] = STATELESS
  const demand = (name: keyof BrowseFilter) => 1 << (names.push(name) - 1)
  const column = (
    name: keyof BrowseFilter,
    of: Int32Array,
    isAsked: (code: number) => boolean,
    codes: number,
  ) => {
    const bit = demand(name)
    // Its first place is for NONE: an index before the first would cost more than the rest of the pass.
    const asked = new Uint8Array(codes + 1)
    for (let code = 0; code < codes; code++) if (isAsked(code)) asked[code + 1] = 1
    for (let row = 0; row < rows; row++) if (asked[of[row]! + 1] === 0) bits[row]! |= bit
  }
  for (const name of ONE) {
    const value = filter[name]
    const words = table.words[name]
    if (value) column(name, table.one[name], (code) => words[code]!.value === value, words.length)
  }
  for (const name of ['status', 'lamp'] as const) {
    const value = filter[name]
    const words = table.states[name]
    if (value) column(name, table[name], (code) => words[code] === value, words.length)
  }
  for (const name of MANY) {
    const value = filter[name]
    if (!value) continue
    const bit = demand(name)
    const asked = Uint8Array.from(table.words[name], (word) => (word.value === value ? 1 : 0))
    const { from, codes } = table.many[name]
    for (let row = 0; row < rows; row++) {
      let at = from[row]!
      const end = from[row + 1]!
      while (at < end && !asked[codes[at]!]) at++
      if (at === end) bits[row]! |= bit
    }
  }
  if (filter.person) {
    const bit = demand('person')
    const named = new Uint8Array(rows)
    for (const id of personIds ?? []) {
      const row = rowOf(table, id)
      if (row !== NONE) named[row] = 1
    }
    for (let row = 0; row < rows; row++) if (!named[row]) bits[row]! |= bit
  }
  return { names, bits }
}

/** A page of a list as rows of the table, with how many shows the whole list has. */
export interface ListedPage {
  rows: number[]
  /** More rows follow, in the direction of the cursor. */
  hasMore: boolean
  total: number
}

/**
 * A page of a list, `limit` rows at most.
 * @param personIds the shows of `filter.person`
 * @returns undefined where the cursor names a title that no show has now: ask again with `before`, the number of shows
 *   that the database sorts before it
 */
export function pageOf(
  table: ListTable,
  filter: BrowseFilter,
  limit: number,
  { personIds, before }: { personIds?: readonly number[] | undefined; before?: number | undefined } = {},
): ListedPage | undefined {
  const { sort, cursor } = filter
  const place = cursor ? (before ?? placeOf(table, sort, cursor)) : 0
  if (place === null) return undefined
  const { bits } = failsOf(table, filter, personIds)
  let total = 0
  for (let row = 0; row < bits.length; row++) if (bits[row] === 0) total++
  const order = orderOf(table, sort)
  const back = cursor?.direction === 'previous'
  const rows: number[] = []
  const isCursor = (row: number) =>
    cursor !== undefined && table.ids[row] === cursor.id && isAtKey(table, sort, row, cursor.key)
  for (let at = back ? place - 1 : place; rows.length <= limit; at += back ? -1 : 1) {
    const row = order[at]
    if (row === undefined) break
    if (bits[row] === 0 && !isCursor(row)) rows.push(row)
  }
  const page = rows.slice(0, limit)
  if (back) page.reverse()
  return { rows: page, hasMore: rows.length > limit, total }
}

const isAtKey = (table: ListTable, sort: BrowseFilter['sort'], row: number, key: string) =>
  sort === 'popular' ? table.popularity[row] === Number(key) : sortKey(table, sort, row) === key
