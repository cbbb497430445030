/** A catalogue made ready for comparing: what every title is, what people say of it, and what was learned. Pure. */
import { Finder, ROUGH_WEIGHTS } from './candidates'
import { type Catalogue, catalogueOf } from './catalogue'
import { type CardModel, type Estimator, estimatorOf } from './estimate'
import { kinship } from './franchise'
import { type People, peopleOf } from './people'
import { FIELDS, type Field } from './terms'
import { type Traits, traitsOf } from './traits'
import type { Follows, NamedPair, RelatedTitle } from './types'

/**
 * How much of two titles' likeness each field can be at most; set by hand, so that a premise outweighs a genre and
 * makers a network. It deals a card's score out to its reasons and keeps like cards apart; the order is learned.
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
const WEIGHTS = Float64Array.from(FIELDS, (field) => FIELD_WEIGHTS[field])

const GENRE = FIELDS.indexOf('genre')
const COUNTRY = FIELDS.indexOf('country')
const MIXED = new Set([GENRE, COUNTRY])

/** A reason must tell titles apart: facts true of a fifth of the catalogue or more do not count as one. */
export const DISCRIMINATING_SHARE_MAX = 0.2

/** Kinds people watch for a story; the rest (talk, news, reality …) never mix with them. */
const FICTION = new Set(['scripted', 'anime', 'animation'])
/** The kinds a title may stand beside: what tells a story never stands beside what tells none. */
export const sideOf = ({ kind }: Pick<RelatedTitle, 'kind'>) => (FICTION.has(kind) ? 'story' : kind)

/** Whom a title is made for, as its genres say it. */
export const AUDIENCE = { anyone: 0, families: 1, children: 2 } as const

/** Children where a title is listed for them; families where it is listed for all ages. */
export function audienceOf({ genres }: Pick<RelatedTitle, 'genres'>): number {
  if (genres.includes('Children')) return AUDIENCE.children
  return genres.includes('Family') ? AUDIENCE.families : AUDIENCE.anyone
}

/** The catalogue made ready for comparing; its titles stand by id, whatever order they came in. */
export interface RelatedIndex {
  catalogue: Catalogue
  people: People
  traits: Traits
  learned: CardModel | null
  /** How likely people are to name a title; null where nothing was learned, and likeness alone orders the cards. */
  estimator: Estimator | null
  /** Finds the best by everything known of them. */
  finder: Finder
  /** Finds those that share what can be a reason. */
  reasonFinder: Finder
  /** For each term, 1 where it tells titles apart. */
  telling: Uint8Array
  /** Genres and countries that tell titles apart together and not alone. */
  mixes: Mix[]
  /** For each title, the number of its side; titles of different sides never share a card. */
  sides: Uint8Array
  sideNumbers: Map<string, number>
  /** For each title, whom it is made for. */
  audiences: Uint8Array
  areKin: (a: number, b: number) => boolean
  /** Room for one title's terms; all zero between calls. */
  own: Float32Array
}

/** Weighs every term by its rarity and norms each field by itself, so that a field's part is its weight times a cosine. */
export function indexTitles(
  titles: RelatedTitle[],
  { learned = null, ...said }: { follows?: Follows; pairs?: NamedPair[]; learned?: CardModel | null } = {},
): RelatedIndex {
  const catalogue = catalogueOf([...titles].sort((a, b) => (a.id < b.id ? -1 : 1)))
  const people = peopleOf(catalogue.numbers, said)
  const audiences = Uint8Array.from(catalogue.titles, audienceOf)
  return indexOf({ catalogue, people, traits: traitsOf(catalogue.titles), audiences, learned })
}

/** A genre and a country, each too common to tell titles apart, that together do: American comedy. */
export interface Mix {
  genre: number
  country: number
}

/** The genres and countries that tell titles apart together and not alone. */
function mixesOf({ rows, terms, fieldOf }: Catalogue, telling: Uint8Array, titles: number): Mix[] {
  const counts = new Map<number, number>()
  for (let i = 0; i < titles; i++) {
    const common = rows.columns
      .subarray(rows.starts[i]!, rows.starts[i + 1]!)
      .filter((term) => !telling[term] && MIXED.has(fieldOf[term]!))
    for (const genre of common)
      for (const country of common)
        if (fieldOf[genre] === GENRE && fieldOf[country] === COUNTRY) {
          const key = genre * terms.length + country
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
  }
  return [...counts]
    .filter(([, count]) => count / titles < DISCRIMINATING_SHARE_MAX)
    .map(([key]) => ({ genre: Math.floor(key / terms.length), country: key % terms.length }))
}

/** What of an index is counted from the titles themselves: enough to make the rest from. */
export type Counted = Pick<RelatedIndex, 'catalogue' | 'people' | 'traits' | 'audiences' | 'learned'>

/** The same of a catalogue that is counted and measured already. */
export function indexOf({ catalogue, people, traits, learned, audiences }: Counted): RelatedIndex {
  const telling = Uint8Array.from(catalogue.counts, (count) =>
    count / catalogue.titles.length < DISCRIMINATING_SHARE_MAX ? 1 : 0,
  )
  const sideNumbers = new Map<string, number>()
  const sides = Uint8Array.from(catalogue.titles, (title) => {
    const side = sideOf(title)
    if (!sideNumbers.has(side)) sideNumbers.set(side, sideNumbers.size)
    return sideNumbers.get(side)!
  })
  return {
    catalogue,
    people,
    traits,
    learned,
    estimator: learned && estimatorOf(catalogue, learned),
    finder: new Finder(catalogue, {
      weights: ROUGH_WEIGHTS,
      known: traits.known.map((value) => Math.max(value, 0)),
    }),
    reasonFinder: new Finder(catalogue, { weights: WEIGHTS, admitsTerm: (term) => telling[term] === 1 }),
    telling,
    mixes: mixesOf(catalogue, telling, catalogue.titles.length),
    sides,
    sideNumbers,
    audiences,
    areKin: kinship(catalogue.titles),
    own: new Float32Array(catalogue.terms.length),
  }
}

/** The same index with another order. */
export const withModel = (index: RelatedIndex, learned: CardModel): RelatedIndex => ({
  ...index,
  learned,
  estimator: estimatorOf(index.catalogue, learned),
})

/** Calls `visit` with each term that `other` shares with the title laid out, and its amount. */
export function eachShared(
  { catalogue: { rows, fieldOf }, own }: RelatedIndex,
  other: number,
  visit: (term: number, amount: number) => void,
): void {
  for (let k = rows.starts[other]!; k < rows.starts[other + 1]!; k++) {
    const term = rows.columns[k]!
    const value = own[term]!
    if (value) visit(term, WEIGHTS[fieldOf[term]!]! * value * rows.values[k]!)
  }
}

/** The likeness of a title to the row laid out. */
export function likenessTo({ catalogue: { rows, fieldOf }, own }: RelatedIndex, other: number): number {
  let sum = 0
  for (let k = rows.starts[other]!; k < rows.starts[other + 1]!; k++) {
    const value = own[rows.columns[k]!]!
    if (value) sum += WEIGHTS[fieldOf[rows.columns[k]!]!]! * value * rows.values[k]!
  }
  return sum
}
