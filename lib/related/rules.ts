import { Finder } from './candidates'
import { type Catalogue, catalogueOf, type Row, rowAt, rowFor } from './catalogue'
import { kinship, sameFranchise } from './franchise'
import { pairReason } from './pair-reason'
import { type People, peopleOf } from './people'
import { franchiseReason, groundsOf, readersReason, roundedShare, termReason } from './reasons'
import { FIELDS, type Field, reasonKind, type Term } from './terms'
import type { Follows, NamedPair, RelatedEntry, RelatedTitle } from './types'
import { TRUE_TO_LIFE_LOSS, type World, worldOf } from './worlds'

/**
 * How much each field can add to a score at most; set by hand for lists that people read, where a premise outweighs
 * a genre and makers outweigh a network. The learned order (engine.ts) weighs what people's own pairs taught it.
 */
export const FIELD_WEIGHTS: Record<Field, number> = {
  tag: 0.36,
  genre: 0.12,
  creator: 0.11,
  cast: 0.09,
  summary: 0.08,
  source: 0.04,
  country: 0.06,
  language: 0,
  format: 0.06,
  era: 0.02,
  network: 0.03,
  title: 0.03,
}
const WEIGHTS = Float64Array.from(FIELDS, (field) => FIELD_WEIGHTS[field])

/** A reason must tell titles apart: facts true of a fifth of the catalogue or more do not count as one. */
export const DISCRIMINATING_SHARE_MAX = 0.2
const REASONS_MIN = 2
const REASONS_SHOWN_MAX = 4
const CANDIDATES_MAX = 100
const FAR_CANDIDATES_MAX = 400
const FRANCHISE_MAX = 2
const PREMISE_TIER_MIN = 6
/** By what people name beside western, Asian and anime titles: 0.12 finds 5 % less of it, 1 no more. */
const POPULARITY_PULL = 0.5
/** How much a card loses for being like the cards above it (maximal marginal relevance, Carbonell & Goldstein 1998). */
const VARIETY = 0.25

/** Kinds people watch for a story; the rest (talk, news, reality …) never mix with them. */
const FICTION = new Set(['scripted', 'anime', 'animation'])
/** The kinds a title may stand beside: what tells a story never stands beside what tells none. */
const sideOf = ({ kind }: RelatedTitle) => (FICTION.has(kind) ? 'story' : kind)
const PREMISE = Uint8Array.from(FIELDS, (field) =>
  ['tag', 'genre', 'creator', 'source', 'summary'].includes(field) ? 1 : 0,
)
const GIVES_REASON = Uint8Array.from(FIELDS, (field) => (reasonKind(field) ? 1 : 0))
const TAG = FIELDS.indexOf('tag')

/** A card in numbers: which title, its score, and the grounds of its reasons with their shares of the score. */
export interface Listed {
  title: number
  score: number
  because: [ground: number, share: number][]
}
/** Grounds that are no term. */
const KIN = -1
const READERS = -2
const PAIR = -3

/** How much the readers' strongest word adds to a score; see READERS_HALF. */
export const READERS_WEIGHT = 0.3
/**
 * How much the surest pair adds, chosen by tests/bench/related-pairs.ts. More would find a little more of what people
 * name, but two readers of one mind are not to outweigh everything else.
 */
export const PAIR_WEIGHT = 1.2

/** The catalogue made ready for comparing; its titles stand by id, whatever order they came in. */
export interface RelatedIndex {
  catalogue: Catalogue
  people: People
  finder: Finder
  /** For each term, 1 where it tells titles apart. */
  telling: Uint8Array
  /** For each title, the number of its side; titles of different sides never share a card. */
  sides: Uint8Array
  sideNumbers: Map<string, number>
  /** For each title, the world its genres speak of. */
  worlds: World[]
  areKin: (a: number, b: number) => boolean
  /** Room for one title's terms; all zero between calls. */
  own: Float32Array
}

/** Weighs every term by its rarity and norms each field by itself, so that a field's part is its weight times a cosine. */
export function indexTitles(
  titles: RelatedTitle[],
  said: { follows?: Follows; pairs?: NamedPair[] } = {},
): RelatedIndex {
  const catalogue = catalogueOf([...titles].sort((a, b) => (a.id < b.id ? -1 : 1)))
  return indexOf(catalogue, peopleOf(catalogue.numbers, said))
}

