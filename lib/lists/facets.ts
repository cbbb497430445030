/** Pure. The counts beside the filters of a list: how many shows each other choice would leave. */
import type { BrowseFilter } from './browse'
import {
  FACETS,
  type Facet,
  type FacetName,
  type Facets,
  failsOf,
  type ListTable,
  NONE,
  type Several,
} from './table'

/** Counts of so many lists are kept; one takes some hundred kilobytes. */
const FACETS_KEPT = 20

/**
 * Every value of each filter that holds at least one show beside the other filters in force, most shows first, years the
 * newest first. A value is called by the first of its labels that a counted show has.
 */
export function facetsOf(table: ListTable, filter: BrowseFilter, personIds?: readonly number[]): Facets {
  const { sort: _sort, cursor: _cursor, ...demands } = filter
  // Whose shows they are is asked anew each time.
  if (personIds) return countFacets(table, filter, personIds)
  const key = JSON.stringify(
    Object.entries(demands)
      .filter(([, value]) => value)
      .sort(),
  )
  const facets = table.facets.get(key) ?? countFacets(table, filter)
  table.facets.delete(key)
  table.facets.set(key, facets)
  if (table.facets.size > FACETS_KEPT) table.facets.delete(table.facets.keys().next().value!)
  return facets
}

function countFacets(table: ListTable, filter: BrowseFilter, personIds?: readonly number[]): Facets {
  const { names, bits } = failsOf(table, filter, personIds)
  const choices = (name: FacetName): Facet[] => {
    const at = names.indexOf(name)
    // What is chosen from is counted among the shows that fail nothing else.
    const rows = rowsWithin(bits, at < 0 ? 0 : 1 << at)
    const found =
      name === 'genre' || name === 'tag'
        ? countMany(table.many[name], rows)
        : countOne(table.one[name], table.words[name].length, rows)
    return found
      .sort((a, b) => (name === 'year' ? b.code - a.code : b.count - a.count || a.code - b.code))
      .map(({ code, count }) => ({ ...table.words[name][code]!, count }))
  }
  const kept = new Map<number, Int32Array>()
  function rowsWithin(all: Int32Array, allowed: number): Int32Array {
    const there = kept.get(allowed)
    if (there) return there
    const rows = new Int32Array(all.length)
    let count = 0
    for (let row = 0; row < all.length; row++) if ((all[row]! & ~allowed) === 0) rows[count++] = row
    const found = rows.subarray(0, count)
    kept.set(allowed, found)
    return found
  }
  return Object.fromEntries(FACETS.map((name) => [name, choices(name)])) as Facets
}

interface Count {
  code: number
  count: number
}

/** Counts that are not zero, by the code that `codeOf` gives for their place. */
function counted(counts: Int32Array, codeOf: (place: number) => number): Count[] {
  const found: Count[] = []
  for (let place = 0; place < counts.length; place++)
    if (counts[place]! > 0) found.push({ code: codeOf(place), count: counts[place]! })
  return found
}

function countOne(column: Int32Array, codes: number, rows: Int32Array): Count[] {
  const counts = new Int32Array(codes)
  for (let i = 0; i < rows.length; i++) {
    const code = column[rows[i]!]!
    if (code !== NONE) counts[code]! += 1
  }
  return counted(counts, (code) => code)
}

function countMany({ from, codes, firstOf }: Several, rows: Int32Array): Count[] {
  const counts = new Int32Array(firstOf.length)
  const least = new Int32Array(firstOf.length).fill(firstOf.length)
  const seenIn = new Int32Array(firstOf.length).fill(NONE)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const end = from[row + 1]!
    for (let at = from[row]!; at < end; at++) {
      const code = codes[at]!
      const value = firstOf[code]!
      if (code < least[value]!) least[value] = code
      // A show with two tags of one address counts once.
      if (seenIn[value] === row) continue
      seenIn[value] = row
      counts[value]! += 1
    }
  }
  return counted(counts, (value) => least[value]!)
}
