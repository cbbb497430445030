/** Search by name in any script: which shows a query can mean, best first. Pure; the index is plain data in memory. */
import { queryKeys } from './keys'
import {
  acronym,
  fold,
  hasHangul,
  initials,
  isInitials,
  isUnspacedScript,
  letters,
  romanised,
  withoutArticle,
} from './letters'
import { type Match, type MatchTier, nearnessOf } from './nearness'
import { cleanQuery } from './query'
import type { SearchableShow, SearchResult } from './types'
import { TypoMatcher } from './typos'

/** Names measured letter by letter for typing errors per search; the most alike by letter pairs come first. */
const MEASURED_MAX = 2_500

/** The tiers, best first; a better tier always wins, popularity only orders within one. */
const TIER = { exact: 0, prefix: 1, word: 2, typo: 3, initials: 4 } as const
const TIERS = Object.keys(TIER) as MatchTier[]
const WHERES = ['whole', 'beginning', 'inside'] as const

/** Its words are there, in their order or another, or its letters are, in the middle of others. */
const WORD = { inOrder: 0, inAnother: 1, inside: 2 } as const

/** What the cost of a match (`Found.add`) says of it; `key` is what was asked for. */
function matchOf(cost: number, key: string): Match {
  const tier = TIERS[Math.floor(cost / 1_000)]!
  const detail = cost % 1_000
  const inside = tier === 'word' && detail === WORD.inside && !isUnspacedScript(key)
  return {
    tier,
    letters: key.length,
    errors: tier === 'typo' ? Math.floor(detail / 10) : 0,
    where: tier === 'typo' ? WHERES[Math.floor((detail % 10) / 3)]! : inside ? 'inside' : 'whole',
  }
}

/** Where a name's letters come from: as written, without its article, or romanised by rule. */
type Origin = 0 | 1 | 2

/** Names of shows, ready to be searched. Build with `buildIndex`. */
export interface SearchIndex {
  shows: SearchableShow[]
  /** Each show's place by slug, so ties always fall the same way. */
  order: Int32Array
  rowShow: number[]
  rowName: string[]
  /** Position of the name among the show's names; 0 is its title. */
  rowPosition: number[]
  rowOrigin: Origin[]
  rowWords: string[][]
  /** Letters without spaces. */
  rowKey: string[]
  exact: Map<string, number[]>
  sorted: Int32Array
  words: string[]
  wordRows: number[][]
  pairs: Map<number, number[]>
  /** Rows with Hangul and their initials, spaced. */
  initialRows: { row: number; initials: string; compact: string }[]
  acronyms: Map<string, number[]>
  /** Scratch: letter pairs a row shares with the query; all zero between searches. */
  shared: Uint16Array
}

const EMPTY: number[] = []
const pairOf = (first: number, second: number) => first * 0x10000 + second

function append<K>(map: Map<K, number[]>, key: K, row: number): void {
  const rows = map.get(key)
  if (!rows) map.set(key, [row])
  else if (rows[rows.length - 1] !== row) rows.push(row)
}

function addRow(
  index: SearchIndex,
  show: number,
  name: string,
  position: number,
  origin: Origin,
  folded: string,
): void {
  const spaced = letters(folded)
  const key = spaced.replaceAll(' ', '')
  if (!key) return
  const there = index.exact.get(key)
  if (there?.some((row) => index.rowShow[row] === show && origin >= index.rowOrigin[row]!)) {
    const rawTwin = there.some((row) => index.rowName[row] === name && index.rowShow[row] === show)
    // Same letters, other signs ("Working!!", "Working!!!"): kept only for the exact tier to tell apart.
    if (rawTwin || origin > 0) return
  }
  const row = index.rowShow.length
  index.rowShow.push(show)
  index.rowName.push(name)
  index.rowPosition.push(position)
  index.rowOrigin.push(origin)
  index.rowWords.push(spaced.split(' '))
  index.rowKey.push(key)
  append(index.exact, key, row)
  append(index.pairs, pairOf(0, key.charCodeAt(0)), row)
  for (let i = 1; i < key.length; i++)
    append(index.pairs, pairOf(key.charCodeAt(i - 1), key.charCodeAt(i)), row)
  if (origin === 2) return
  if (hasHangul(folded)) {
    const spacedInitials = initials(folded)
    index.initialRows.push({ row, initials: spacedInitials, compact: spacedInitials.replaceAll(' ', '') })
  }
  const short = acronym(folded)
  if (short) append(index.acronyms, short, row)
}

/** Building in steps: each `next()` takes a few hundred shows, so a server can answer in between. */
export function* indexSteps(shows: SearchableShow[]): Generator<void, SearchIndex> {
  const index: SearchIndex = {
    shows,
    order: new Int32Array(shows.length),
    rowShow: [],
    rowName: [],
    rowPosition: [],
    rowOrigin: [],
    rowWords: [],
    rowKey: [],
    exact: new Map(),
    sorted: new Int32Array(0),
    words: [],
    wordRows: [],
    pairs: new Map(),
    initialRows: [],
    acronyms: new Map(),
    shared: new Uint16Array(0),
  }
  for (const [i, show] of shows.entries()) {
    if (i % 250 === 249) yield
    for (const [position, name] of [show.title, ...show.names].entries()) {
      const folded = fold(name)
      if (!folded) continue
      addRow(index, i, name, position, 0, folded)
      const bare = withoutArticle(folded)
      if (bare !== folded) addRow(index, i, name, position, 1, bare)
      for (const roman of romanised(folded)) addRow(index, i, name, position, 2, roman)
    }
  }
  yield
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  const bySlug = shows.map((_, i) => i).sort((a, b) => compare(shows[a]!.slug, shows[b]!.slug))
  bySlug.forEach((show, place) => {
    index.order[show] = place
  })
  const rows = index.rowKey.length
  index.sorted = Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) =>
    compare(index.rowKey[a]!, index.rowKey[b]!),
  )
  yield
  const wordRows = new Map<string, number[]>()
  for (let row = 0; row < rows; row++) for (const word of index.rowWords[row]!) append(wordRows, word, row)
  index.words = [...wordRows.keys()].sort(compare)
  index.wordRows = index.words.map((word) => wordRows.get(word)!)
  index.shared = new Uint16Array(rows)
  return index
}

