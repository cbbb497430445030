import { reasonFor } from './reasons'
import { type Field, type Term, termsOf } from './terms'
import type { Reason, RelatedEntry, RelatedTitle } from './types'

/**
 * How much each field can add to a score at most; hand-set until there are reader pairs to learn from.
 * A premise outweighs a genre, makers outweigh a network.
 */
export const FIELD_WEIGHTS: Record<Field, number> = {
  tag: 0.34,
  genre: 0.14,
  creator: 0.11,
  cast: 0.09,
  summary: 0.08,
  source: 0.05,
  country: 0.06,
  format: 0.05,
  era: 0.03,
  network: 0.03,
  title: 0.02,
}

/** A reason must tell titles apart: facts true of a fifth of the catalogue or more do not count as one. */
export const DISCRIMINATING_SHARE_MAX = 0.2
const REASONS_MIN = 2
const REASONS_SHOWN_MAX = 4
const CANDIDATES_MAX = 150
const FRANCHISE_MAX = 2
const POPULARITY_PULL = 0.12
/** How much a card loses for being like the cards above it (maximal marginal relevance, Carbonell & Goldstein 1998). */
const VARIETY = 0.25

/** Kinds people watch for a story; the rest (talk, news, reality …) never mix with them. */
const FICTION = new Set(['scripted', 'anime', 'animation'])

interface Weighted extends Term {
  /** Share of the field's unit vector, so that a field's sum over two titles is a cosine. */
  weight: number
}

interface Indexed {
  title: RelatedTitle
  terms: Map<string, Weighted>
  kin: Set<string>
}

/** The catalogue made ready for comparing. */
export interface RelatedIndex {
  titles: Map<string, Indexed>
  postings: Map<string, string[]>
  size: number
}

const termId = (term: Term) => `${term.field}:${term.key}`

/** Weighs every term by its rarity (inverse document frequency, Spärck Jones 1972) and norms each field by itself. */
export function indexTitles(titles: RelatedTitle[]): RelatedIndex {
  const postings = new Map<string, string[]>()
  const termsByTitle = titles.map((title) => termsOf(title))
  titles.forEach((title, i) => {
    for (const term of termsByTitle[i]!) {
      const list = postings.get(termId(term))
      if (list) list.push(title.id)
      else postings.set(termId(term), [title.id])
    }
  })
  const indexed = new Map<string, Indexed>()
  titles.forEach((title, i) => {
    const norms = new Map<Field, number>()
    const rarity = (term: Term) => Math.log(1 + titles.length / postings.get(termId(term))!.length)
    for (const term of termsByTitle[i]!)
      norms.set(term.field, (norms.get(term.field) ?? 0) + rarity(term) ** 2)
    const terms = new Map(
      termsByTitle[i]!.map((term) => [
        termId(term),
        { ...term, weight: rarity(term) / Math.sqrt(norms.get(term.field)!) },
      ]),
    )
    indexed.set(title.id, { title, terms, kin: new Set(title.franchise) })
  })
  return { titles: indexed, postings, size: titles.length }
}

/** One term's part in the likeness of two titles. */
export interface Contribution {
  term: Term
  amount: number
  discriminating: boolean
}

/** The whole sum behind a pair, largest part first; the score is the sum of the amounts. Symmetric, 0..1. */
export function explainPair(
  index: RelatedIndex,
  a: string,
  b: string,
): { score: number; parts: Contribution[] } {
  const one = index.titles.get(a)
  const other = index.titles.get(b)
  if (!one || !other) return { score: 0, parts: [] }
  const parts: Contribution[] = []
  for (const [id, term] of one.terms) {
    const twin = other.terms.get(id)
    if (!twin) continue
    parts.push({
      term: { field: term.field, key: term.key, label: term.label },
      amount: FIELD_WEIGHTS[term.field] * term.weight * twin.weight,
      discriminating: index.postings.get(id)!.length / index.size < DISCRIMINATING_SHARE_MAX,
    })
  }
  parts.sort((x, y) => y.amount - x.amount || termId(x.term).localeCompare(termId(y.term)))
  return { score: parts.reduce((sum, part) => sum + part.amount, 0), parts }
}

/** The score of `explainPair` alone, without its parts. */
function similarity(index: RelatedIndex, a: string, b: string): number {
  const one = index.titles.get(a)!.terms
  const other = index.titles.get(b)!.terms
  let sum = 0
  for (const [id, term] of one) {
    const twin = other.get(id)
    if (twin) sum += FIELD_WEIGHTS[term.field] * term.weight * twin.weight
  }
  return sum
}

/**
 * True where one is a sequel, spin-off or remake of the other: they share a franchise id,
 * or one title is the other plus a subtitle, number or season mark.
 */
