/** How the names of an index are met: exactly, by their beginning, their words, with slips, by initials. Pure. */
import { isUnspacedScript } from './letters'
import { nameOf, ORIGIN, pairOf, type SearchIndex } from './names'
import { type Match, type MatchTier, nearnessOf } from './nearness'
import { rowsOf } from './postings'
import type { SearchableShow, SearchResult } from './types'
import { TypoMatcher } from './typos'

const EMPTY = new Int32Array(0)
/** Sorts after every letter that may follow. */
const LAST_LETTER = '\uffff'

/** Names measured letter by letter for typing errors per search; the most alike by letter pairs come first. */
const MEASURED_MAX = 1_200

/** The tiers, best first; a better tier always wins, popularity only orders within one. */
export const TIER = { exact: 0, prefix: 1, word: 2, typo: 3, initials: 4 } as const
const TIERS = Object.keys(TIER) as MatchTier[]
const WHERES = ['whole', 'beginning', 'inside'] as const

/** Its words are there, in their order or another, or its letters are, in the middle of others. */
const WORD = { inOrder: 0, inAnother: 1, inside: 2 } as const

/** What a match costs within its tier: other signs than were typed, another spelling, a sound like it. */
const COST = { signs: 100, spelling: 300, sound: 600 } as const

/** What a beginning costs: whole words or a part of one. */
const PREFIX = { whole: 0, part: 10 } as const

/** Fewer letters are a word that is still being typed: what is best known comes first, whether they are all of a word or not. */
const WHOLE_WORD_LETTERS = 4

/** What the cost of a match (`Found.add`) says of it; `key` is what was asked for. */
function matchOf(cost: number, key: string): Match {
  const tier = TIERS[Math.floor(cost / 1_000)]!
  const detail = cost % 1_000
  const inside = tier === 'word' && detail === WORD.inside && !isUnspacedScript(key)
  return {
    tier,
    isSound: tier === 'exact' && detail >= COST.sound,
    letters: key.length,
    errors: tier === 'typo' ? Math.floor(detail / 10) : 0,
    where: tier === 'typo' ? WHERES[Math.floor((detail % 10) / 3)]! : inside ? 'inside' : 'whole',
  }
}