/** The index over `shows`, in one go. A show's title and names may repeat each other. */
export function buildIndex(shows: SearchableShow[]): SearchIndex {
  const steps = indexSteps(shows)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
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

class Found {
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

  /** The best of what was found for a query of these letters. */
  results(limit: number, key: string): SearchResult[] {
    const { order, shows, rowName, rowKey } = this.index
    return [...this.best]
      .sort(
        (a, b) =>
          a[1].cost - b[1].cost ||
          shows[b[0]]!.popularity - shows[a[0]]!.popularity ||
          rowKey[a[1].row]!.length - rowKey[b[1].row]!.length ||
          order[a[0]]! - order[b[0]]!,
      )
      .slice(0, limit)
      .map(([show, { row, cost }]) => {
        const { slug, title, year } = shows[show]!
        const { is: nearness } = nearnessOf(matchOf(cost, key))
        return { slug, title, matched: rowName[row]!, year, nearness }
      })
  }
}

const looksAlike = (text: string) => text.normalize('NFKC').toLowerCase().trim()

function findExact(index: SearchIndex, found: Found, query: string, keys: string[]): void {
  const looks = looksAlike(query)
  for (const [dropped, key] of keys.entries())
    for (const row of index.exact.get(key) ?? EMPTY) {
      // The very same signs first, then the same letters; a show's own title before its aliases.
      const same = looksAlike(index.rowName[row]!) === looks ? 0 : 100
      const title = index.rowPosition[row] === 0 ? 0 : 10
      found.add(row, TIER.exact, same + title + index.rowOrigin[row]! + dropped)
    }
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

function findPrefix(index: SearchIndex, found: Found, keys: string[]): void {
  for (const [dropped, key] of keys.entries()) {
    const from = lowerBound(index.sorted.length, (place) => index.rowKey[index.sorted[place]!]! >= key)
    for (let place = from; place < index.sorted.length; place++) {
      const row = index.sorted[place]!
      if (!index.rowKey[row]!.startsWith(key)) break
      // Whole words ("dark" in "Dark Matter") before parts of one ("Darkness").
      const whole = endsAWord(index.rowWords[row]!, key.length) ? 0 : 1
      found.add(row, TIER.prefix, whole * 10 + dropped * 2 + (index.rowOrigin[row] === 2 ? 1 : 0))
    }
  }
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

function findWords(index: SearchIndex, found: Found, words: string[], key: string): void {
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

function findTypos(index: SearchIndex, found: Found, key: string): void {
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
      found.add(row, TIER.typo, match.distance * 10 + where * 3 + (index.rowOrigin[row] === 2 ? 1 : 0))
    }
}

function findInitials(index: SearchIndex, found: Found, key: string): void {
  for (const { row, initials: spaced, compact } of index.initialRows) {
    if (compact === key) found.add(row, TIER.initials, 0)
    else if (compact.startsWith(key)) found.add(row, TIER.initials, 1)
    else if (key.length >= 3 && spaced.includes(` ${key}`)) found.add(row, TIER.initials, 2)
  }
}

// "… season 2", "… s2", "… 시즌 2", "… 2026": what readers add to a show's name.
const ADDED = /(?: (?:season|series|part|s|시즌) ?\d{1,4}| \d{1,4}|시즌 ?\d{1,4}| (?:season|series|시즌))$/

/**
 * The shows `query` can mean, best first, at most `limit`. Tiers: the same name; its beginning; words of it;
 * the name with typing errors (1 from 4 letters, 2 from 8, 3 from 16; a swap of neighbours is one; Hangul by
 * jamo); initials. Popularity orders equals, then the shorter name, then the slug. Where nothing is found, a
 * season's number or a year at the end is left out. Never throws; an empty query finds nothing.
 */
export function searchIndex(index: SearchIndex, query: string, limit: number): SearchResult[] {
  const cleaned = cleanQuery(query)
  const folded = cleaned && fold(cleaned)
  const spaced = letters(folded)
  const key = spaced.replaceAll(' ', '')
  if (!key || limit < 1) return []
  const found = new Found(index)
  const bare = letters(withoutArticle(folded))
  const keys = queryKeys(cleaned)
  const words = [...new Set(bare.split(' '))].slice(0, 24)
  findExact(index, found, cleaned, keys)
  findPrefix(index, found, keys)
  if (found.size < limit) findWords(index, found, words, key)
  if (found.size < limit && key.length >= 2 && !isInitials(key)) findTypos(index, found, key)
  if (found.size < limit) {
    if (isInitials(key)) findInitials(index, found, key)
    else if (key.length >= 3 && words.length === 1)
      for (const row of index.acronyms.get(key) ?? EMPTY) found.add(row, TIER.initials, 0)
  }
  if (found.size === 0 && ADDED.test(folded)) return searchIndex(index, folded.replace(ADDED, ''), limit)
  return found.results(limit, key)
}