/** The same of a catalogue that is counted already. */
export function indexOf(catalogue: Catalogue, people: People): RelatedIndex {
  const telling = Uint8Array.from(catalogue.counts, (count) =>
    count / catalogue.titles.length < DISCRIMINATING_SHARE_MAX ? 1 : 0,
  )
  const finder = new Finder(catalogue, { weights: WEIGHTS, admitsTerm: (term) => telling[term] === 1 })
  const sideNumbers = new Map<string, number>()
  const sides = Uint8Array.from(catalogue.titles, (title) => {
    const side = sideOf(title)
    if (!sideNumbers.has(side)) sideNumbers.set(side, sideNumbers.size)
    return sideNumbers.get(side)!
  })
  const worlds = catalogue.titles.map((_, number) =>
    worldOf(catalogue, rowAt(catalogue.rows, number).columns),
  )
  const own = new Float32Array(catalogue.terms.length)
  const areKin = kinship(catalogue.titles)
  return { catalogue, people, finder, telling, sides, sideNumbers, worlds, areKin, own }
}

/** Runs `work` with a row laid out in `index.own`. */
function beside<T>({ own }: RelatedIndex, { columns, values }: Row, work: () => T): T {
  for (let k = 0; k < columns.length; k++) own[columns[k]!] = values[k]!
  const result = work()
  for (let k = 0; k < columns.length; k++) own[columns[k]!] = 0
  return result
}

/** Calls `visit` with each term that `other` shares with the title laid out, and its amount. */
function eachShared(
  { catalogue: { rows, fieldOf }, own }: RelatedIndex,
  other: number,
  visit: (term: number, amount: number) => void,
): void {
  for (let k = rows.starts[other]!; k < rows.starts[other + 1]!; k++) {
    const term = rows.columns[k]!
    const value = own[term]!
    if (value) visit(term, WEIGHTS[fieldOf[term]!]! * value * rows.values[k]!)
  }
}

/** One term's part in the likeness of two titles. */
export interface Contribution {
  number: number
  term: Term
  amount: number
  discriminating: boolean
}

function explain(index: RelatedIndex, a: Row, b: number): { score: number; parts: Contribution[] } {
  const parts: Contribution[] = []
  const { terms } = index.catalogue
  let score = 0
  beside(index, a, () =>
    eachShared(index, b, (number, amount) => {
      score += amount
      parts.push({ number, term: terms[number]!, amount, discriminating: index.telling[number] === 1 })
    }),
  )
  parts.sort((x, y) => y.amount - x.amount || (x.term.key < y.term.key ? -1 : 1))
  return { score, parts }
}

/** What a title's score beside another is made of; `total` is the sum of the rest. */
export interface Sum {
  /** What the titles' own facts say, as much of it as readers leave to them. */
  facts: number
  /** What is lost of that because the other is true to life and this one is not: 0 or less. */
  world: number
  /** What the other's fame adds to the two. */
  fame: number
  readers: number
  pairs: number
  total: number
}

/** A title that a list is made for: its number, NEW where it has none, and its world. */
type Place = { number: number; world: World }

/** Puts a score together. A title that nobody follows, and that is in no pair, rests on facts and fame alone. */
function sumOf({ catalogue, people, worlds }: RelatedIndex, of: Place, other: number, likeness: number): Sum {
  const word = people.readers.get(of.number)
  const share = word?.share ?? 0
  const facts = (1 - share) * likeness
  const world = of.world === 'imagined' && worlds[other] === 'real' ? -TRUE_TO_LIFE_LOSS * facts : 0
  const fame = ((facts + world) * POPULARITY_PULL * (catalogue.titles[other]!.popularity ?? 0)) / 100
  const readers = share * READERS_WEIGHT * (word?.beside.get(other)?.strength ?? 0)
  const pairs = PAIR_WEIGHT * (people.pairs.get(of.number)?.get(other)?.strength ?? 0)
  return { facts, world, fame, readers, pairs, total: facts + world + fame + readers + pairs }
}

/** The likeness of two titles by their own facts, largest part first; the score is the sum of the amounts. Symmetric, 0..1. */
export function explainPair(
  index: RelatedIndex,
  a: string,
  b: string,
): { score: number; parts: Contribution[] } {
  const [one, other] = [a, b].map((id) => index.catalogue.numbers.get(id))
  return one === undefined || other === undefined
    ? { score: 0, parts: [] }
    : explain(index, rowAt(index.catalogue.rows, one), other)
}

