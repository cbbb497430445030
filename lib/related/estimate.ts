/**
 * How likely people are to name a title beside another, learned from the pairs they have named elsewhere: what orders
 * the cards. The numbers that were learned are in card-model.json; `related train --cards` makes it.
 */
import type { Candidates } from './candidates'
import { type Catalogue, type Row, rowAt } from './catalogue'
import { addTaste, type Rows } from './engine'
import { places, writeFields } from './likeness'
import { chance, type Scale } from './scale'
import { Palate, type Taste } from './taste'
import { FIELDS } from './terms'
import { FACT_FEATURES, type OwnTraits, type Traits, traitsAt, writeFacts } from './traits'
import { type Forest, forestScore } from './trees'

/** What is measured of a card: all of it read off the two shows' own records. */
export const CARD_FEATURES = [
  ...FIELDS.map((field) => `${field}`),
  ...['rough', 'rough.ratio', 'rough.rank'],
  ...FACT_FEATURES,
  ...['taste', 'taste.rank'],
] as const
const WIDTH = CARD_FEATURES.length
/** Where a card's taste is written. */
export const CARD_TASTE = WIDTH - 2

/** A catalogue whose titles can be measured beside each other. */
export interface Ground {
  catalogue: Catalogue
  traits: Traits
  /** Room for one title's terms; all zero between calls. */
  own: Float32Array
}

/** A title that others are measured beside: its terms, and what it is apart from them. */
export interface Asked {
  row: Row
  traits: OwnTraits
}

/** The title with this number, to be measured beside others. */
export const askedAt = ({ catalogue, traits }: Ground, title: number): Asked => ({
  row: rowAt(catalogue.rows, title),
  traits: traitsAt(traits, title),
})

/** Measures candidates, but for their taste. */
export function cardRows(
  { catalogue, traits, own }: Ground,
  of: Asked,
  { titles, scores }: Candidates,
): Rows {
  const { columns, values } = of.row
  for (let k = 0; k < columns.length; k++) own[columns[k]!] = values[k]!
  const features = new Float32Array(titles.length * WIDTH)
  const best = Math.max(scores[0] ?? 0, 1e-9)
  const order = places(scores)
  for (let c = 0; c < titles.length; c++) {
    let at = c * WIDTH
    const shared = writeFields(catalogue, own, titles[c]!, features, at)
    at += FIELDS.length
    features[at++] = scores[c]!
    features[at++] = scores[c]! / best
    features[at++] = order[c]!
    writeFacts(traits, of.traits, titles[c]!, shared, features, at)
  }
  for (let k = 0; k < columns.length; k++) own[columns[k]!] = 0
  return { titles, features, width: WIDTH }
}

/** What is learned of cards: which terms go together, how all that is measured is weighed, and what a score is worth. */
export interface CardModel {
  taste: Taste
  forest: Forest
  scale: Scale
}

/** A model made ready for one catalogue. */
export interface Estimator {
  palate: Palate
  forest: Forest
  scale: Scale
}

export const estimatorOf = (catalogue: Catalogue, { taste, forest, scale }: CardModel): Estimator => ({
  palate: new Palate(catalogue, taste),
  forest,
  scale,
})

/** The forest's score of each candidate, by its place among them. */
export function logits(
  ground: Ground,
  { palate, forest }: Estimator,
  of: Asked,
  candidates: Candidates,
): Float64Array {
  const rows = cardRows(ground, of, candidates)
  addTaste(palate, of.row, rows, CARD_TASTE)
  return Float64Array.from(candidates.titles, (_, c) => forestScore(forest, rows.features, c * WIDTH))
}

/** The chance that people name each candidate, 0 to 1, by its place among them. */
export const estimates = (
  ground: Ground,
  estimator: Estimator,
  of: Asked,
  candidates: Candidates,
): Float64Array => logits(ground, estimator, of, candidates).map((score) => chance(estimator.scale, score))
