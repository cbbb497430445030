/** The names of shows, ready to be searched: plain data in memory. Pure. */
import { decodeEntities } from '@/lib/shared/entities'
import { acronym, fold, hasHangul, hasKana, initials, letters, romanised, withoutArticle } from './letters'
import { soundsOf } from './sounds'
import { oneSpelling } from './spelling'
import type { SearchableShow } from './types'

/** Where a name's letters come from: as written, without its article, romanised, spelt one way, or its sound. */
export const ORIGIN = { written: 0, bare: 1, romanised: 2, spelt: 3, sound: 4 } as const
type Origin = (typeof ORIGIN)[keyof typeof ORIGIN]

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

/** Two letters as one number; 0 stands for what is before the first. */
export const pairOf = (first: number, second: number) => first * 0x10000 + second

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
    if (rawTwin || origin > ORIGIN.written) return
  }
  const row = index.rowShow.length
  index.rowShow.push(show)
  index.rowName.push(name)
  index.rowPosition.push(position)
  index.rowOrigin.push(origin)
  index.rowWords.push(spaced.split(' '))
  index.rowKey.push(key)
  append(index.exact, key, row)
  // Another spelling or a sound is found whole or by its beginning; slips of the finger are told by the name as written.
  if (origin >= ORIGIN.spelt) return
  append(index.pairs, pairOf(0, key.charCodeAt(0)), row)
  for (let i = 1; i < key.length; i++)
    append(index.pairs, pairOf(key.charCodeAt(i - 1), key.charCodeAt(i)), row)
  if (origin === ORIGIN.romanised) return
  if (hasHangul(folded)) {
    const spacedInitials = initials(folded)
    index.initialRows.push({ row, initials: spacedInitials, compact: spacedInitials.replaceAll(' ', '') })
  }
  const short = acronym(folded)
  if (short) append(index.acronyms, short, row)
  const tail = acronym(fold(name.slice(name.lastIndexOf(': ') + 1)))
  if (tail && tail !== short) append(index.acronyms, tail, row)
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
    const fromJapan = show.country === 'Japan' || show.names.some(hasKana)
    for (const [position, coded] of [show.title, ...show.names].entries()) {
      const name = decodeEntities(coded)
      const folded = fold(name)
      if (!folded) continue
      const add = (origin: Origin, form: string) => addRow(index, i, name, position, origin, form)
      add(ORIGIN.written, folded)
      const bare = withoutArticle(folded)
      if (bare !== folded) add(ORIGIN.bare, bare)
      for (const roman of romanised(folded)) add(ORIGIN.romanised, roman)
      const spelt = oneSpelling(bare)
      if (spelt !== bare) add(ORIGIN.spelt, spelt)
      for (const sound of soundsOf(folded, fromJapan)) add(ORIGIN.sound, sound)
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
  for (let row = 0; row < rows; row++)
    if (index.rowOrigin[row] !== ORIGIN.sound)
      for (const word of index.rowWords[row]!) append(wordRows, word, row)
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
