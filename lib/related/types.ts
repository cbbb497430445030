import type { Reason, ReasonKind, VerdictWord } from '@/db/schema/words'
import type { Lamp, SeasonStatusWord, ShowStatusWord } from '@/lib/status/types'

export type { Reason, ReasonKind }

/** What the engine knows of a title. */
export interface RelatedTitle {
  id: string
  /** Where its page is; unknown outside the site. */
  slug?: string
  title: string
  kind: string
  country: string | null
  language: string | null
  network: string | null
  year: number | null
  genres: string[]
  tags: string[]
  creators: string[]
  cast: string[]
  sourceMaterial: string | null
  summary: string | null
  popularity: number | null
  rating: number | null
  episodes: number | null
  /** Ids of kin (sequels, remakes, spin-offs). */
  franchise: string[]
}

/** A pair people named, "if you liked the source, try the related one"; titles by their place in a list. */
export interface Pair {
  source: number
  related: number
  weight: number
}

/** Who follows which shows. */
export type Follows = { reader: string; showId: string }[]

/** A pair that people named for good: by the editors, or by so many readers. */
export interface NamedPair {
  showId: string
  relatedShowId: string
  weight: number
  voices: number
  origin: 'editor' | 'reader'
  /** The editors' list that says it most strongly; null where readers alone do. */
  source: string | null
}

export interface RelatedEntry {
  id: string
  score: number
  reasons: Reason[]
}

/** A card on a show page. */
export interface RelatedCard {
  slug: string
  title: string
  originalTitle: string | null
  year: number | null
  country: string | null
  kind: string
  genres: string[]
  /** What its story is about, the plainest first. */
  tags: string[]
  /** Our words about it; null where nobody wrote any. */
  summary: string | null
  score: number
  reasons: Reason[]
  /** The wait: its own state, so nobody starts a cancelled cliffhanger unwarned. */
  status: ShowStatusWord
  lamp: Lamp
  nextSeason: number
  nextStatus: SeasonStatusWord
  seasons: number
}

/** A show its reader has something to do with; following outweighs a word. */
export interface KnownShow {
  id: number
  word: 'follows' | VerdictWord
}

/** A show by name. */
export interface NamedShow {
  slug: string
  title: string
}

/** A card of a reader's own list: what led to it, and the reasons of the last step there. */
export interface ForYouCard extends RelatedCard {
  /** The reader's own shows it comes from, strongest first. */
  through: (NamedShow & { word: 'follows' | 'seen' })[]
  /** What stands between the first of them and this one; null where the two are related themselves. */
  via: NamedShow | null
}

/** What /following/for-you shows. */
export interface ForYou {
  /** How many shows speak for the reader's taste. */
  known: number
  cards: ForYouCard[]
  /** What the reader has seen and waved off, newest first. */
  said: (NamedShow & { word: VerdictWord })[]
}
