/** Everything measured of a title and its candidates, free of scale, for the learned model to weigh. */

import { seeded } from '@/lib/shared/random'
import { type Candidates, Finder, ROUGH_WEIGHTS } from './candidates'
import { beside, type Catalogue, catalogueOf, rowAt, type Sparse, transpose } from './catalogue'
import { cosine, type Meaning, meaningOf } from './meaning'
import { FIELDS, type Field } from './terms'
import { FACT_FEATURES, type Traits, traitsAt, traitsOf, writeFacts } from './traits'
import type { RelatedTitle } from './types'

export const CANDIDATES_MAX = 300
const WIDTH = 64

export const CONTENT_FEATURES = [
  ...FIELDS.map((field) => `${field}`),
  ...['rough', 'rough.ratio', 'rough.rank', 'rough.local', 'words', 'words.rank', 'words.local'],
  ...['facets', 'facets.rank', 'facets.local', 'all', 'all.rank', 'all.local'],
  ...FACT_FEATURES,
  ...['set.tags', 'set.summary', 'set.cast', 'set.known', 'set.country'],
  ...['taste', 'taste.rank'],
] as const

const part = (titles: RelatedTitle[], has: (title: RelatedTitle) => boolean) =>
  titles.length ? titles.filter(has).length / titles.length : 0

/** A way of being alike in meaning, and for each title how near its tenth candidate comes in it. */
interface Sense {
  meaning: Meaning
  crowd: Float32Array
}

/** A catalogue made ready for comparing its titles. */
export interface Measured {
  catalogue: Catalogue
  /** For each title, its candidates in the rough order. */
  candidates: Candidates[]
  traits: Traits
  /** How well known each title is, as in `traits`. */
  known: Float32Array
  /** The rough score of each title's tenth candidate: who is near to everybody is near to nobody in particular. */
  crowd: Float32Array
  /** By summary words, by genres and tags, by everything. */
  senses: [words: Sense, facets: Sense, all: Sense]
  /** What the catalogue as a whole knows of its titles, as shares. */
  set: number[]
  /** Room for one title's terms; all zero between calls. */
  own: Float32Array
}

function only({ rows, fieldOf, counts }: Catalogue, weigh: (field: Field) => number): Sparse {
  const weights = FIELDS.map(weigh)
  const starts = new Int32Array(rows.starts.length)
  const columns: number[] = []
  const values: number[] = []
  for (let i = 0; i + 1 < rows.starts.length; i++) {
    for (let k = rows.starts[i]!; k < rows.starts[i + 1]!; k++) {
      const weight = weights[fieldOf[rows.columns[k]!]!]!
      if (!weight || counts[rows.columns[k]!]! < 2) continue
      columns.push(rows.columns[k]!)
      values.push(rows.values[k]! * weight)
    }
    starts[i + 1] = columns.length
  }
  return { starts, columns: Int32Array.from(columns), values: Float32Array.from(values) }
}

const ALL_WEIGHTS: Partial<Record<Field, number>> = {
  era: 0,
  title: 0,
  format: 0.3,
  country: 0.3,
  language: 0.3,
}
const FACET_WEIGHTS: Partial<Record<Field, number>> = { tag: 1, genre: 1, source: 0.3 }

const CROWD_PLACE = 10
const tenth = (scores: Float32Array) => scores.slice().sort().at(-Math.min(CROWD_PLACE, scores.length)) ?? 0