/** The whole sum that places `b` under `a`: the terms both share, and beside them fame, readers and pairs. */
export function explainPlace(index: RelatedIndex, a: string, b: string): { parts: Contribution[]; sum: Sum } {
  const { score, parts } = explainPair(index, a, b)
  const [one, other] = [a, b].map((id) => index.catalogue.numbers.get(id))
  if (one === undefined || other === undefined) throw new Error('both titles must be in the catalogue')
  const sum = sumOf(index, { number: one, world: index.worlds[one]! }, other, score)
  const left = score > 0 ? sum.facts / score : 0
  return { parts: parts.map((part) => ({ ...part, amount: left * part.amount })), sum }
}

interface Candidate {
  title: number
  score: number
  kin: boolean
  premise: boolean
  sharesTag: boolean
  /** People put it there. */
  vouched: boolean
  /** Its likeness to the nearest of the cards above it, as far as they were looked at. */
  clone: number
  lookedAt: number
}

/** Weighs a candidate beside the title laid out; null where there are not two reasons for it. */
function weigh(index: RelatedIndex, of: RelatedTitle, place: Place, title: number): Candidate | null {
  const { number } = place
  const { catalogue, telling, people } = index
  let likeness = 0
  let reasons = 0
  let premise = false
  let sharesTag = false
  eachShared(index, title, (term, amount) => {
    const field = catalogue.fieldOf[term]!
    likeness += amount
    if (!telling[term] || amount === 0) return
    if (GIVES_REASON[field]) reasons++
    if (PREMISE[field]) premise = true
    if (field === TAG) sharesTag = true
  })
  const to = catalogue.titles[title]!
  // A title that has changed since has other facts than the one under its number.
  const kin = of === catalogue.titles[number] ? index.areKin(number, title) : sameFranchise(of, to)
  const voices =
    (people.readers.get(number)?.beside.has(title) ? 1 : 0) + (people.pairs.get(number)?.has(title) ? 1 : 0)
  if (reasons + (kin ? 1 : 0) + voices < REASONS_MIN) return null
  const score = sumOf(index, place, title, likeness).total
  return { title, score, kin, premise, sharesTag, vouched: voices > 0, clone: 0, lookedAt: 0 }
}

/** A title that is not in the catalogue has no number there. */
const NEW = -1

interface ListOptions {
  limit?: number
  variety?: number
}

/**
 * The titles to watch while waiting, best first, each with at least two true reasons that tell it apart
 * (no reason, no card). A premise comes before mere company: titles that share one fill the first places.
 * At most two of one franchise; like cards are spread out, by `variety`.
 */
export function relatedTo(index: RelatedIndex, id: string, options: ListOptions = {}): RelatedEntry[] {
  const number = index.catalogue.numbers.get(id)
  if (number === undefined) return []
  const of = index.catalogue.titles[number]!
  return listAt(index, number, options).map((listed) => entryOf(index, of, listed))
}

/** The list of the title with this number, in numbers. */
export const listAt = (index: RelatedIndex, number: number, options: ListOptions = {}): Listed[] =>
  listFor(index, index.catalogue.titles[number]!, rowAt(index.catalogue.rows, number), options)

/** The same for a title that is new, or has changed, since the catalogue was indexed. */
export function relatedToTitle(
  index: RelatedIndex,
  of: RelatedTitle,
  options: ListOptions = {},
): RelatedEntry[] {
  return listFor(index, of, rowFor(index.catalogue, of), options).map((listed) => entryOf(index, of, listed))
}

/** A card in words. */
export function entryOf({ catalogue, people }: RelatedIndex, of: RelatedTitle, listed: Listed): RelatedEntry {
  const { title, score, because } = listed
  const number = catalogue.numbers.get(of.id) ?? NEW
  const pair = people.pairs.get(number)?.get(title)
  const reasons = because.map(([ground, share]) => {
    if (ground === KIN) return franchiseReason(of)
    if (ground === READERS) return readersReason(people.readers.get(number)!.beside.get(title)!.both, share)
    if (ground === PAIR)
      return pairReason(
        { ...pair!, through: pair!.through === null ? null : catalogue.titles[pair!.through]!.title },
        { share, slug: pair!.namedOn === null ? null : catalogue.titles[pair!.namedOn]!.slug },
      )
    return termReason(catalogue.terms[ground]!, share)
  })
  return { id: catalogue.titles[title]!.id, score, reasons }
}

