/** What places a title under another, term by term. Pure. */
import { beside, type Row, rowAt } from './catalogue'
import { eachShared, type RelatedIndex } from './compared'
import { type Candidate, ofNumber, poolOf } from './pool'
import type { Term } from './terms'

/** How much the readers' strongest word adds to a score; see READERS_HALF. */
export const READERS_WEIGHT = 0.3
/**
 * How much the surest pair adds, chosen by tests/bench/related-pairs.ts. More would find a little more of what people
 * name, but two readers of one mind are not to outweigh everything else.
 */
export const PAIR_WEIGHT = 1.2

/** One term's part in the likeness of two titles. */
export interface Contribution {
  number: number
  term: Term
  amount: number
  discriminating: boolean
}

/** The terms a row and a title share, largest part first; the likeness is the sum of their amounts. */
export function explain(index: RelatedIndex, a: Row, b: number): { score: number; parts: Contribution[] } {
  const parts: Contribution[] = []
  const { terms } = index.catalogue
  let score = 0
  beside(index.own, a, () =>
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
  /** What the two titles' own facts are worth, as much of it as readers leave to them. */
  facts: number
  readers: number
  pairs: number
  total: number
}

/** Puts a score together. A title that nobody follows, and that is in no pair, rests on facts alone. */
export function sumOf(
  { people }: RelatedIndex,
  number: number,
  { title, likeness, estimate }: Pick<Candidate, 'title' | 'likeness' | 'estimate'>,
): Sum {
  const word = people.readers.get(number)
  const share = word?.share ?? 0
  const facts = likeness > 0 ? (1 - share) * estimate : 0
  const readers = share * READERS_WEIGHT * (word?.beside.get(title)?.strength ?? 0)
  const pairs = PAIR_WEIGHT * (people.pairs.get(number)?.get(title)?.strength ?? 0)
  return { facts, readers, pairs, total: facts + readers + pairs }
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

/**
 * The whole sum that places `b` under `a`: what their facts are worth, dealt out to the terms both share by their part
 * in the likeness, and beside it readers and pairs.
 */
export function explainPlace(index: RelatedIndex, a: string, b: string): { parts: Contribution[]; sum: Sum } {
  const { numbers } = index.catalogue
  const [one, other] = [numbers.get(a), numbers.get(b)]
  if (one === undefined || other === undefined) throw new Error('both titles must be in the catalogue')
  const pool = poolOf(index, ofNumber(index, one), [other])
  const sum = sumOf(index, one, pool.find(({ title }) => title === other)!)
  const { score, parts } = explainPair(index, a, b)
  const left = score > 0 ? sum.facts / score : 0
  return { parts: parts.map((part) => ({ ...part, amount: left * part.amount })), sum }
}