/** Measures a catalogue; `admits` says which titles may stand beside which. The same titles give the same numbers. */
export function measure(
  titles: RelatedTitle[],
  admits: (title: RelatedTitle, other: RelatedTitle) => boolean,
): Measured {
  const catalogue = catalogueOf(titles)
  const random = seeded(1)
  const traits = traitsOf(titles)
  const { known } = traits
  const finder = new Finder(catalogue, {
    weights: ROUGH_WEIGHTS,
    known: known.map((value) => Math.max(value, 0)),
  })
  const candidates = titles.map((title, i) =>
    finder.find(
      rowAt(catalogue.rows, i),
      CANDIDATES_MAX,
      (other) => other !== i && admits(title, titles[other]!),
    ),
  )
  const sense = (weigh: (field: Field) => number): Sense => {
    const rows = only(catalogue, weigh)
    const meaning = meaningOf(rows, transpose(rows, catalogue.terms.length), WIDTH, random)
    const crowd = Float32Array.from(candidates, ({ titles: others }, i) =>
      tenth(Float32Array.from(others, (other) => cosine(meaning, i, other))),
    )
    return { meaning, crowd }
  }
  return {
    catalogue,
    candidates,
    traits,
    known,
    crowd: Float32Array.from(candidates, ({ scores }) => tenth(scores)),
    senses: [
      sense((field) => (field === 'summary' ? 1 : 0)),
      sense((field) => FACET_WEIGHTS[field] ?? 0),
      sense((field) => ALL_WEIGHTS[field] ?? 1),
    ],
    set: [
      part(titles, (title) => title.tags.length > 0),
      part(titles, (title) => Boolean(title.summary)),
      part(titles, (title) => title.cast.length > 0),
      part(titles, (title) => title.popularity !== null),
      part(titles, (title) => title.country !== null),
    ],
    own: new Float32Array(catalogue.terms.length),
  }
}

/** The logarithm of each value's place among them, largest first. */
export function places(values: Float32Array): Float32Array {
  const order = new Int32Array(values.length)
  for (let i = 0; i < order.length; i++) order[i] = i
  order.sort((a, b) => values[b]! - values[a]! || a - b)
  const found = new Float32Array(values.length)
  for (let place = 0; place < order.length; place++) found[order[place]!] = Math.log2(place + 1)
  return found
}

const TAG = FIELDS.indexOf('tag')
const GENRE = FIELDS.indexOf('genre')

/**
 * Writes, field by field, the cosine of `other` and the title whose terms lie in `own`, and says how many genres and
 * tags they share.
 */
export function writeFields(
  { rows, fieldOf }: Catalogue,
  own: Float32Array,
  other: number,
  out: Float32Array,
  at: number,
): { genres: number; tags: number } {
  const shared = { genres: 0, tags: 0 }
  for (let k = rows.starts[other]!; k < rows.starts[other + 1]!; k++) {
    const value = own[rows.columns[k]!]!
    if (!value) continue
    const field = fieldOf[rows.columns[k]!]!
    out[at + field]! += value * rows.values[k]!
    if (field === TAG) shared.tags++
    else if (field === GENRE) shared.genres++
  }
  return shared
}

/** One title's candidates measured, `width` numbers a candidate; the first CONTENT_FEATURES are filled. */
export function contentFeatures(
  measured: Measured,
  title: number,
  others: Int32Array,
  rough: Float32Array,
  width = CONTENT_FEATURES.length,
): Float32Array {
  const { catalogue, traits, set, own } = measured
  const out = new Float32Array(others.length * width)
  const of = traitsAt(traits, title)
  const best = Math.max(rough[0] ?? 0, 1e-9)
  const roughPlaces = places(rough)
  const crowd = measured.crowd
  const senses = measured.senses.map((sense) => {
    const values = new Float32Array(others.length)
    for (let c = 0; c < others.length; c++) values[c] = cosine(sense.meaning, title, others[c]!)
    return { values, places: places(values), crowd: sense.crowd }
  })
  beside(own, rowAt(catalogue.rows, title), () => {
    for (let c = 0; c < others.length; c++) {
      const other = others[c]!
      let at = c * width
      const shared = writeFields(catalogue, own, other, out, at)
      at += FIELDS.length
      out[at++] = rough[c]!
      out[at++] = rough[c]! / best
      out[at++] = roughPlaces[c]!
      out[at++] = rough[c]! / Math.sqrt(Math.max(crowd[title]! * crowd[other]!, 1e-6))
      for (const sense of senses) {
        out[at++] = sense.values[c]!
        out[at++] = sense.places[c]!
        out[at++] = sense.values[c]! / Math.sqrt(Math.max(sense.crowd[title]! * sense.crowd[other]!, 1e-6))
      }
      at = writeFacts(traits, of, other, shared, out, at)
      for (const share of set) out[at++] = share
    }
  })
  return out
}
