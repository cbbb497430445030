/** What the fields of foreign lists are read with: every function takes anything and answers with a value of ours or null. */
import { z } from 'zod'
import { isSlug } from '@/lib/shared/slug'
import { withoutUnsafeCharacters } from '@/lib/shared/text'
import type { Ids, ListRow, Namespace, Parsed, WatchState } from '../types'

const TITLE_LENGTH_MAX = 300
const SEASON_MAX = 1000

/** Text for people: one line, without characters that lie on screen, of bounded length; null where nothing is left. */
export function titleOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = withoutUnsafeCharacters(String(value).slice(0, 4 * TITLE_LENGTH_MAX))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, TITLE_LENGTH_MAX)
  return text.toWellFormed() || null
}

/** A year from a year or a date that begins with one; year 1 is how some services write "none". */
export function yearOf(value: unknown): number | null {
  const year = Number(/^\s*(\d{4})(?!\d)/.exec(String(value ?? ''))?.[1])
  return year >= 1900 && year <= 2100 ? year : null
}

/** A season's number. Specials (0) and seasons numbered by years or worse are none. */
export function seasonOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value ?? Number.NaN)
  return Number.isInteger(number) && number >= 1 && number <= SEASON_MAX ? number : null
}

/** A number as other services hand out; Go prints big ones as `1.168e+07`. -1 and 0 are how some write "none". */
export function numberId(value: unknown): string | null {
  const text = String(value ?? '').trim()
  if (/^[1-9]\d{0,11}$/.test(text)) return text
  const number = /^\d(\.\d+)?e\+?\d{1,2}$/i.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) && number > 0 ? String(number) : null
}

/** An IMDb title's id. */
export function imdbId(value: unknown): string | null {
  return /\btt\d{5,10}\b/.exec(String(value ?? ''))?.[0] ?? null
}

/** A slug of ours. */
export function slugOf(value: unknown): string | null {
  const text = String(value ?? '').trim()
  return isSlug(text) ? text : null
}

/** The ids that are there, each read as its namespace writes them. */
export function idsOf(found: Partial<Record<Namespace, unknown>>): Ids {
  const ids: Ids = {}
  for (const [namespace, value] of Object.entries(found) as [Namespace, unknown][]) {
    const id =
      namespace === 'imdb' ? imdbId(value) : namespace === 'greenlit' ? slugOf(value) : numberId(value)
    if (id) ids[namespace] = id
  }
  return ids
}

const STATES: Record<string, WatchState> = {
  watching: 'watching',
  current: 'watching',
  'in progress': 'watching',
  'on hold': 'watching',
  onhold: 'watching',
  hold: 'watching',
  paused: 'watching',
  repeating: 'watching',
  rewatching: 'watching',
  continuing: 'watching',
  'up to date': 'watching',
  completed: 'completed',
  complete: 'completed',
  finished: 'completed',
  watched: 'completed',
  planned: 'planned',
  planning: 'planned',
  'plan to watch': 'planned',
  plantowatch: 'planned',
  'not started yet': 'planned',
  watchlist: 'planned',
  'for later': 'planned',
  dropped: 'dropped',
  stopped: 'dropped',
  'not interesting': 'dropped',
  abandoned: 'dropped',
  hidden: 'hidden',
}

/** A state in any service's words; `otherwise` where the word says nothing. */
export function stateOf(word: unknown, otherwise: WatchState = 'watching'): WatchState {
  const key = String(word ?? '')
    .trim()
    .toLowerCase()
    .replace(/[_-]+/g, ' ')
  return Object.hasOwn(STATES, key) ? STATES[key]! : otherwise
}

/** True for what services write for yes. */
export const isYes = (value: unknown): boolean => /^(true|1|yes|y)$/i.test(String(value ?? '').trim())
/** True for what services write for no; blank is neither. */
export const isNo = (value: unknown): boolean => /^(false|0|no|n)$/i.test(String(value ?? '').trim())

/** Rows and the ones that could not be taken, as they are read. */
export class Rows implements Parsed {
  readonly rows: ListRow[] = []
  readonly unreadable: Parsed['unreadable'] = []

  /** Takes a row; one with neither a name nor an id means nothing to anybody. */
  add(row: Partial<ListRow>, line: number | null = null): void {
    const {
      title = null,
      year = null,
      ids = {},
      kind = 'show',
      season = null,
      state = 'watching',
      wanted,
    } = row
    if (title === null && Object.keys(ids).length === 0)
      this.refuse(line, null, 'It has neither a title nor an id.')
    else this.rows.push({ title, year, ids, kind, season, state, ...(wanted && { wanted }) })
  }

  refuse(line: number | null, title: string | null, reason: string): void {
    this.unreadable.push({ line, title, reason })
  }
}

/**
 * Reads a JSON list item by item: `schema` says what an item of this service looks like; one that does not is
 * kept as unreadable. Null where the first item is none of the service's, so another format may claim the list.
 */
export function readItems<T>(
  items: unknown,
  schema: z.ZodType<T>,
  take: (item: T, rows: Rows, line: number) => void,
): Rows | null {
  if (!Array.isArray(items) || items.length === 0 || !schema.safeParse(items[0]).success) return null
  const rows = new Rows()
  for (const [index, item] of items.entries()) {
    const read = schema.safeParse(item)
    if (read.success) take(read.data, rows, index + 1)
    else rows.refuse(index + 1, null, 'It is not built like the other items of this list.')
  }
  return rows
}

/** Any value, there or not: for fields that a scalar reads. */
export const any = z.unknown()
/** An object's property, where the value is an object that has it. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<string, unknown>)[key]
  }
  return here
}
/** A list's items; none where the value is no list. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
/** The highest season some of whose episodes are marked as seen. */
export function lastSeason(
  seasons: unknown,
  numberOf: (season: unknown) => unknown,
  seen: (episode: unknown) => boolean,
): number | null {
  let last: number | null = null
  for (const season of listOf(seasons)) {
    const number = seasonOf(numberOf(season))
    if (number !== null && number > (last ?? 0) && listOf(at(season, 'episodes')).some(seen)) last = number
  }
  return last
}
