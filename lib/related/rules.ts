import { reasonsFor } from './reasons'
import { type Field, type Term, termsOf } from './terms'
import type { Reason, RelatedEntry, RelatedTitle } from './types'

/**
 * How much each field can add to a score at most; hand-set until there are reader pairs to learn from.
 * A premise outweighs a genre, makers outweigh a network.
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
const PREMISE = new Set<Field>(['tag', 'genre', 'creator', 'source', 'summary'])

interface Indexed {
  title: RelatedTitle
  /** Numbers of its terms, ascending. */
  terms: Int32Array
  /** Beside each: the root of its part of the score, so that the product over two titles is the amount. */
  weights: Float64Array
}

/** The catalogue made ready for comparing. */
export interface RelatedIndex {
  titles: Map<string, number>
  list: Indexed[]
  terms: Term[]
  /** For each term, the titles that have it and its weight there. */
  postings: { title: number; weight: number }[][]
  /** Room to add up in, a place a title; all zero between calls. */
  sums: Float64Array
}

/**
 * Weighs every term by its rarity (inverse document frequency, Spärck Jones 1972) and norms each field by itself,
 * so that a field's part of a score is its weight times a cosine.
 */
export function indexTitles(titles: RelatedTitle[]): RelatedIndex {
  const numbers = new Map<string, number>()
  const terms: Term[] = []
  const counts: number[] = []
  const own = titles.map((title) =>
    termsOf(title).map((term) => {
      const id = `${term.field}:${term.key}`
      let number = numbers.get(id)
      if (number === undefined) {
        number = terms.push(term) - 1
        numbers.set(id, number)
        counts.push(0)
      }
      counts[number]!++
      return number
    }),
  )
  const rarity = counts.map((count) => Math.log(1 + titles.length / count))
  const postings: RelatedIndex['postings'] = terms.map(() => [])
  const list = titles.map((title, i): Indexed => {
    const sorted = Int32Array.from(own[i]!).sort()
    const norms = new Map<Field, number>()
    for (const t of sorted) norms.set(terms[t]!.field, (norms.get(terms[t]!.field) ?? 0) + rarity[t]! ** 2)
    const weights = Float64Array.from(sorted, (t) => {
      const { field } = terms[t]!
      return (Math.sqrt(FIELD_WEIGHTS[field]) * rarity[t]!) / Math.sqrt(norms.get(field)!)
    })
    sorted.forEach((t, k) => {
      postings[t]!.push({ title: i, weight: weights[k]! })
    })
    return { title, terms: sorted, weights }
  })
  return {
    titles: new Map(titles.map((title, i) => [title.id, i])),
    list,
    terms,
    postings,
    sums: new Float64Array(titles.length),
  }
}

/** Calls `visit` with each shared term's number and its amount; both term lists ascend, so one walk finds them all. */
function eachShared(a: Indexed, b: Indexed, visit: (term: number, amount: number) => void): void {
  for (let i = 0, j = 0; i < a.terms.length && j < b.terms.length; ) {
    const gap = a.terms[i]! - b.terms[j]!
    if (gap === 0) visit(a.terms[i]!, a.weights[i++]! * b.weights[j++]!)
    else if (gap < 0) i++
    else j++
  }
}

function similarity(a: Indexed, b: Indexed): number {
  let sum = 0
  eachShared(a, b, (_, amount) => {
    sum += amount
  })
  return sum
}

/** One term's part in the likeness of two titles. */
export interface Contribution {
  term: Term
  amount: number
  discriminating: boolean
}

function tells(index: RelatedIndex, term: number): boolean {
  return index.postings[term]!.length / index.list.length < DISCRIMINATING_SHARE_MAX
}

function explain(index: RelatedIndex, a: Indexed, b: Indexed): { score: number; parts: Contribution[] } {
  const parts: Contribution[] = []
  let score = 0
  eachShared(a, b, (t, amount) => {
    score += amount
    parts.push({ term: index.terms[t]!, amount, discriminating: tells(index, t) })
  })
  parts.sort((x, y) => y.amount - x.amount || x.term.key.localeCompare(y.term.key))
  return { score, parts }
}

/** The whole sum behind a pair, largest part first; the score is the sum of the amounts. Symmetric, 0..1. */
export function explainPair(
  index: RelatedIndex,
  a: string,
  b: string,
): { score: number; parts: Contribution[] } {
  const [one, other] = [a, b].map((id) => index.list[index.titles.get(id) ?? -1])
  return one && other ? explain(index, one, other) : { score: 0, parts: [] }
}

const folded = new WeakMap<RelatedTitle, string>()

function foldedTitle(title: RelatedTitle): string {
  let text = folded.get(title)
  if (text === undefined) {
    text = title.title.normalize('NFKC').toLowerCase()
    folded.set(title, text)
  }
  return text
}

/**
 * True where one is a sequel, spin-off or remake of the other: they share a franchise id,
 * or one title is the other plus a subtitle, number or season mark.
 */
