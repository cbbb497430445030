import { Finder } from './candidates'
import { type Catalogue, catalogueOf, type Row, rowAt, rowFor } from './catalogue'
import { sameFranchise } from './franchise'
import { franchiseReason, reasonsFor } from './reasons'
import { FIELDS, type Field, reasonKind, type Term } from './terms'
import type { RelatedEntry, RelatedTitle } from './types'

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
const FRANCHISE_MAX = 2
const PREMISE_TIER_MIN = 6
const POPULARITY_PULL = 0.12
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

/** The catalogue made ready for comparing; its titles stand by id, whatever order they came in. */
export interface RelatedIndex {
  catalogue: Catalogue
  finder: Finder
  /** For each term, 1 where it tells titles apart. */
  telling: Uint8Array
  /** For each title, the number of its side; titles of different sides never share a card. */
  sides: Uint8Array
  sideNumbers: Map<string, number>
  /** Room for one title's terms; all zero between calls. */
  own: Float32Array
}

/** Weighs every term by its rarity and norms each field by itself, so that a field's part is its weight times a cosine. */
export function indexTitles(titles: RelatedTitle[]): RelatedIndex {
  const catalogue = catalogueOf([...titles].sort((a, b) => (a.id < b.id ? -1 : 1)))
  const telling = Uint8Array.from(catalogue.counts, (count) =>
    count / titles.length < DISCRIMINATING_SHARE_MAX ? 1 : 0,
  )
  const finder = new Finder(catalogue, { weights: WEIGHTS, admitsTerm: (term) => telling[term] === 1 })
  const sideNumbers = new Map<string, number>()
  const sides = Uint8Array.from(catalogue.titles, (title) => {
    const side = sideOf(title)
    if (!sideNumbers.has(side)) sideNumbers.set(side, sideNumbers.size)
    return sideNumbers.get(side)!
  })
  return { catalogue, finder, telling, sides, sideNumbers, own: new Float32Array(catalogue.terms.length) }
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
  term: Term
  amount: number
  discriminating: boolean
}

function explain(index: RelatedIndex, a: Row, b: number): { score: number; parts: Contribution[] } {
  const parts: Contribution[] = []
  let score = 0
  beside(index, a, () =>
    eachShared(index, b, (t, amount) => {
      score += amount
      parts.push({ term: index.catalogue.terms[t]!, amount, discriminating: index.telling[t] === 1 })
    }),
  )
  parts.sort((x, y) => y.amount - x.amount || (x.term.key < y.term.key ? -1 : 1))
  return { score, parts }
}

/** The whole sum behind a pair, largest part first; the score is the sum of the amounts. Symmetric, 0..1. */
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

interface Candidate {
  title: number
  score: number
  kin: boolean
  premise: boolean
  sharesTag: boolean
  /** Its likeness to the nearest of the cards above it, as far as they were looked at. */
  clone: number
  lookedAt: number
}

/** Weighs a candidate beside the title laid out; null where there are not two reasons for it. */
function weigh(index: RelatedIndex, of: RelatedTitle, title: number): Candidate | null {
  const { catalogue, telling } = index
  const to = catalogue.titles[title]!
  let score = 0
  let reasons = 0
  let premise = false
  let sharesTag = false
  eachShared(index, title, (term, amount) => {
    const field = catalogue.fieldOf[term]!
    score += amount
    if (!telling[term] || amount === 0) return
    if (GIVES_REASON[field]) reasons++
    if (PREMISE[field]) premise = true
    if (field === TAG) sharesTag = true
  })
  const kin = sameFranchise(of, to)
  if (reasons + (kin ? 1 : 0) < REASONS_MIN) return null
  score *= 1 + (POPULARITY_PULL * (to.popularity ?? 0)) / 100
  return { title, score, kin, premise, sharesTag, clone: 0, lookedAt: 0 }
}

/**
 * The titles to watch while waiting, best first, each with at least two true reasons that tell it apart
 * (no reason, no card). A premise comes before mere company: titles that share one fill the first places.
 * At most two of one franchise; like cards are spread out, by `variety`.
 */
export function relatedTo(
  index: RelatedIndex,
  id: string,
  options: { limit?: number; variety?: number } = {},
): RelatedEntry[] {
  const number = index.catalogue.numbers.get(id)
  if (number === undefined) return []
  return listFor(index, index.catalogue.titles[number]!, rowAt(index.catalogue.rows, number), options)
}

/** The same for a title that is new, or has changed, since the catalogue was indexed. */
export function relatedToTitle(
  index: RelatedIndex,
  of: RelatedTitle,
  options: { limit?: number; variety?: number } = {},
): RelatedEntry[] {
  return listFor(index, of, rowFor(index.catalogue, of), options)
}

function listFor(
  index: RelatedIndex,
  of: RelatedTitle,
  row: Row,
  { limit = 12, variety = VARIETY }: { limit?: number; variety?: number },
): RelatedEntry[] {
  const { titles, numbers } = index.catalogue
  const { sides, sideNumbers } = index
  const itself = numbers.get(of.id)
  const side = sideNumbers.get(sideOf(of))
  const found = index.finder.find(row, CANDIDATES_MAX, (other) => other !== itself && sides[other] === side)
  const pool = beside(index, row, () => [...found.titles].flatMap((other) => weigh(index, of, other) ?? []))
  return spread(index, pool, limit, variety).map((entry) => {
    const { score, parts } = explain(index, row, entry.title)
    const terms = parts.filter((part) => part.discriminating && part.amount > 0)
    const shares = terms.map(({ term, amount }) => ({ term, share: amount / score }))
    const reasons = reasonsFor(shares, REASONS_SHOWN_MAX)
    if (entry.kin) reasons.unshift(franchiseReason(of))
    return { id: titles[entry.title]!.id, score: entry.score, reasons: reasons.slice(0, REASONS_SHOWN_MAX) }
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
  const { titles, rows } = index.catalogue
  const byTag = pool.filter((entry) => entry.sharesTag).length >= PREMISE_TIER_MIN
  const tier = (entry: Candidate) => ((byTag ? entry.sharesTag : entry.premise) ? 0 : 1)
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
    const kin = chosen.filter(
      (other) => (entry.kin && other.kin) || sameFranchise(titles[other.title]!, titles[entry.title]!),
    )
    if (kin.length < FRANCHISE_MAX) chosen.push(entry)
  }
  return chosen
}
