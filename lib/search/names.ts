/** The names of shows, ready to be searched: plain data in memory, most of it outside the heap. Pure. */
import { decodeEntities } from '@/lib/shared/entities'
import { acronym, fold, hasHangul, hasKana, initials, letters, romanised, withoutArticle } from './letters'
import { NumberList, type Postings, PostingsBuilder } from './postings'
import { soundsOf } from './sounds'
import { oneSpelling } from './spelling'
import type { SearchableShow } from './types'

/** Where a name's letters come from: as written, without its article, romanised, spelt one way, or its sound. */
export const ORIGIN = { written: 0, bare: 1, romanised: 2, spelt: 3, sound: 4 } as const
type Origin = (typeof ORIGIN)[keyof typeof ORIGIN]

/**
 * Names of shows, ready to be searched. Build with `buildIndex`. A row is a name in one form; of 300,000 names there are
 * half a million, so that what is kept of each is numbers, and one text.
 */
export interface SearchIndex {
  shows: SearchableShow[]
  /** Each show's place by slug, so ties always fall the same way. */
  order: Int32Array
  rowShow: Int32Array
  /** Position of the name among the show's names; 0 is its title. */
  rowPosition: Uint16Array
  rowOrigin: Uint8Array
  /** Letters without spaces. */
  rowKey: string[]
  /** Rows by their letters; of the same letters, by their number. */
  sorted: Int32Array
  /** All words, sorted, and the words of row `r` as places among them: `wordCodes[wordsFrom[r]]` on. */
  words: string[]
  wordsFrom: Int32Array
  wordCodes: Int32Array
  /** The rows that have a word, by its place; those of a sound left out. */
  wordRows: Postings
  /** The rows that have two letters beside each other (`pairOf`), by the pair's place. */
  pairPlace: Map<number, number>
  pairRows: Postings
  /** Rows with Hangul and their initials, spaced. */
  initialRows: { row: number; initials: string; compact: string }[]
  /** First letters of the words of names, sorted, and the rows that have them. */
  acronyms: string[]
  acronymRows: Postings
  scratch: Scratch
}

/** Room that every search uses and leaves as it was: all zero. */
interface Scratch {
  /** Letter pairs a row shares with the query, and the rows that share any. */
  shared: Uint16Array
  sharing: Int32Array
  /** By show, its best cost so far, one more than it is, and the row that has it; the shows that have any. */
  cost: Int32Array
  row: Int32Array
  found: Int32Array
}

/** Two letters as one number; 0 stands for what is before the first. */
export const pairOf = (first: number, second: number) => first * 0x10000 + second