export function sameFranchise(a: RelatedTitle, b: RelatedTitle): boolean {
  if (a.franchise.some((id) => b.franchise.includes(id))) return true
  const [short, long] = [a.title, b.title]
    .map((t) => t.normalize('NFKC').toLowerCase())
    .sort((x, y) => x.length - y.length) as [string, string]
  if (short.length < 3 || !long.startsWith(short)) return false
  const rest = long.slice(short.length)
  return rest === ''
    ? a.kind === b.kind && a.country === b.country
    : /^\s*(?:[:：\-–—!！♪☆★(（]|\d|第|s\d|[ivx]+$)/u.test(rest) || short.length >= 14
}

const PREMISE: Field[] = ['tag', 'genre', 'creator', 'source', 'summary']

function compatible(a: RelatedTitle, b: RelatedTitle): boolean {
  return FICTION.has(a.kind) ? FICTION.has(b.kind) : a.kind === b.kind
}

function candidates(index: RelatedIndex, of: Indexed): string[] {
  const sums = new Map<string, number>()
  for (const [id, term] of of.terms) {
    const list = index.postings.get(id)!
    // A term half the catalogue shares finds nobody; it still counts once somebody is found.
    if (list.length / index.size >= DISCRIMINATING_SHARE_MAX) continue
    for (const other of list) {
      if (other === of.title.id) continue
      const twin = index.titles.get(other)!.terms.get(id)!
      sums.set(other, (sums.get(other) ?? 0) + FIELD_WEIGHTS[term.field] * term.weight * twin.weight)
    }
  }
  return [...sums]
    .filter(([id]) => compatible(of.title, index.titles.get(id)!.title))
    .sort((x, y) => y[1] - x[1] || x[0].localeCompare(y[0]))
    .slice(0, CANDIDATES_MAX)
    .map(([id]) => id)
}

/**
 * The titles to watch while waiting, best first, each with at least two true reasons that tell it apart
 * (no reason, no card). A premise comes before mere company: titles that share one fill the first places.
 * At most two of one franchise; like cards are spread out.
 */
export function relatedTo(index: RelatedIndex, id: string, limit = 12): RelatedEntry[] {
  const of = index.titles.get(id)
  if (!of) return []
  const pool = candidates(index, of).flatMap((other) => {
    const { title } = index.titles.get(other)!
    const { score, parts } = explainPair(index, id, other)
    const kin = sameFranchise(of.title, title)
    const telling = parts.filter((part) => part.discriminating)
    const reasons = telling.flatMap((part) => reasonFor(part.term, part.amount / score) ?? [])
    if (kin) reasons.unshift(franchiseReason(of.title))
    if (reasons.length < REASONS_MIN) return []
    const premise = telling.some((part) => PREMISE.includes(part.term.field))
    const sharesTag = telling.some((part) => part.term.field === 'tag')
    const pull = 1 + (POPULARITY_PULL * (title.popularity ?? 0)) / 100
    return [
      {
        id: other,
        title,
        kin,
        premise,
        sharesTag,
        score: score * pull,
        reasons: reasons.slice(0, REASONS_SHOWN_MAX),
      },
    ]
  })
  const wantsTag = of.title.tags.length > 0 && pool.filter((p) => p.sharesTag).length >= 6
  const tier = (entry: (typeof pool)[number]) => ((wantsTag ? entry.sharesTag : entry.premise) ? 0 : 1)

  return spread(index, pool, tier, limit).map(({ id: other, score, reasons }) => ({
    id: other,
    score,
    reasons,
  }))
}

interface Ranked {
  id: string
  title: RelatedTitle
  kin: boolean
  score: number
}

/** Re-ranks so that the list holds no row of clones: each place goes to the best title less its likeness to those above. */
function spread<T extends Ranked>(
  index: RelatedIndex,
  pool: T[],
  tier: (entry: T) => number,
  limit: number,
): T[] {
  const chosen: T[] = []
  const rest = pool
    .map((entry) => ({ entry, tier: tier(entry), clone: 0 }))
    .sort((a, b) => a.tier - b.tier || b.entry.score - a.entry.score || a.entry.id.localeCompare(b.entry.id))
    .slice(0, limit * 5)
  while (chosen.length < limit && rest.length) {
    const value = (i: number) => rest[i]!.entry.score * (1 - VARIETY * rest[i]!.clone) - rest[i]!.tier
    let best = 0
    for (let i = 1; i < rest.length; i++) if (value(i) > value(best)) best = i
    const [{ entry }] = rest.splice(best, 1) as [(typeof rest)[number]]
    const kin = chosen.filter((other) => (entry.kin && other.kin) || sameFranchise(other.title, entry.title))
    if (kin.length >= FRANCHISE_MAX) continue
    chosen.push(entry)
    for (const candidate of rest)
      candidate.clone = Math.max(candidate.clone, similarity(index, entry.id, candidate.entry.id))
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
