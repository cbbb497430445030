/** Everything measured of a title and its candidates, free of scale, for the learned model to weigh. */

import { seeded } from '@/lib/shared/random'
import { type Candidates, Finder, ROUGH_WEIGHTS } from './candidates'
import { type Catalogue, catalogueOf, rowAt, type Sparse, transpose } from './catalogue'
import { likeness, type Meaning, meaningOf } from './meaning'
import { FIELDS, type Field } from './terms'
import type { RelatedTitle } from './types'

export const CANDIDATES_MAX = 300
const WIDTH = 64

export const CONTENT_FEATURES = [
  ...FIELDS.map((field) => `${field}`),
  ...['rough', 'rough.ratio', 'rough.rank', 'rough.local', 'words', 'words.rank', 'words.local'],
  ...['facets', 'facets.rank', 'facets.local', 'all', 'all.rank', 'all.local'],
  ...[
    'genres.shared',
    'genres.jaccard',
    'genres.of',
    'genres.in',
    'tags.shared',
    'tags.of',
    'tags.in',
    'cast.in',
  ],
  ...['known.of', 'known.in', 'known.gap', 'rating.in', 'rating.gap', 'year.gap', 'year.distance', 'year.in'],
  ...['episodes.in', 'episodes.gap', 'summary.in'],
  ...['set.tags', 'set.summary', 'set.cast', 'set.known', 'set.country'],
  ...['taste', 'taste.rank'],
] as const

/** The share of values below each value, 0 to 1; -1 where nothing is known. */
function standing(values: (number | null)[]): Float32Array {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  return Float32Array.from(values, (value) => {
    if (value === null) return -1
    let low = 0
    let high = known.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (known[middle]! < value) low = middle + 1
      else high = middle
    }
    return low / Math.max(known.length - 1, 1)
  })
}

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
  /** Standing among the titles by popularity, rating and first year, 0 to 1; -1 where unknown. */
  known: Float32Array
  rating: Float32Array
  year: Float32Array
  /** The logarithm of the episodes of a season; -1 where unknown. */
  lengths: Float32Array
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
  const known = standing(titles.map((title) => title.popularity))
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
      tenth(Float32Array.from(others, (other) => likeness(meaning, i, other))),
    )
    return { meaning, crowd }
  }
  return {
    catalogue,
    candidates,
    known,
    rating: standing(titles.map((title) => title.rating)),
    year: standing(titles.map((title) => title.year)),
    lengths: Float32Array.from(titles, ({ episodes }) => (episodes === null ? -1 : Math.log2(1 + episodes))),
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

const UNKNOWN_GAP = -99
const gap = (a: number | null, b: number | null) => (a === null || b === null ? UNKNOWN_GAP : b - a)
const TAG = FIELDS.indexOf('tag')
const GENRE = FIELDS.indexOf('genre')

/** One title's candidates measured, `width` numbers a candidate; the first CONTENT_FEATURES are filled. */
export function contentFeatures(
  measured: Measured,
  title: number,
  others: Int32Array,
  rough: Float32Array,
  width = CONTENT_FEATURES.length,
): Float32Array {
  const { rows, fieldOf, titles } = measured.catalogue
  const { known, rating, year, lengths, set, own } = measured
  const out = new Float32Array(others.length * width)
  for (let k = rows.starts[title]!; k < rows.starts[title + 1]!; k++) own[rows.columns[k]!] = rows.values[k]!
  const of = titles[title]!
  const best = Math.max(rough[0] ?? 0, 1e-9)
  const roughPlaces = places(rough)
  const crowd = measured.crowd
  const senses = measured.senses.map((sense) => {
    const values = new Float32Array(others.length)
    for (let c = 0; c < others.length; c++) values[c] = likeness(sense.meaning, title, others[c]!)
    return { values, places: places(values), crowd: sense.crowd }
  })
  for (let c = 0; c < others.length; c++) {
    const other = others[c]!
    const to = titles[other]!
    let at = c * width
    let tags = 0
    let genres = 0
    for (let k = rows.starts[other]!; k < rows.starts[other + 1]!; k++) {
      const value = own[rows.columns[k]!]!
      if (!value) continue
      const field = fieldOf[rows.columns[k]!]!
      out[at + field]! += value * rows.values[k]!
      if (field === TAG) tags++
      else if (field === GENRE) genres++
    }
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
    out[at++] = genres
    out[at++] = genres / Math.max(1, of.genres.length + to.genres.length - genres)
    out[at++] = of.genres.length
    out[at++] = to.genres.length
    out[at++] = tags
    out[at++] = of.tags.length
    out[at++] = to.tags.length
    out[at++] = to.cast.length
    out[at++] = known[title]!
    out[at++] = known[other]!
    out[at++] = Math.abs(known[title]! - known[other]!)
    out[at++] = rating[other]!
    out[at++] = gap(of.rating, to.rating)
    out[at++] = gap(of.year, to.year)
    out[at++] = Math.abs(gap(of.year, to.year))
    out[at++] = year[other]!
    out[at++] = lengths[other]!
    out[at++] = lengths[title]! < 0 || lengths[other]! < 0 ? UNKNOWN_GAP : lengths[other]! - lengths[title]!
    out[at++] = Math.log2(1 + (to.summary?.length ?? 0))
    for (const share of set) out[at++] = share
  }
  for (let k = rows.starts[title]!; k < rows.starts[title + 1]!; k++) own[rows.columns[k]!] = 0
  return out
}