function listFor(
  index: RelatedIndex,
  of: RelatedTitle,
  row: Row,
  { limit = 12, variety = VARIETY }: ListOptions,
): Listed[] {
  const { numbers } = index.catalogue
  const { sides, sideNumbers, people } = index
  const number = numbers.get(of.id) ?? NEW
  const place = { number, world: worldOf(index.catalogue, row.columns) }
  const side = sideNumbers.get(sideOf(of))
  const admits = (other: number) => other !== number && sides[other] === side
  const poolOf = (candidatesMax: number) => {
    const found = new Set(index.finder.find(row, candidatesMax, admits).titles)
    for (const word of [people.readers.get(number)?.beside, people.pairs.get(number)])
      for (const other of word?.keys() ?? []) if (admits(other)) found.add(other)
    return beside(index, row, () => [...found].flatMap((other) => weigh(index, of, place, other) ?? []))
  }
  let pool = poolOf(CANDIDATES_MAX)
  // The nearest may share one rare fact and nothing else; titles less near may share two.
  if (pool.length < limit) pool = poolOf(FAR_CANDIDATES_MAX)
  return spread(index, pool, limit, variety).map(({ title, score, kin }) => {
    const { score: likeness, parts } = explain(index, row, title)
    const sum = sumOf(index, place, title, likeness)
    const because: Listed['because'] = []
    if (kin) because.push([KIN, 0])
    if (sum.pairs > 0) because.push([PAIR, roundedShare(sum.pairs / sum.total)])
    if (sum.readers > 0) because.push([READERS, roundedShare(sum.readers / sum.total)])
    const left = sum.readers + sum.pairs > 0 ? 1 - (sum.readers + sum.pairs) / sum.total : 1
    const terms = parts.filter((part) => part.discriminating && part.amount > 0)
    because.push(
      ...groundsOf(
        terms.map(({ number: n, term, amount }) => ({ number: n, term, share: left * (amount / likeness) })),
      ),
    )
    return { title, score, because: because.slice(0, REASONS_SHOWN_MAX) }
  })
}

/** The likeness of a title to the row laid out. */
function likenessTo({ catalogue: { rows, fieldOf }, own }: RelatedIndex, other: number): number {
  let sum = 0
  for (let k = rows.starts[other]!; k < rows.starts[other + 1]!; k++) {
    const value = own[rows.columns[k]!]!
    if (value) sum += WEIGHTS[fieldOf[rows.columns[k]!]!]! * value * rows.values[k]!
  }
  return sum
}

/**
 * Re-ranks so that the list holds no row of clones: each place goes to the best title less its likeness to those above.
 * A title only ever loses by being looked at, so one that leads after a look at all cards above has the place.
 */
function spread(index: RelatedIndex, pool: Candidate[], limit: number, variety: number): Candidate[] {
  const { rows } = index.catalogue
  const byTag = pool.filter((entry) => entry.sharesTag).length >= PREMISE_TIER_MIN
  const tier = (entry: Candidate) => (entry.vouched || (byTag ? entry.sharesTag : entry.premise) ? 0 : 1)
  const rest = pool
    .sort((a, b) => tier(a) - tier(b) || b.score - a.score || a.title - b.title)
    .slice(0, limit * 4)
  const chosen: Candidate[] = []
  const value = (entry: Candidate) => entry.score * (1 - variety * entry.clone) - tier(entry)
  while (chosen.length < limit && rest.length) {
    let best = 0
    for (let i = 1; i < rest.length; i++) if (value(rest[i]!) > value(rest[best]!)) best = i
    const entry = rest[best]!
    if (entry.lookedAt < chosen.length) {
      beside(index, rowAt(rows, entry.title), () => {
        for (const card of chosen.slice(entry.lookedAt))
          entry.clone = Math.max(entry.clone, likenessTo(index, card.title))
      })
      entry.lookedAt = chosen.length
      continue
    }
    rest.splice(best, 1)
    const kin = chosen.filter((other) => (entry.kin && other.kin) || index.areKin(other.title, entry.title))
    if (kin.length < FRANCHISE_MAX) chosen.push(entry)
  }
  return chosen
}
