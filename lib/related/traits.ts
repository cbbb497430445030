/** What a title is apart from its terms: how well known, how old, how long, how much is told of it. Pure. */
import type { RelatedTitle } from './types'

/** The titles of a catalogue in numbers, a place a title. */
export interface Traits {
  /** Standing among the titles by popularity, rating and first year, 0 to 1; -1 where unknown. */
  known: Float32Array
  rated: Float32Array
  dated: Float32Array
  /** As given; NaN where unknown. */
  rating: Float64Array
  year: Float64Array
  /** The logarithm of the episodes of a season; -1 where unknown. */
  length: Float32Array
  genres: Uint16Array
  tags: Uint16Array
  cast: Uint16Array
  /** The logarithm of the letters of its summary. */
  told: Float32Array
}

/** What of one title is measured beside others. */
export interface OwnTraits {
  known: number
  rating: number
  year: number
  length: number
  genres: number
  tags: number
}

/** The features that `writeFacts` writes, in its order. */
export const FACT_FEATURES = [
  ...['genres.shared', 'genres.jaccard', 'genres.of', 'genres.in', 'tags.shared', 'tags.of', 'tags.in'],
  ...['cast.in', 'known.of', 'known.in', 'known.gap', 'rating.in', 'rating.gap'],
  ...['year.gap', 'year.distance', 'year.in', 'episodes.in', 'episodes.gap', 'summary.in'],
] as const

/** The share of `sorted` below a value, 0 to 1; -1 for an unknown one. */
function standingIn(sorted: number[], value: number | null): number {
  if (value === null) return -1
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low / Math.max(sorted.length - 1, 1)
}

const sorted = (values: (number | null)[]) => values.filter((value) => value !== null).sort((a, b) => a - b)

/** The standing of each value among all. */
function standings(values: (number | null)[]): Float32Array {
  const known = sorted(values)
  return Float32Array.from(values, (value) => standingIn(known, value))
}

const lengthOf = ({ episodes }: RelatedTitle) => (episodes === null ? -1 : Math.log2(1 + episodes))

/** The traits of a catalogue's titles. */
export function traitsOf(titles: RelatedTitle[]): Traits {
  return {
    known: standings(titles.map((title) => title.popularity)),
    rated: standings(titles.map((title) => title.rating)),
    dated: standings(titles.map((title) => title.year)),
    rating: Float64Array.from(titles, (title) => title.rating ?? Number.NaN),
    year: Float64Array.from(titles, (title) => title.year ?? Number.NaN),
    length: Float32Array.from(titles, lengthOf),
    genres: Uint16Array.from(titles, (title) => title.genres.length),
    tags: Uint16Array.from(titles, (title) => title.tags.length),
    cast: Uint16Array.from(titles, (title) => title.cast.length),
    told: Float32Array.from(titles, (title) => Math.log2(1 + (title.summary?.length ?? 0))),
  }
}

/** The traits of the title with this number. */
export const traitsAt = (traits: Traits, title: number): OwnTraits => ({
  known: traits.known[title]!,
  rating: traits.rating[title]!,
  year: traits.year[title]!,
  length: traits.length[title]!,
  genres: traits.genres[title]!,
  tags: traits.tags[title]!,
})

/** The traits of a title that need not be among `titles`, measured against them. */
export const traitsBeside = (titles: RelatedTitle[], title: RelatedTitle): OwnTraits => ({
  known: Math.fround(standingIn(sorted(titles.map(({ popularity }) => popularity)), title.popularity)),
  rating: title.rating ?? Number.NaN,
  year: title.year ?? Number.NaN,
  length: Math.fround(lengthOf(title)),
  genres: title.genres.length,
  tags: title.tags.length,
})

const UNKNOWN_GAP = -99
const orUnknown = (gap: number) => (Number.isNaN(gap) ? UNKNOWN_GAP : gap)

/** Writes what two titles are to each other in number; returns where the next feature goes. */
export function writeFacts(
  traits: Traits,
  of: OwnTraits,
  other: number,
  shared: { genres: number; tags: number },
  out: Float32Array,
  from: number,
): number {
  let at = from
  const genres = traits.genres[other]!
  const years = orUnknown(traits.year[other]! - of.year)
  const lengths = traits.length[other]!
  out[at++] = shared.genres
  out[at++] = shared.genres / Math.max(1, of.genres + genres - shared.genres)
  out[at++] = of.genres
  out[at++] = genres
  out[at++] = shared.tags
  out[at++] = of.tags
  out[at++] = traits.tags[other]!
  out[at++] = traits.cast[other]!
  out[at++] = of.known
  out[at++] = traits.known[other]!
  out[at++] = Math.abs(of.known - traits.known[other]!)
  out[at++] = traits.rated[other]!
  out[at++] = orUnknown(traits.rating[other]! - of.rating)
  out[at++] = years
  out[at++] = Math.abs(years)
  out[at++] = traits.dated[other]!
  out[at++] = lengths
  out[at++] = of.length < 0 || lengths < 0 ? UNKNOWN_GAP : lengths - of.length
  out[at++] = traits.told[other]!
  return at
}
