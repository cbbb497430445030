/** Who may stand under a title, and how well each would. Pure. */
import { type Candidates, join } from './candidates'
import { beside, type Row, rowAt, rowFor } from './catalogue'
import { AUDIENCE, audienceOf, eachShared, type Mix, type RelatedIndex, sideOf } from './compared'
import { askedAt, estimates } from './estimate'
import { sameFranchise } from './franchise'
import { FIELDS, reasonKind } from './terms'
import { traitsBeside } from './traits'
import type { RelatedTitle } from './types'

const REASONS_MIN = 2
const CANDIDATES_MAX = 300
const FAR_CANDIDATES_MAX = 400
/** A full list. */
export const CARDS_MAX = 12

/**
 * What each maker two shows share adds to the chance, of what is left to certainty: what else they made is what a reader
 * asks for, and the makers of only one show in fifty are on record, too few for a forest to learn it.
 */
const MAKER_LIFT = 0.1

const CREATOR = FIELDS.indexOf('creator')
const GIVES_REASON = Uint8Array.from(FIELDS, (field) => (reasonKind(field) ? 1 : 0))

/** A title that a list is made for; its number is NEW where it is not in the catalogue. */
export interface Of {
  title: RelatedTitle
  number: number
  row: Row
  /** Whom it is made for; by its number where it has one, for a thread's titles come without their genres. */
  audience: number
}

const NEW = -1

/** A title, whether the catalogue has it, has it otherwise, or has it not. */
export const ofTitle = ({ catalogue }: RelatedIndex, title: RelatedTitle): Of => ({
  title,
  number: catalogue.numbers.get(title.id) ?? NEW,
  row: rowFor(catalogue, title),
  audience: audienceOf(title),
})

/** The title with this number. */
export const ofNumber = ({ catalogue, audiences }: RelatedIndex, number: number): Of => ({
  title: catalogue.titles[number]!,
  number,
  row: rowAt(catalogue.rows, number),
  audience: audiences[number]!,
})

/**
 * Whether a title may stand under another at all: what tells a story never stands beside what tells none, and under
 * what is made for children stands only what children or families watch.
 */
function admitted({ sides, sideNumbers, audiences }: RelatedIndex, { title, number, audience }: Of) {
  const side = sideNumbers.get(sideOf(title))
  const guarded = audience === AUDIENCE.children
  return (other: number) =>
    other !== number && sides[other] === side && (!guarded || audiences[other] !== AUDIENCE.anyone)
}

/** The best candidates by all that is known of them. */
export const nearTo = (index: RelatedIndex, of: Of): Candidates =>
  index.finder.find(of.row, CANDIDATES_MAX, admitted(index, of))

/** A title that may be a card. */
export interface Candidate {
  title: number
  /** By the terms both have, 0 to 1. */
  likeness: number
  /** How likely people are to name it, 0 to 1; its likeness where nothing was learned. */
  estimate: number
  /** What can be said for it: shared terms that tell titles apart, alone or mixed, kinship, readers, pairs. */
  reasons: number
  kin: boolean
  /** How many makers both have. */
  makers: number
  /** Those of the index's mixes that both titles have. */
  mixes: Mix[]
}

/** What the terms of a candidate and the title laid out say. */
function weigh(index: RelatedIndex, { title: of, number }: Of, title: number): Omit<Candidate, 'estimate'> {
  const { catalogue, telling, people } = index
  let likeness = 0
  let reasons = 0
  let makers = 0
  const common = new Set<number>()
  eachShared(index, title, (term, amount) => {
    likeness += amount
    if (amount === 0 || !GIVES_REASON[catalogue.fieldOf[term]!]) return
    if (catalogue.fieldOf[term] === CREATOR) makers++
    if (telling[term]) reasons++
    else common.add(term)
  })
  const mixes = index.mixes.filter(({ genre, country }) => common.has(genre) && common.has(country))
  reasons += mixes.length
  // A title that has changed since has other facts than the one under its number.
  const kin =
    of === catalogue.titles[number]
      ? index.areKin(number, title)
      : sameFranchise(of, catalogue.titles[title]!)
  if (kin) reasons++
  if (people.readers.get(number)?.beside.has(title)) reasons++
  if (people.pairs.get(number)?.has(title)) reasons++
  return { title, likeness, reasons, kin, makers, mixes }
}

/** Whether enough can be said for a candidate to show it: no reason, no card. */
const isCard = ({ reasons }: Pick<Candidate, 'reasons'>) => reasons >= REASONS_MIN

/**
 * The candidates of a title that can be shown, in no order: of the best by all that is known and whom people put there,
 * and, where too few of these have two reasons, of those that share what can be one. `also` is measured with them,
 * whatever can be said for it.
 */
export function poolOf(index: RelatedIndex, of: Of, also: number[] = []): Candidate[] {
  const { people, catalogue, estimator } = index
  const admits = admitted(index, of)
  const named = [people.readers.get(of.number)?.beside, people.pairs.get(of.number)]
    .flatMap((word) => [...(word?.keys() ?? [])])
    .filter(admits)
  let found = join(nearTo(index, of), [...named, ...also])
  const weighed = (from: number) =>
    beside(index.own, of.row, () =>
      Array.from(found.titles.subarray(from), (title) => weigh(index, of, title)),
    )
  const pool = weighed(0)
  // The nearest may share one rare fact and nothing else; titles less near may share two.
  if (pool.filter(isCard).length < CARDS_MAX) {
    found = join(found, [...index.reasonFinder.find(of.row, FAR_CANDIDATES_MAX, admits).titles])
    pool.push(...weighed(pool.length))
  }
  const shown = [...pool.keys()].filter((c) => isCard(pool[c]!) || also.includes(pool[c]!.title))
  if (!estimator) return shown.map((c) => ({ ...pool[c]!, estimate: pool[c]!.likeness }))
  const isSame = of.title === catalogue.titles[of.number]
  const asked = isSame
    ? askedAt(index, of.number)
    : { row: of.row, traits: traitsBeside(catalogue.titles, of.title) }
  const worth = estimates(index, estimator, asked, found, shown)
  return shown.map((c, i) => {
    const one = pool[c]!
    return { ...one, estimate: 1 - (1 - worth[i]!) * (1 - MAKER_LIFT) ** one.makers }
  })
}
