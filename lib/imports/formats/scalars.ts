/** What the fields of foreign lists are read with: every function takes anything and answers with a value of ours or null. */
import { z } from 'zod'
import { decodeEntities } from '@/lib/shared/entities'
import { SEASON_MAX } from '@/lib/shared/season-part'
import { isSlug } from '@/lib/shared/slug'
import { withoutUnsafeCharacters } from '@/lib/shared/text'
import type { Ids, ListRow, Namespace, Parsed, WatchState } from '../types'

const TITLE_LENGTH_MAX = 300

/** Text for people: one line, without characters that lie on screen, of bounded length; null where nothing is left. */
export function titleOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = withoutUnsafeCharacters(decodeEntities(String(value).slice(0, 4 * TITLE_LENGTH_MAX)))
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
export function ownSlug(value: unknown): string | null {
  const text = String(value ?? '').trim()
  return isSlug(text) ? text : null
}

/** The ids that are there, each read as its namespace writes them. */
export function idsOf(found: Partial<Record<Namespace, unknown>>): Ids {
  const ids: Ids = {}
  for (const [namespace, value] of Object.entries(found) as [Namespace, unknown][]) {
    const id =
      namespace === 'imdb' ? imdbId(value) : namespace === 'greenlit' ? ownSlug(value) : numberId(value)
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

const FILM_WORDS = new Set(['movie', 'movies', 'film', 'films', 'tvmovie', 'short', 'feature'])
const SHOW_WORDS = new Set([
  'show',
  'shows',
  'tv',
  'tvshow',
  'series',
  'tvseries',
  'miniseries',
  'anime',
  'ona',
  'ova',
])

/** What a service's word for a title's type means; a blank says nothing, and of a word nobody knows nothing is known. */
export function kindOf(word: unknown): ListRow['kind'] {
  const key = String(word ?? '')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
  if (key === '') return 'unsaid'
  return FILM_WORDS.has(key) ? 'film' : SHOW_WORDS.has(key) ? 'show' : 'unknown'
}

/** True for what services write for yes. */
export const isYes = (value: unknown): boolean => /^(true|1|yes|y)$/i.test(String(value ?? '').trim())
/** True for what services write for no; blank is neither. */
export const isNo = (value: unknown): boolean => /^(false|0|no|n)$/i.test(String(value ?? '').trim())

const NAMELESS = 'It has neither a title nor an id.'

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
      orNames,
    } = row
    if (title === null && Object.keys(ids).length === 0) this.refuse(line, null, NAMELESS)
    else this.rows.push({ title, year, ids, kind, season, state, wanted, orNames })
  }

  refuse(line: number | null, title: string | null, reason: string): void {
    this.unreadable.push({ line, title, reason })
  }

  /** Leaves out what is no series, under its name. */
  leaveOut(line: number | null, title: string | null, reason: string): void {
    this.unreadable.push({ line, title, reason, leftOut: true })
  }
}

/** What is said of an item that its service's own are not like. */
export const ODD = 'It is not built like the other items of this list.'
/** Items that are looked at to tell whose list it is. */
const SAMPLE_MAX = 200
const NAMED = ['title', 'name', 'Name', 'seriesName', 'original_title']

/** A name somewhere in an item, to call it by; null where it has none, at most three deep. */
export function nameIn(item: unknown, depth = 3): string | null {
  if (typeof item !== 'object' || item === null) return depth === 3 ? titleOf(item) : null
  for (const key of NAMED) {
    const name = titleOf(at(item, key))
    if (name) return name
  }
  if (depth === 0 || Array.isArray(item)) return null
  for (const part of Object.values(item)) {
    const name = nameIn(part, depth - 1)
    if (name) return name
  }
  return null
}

/** True where some of a list's items are as `schema` says, wherever in the list they stand. */
export function someFit(items: unknown, schema: z.ZodType): items is unknown[] {
  if (!Array.isArray(items)) return false
  const step = Math.max(1, Math.floor(items.length / SAMPLE_MAX))
  for (let i = 0; i < items.length; i += step) if (schema.safeParse(items[i]).success) return true
  return false
}

/**
 * Reads a JSON list item by item. `schema` tells whose list it is; an item that is not so is read as far as it goes, its
 * kind in doubt, or kept as unreadable under the name it bears. Null where none of the items is the service's.
 */
export function readItems(
  items: unknown,
  schema: z.ZodType,
  take: (item: unknown, rows: Rows, line: number) => void,
): Rows | null {
  if (!someFit(items, schema)) return null
  const rows = new Rows()
  for (const [index, item] of items.entries()) {
    const [read, refused] = [rows.rows.length, rows.unreadable.length]
    const odd = !schema.safeParse(item).success
    if (typeof item === 'object' && item !== null) take(item, rows, index + 1)
    for (const row of rows.rows.slice(read)) if (odd && row.kind === 'show') row.kind = 'unknown'
    const said = rows.unreadable.slice(refused).some(({ reason }) => reason !== NAMELESS)
    if (odd && !said && rows.rows.length === read) {
      rows.unreadable.length = refused
      rows.refuse(index + 1, nameIn(item), ODD)
    }
    for (const row of rows.unreadable.slice(refused)) row.title ??= nameIn(item)
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