/** The name that a row is a form of, as the show has it. */
export function nameOf({ shows, rowShow, rowPosition }: SearchIndex, row: number): string {
  const { title, names } = shows[rowShow[row]!]!
  const position = rowPosition[row]!
  return decodeEntities(position === 0 ? title : names[position - 1]!)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Rows as they are made, one show after the other. */
class Rows {
  readonly show = new NumberList()
  readonly position = new NumberList()
  readonly origin = new NumberList()
  readonly key: string[] = []
  readonly wordsFrom = new NumberList()
  readonly wordNumbers = new NumberList()
  readonly words = new PostingsBuilder<string>()
  readonly pairs = new PostingsBuilder<number>()
  readonly acronyms = new PostingsBuilder<string>()
  readonly initials: SearchIndex['initialRows'] = []
  /** The names of the show that is being added, by their rows from `first` on. */
  private names: string[] = []
  private first = 0

  addShow(number: number, show: SearchableShow): void {
    this.names = []
    this.first = this.key.length
    const fromJapan = show.country === 'Japan' || show.names.some(hasKana)
    for (const [position, coded] of [show.title, ...show.names].entries()) {
      const name = decodeEntities(coded)
      const folded = fold(name)
      if (!folded) continue
      const add = (origin: Origin, form: string) => this.add(number, name, position, origin, form)
      add(ORIGIN.written, folded)
      const bare = withoutArticle(folded)
      if (bare !== folded) add(ORIGIN.bare, bare)
      for (const roman of romanised(folded)) add(ORIGIN.romanised, roman)
      const spelt = oneSpelling(bare)
      if (spelt !== bare) add(ORIGIN.spelt, spelt)
      for (const sound of soundsOf(folded, fromJapan)) add(ORIGIN.sound, sound)
    }
  }

  private add(show: number, name: string, position: number, origin: Origin, folded: string): void {
    const spaced = letters(folded)
    const key = spaced.replaceAll(' ', '')
    if (!key) return
    let isThere = false
    let isTwin = false
    for (let row = this.first; row < this.key.length; row++) {
      if (this.key[row] !== key) continue
      isThere ||= origin >= this.origin.at(row)
      isTwin ||= this.names[row - this.first] === name
    }
    // Same letters, other signs ("Working!!", "Working!!!"): kept only for the exact tier to tell apart.
    if (isThere && (isTwin || origin > ORIGIN.written)) return
    const row = this.key.length
    this.show.push(show)
    this.position.push(position)
    this.origin.push(origin)
    this.names.push(name)
    this.key.push(key)
    this.wordsFrom.push(this.wordNumbers.length)
    for (const word of spaced.split(' ')) {
      this.wordNumbers.push(this.words.number(word))
      if (origin !== ORIGIN.sound) this.words.add(word, row)
    }
    // Another spelling or a sound is found whole or by its beginning; slips of the finger are told by the name as written.
    if (origin >= ORIGIN.spelt) return
    this.pairs.add(pairOf(0, key.charCodeAt(0)), row)
    for (let i = 1; i < key.length; i++) this.pairs.add(pairOf(key.charCodeAt(i - 1), key.charCodeAt(i)), row)
    if (origin === ORIGIN.romanised) return
    if (hasHangul(folded)) {
      const spacedInitials = initials(folded)
      this.initials.push({ row, initials: spacedInitials, compact: spacedInitials.replaceAll(' ', '') })
    }
    const short = acronym(folded)
    if (short) this.acronyms.add(short, row)
    const tail = acronym(fold(name.slice(name.lastIndexOf(': ') + 1)))
    if (tail && tail !== short) this.acronyms.add(tail, row)
  }
}

/** Building in steps: each `next()` takes a few hundred shows, so a server can answer in between. */
export function* indexSteps(shows: SearchableShow[]): Generator<void, SearchIndex> {
  const made = new Rows()
  for (const [i, show] of shows.entries()) {
    if (i % 250 === 249) yield
    made.addShow(i, show)
  }
  yield
  const order = new Int32Array(shows.length)
  Int32Array.from(shows.keys())
    .sort((a, b) => compare(shows[a]!.slug, shows[b]!.slug))
    .forEach((show, place) => {
      order[show] = place
    })
  yield
  const rowKey = made.key
  const rows = rowKey.length
  const sorted = Int32Array.from(rowKey.keys()).sort((a, b) => compare(rowKey[a]!, rowKey[b]!))
  yield
  made.wordsFrom.push(made.wordNumbers.length)
  const words = made.words.build(compare)
  yield
  const pairs = made.pairs.build((a, b) => a - b)
  yield
  const acronyms = made.acronyms.build(compare)
  return {
    shows,
    order,
    rowShow: made.show.whole(),
    rowPosition: Uint16Array.from(made.position.whole()),
    rowOrigin: Uint8Array.from(made.origin.whole()),
    rowKey,
    sorted,
    words: words.keys,
    wordsFrom: made.wordsFrom.whole(),
    wordCodes: made.wordNumbers.whole().map((number) => words.placeOf[number]!),
    wordRows: words.postings,
    pairPlace: new Map(pairs.keys.map((pair, place) => [pair, place])),
    pairRows: pairs.postings,
    initialRows: made.initials,
    acronyms: acronyms.keys,
    acronymRows: acronyms.postings,
    scratch: {
      shared: new Uint16Array(rows),
      sharing: new Int32Array(rows),
      cost: new Int32Array(shows.length),
      row: new Int32Array(shows.length),
      found: new Int32Array(shows.length),
    },
  }
}

/** The index over `shows`, in one go. A show's title and names may repeat each other. */
export function buildIndex(shows: SearchableShow[]): SearchIndex {
  const steps = indexSteps(shows)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
