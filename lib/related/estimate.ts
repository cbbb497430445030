/**
 * How likely people are to name a title beside another, learned from the pairs they have named elsewhere: what orders
 * the cards. The numbers that were learned are in card-model.json; `related train-cards` makes it.
 */

import { type Forest, forestScores } from '@/lib/learning/trees'
import type { Candidates } from './candidates'
import { beside, type Catalogue, type Row, rowAt } from './catalogue'
import { addTaste, type Rows } from './engine'
import { places, writeFields } from './likeness'
import { chance, type Scale } from './scale'
import { Palate, type Taste } from './taste'
import { FIELDS } from './terms'
import { FACT_FEATURES, type OwnTraits, type Traits, traitsAt, writeFacts } from './traits'

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

/**
 * Measures candidates, but for their taste; of all of them, or of those at the places `chosen`, each with its standing
 * among all.
 */
export function cardRows(
  { catalogue, traits, own }: Ground,
  of: Asked,
  { titles, scores }: Candidates,
  chosen: ArrayLike<number> = titles.map((_, c) => c),
): Rows {
  const features = new Float32Array(chosen.length * WIDTH)
  const best = Math.max(scores[0] ?? 0, 1e-9)
  const order = places(scores)
  beside(own, of.row, () => {
    for (let row = 0; row < chosen.length; row++) {
      const c = chosen[row]!
      let at = row * WIDTH
      const shared = writeFields(catalogue, own, titles[c]!, features, at)
      at += FIELDS.length
      features[at++] = scores[c]!
      features[at++] = scores[c]! / best
      features[at++] = order[c]!
      writeFacts(traits, of.traits, titles[c]!, shared, features, at)
    }
  })
  return { titles: Int32Array.from(chosen, (c) => titles[c]!), features, width: WIDTH }
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

/** The chance that people name each of the chosen candidates, 0 to 1, in their order. */
export function estimates(
  ground: Ground,
  { palate, forest, scale }: Estimator,
  of: Asked,
  candidates: Candidates,
  chosen: ArrayLike<number>,
): Float64Array {
  const rows = cardRows(ground, of, candidates, chosen)
  addTaste(palate, of.row, rows, { at: CARD_TASTE, among: candidates.titles, chosen })
  return forestScores(forest, rows.features, WIDTH).map((score) => chance(scale, score))
}
