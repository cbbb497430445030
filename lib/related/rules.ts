import { beside, rowAt } from './catalogue'
import { likenessTo, type RelatedIndex } from './compared'
import { explain, sumOf } from './explain'
import { pairReason } from './pair-reason'
import { CARDS_MAX, type Candidate, type Of, ofNumber, ofTitle, poolOf } from './pool'
import { franchiseReason, groundsOf, mixReason, readersReason, roundedShare, termReason } from './reasons'
import { reasonKind } from './terms'
import type { RelatedEntry, RelatedTitle } from './types'

const REASONS_SHOWN_MAX = 4
const FRANCHISE_MAX = 2
/** How much a card loses for being like the cards above it (maximal marginal relevance, Carbonell & Goldstein 1998). */
const VARIETY = 0.25

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
/** The first of the index's mixes; the others go down from there. */
const MIX = -10

interface ListOptions {
  limit?: number
  variety?: number
}

/**
 * The titles to watch while waiting for the one with this number, in numbers: those people are likeliest to name first,
 * each with at least two true reasons that tell it apart (no reason, no card). At most two of one franchise; like cards
 * are spread out, by `variety`.
 */
export const listAt = (index: RelatedIndex, number: number, options: ListOptions = {}): Listed[] =>
  listFor(index, ofNumber(index, number), options)

/** The same for a title that is new, or has changed, since the catalogue was indexed. */
export function relatedToTitle(
  index: RelatedIndex,
  title: RelatedTitle,
  options: ListOptions = {},
): RelatedEntry[] {
  return listFor(index, ofTitle(index, title), options).map((listed) => entryOf(index, title, listed))
}

/** A card in words. */
export function entryOf(
  { catalogue, people, mixes }: RelatedIndex,
  of: RelatedTitle,
  listed: Listed,
): RelatedEntry {
  const { title, score, because } = listed
  const number = catalogue.numbers.get(of.id)!
  const pair = people.pairs.get(number)?.get(title)
  const reasons = because.map(([ground, share]) => {
    if (ground === KIN) return franchiseReason(of)
    if (ground === READERS) return readersReason(people.readers.get(number)!.beside.get(title)!.both, share)
    if (ground === PAIR)
      return pairReason(
        { ...pair!, through: pair!.through === null ? null : catalogue.titles[pair!.through]!.title },
        { share, slug: pair!.namedOn === null ? null : catalogue.titles[pair!.namedOn]!.slug },
      )
    const mix = mixes[MIX - ground]
    if (mix) return mixReason(catalogue.terms[mix.genre]!, catalogue.terms[mix.country]!, share)
    return termReason(catalogue.terms[ground]!, share)
  })
  return { id: catalogue.titles[title]!.id, score, reasons }
}

function listFor(
  index: RelatedIndex,
  of: Of,
  { limit = CARDS_MAX, variety = VARIETY }: ListOptions,
): Listed[] {
  const pool = poolOf(index, of).map((one) => ({ ...one, sum: sumOf(index, of.number, one) }))
  return spread(index, pool, limit, variety).map(({ title, kin, likeness, mixes, sum }) => {
    const { parts } = explain(index, of.row, title)
    const because: Listed['because'] = []
    if (kin) because.push([KIN, 0])
    if (sum.pairs > 0) because.push([PAIR, roundedShare(sum.pairs / sum.total)])
    if (sum.readers > 0) because.push([READERS, roundedShare(sum.readers / sum.total)])
    const left = sum.readers + sum.pairs > 0 ? 1 - (sum.readers + sum.pairs) / sum.total : 1
    const shareOf = (amount: number) => roundedShare(left * (amount / likeness))
    const amountOf = (term: number) => parts.find(({ number }) => number === term)!.amount
    const terms = parts.flatMap(({ number, term, amount, discriminating }) => {
      const kind = reasonKind(term.field)
      return kind && discriminating && amount > 0 ? [{ number, kind, share: shareOf(amount) }] : []
    })
    const mixed = mixes.map((mix) => ({
      number: MIX - index.mixes.indexOf(mix),
      kind: 'genre_country' as const,
      share: shareOf(amountOf(mix.genre) + amountOf(mix.country)),
    }))
    because.push(...groundsOf([...terms, ...mixed]))
    return { title, score: sum.total, because: because.slice(0, REASONS_SHOWN_MAX) }
  })
}

/** A candidate with its score. */
type Scored = Candidate & { sum: ReturnType<typeof sumOf> }

/**
 * Re-ranks so that the list holds no row of clones: each place goes to the best title less its likeness to those above.
 * A title only ever loses by being looked at, so one that leads after a look at all cards above has the place.
 */
function spread(index: RelatedIndex, pool: Scored[], limit: number, variety: number): Scored[] {
  const { rows } = index.catalogue
  const rest = pool
    .sort((a, b) => b.sum.total - a.sum.total || a.title - b.title)
    .slice(0, limit * 4)
    .map((card) => ({ card, clone: 0, lookedAt: 0 }))
  const chosen: Scored[] = []
  const value = ({ card, clone }: (typeof rest)[number]) => card.sum.total * (1 - variety * clone)
  while (chosen.length < limit && rest.length) {
    let best = 0
    for (let i = 1; i < rest.length; i++) if (value(rest[i]!) > value(rest[best]!)) best = i
    const entry = rest[best]!
    if (entry.lookedAt < chosen.length) {
      beside(index.own, rowAt(rows, entry.card.title), () => {
        for (const card of chosen.slice(entry.lookedAt))
          entry.clone = Math.max(entry.clone, likenessTo(index, card.title))
      })
      entry.lookedAt = chosen.length
      continue
    }
    rest.splice(best, 1)
    const { card } = entry
    const kin = chosen.filter((other) => (card.kin && other.kin) || index.areKin(other.title, card.title))
    if (kin.length < FRANCHISE_MAX) chosen.push(card)
  }
  return chosen
}