export function sameFranchise(a: RelatedTitle, b: RelatedTitle): boolean {
  if (a.franchise.some((id) => b.franchise.includes(id))) return true
  const [one, other] = [foldedTitle(a), foldedTitle(b)]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < 3 || !long.startsWith(short)) return false
  const rest = long.slice(short.length)
  if (rest === '') return a.kind === b.kind && a.country === b.country
  return /^\s*(?:[:：\-–—!！♪☆★(（]|\d|第|s\d|[ivx]+$)/u.test(rest) || short.length >= 14
}

function compatible(a: RelatedTitle, b: RelatedTitle): boolean {
  return FICTION.has(a.kind) ? FICTION.has(b.kind) : a.kind === b.kind
}

/** The titles with the largest sums over terms that tell titles apart; a term everybody shares finds nobody. */
function candidates(index: RelatedIndex, of: Indexed): Indexed[] {
  const { sums } = index
  const touched: number[] = []
  of.terms.forEach((t, k) => {
    if (!tells(index, t)) return
    for (const { title, weight } of index.postings[t]!) {
      if (sums[title] === 0) touched.push(title)
      sums[title]! += of.weights[k]! * weight
    }
  })
  const before = (a: number, b: number) =>
    sums[a]! > sums[b]! || (sums[a] === sums[b] && index.list[a]!.title.id < index.list[b]!.title.id)
  // Thousands share a term and a hundred are wanted: most fall to one comparison with the last of the best so far.
  const best: number[] = []
  for (const i of touched) {
    if (best.length === CANDIDATES_MAX && !before(i, best[CANDIDATES_MAX - 1]!)) continue
    if (index.list[i] === of || !compatible(of.title, index.list[i]!.title)) continue
    let place = best.length
    while (place > 0 && before(i, best[place - 1]!)) place--
    best.splice(place, 0, i)
    if (best.length > CANDIDATES_MAX) best.pop()
  }
  for (const i of touched) sums[i] = 0
  return best.map((i) => index.list[i]!)
}

interface Candidate {
  indexed: Indexed
  score: number
  reasons: Reason[]
  kin: boolean
  premise: boolean
  sharesTag: boolean
}

function weigh(index: RelatedIndex, of: Indexed, other: Indexed): Candidate | null {
  const { score, parts } = explain(index, of, other)
  const telling = parts.filter((part) => part.discriminating)
  const reasons = reasonsFor(telling.map(({ term, amount }) => ({ term, share: amount / score })))
  const kin = sameFranchise(of.title, other.title)
  if (kin) reasons.unshift(franchiseReason(of.title))
  if (reasons.length < REASONS_MIN) return null
  return {
    indexed: other,
    score: score * (1 + (POPULARITY_PULL * (other.title.popularity ?? 0)) / 100),
    reasons: reasons.slice(0, REASONS_SHOWN_MAX),
    kin,
    premise: telling.some((part) => PREMISE.has(part.term.field)),
    sharesTag: telling.some((part) => part.term.field === 'tag'),
  }
}

/**
 * The titles to watch while waiting, best first, each with at least two true reasons that tell it apart
 * (no reason, no card). A premise comes before mere company: titles that share one fill the first places.
 * At most two of one franchise; like cards are spread out.
 */
export function relatedTo(index: RelatedIndex, id: string, limit = 12): RelatedEntry[] {
  const of = index.list[index.titles.get(id) ?? -1]
  if (!of) return []
  const pool = candidates(index, of).flatMap((other) => weigh(index, of, other) ?? [])
  const byTag = pool.filter((entry) => entry.sharesTag).length >= PREMISE_TIER_MIN
  const tier = (entry: Candidate) => ((byTag ? entry.sharesTag : entry.premise) ? 0 : 1)
  return spread(pool, tier, limit).map(({ indexed, score, reasons }) => ({
    id: indexed.title.id,
    score,
    reasons,
  }))
}

/** Re-ranks so that the list holds no row of clones: each place goes to the best title less its likeness to those above. */
function spread(pool: Candidate[], tier: (entry: Candidate) => number, limit: number): Candidate[] {
  const chosen: Candidate[] = []
  const rest = pool
    .map((entry) => ({ entry, tier: tier(entry), clone: 0 }))
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        b.entry.score - a.entry.score ||
        a.entry.indexed.title.id.localeCompare(b.entry.indexed.title.id),
    )
    .slice(0, limit * 4)
  while (chosen.length < limit && rest.length) {
    const value = (i: number) => rest[i]!.entry.score * (1 - VARIETY * rest[i]!.clone) - rest[i]!.tier
    let best = 0
    for (let i = 1; i < rest.length; i++) if (value(i) > value(best)) best = i
    const [{ entry }] = rest.splice(best, 1) as [(typeof rest)[number]]
    const kin = chosen.filter(
      (other) => (entry.kin && other.kin) || sameFranchise(other.indexed.title, entry.indexed.title),
    )
    if (kin.length >= FRANCHISE_MAX) continue
    chosen.push(entry)
    for (const candidate of rest)
      candidate.clone = Math.max(candidate.clone, similarity(entry.indexed, candidate.entry.indexed))
  }
  return chosen
}

function franchiseReason(of: RelatedTitle): Reason {
  return {
    kind: 'franchise',
    term: of.title,
    text: `Belongs to the same story world as ${of.title}`,
    href: null,
    share: 0,
  }
}
