/** What pages show: one DTO a page, the same for every reader. */
import type { Difference } from '@/lib/catalogue/types'
import type { Estimate } from '@/lib/forecast/estimate'
import type { Correction, RecordedEvent } from '@/lib/ledger/types'
import type { RelatedCard } from '@/lib/related/types'
import type { Day } from '@/lib/shared/day'
import type { Claim, ClaimState } from '@/lib/status/claim'
import type { SeasonStatus, ShowStatus, Window } from '@/lib/status/types'

/** A season on a show's page with its derived state and its claims, newest statement first. */
export interface SeasonView {
  number: number
  /** False for the season people wait for, until the catalogue states it. */
  recorded: boolean
  name: string | null
  episodes: number | null
  premiere: Window | null
  finale: Window | null
  state: SeasonStatus
  claims: (Claim & { state: ClaimState })[]
  /** How often its day was given, moved or called off; never falls. */
  revision: number
  recap: { text: string; throughEpisode: number }[]
  /** Who gives the record's values that stand here, most trusted first. */
  recordedBy: { premiere: string[]; finale: string[]; episodes: string[] }
  /** What providers disagree about. */
  givenBy: Difference[]
}

/** Whether somebody takes part in the next season; `unknown`: others are spoken of, and of them nobody has said. */
export type Returning = 'confirmed' | 'expected' | 'unknown' | 'new' | 'out'

/** Everything a show or season page shows: one DTO, the same for every reader. */
export interface ShowPage {
  slug: string
  title: string
  originalTitle: string | null
  aliases: string[]
  kind: string
  country: string | null
  language: string | null
  network: { slug: string; name: string } | null
  genres: { slug: string; name: string }[]
  tags: { slug: string; name: string }[]
  creators: string[]
  cast: {
    person: string
    character: string | null
    /** Null while nobody is spoken of at all. */
    returning: Returning | null
    /** The claim that says so; null for `unknown`. */
    claimId: string | null
    /** Who says so, and when; null where nobody does. */
    said: { by: string; on: Day | null } | null
  }[]
  sourceMaterial: string | null
  /** Our words, or a sentence composed from the facts. */
  summary: string
  summaryComposed: boolean
  year: number | null
  ids: { namespace: string; value: string }[]
  provenance: string[]
  /** What providers call its state, in their own words; `asOf` EDTF. */
  labels: { provider: string; label: string; asOf: string }[]
  /** What providers disagree about of the show itself. */
  givenBy: Difference[]
  seasons: SeasonView[]
  status: ShowStatus
  /** What was published about it: neither what was withdrawn nor what is still held. */
  events: RecordedEvent[]
  corrections: Correction[]
  related: RelatedCard[]
  /** What we estimate of the next season, kept apart from all that is said of it; null where nothing may be. */
  estimate: Estimate | null
  changedOn: Day | null
  checkedOn: Day | null
  /** The day of publication of the newest source about the show. */
  newestSourceOn: Day | null
  /** The day the page was derived for. */
  today: Day
}

/** An episode as the page of its season lists it. */
export interface EpisodeView {
  number: number
  /** May give the story away, so it is folded; null where it has none, and while it was not shown. */
  name: string | null
  day: Day | null
  /** The hour of that day by the clock of where it is at home, RFC 3339; null unless the provider gives one. */
  at: string | null
  minutes: number | null
}

/** The episodes of a season by the most trusted provider that lists any. */
export interface EpisodeList {
  provider: string
  /** In their order. */
  episodes: EpisodeView[]
  /** False where numbers are missing before the last. */
  isWhole: boolean
}
