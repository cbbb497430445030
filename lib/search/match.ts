/** How the names of an index are met: exactly, by their beginning, their words, with slips, by initials. Pure. */
import { isUnspacedScript } from './letters'
import { ORIGIN, pairOf, type SearchIndex } from './names'
import { type Match, type MatchTier, nearnessOf } from './nearness'
import type { SearchableShow, SearchResult } from './types'
import { TypoMatcher } from './typos'

const EMPTY: number[] = []

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

/** What a search has found so far: of each show its best name. */
export class Found {
  private readonly best = new Map<number, { cost: number; row: number }>()
  constructor(private readonly index: SearchIndex) {}

  get size(): number {
    return this.best.size
  }

  /** Notes that `row` matches in `tier`, `detail` (0..999) telling better from worse within it. */
  add(row: number, tier: number, detail: number): void {
    const show = this.index.rowShow[row]!
    const cost = tier * 1_000 + detail
    const known = this.best.get(show)
    if (
      !known ||
      cost < known.cost ||
      (cost === known.cost && this.index.rowPosition[row]! < this.index.rowPosition[known.row]!)
    )
      this.best.set(show, { cost, row })
  }

  /** The best tier that anything was found in; null where nothing was. */
  get bestTier(): number | null {
    let best = Number.POSITIVE_INFINITY
    for (const { cost } of this.best.values()) best = Math.min(best, cost)
    return best === Number.POSITIVE_INFINITY ? null : Math.floor(best / 1_000)
  }

