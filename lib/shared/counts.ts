/**
 * What happened in this process, as plain numbers: requests, cache hits, limits. Adding one costs well under a
 * microsecond, so the server counts every request; lib/operations/metrics reads the numbers when somebody asks.
 */

/** Upper bounds of the classes of durations, in seconds; beyond the last there is one more class. */
export const DURATION_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Places that are told apart; what comes after them is `other`. Labels are kept for good, so they are bounded. */
const PLACES_MAX = 100
const LIMITS_MAX = 100

/** Requests of one place. */
export interface PlaceCounts {
  /** How many had each status; the index is the status. */
  statuses: Float64Array
  /** How many fell in each class of `DURATION_BOUNDS`, not summed up. */
  durations: Float64Array
  secondsSum: number
}

/** All counts of this process since it began. */
export interface Counts {
  places: Map<string, PlaceCounts>
  /** Answers of the page cache by what it was: `hit`, `stale`, `miss` … */
  cacheResults: Map<string, number>
  cacheBytes: number
  cacheEntries: number
  /** How often each limit refused. */
  limits: Map<string, number>
}

// Next bundles this file anew beside the server's own copy; both count in one place.
const COUNTS = Symbol.for('greenlit.counts')
const shared = globalThis as { [COUNTS]?: Counts }

/** The counts of this process, to be read. */
export function counts(): Counts {
  shared[COUNTS] ??= {
    places: new Map(),
    cacheResults: new Map(),
    cacheBytes: 0,
    cacheEntries: 0,
    limits: new Map(),
  }
  return shared[COUNTS]
}

function placeCounts(place: string): PlaceCounts {
  const { places } = counts()
  const known = places.get(place)
  if (known) return known
  if (places.size >= PLACES_MAX && place !== 'other') return placeCounts('other')
  const fresh = {
    statuses: new Float64Array(600),
    durations: new Float64Array(DURATION_BOUNDS.length + 1),
    secondsSum: 0,
  }
  places.set(place, fresh)
  return fresh
}

/**
 * Counts one answered request.
 * @param place what was asked for, one of few words: a route's pattern, never an address
 * @param seconds from the request's first line to the answer's last byte
 */
export function countRequest(place: string, status: number, seconds: number): void {
  const of = placeCounts(place)
  of.statuses[status]! += 1 // a status beyond 599 is none: an index that is not there stays away
  let class_ = 0
  while (class_ < DURATION_BOUNDS.length && seconds > DURATION_BOUNDS[class_]!) class_++
  of.durations[class_]! += 1
  of.secondsSum += seconds
}

/** Counts one answer of the page cache. @param result one of few words: `hit`, `stale`, `miss` … */
export function countCache(result: string): void {
  const { cacheResults } = counts()
  cacheResults.set(result, (cacheResults.get(result) ?? 0) + 1)
}

/** Says how large the page cache is now. */
export function setCache(bytes: number, entries: number): void {
  const all = counts()
  all.cacheBytes = bytes
  all.cacheEntries = entries
}

/** Counts one refusal by a limit, by the limit's name. */
export function countLimit(name: string): void {
  const { limits } = counts()
  const of = limits.has(name) || limits.size < LIMITS_MAX ? name : 'other'
  limits.set(of, (limits.get(of) ?? 0) + 1)
}
