/** The learned order of related titles: candidates, what is measured of them, and a forest that weighs it. */

import { type Forest, forestScores } from '@/lib/learning/trees'
import { type Candidates, join } from './candidates'
import { type Row, rowAt } from './catalogue'
import {
  EVIDENCE_FEATURES,
  type Evidence,
  evidenceFeatures,
  evidenceOf,
  trailEnds,
  trailsFrom,
} from './evidence'
import { CONTENT_FEATURES, contentFeatures, type Measured, measure, places } from './likeness'
import { Palate, type Taste } from './taste'
import type { Pair, RelatedTitle } from './types'

export const FEATURES = {
  content: CONTENT_FEATURES as readonly string[],
  pairs: [...CONTENT_FEATURES, ...EVIDENCE_FEATURES] as readonly string[],
}

/** What a model may look at: the titles' own facts, or people's pairs too. */
export type Mode = keyof typeof FEATURES

/** A catalogue ready to be ranked, and the evidence beside it where pairs may be used. */
export interface Engine {
  measured: Measured
  evidence: Evidence | null
  /** What suits whom, where that was learned. */
  palate: Palate | null
}

/** Candidates with their features, a row each. */
export interface Rows {
  titles: Int32Array
  features: Float32Array
  width: number
}

/** Of the candidates where pairs are used: so many by content, so many that the pairs lead to. */
const BY_CONTENT = 200
const BY_PAIRS = 150

/** Makes an engine of titles and, where given, of people's pairs. */
export function engineOf(
  titles: RelatedTitle[],
  pairs: Pair[] | null = null,
  admits: (title: RelatedTitle, other: RelatedTitle) => boolean = () => true,
): Engine {
  return {
    measured: measure(titles, admits),
    evidence: pairs && evidenceOf(pairs, titles.length),
    palate: null,
  }
}

/** The same catalogue with other evidence. */
export const withPairs = ({ measured }: Engine, pairs: Pair[] | null): Engine => ({
  measured,
  evidence: pairs && evidenceOf(pairs, measured.catalogue.titles.length),
  palate: null,
})

/** A title's best candidates by content, then those only the pairs lead to, then the rest. */
function joined(byContent: Candidates, ends: number[]): Candidates {
  const { titles, scores } = join(byContent, ends)
  const first = byContent.titles.length
  const places = [...titles.keys()]
  const chosen = [
    ...places.slice(0, Math.min(BY_CONTENT, first)),
    ...[...places.slice(first), ...places.slice(BY_CONTENT, first)].slice(0, BY_PAIRS),
  ]
  return {
    titles: Int32Array.from(chosen, (place) => titles[place]!),
    scores: Float32Array.from(chosen, (place) => scores[place]!),
  }
}

/** The same engine with a learned taste. */
export const withTaste = (engine: Engine, taste: Taste): Engine => ({
  ...engine,
  palate: new Palate(engine.measured.catalogue, taste),
})

/** Where a row's taste is written. */
export const TASTE = CONTENT_FEATURES.indexOf('taste')

/**
 * Writes how well each row's title suits those who like a title with these terms, and its place by that; its place `among`
 * others where the rows are only the `chosen` of them.
 */
export function addTaste(
  palate: Palate,
  of: Pick<Row, 'columns'>,
  { titles, features, width }: Rows,
  {
    at = TASTE,
    among = titles,
    chosen,
  }: { at?: number; among?: Int32Array; chosen?: ArrayLike<number> } = {},
): void {
  const suits = palate.suits(of, among)
  const order = places(suits)
  for (let row = 0; row < titles.length; row++) {
    const place = chosen ? chosen[row]! : row
    features[row * width + at] = suits[place]!
    features[row * width + at + 1] = order[place]!
  }
}

/** A title's candidates and all that is measured of them. */
export function rowsOf(engine: Engine, title: number): Rows {
  const rows = measuredRows(engine, title)
  if (engine.palate) addTaste(engine.palate, rowAt(engine.measured.catalogue.rows, title), rows)
  return rows
}

function measuredRows({ measured, evidence }: Engine, title: number): Rows {
  const byContent = measured.candidates[title]!
  if (!evidence) {
    const features = contentFeatures(measured, title, byContent.titles, byContent.scores)
    return { titles: byContent.titles, features, width: CONTENT_FEATURES.length }
  }
  const trails = trailsFrom(evidence, title, byContent)
  const { titles, scores } = joined(byContent, trailEnds(trails, BY_PAIRS))
  const width = CONTENT_FEATURES.length + EVIDENCE_FEATURES.length
  const features = contentFeatures(measured, title, titles, scores, width)
  const [, , all] = measured.senses
  evidenceFeatures(evidence, trails, all.meaning, title, titles, features, width)
  return { titles, features, width }
}

/** A title's candidates by the forest's score, best first. */
export function ranked(engine: Engine, forest: Forest, title: number): { title: number; score: number }[] {
  const { titles, features, width } = rowsOf(engine, title)
  const scores = forestScores(forest, features, width)
  const list = Array.from(titles, (other, c) => ({ title: other, score: scores[c]! }))
  return list.sort((a, b) => b.score - a.score || a.title - b.title)
}
