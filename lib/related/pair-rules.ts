/** Pure rules of pairs that people name: what a reason may say, what a list may be called, what its rows mean. */
import { findAddress } from '@/lib/shared/address-in-text'
import { hasUnsafeCharacters } from '@/lib/shared/text'
import { FileError, onePerPair, type PairRow } from './files'
import type { Pair } from './types'

/** So many readers must name a pair before it counts; pairs.ts says whose voice is heard. */
export const VOICES_NEEDED = 2
/** A reason's length in characters. */
export const REASON_MIN = 10
export const REASON_MAX = 200
const SOURCE_MAX = 60
/** More people than any list can have behind a pair. */
const WEIGHT_MAX = 1_000_000_000

export type Read<T> = { ok: true; value: T } | { ok: false; message: string }

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** A text with some titles in it made one letter each: "SSSS.GRIDMAN" is no address where it is the show spoken of. */
function withoutTitles(text: string, titles: string[]): string {
  const named = titles.filter(Boolean).sort((a, b) => b.length - a.length)
  if (named.length === 0) return text
  return text.replace(new RegExp(`(?<!\\p{L})(?:${named.map(escaped).join('|')})(?!\\p{L})`, 'giu'), 'x')
}

/**
 * Why two shows belong together, as a reader typed it: one line of plain words, 10 to 200 characters, with no address of
 * any kind in it. An operator reads it, and what leads elsewhere would be the point of most that is sent by machines.
 * @param titles of the two shows, which may be spoken of whatever they look like
 */
export function readReason(typed: string, titles: string[] = []): Read<string> {
  const reason = typed.replace(/\s+/g, ' ').trim()
  const length = [...reason].length
  if (hasUnsafeCharacters(reason))
    return { ok: false, message: 'A reason is plain text: letters and signs alone.' }
  if (length < REASON_MIN || length > REASON_MAX)
    return {
      ok: false,
      message: `Say in ${REASON_MIN} to ${REASON_MAX} characters why they belong together; these are ${length}.`,
    }
  if (!/\p{L}/u.test(reason)) return { ok: false, message: 'Say in words why they belong together.' }
  if (/<\/?[a-z]/i.test(reason))
    return { ok: false, message: 'A reason is your own words: no links, no markup.' }
  const address = findAddress(withoutTitles(reason, titles))
  if (address)
    return {
      ok: false,
      message: `A reason is your own words: no links and no addresses, and “${address.piece}” reads like one. If it is none, put a space after its full stop.`,
    }
  return { ok: true, value: reason }
}

/** The name of a list, as cards say it. */
export function readSource(name: string): Read<string> {
  const source = name.replace(/\s+/g, ' ').trim()
  return source === '' || [...source].length > SOURCE_MAX || hasUnsafeCharacters(source)
    ? { ok: false, message: `a list's name has 1 to ${SOURCE_MAX} characters, letters and signs alone` }
    : { ok: true, value: source }
}

const OUTSIDE_ID = /^[a-z0-9_-]{1,32}:\S.*$/
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** The names of a file's rows, once each; a name that can be neither an outside id nor a slug ends it. */
export function namesOf(rows: PairRow[]): string[] {
  const names = new Set<string>()
  for (const row of rows) {
    for (const column of ['source', 'related'] as const) {
      const name = row[column]
      if (name.length > 200 || hasUnsafeCharacters(name) || !(OUTSIDE_ID.test(name) || SLUG.test(name)))
        throw new FileError(
          `line ${row.line}: ${column}: ${name ? `"${name.slice(0, 80)}"` : 'nothing'} is neither an id such as tvmaze:123 nor a slug`,
        )
      names.add(name)
    }
    if (row.weight > WEIGHT_MAX) throw new FileError(`line ${row.line}: weight: at most ${WEIGHT_MAX}`)
  }
  return [...names]
}

/** A name that no show of the catalogue has: in how many rows, and where first. */
export interface UnknownName {
  name: string
  rows: number
  line: number
}

/**
 * The pairs of a file between shows of the catalogue, and the names it does not know. Two names of one show make one
 * pair of what is said of both.
 */
export function resolvePairs(
  rows: PairRow[],
  showIds: ReadonlyMap<string, number>,
): { pairs: Pair[]; unknown: UnknownName[] } {
  const unknown = new Map<string, UnknownName>()
  const said: Pair[] = []
  for (const { source, related, weight, line } of rows) {
    for (const name of new Set([source, related])) {
      if (showIds.has(name)) continue
      const there = unknown.get(name)
      if (there) there.rows++
      else unknown.set(name, { name, rows: 1, line })
    }
    const [one, other] = [showIds.get(source), showIds.get(related)]
    if (one !== undefined && other !== undefined) said.push({ source: one, related: other, weight })
  }
  return { pairs: onePerPair(said), unknown: [...unknown.values()] }
}