/** First place in a sorted list at which `isAtLeast` holds. */
function lowerBound(length: number, isAtLeast: (place: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isAtLeast(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The first `limit` of some things in an order; a letter finds thousands of names, of which a few are shown. */
function firstOf<T>(all: Iterable<T>, limit: number, compare: (a: T, b: T) => number): T[] {
  const first: T[] = []
  for (const one of all) {
    if (first.length === limit && compare(one, first[limit - 1]!) >= 0) continue
    let place = first.length
    while (place > 0 && compare(one, first[place - 1]!) < 0) place--
    first.splice(place, 0, one)
    if (first.length > limit) first.pop()
  }
  return first
}

/** A show that does not fit at all. */
export const MISFIT = 2
/** How far a show is from what was said besides its name: 0 fits, 1 nearly, `MISFIT` not. */
export type Misfit = (show: SearchableShow) => number

/**
 * What a search has found so far: of each show its best name. It lies in the index's own room, so that there is one at a
 * time: the next takes the place of the last.
 */
export class Found {
  size = 0
  private bestCost = Number.POSITIVE_INFINITY

  constructor(private readonly index: SearchIndex) {
    const { cost, found } = index.scratch
    for (let i = 0; i < found.length && found[i] !== 0; i++) {
      cost[found[i]! - 1] = 0
      found[i] = 0
    }
  }

  /** Notes that `row` matches in `tier`, `detail` (0..999) telling better from worse within it. */
  add(row: number, tier: number, detail: number): void {
    const { rowShow, rowPosition, scratch } = this.index
    const show = rowShow[row]!
    const cost = tier * 1_000 + detail
    const known = scratch.cost[show]! - 1
    if (known < 0) scratch.found[this.size++] = show + 1
    else if (cost > known || (cost === known && rowPosition[row]! >= rowPosition[scratch.row[show]!]!)) return
    scratch.cost[show] = cost + 1
    scratch.row[show] = row
    if (cost < this.bestCost) this.bestCost = cost
  }

  /** The best tier that anything was found in; null where nothing was. */
  get bestTier(): number | null {
    return this.size === 0 ? null : Math.floor(this.bestCost / 1_000)
  }

  /** The best of what was found for a query of these letters; of the same name those first that fit what else was said. */
  results(limit: number, key: string, misfit?: Misfit): SearchResult[] {
    const { order, shows, rowKey, scratch } = this.index
    const rank = (show: number) => {
      const cost = scratch.cost[show]! - 1
      if (!misfit) return cost
      return cost + 1_000 * (cost < 1_000 ? misfit(shows[show]!) : MISFIT)
    }
    const compare = (a: number, b: number) =>
      rank(a) - rank(b) ||
      shows[b]!.popularity - shows[a]!.popularity ||
      rowKey[scratch.row[a]!]!.length - rowKey[scratch.row[b]!]!.length ||
      order[a]! - order[b]!
    const found = scratch.found.subarray(0, this.size).map((show) => show - 1)
    return firstOf(found, limit, compare).map((show) => {
      const { slug, title, year } = shows[show]!
      const { is: nearness } = nearnessOf(matchOf(scratch.cost[show]! - 1, key))
      return { slug, title, matched: nameOf(this.index, scratch.row[show]!), year, nearness }
    })
  }
}

const looksAlike = (text: string) => text.normalize('NFKC').toLowerCase().trim()

/** What is asked for, as it is compared. */
export interface AskedKeys {
  title: string
  /** Its words, folded, without its article. */
  words: string[]
  keys: string[]
  sounds: string[]
}

/** The places from..to of the names, in the order of their letters, that begin with some. */
function beginning({ sorted, rowKey }: SearchIndex, key: string): [from: number, to: number] {
  const from = lowerBound(sorted.length, (place) => rowKey[sorted[place]!]! >= key)
  return [from, lowerBound(sorted.length, (place) => rowKey[sorted[place]!]! > key + LAST_LETTER)]
}

/** Rows that have these letters and no other. */
function exactly(index: SearchIndex, key: string): Int32Array {
  const { sorted, rowKey } = index
  const from = lowerBound(sorted.length, (place) => rowKey[sorted[place]!]! >= key)
  let to = from
  while (to < sorted.length && rowKey[sorted[to]!] === key) to++
  return from === to ? EMPTY : sorted.subarray(from, to)
}

/** How many words a row has, and each by its place. */
const wordCount = ({ wordsFrom }: SearchIndex, row: number) => wordsFrom[row + 1]! - wordsFrom[row]!
const wordAt = ({ wordsFrom, wordCodes }: SearchIndex, row: number, place: number) =>
  wordCodes[wordsFrom[row]! + place]!

/** Rows of names that sound like it. Of Chinese names written in characters one at least must be the same. */
function soundRows(index: SearchIndex, { title, sounds }: AskedKeys): number[] {
  const han = title.match(/\p{Script=Han}/gu)
  const rows = sounds.flatMap((sound) => [...exactly(index, sound)])
  return han ? rows.filter((row) => han.some((letter) => nameOf(index, row).includes(letter))) : rows
}

/** Rows of names that end in the initials asked for: "NCIS LA". */
function tailRows(index: SearchIndex, { words }: AskedKeys): number[] {
  const last = words.at(-1) ?? ''
  const head = words.slice(0, -1).join('')
  if (head.length < 3 || !/^[a-z]{2,5}$/.test(last)) return []
  const isTail = (row: number) => {
    const count = wordCount(index, row)
    if (count <= last.length) return false
    const name = Array.from({ length: count }, (_, place) => index.words[wordAt(index, row, place)]!)
    return (
      name.slice(0, -last.length).join('') === head &&
      name.slice(-last.length).every((word, i) => word[0] === last[i])
    )
  }
  const [from, to] = beginning(index, head)
  return [...index.sorted.subarray(from, to)].filter(isTail)
}

/** Rows of the names that are what is asked for: by their letters, their sound, or with an end in initials. */
export function namedRows(index: SearchIndex, asked: AskedKeys): number[] {
  const exact = asked.keys.flatMap((key) => [...exactly(index, key)])
  return [...exact, ...soundRows(index, asked), ...tailRows(index, asked)]
}

/** Notes the names that are what is asked for. */
export function findNamed(index: SearchIndex, found: Found, asked: AskedKeys): void {
  const looks = looksAlike(asked.title)
  for (const [dropped, key] of asked.keys.entries())
    for (const row of exactly(index, key)) {
      // The very same signs first, then the same letters, then another spelling; a show's own title before its aliases.
      const same = looksAlike(nameOf(index, row)) === looks ? 0 : COST.signs
      const title = index.rowPosition[row] === 0 ? 0 : 10
      const spelling = dropped > 1 || index.rowOrigin[row] === ORIGIN.spelt ? COST.spelling : 0
      // "The b" is the beginning of more than the show *B*.
      const isBare = dropped === 1 && key === asked.words.join('')
      const tier = isBare && key.length < WHOLE_WORD_LETTERS ? TIER.prefix : TIER.exact
      found.add(row, tier, same + title + spelling + index.rowOrigin[row]! + dropped)
    }
  for (const row of soundRows(index, asked)) found.add(row, TIER.exact, COST.sound)
  for (const row of tailRows(index, asked)) found.add(row, TIER.prefix, PREFIX.whole)
}

/** True where one of a row's words ends after exactly `length` letters. */
function endsAWord({ words, wordsFrom, wordCodes }: SearchIndex, row: number, length: number): boolean {
  let sum = 0
  for (let at = wordsFrom[row]!; at < wordsFrom[row + 1]!; at++) {
    sum += words[wordCodes[at]!]!.length
    if (sum >= length) return sum === length
  }
  return false
}

/** True where a name begins with the letters asked for. */
export const beginsAName = (index: SearchIndex, { keys }: AskedKeys): boolean =>
  keys.some((key) => {
    const [from, to] = beginning(index, key)
    return from < to
  })

/** Notes the names that begin with what was asked for. */
export function findPrefix(index: SearchIndex, found: Found, { keys, sounds }: AskedKeys): void {
  const { sorted, rowOrigin } = index
  const isShort = (keys.at(-1)?.length ?? 0) < WHOLE_WORD_LETTERS
  for (const [dropped, key] of keys.entries()) {
    const [from, to] = beginning(index, key)
    for (let place = from; place < to; place++) {
      const row = sorted[place]!
      // Whole words ("dark" in "Dark Matter") before parts of one ("Darkness").
      const whole = isShort || endsAWord(index, row, key.length) ? PREFIX.whole : PREFIX.part
      found.add(row, TIER.prefix, whole + dropped * 2 + (rowOrigin[row]! >= ORIGIN.romanised ? 1 : 0))
    }
  }
  for (const sound of sounds) {
    const [from, to] = beginning(index, sound)
    for (let place = from; place < to; place++) found.add(sorted[place]!, TIER.prefix, 20)
  }
}

/** The places of the words that begin with some letters, and how many rows have one. */
interface WordRange {
  from: number
  to: number
  rows: number
}

function wordRange({ words, wordRows }: SearchIndex, word: string): WordRange {
  const from = lowerBound(words.length, (place) => words[place]! >= word)
  const to = lowerBound(words.length, (place) => words[place]! > word + LAST_LETTER)
  return { from, to, rows: wordRows.from[to]! - wordRows.from[from]! }
}

/** Every range has a word of the row: 0 in their order, 1 in another, null not so. */
function wordsBegin({ wordsFrom, wordCodes }: SearchIndex, row: number, ranges: WordRange[]): 0 | 1 | null {
  const [begin, end] = [wordsFrom[row]!, wordsFrom[row + 1]!]
  const firstIn = ({ from, to }: WordRange, start: number) => {
    for (let at = start; at < end; at++) if (wordCodes[at]! >= from && wordCodes[at]! < to) return at
    return -1
  }
  let next = begin
  let inOrder = true
  for (const range of ranges) {
    let at = firstIn(range, next)
    if (at < 0) {
      at = firstIn(range, begin)
      if (at < 0) return null
      inOrder = false
    } else next = at + 1
  }
  return inOrder ? 0 : 1
}

/** Notes the names that have the words, or in scripts without spaces the letters, asked for. */
export function findWords(index: SearchIndex, found: Found, words: string[], key: string): void {
  const ranges = words.map((word) => wordRange(index, word))
  const rarest = ranges.reduce((best, range) => (range.rows < best.rows ? range : best))
  const { rows: having, from } = index.wordRows
  for (let at = from[rarest.from]!; at < from[rarest.to]!; at++) {
    const order = wordsBegin(index, having[at]!, ranges)
    if (order !== null) found.add(having[at]!, TIER.word, order)
  }
  // Scripts that write no spaces show their words only as a stretch inside the name.
  if (key.length < (isUnspacedScript(key) ? 2 : 4)) return
  let rows: Int32Array | undefined
  for (let i = 1; i < key.length; i++) {
    const having = rowsWith(index, pairOf(key.charCodeAt(i - 1), key.charCodeAt(i)))
    if (having.length === 0) return
    if (!rows || having.length < rows.length) rows = having
  }
  for (const row of rows ?? EMPTY)
    if (index.rowKey[row]!.includes(key)) found.add(row, TIER.word, WORD.inside)
}

/** The rows that have two letters beside each other. */
function rowsWith({ pairPlace, pairRows }: SearchIndex, pair: number): Int32Array {
  const place = pairPlace.get(pair)
  return place === undefined ? EMPTY : rowsOf(pairRows, place)
}

/**
 * The rows that share most letter pairs with the query, `least` at least: those that share more first, and of the last
 * number that is looked at some. So many rows share any that they are counted in place, and never sorted.
 */
function mostAlike(index: SearchIndex, pairs: ReadonlySet<number>, least: number): number[] {
  const { shared, sharing } = index.scratch
  const counts = new Int32Array(pairs.size + 2)
  let touched = 0
  for (const pair of pairs) {
    const rows = rowsWith(index, pair)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      const count = ++shared[row]!
      counts[count]! += 1
      if (count === 1) sharing[touched++] = row
    }
  }
  // So many rows share n pairs or more: `counts[n]`.
  let cut = pairs.size + 1
  while (cut > least && counts[cut]! < MEASURED_MAX) cut--
  const byCount: number[][] = Array.from({ length: pairs.size + 1 }, () => [])
  for (let i = 0; i < touched; i++) {
    const row = sharing[i]!
    if (shared[row]! >= cut) byCount[shared[row]!]!.push(row)
    shared[row] = 0
  }
  return byCount.reverse().flat().slice(0, MEASURED_MAX)
}

/** Notes the names that have the letters asked for but for a few slips of the finger. */
export function findTypos(index: SearchIndex, found: Found, key: string): void {
  const pairs = new Set([pairOf(0, key.charCodeAt(0))])
  for (let i = 1; i < key.length; i++) pairs.add(pairOf(key.charCodeAt(i - 1), key.charCodeAt(i)))
  const matcher = new TypoMatcher(key)
  // One error spoils at most three pairs (a swap does), and a stretch inside lacks the pair of the beginning.
  const least = Math.max(1, pairs.size - 3 * matcher.errorsMax - 1)
  for (const row of mostAlike(index, pairs, least)) {
    const match = matcher.match(index.rowKey[row]!)
    if (!match) continue
    const where = WHERES.indexOf(match.where)
    const romanised = index.rowOrigin[row] === ORIGIN.romanised ? 1 : 0
    found.add(row, TIER.typo, match.distance * 10 + where * 3 + romanised)
  }
}

/** Notes the names whose syllables begin with the consonants asked for. */
export function findInitials(index: SearchIndex, found: Found, key: string): void {
  for (const { row, initials: spaced, compact } of index.initialRows) {
    if (compact === key) found.add(row, TIER.initials, 0)
    else if (compact.startsWith(key)) found.add(row, TIER.initials, 1)
    else if (key.length >= 3 && spaced.includes(` ${key}`)) found.add(row, TIER.initials, 2)
  }
}

/** From this popularity on people say the initials for the name. */
const SAID_BY_INITIALS = 45

/** Notes the names whose words begin with the letters asked for: "got"; those of a famous show stand beside beginnings. */
export function findAcronyms(index: SearchIndex, found: Found, key: string, famous: boolean): void {
  const { acronyms, acronymRows, rowShow, shows } = index
  const place = lowerBound(acronyms.length, (at) => acronyms[at]! >= key)
  if (acronyms[place] !== key) return
  for (const row of rowsOf(acronymRows, place))
    if (!famous) found.add(row, TIER.initials, 0)
    else if (shows[rowShow[row]!]!.popularity >= SAID_BY_INITIALS)
      found.add(row, TIER.prefix, key.length < WHOLE_WORD_LETTERS ? PREFIX.whole : PREFIX.part)
}