  /** The best of what was found for a query of these letters; of the same name those first that fit what else was said. */
  results(limit: number, key: string, misfit?: Misfit): SearchResult[] {
    const { order, shows, rowName, rowKey } = this.index
    const rank = (show: number, cost: number) => {
      if (!misfit) return cost
      return cost + 1_000 * (cost < 1_000 ? misfit(shows[show]!) : MISFIT)
    }
    type Entry = [show: number, { cost: number; row: number }]
    const compare = (a: Entry, b: Entry) =>
      rank(a[0], a[1].cost) - rank(b[0], b[1].cost) ||
      shows[b[0]]!.popularity - shows[a[0]]!.popularity ||
      rowKey[a[1].row]!.length - rowKey[b[1].row]!.length ||
      order[a[0]]! - order[b[0]]!
    return firstOf(this.best, limit, compare).map(([show, { row, cost }]) => {
      const { slug, title, year } = shows[show]!
      const { is: nearness } = nearnessOf(matchOf(cost, key))
      return { slug, title, matched: rowName[row]!, year, nearness }
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

/** Rows of names that sound like it. Of Chinese names written in characters one at least must be the same. */
function soundRows(index: SearchIndex, { title, sounds }: AskedKeys): number[] {
  const han = title.match(/\p{Script=Han}/gu)
  const rows = sounds.flatMap((sound) => index.exact.get(sound) ?? EMPTY)
  return han ? rows.filter((row) => han.some((letter) => index.rowName[row]!.includes(letter))) : rows
}

/** Rows of names that end in the initials asked for: "NCIS LA". */
function tailRows(index: SearchIndex, { words }: AskedKeys): number[] {
  const last = words.at(-1) ?? ''
  const head = words.slice(0, -1).join('')
  if (head.length < 3 || !/^[a-z]{2,5}$/.test(last)) return EMPTY
  const isTail = (name: string[]) =>
    name.length > last.length &&
    name.slice(0, -last.length).join('') === head &&
    name.slice(-last.length).every((word, i) => word[0] === last[i])
  return [...beginning(index, head)].filter((row) => isTail(index.rowWords[row]!))
}

/** Rows of the names that are what is asked for: by their letters, their sound, or with an end in initials. */
export function namedRows(index: SearchIndex, asked: AskedKeys): number[] {
  const exact = asked.keys.flatMap((key) => index.exact.get(key) ?? EMPTY)
  return [...exact, ...soundRows(index, asked), ...tailRows(index, asked)]
}

/** Notes the names that are what is asked for. */
export function findNamed(index: SearchIndex, found: Found, asked: AskedKeys): void {
  const looks = looksAlike(asked.title)
  for (const [dropped, key] of asked.keys.entries())
    for (const row of index.exact.get(key) ?? EMPTY) {
      // The very same signs first, then the same letters, then another spelling; a show's own title before its aliases.
      const same = looksAlike(index.rowName[row]!) === looks ? 0 : COST.signs
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

/** True where one of the words ends after exactly `length` letters. */
function endsAWord(words: string[], length: number): boolean {
  let sum = 0
  for (const word of words) {
    sum += word.length
    if (sum >= length) return sum === length
  }
  return false
}

/** Rows in the order of their letters that begin with some. */
function* beginning(index: SearchIndex, key: string): Generator<number> {
  const from = lowerBound(index.sorted.length, (place) => index.rowKey[index.sorted[place]!]! >= key)
  for (let place = from; place < index.sorted.length; place++) {
    const row = index.sorted[place]!
    if (!index.rowKey[row]!.startsWith(key)) return
    yield row
  }
}

/** True where a name begins with the letters asked for. */
export const beginsAName = (index: SearchIndex, { keys }: AskedKeys): boolean =>
  keys.some((key) => !beginning(index, key).next().done)

/** Notes the names that begin with what was asked for. */
export function findPrefix(index: SearchIndex, found: Found, { keys, sounds }: AskedKeys): void {
  const isShort = (keys.at(-1)?.length ?? 0) < WHOLE_WORD_LETTERS
  for (const [dropped, key] of keys.entries())
    for (const row of beginning(index, key)) {
      // Whole words ("dark" in "Dark Matter") before parts of one ("Darkness").
      const whole = isShort || endsAWord(index.rowWords[row]!, key.length) ? PREFIX.whole : PREFIX.part
      found.add(row, TIER.prefix, whole + dropped * 2 + (index.rowOrigin[row]! >= ORIGIN.romanised ? 1 : 0))
    }
  for (const sound of sounds) for (const row of beginning(index, sound)) found.add(row, TIER.prefix, 20)
}

function wordRange(index: SearchIndex, word: string): [from: number, to: number, rows: number] {
  const from = lowerBound(index.words.length, (place) => index.words[place]! >= word)
  let to = from
  let rows = 0
  while (to < index.words.length && index.words[to]!.startsWith(word)) rows += index.wordRows[to++]!.length
  return [from, to, rows]
}

/** Every query word begins a word of the name: 0 in their order, 1 in another, null not so. */
function wordsBegin(nameWords: string[], queryWords: string[]): 0 | 1 | null {
  let next = 0
  let inOrder = true
  for (const word of queryWords) {
    let at = nameWords.findIndex((nameWord, i) => i >= next && nameWord.startsWith(word))
    if (at < 0) {
      at = nameWords.findIndex((nameWord) => nameWord.startsWith(word))
      if (at < 0) return null
      inOrder = false
    } else next = at + 1
  }
  return inOrder ? 0 : 1
}

/** Notes the names that have the words, or in scripts without spaces the letters, asked for. */
export function findWords(index: SearchIndex, found: Found, words: string[], key: string): void {
  const ranges = words.map((word) => wordRange(index, word))
  const rarest = ranges.reduce((best, range) => (range[2] < best[2] ? range : best))
  for (let place = rarest[0]; place < rarest[1]; place++)
    for (const row of index.wordRows[place]!) {
      const order = wordsBegin(index.rowWords[row]!, words)
      if (order !== null) found.add(row, TIER.word, order)
    }
  // Scripts that write no spaces show their words only as a stretch inside the name.
  if (key.length < (isUnspacedScript(key) ? 2 : 4)) return
  let rows: number[] | undefined
  for (let i = 1; i < key.length; i++) {
    const having = index.pairs.get(pairOf(key.charCodeAt(i - 1), key.charCodeAt(i)))
    if (!having) return
    if (!rows || having.length < rows.length) rows = having
  }
  for (const row of rows ?? EMPTY)
    if (index.rowKey[row]!.includes(key)) found.add(row, TIER.word, WORD.inside)
}

/** Notes the names that have the letters asked for but for a few slips of the finger. */
export function findTypos(index: SearchIndex, found: Found, key: string): void {
  const { shared } = index
  const touched: number[] = []
  const pairs = new Set([pairOf(0, key.charCodeAt(0))])
  for (let i = 1; i < key.length; i++) pairs.add(pairOf(key.charCodeAt(i - 1), key.charCodeAt(i)))
  let most = 0
  for (const pair of pairs)
    for (const row of index.pairs.get(pair) ?? EMPTY) {
      const count = ++shared[row]!
      if (count === 1) touched.push(row)
      if (count > most) most = count
    }
  const byCount: number[][] = Array.from({ length: most + 1 }, () => [])
  for (const row of touched) {
    byCount[shared[row]!]!.push(row)
    shared[row] = 0
  }
  const matcher = new TypoMatcher(key)
  // One error spoils at most three pairs (a swap does), and a stretch inside lacks the pair of the beginning.
  const least = Math.max(1, pairs.size - 3 * matcher.errorsMax - 1)
  let left = MEASURED_MAX
  for (let count = most; count >= least && left > 0; count--)
    for (const row of byCount[count]!) {
      if (left-- === 0) break
      const match = matcher.match(index.rowKey[row]!)
      if (!match) continue
      const where = WHERES.indexOf(match.where)
      found.add(
        row,
        TIER.typo,
        match.distance * 10 + where * 3 + (index.rowOrigin[row] === ORIGIN.romanised ? 1 : 0),
      )
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
  for (const row of index.acronyms.get(key) ?? EMPTY)
    if (!famous) found.add(row, TIER.initials, 0)
    else if (index.shows[index.rowShow[row]!]!.popularity >= SAID_BY_INITIALS)
      found.add(row, TIER.prefix, key.length < WHOLE_WORD_LETTERS ? PREFIX.whole : PREFIX.part)
}
