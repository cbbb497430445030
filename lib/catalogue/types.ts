import { z } from 'zod'
import { FACT_FIELDS } from '@/db/schema/words'
import type { Claim, ClaimState, Correction, RecordedEvent } from '@/lib/ledger/types'
import type { RelatedCard } from '@/lib/related/types'
import type { Day } from '@/lib/shared/day'
import type {
  Lamp,
  SeasonStatus,
  SeasonStatusWord,
  ShowStatus,
  ShowStatusWord,
  Window,
} from '@/lib/status/types'

const text = z.string().trim().min(1).max(500)
const outsideId = z.string().min(1).max(200)

/** One field of a season (or of the show: season 0) as one provider gives it, in the form of a catalogue line. */
export const fact = z.object({
  season: z.number().int().min(0).max(1000).default(0),
  field: z.enum(FACT_FIELDS),
  provider: text,
  /** EDTF for days, digits for counts, `yes` for a season that is counted, else the provider's own word. */
  value: text,
  /** When the provider said so, EDTF; null means the day it was seen. */
  as_of: z.string().max(48).nullable().default(null),
  /** The first day the provider was seen to say this. */
  seen_on: z.string().max(10),
  withdrawn_on: z.string().max(10).nullable().default(null),
})
export type Fact = z.infer<typeof fact>

/**
 * One line of a catalogue NDJSON file. All but `ids` and `title` optional; dates EDTF.
 * `ids` holds an id under its namespace, or a list of ids where the show has several there.
 * A cast member may have `ids` of their own (`{"imdb": "nm123"}`) and `also`, other names they go by; creators are
 * names alone. Who of one name is who is for lib/catalogue/people to say.
 * Ours beside those: `slug`, a stable address; `listed`, an outside list's label; `provenance`, where the line comes
 * from; and `facts`, who gives what where the fields alone cannot say it. A season, or a field of the show, that
 * `facts` speaks of is taken from there; the field beside it is then only the value shown.
 */
export const catalogueRecord = z.object({
  ids: z.record(
    z.string().regex(/^[a-z0-9_-]{1,32}$/),
    z.union([outsideId, z.array(outsideId).min(1).max(200)]),
  ),
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(120)
    .optional(),
  title: text,
  original_title: text.nullish(),
  aliases: z.array(text).max(200).nullish(),
  kind: text.nullish(),
  country: text.nullish(),
  language: text.nullish(),
  network: text.nullish(),
  genres: z.array(text).max(100).nullish(),
  tags: z.array(text).max(300).nullish(),
  creators: z.array(text).max(200).nullish(),
  source_material: text.nullish(),
  cast: z
    .array(
      z.object({
        person: text,
        character: text.nullish(),
        ids: z.record(z.string().regex(/^[a-z0-9_-]{1,32}$/), outsideId).nullish(),
        also: z.array(text).max(100).nullish(),
      }),
    )
    .max(500)
    .nullish(),
  summary: z.string().trim().max(10_000).nullish(),
  popularity: z.number().finite().nullish(),
  rating: z.number().finite().nullish(),
  related_franchise: z
    .array(z.string().regex(/^[a-z0-9_-]{1,32}:.{1,200}$/))
    .max(200)
    .nullish(),
  seasons: z
    .array(
      z.object({
        number: z.number().int().min(1).max(1000),
        name: text.nullish(),
        premiere: z.string().max(40).nullish(),
        finale: z.string().max(40).nullish(),
        episodes: z.number().int().min(1).max(20_000).nullish(),
      }),
    )
    .max(1000)
    .nullish(),
  listed: z.object({ label: text, source: text, as_of: z.string().max(20) }).nullish(),
  provenance: z.array(text).max(50).nullish(),
  facts: z.array(fact).max(10_000).nullish(),
})
export type CatalogueRecord = z.infer<typeof catalogueRecord>

/** A show in a list: browse, home, calendar. */
export interface ShowListItem {
  slug: string
  title: string
  originalTitle: string | null
  kind: string
  country: string | null
  network: string | null
  genres: string[]
  year: number | null
  status: ShowStatusWord
  lamp: Lamp
  answer: string
  /** The answer in about three words, in the place of the lamp's word. */
  says: string
  nextSeason: number
  nextStatus: SeasonStatusWord
  nextWindow: Window | null
  /** When the last season that began did, as precise as it is known. */
  lastPremiere: Window | null
  claimCount: number
  changedOn: Day | null
}

/** A field that providers give differently: what is shown, and what the others say, most trusted first. */
export interface Difference {
  field: 'premiere' | 'finale' | 'episodes' | 'network' | 'country'
  /** Null where nobody's value can stand. */
  shown: { value: string; providers: string[] } | null
  others: { value: string; providers: string[] }[]
}

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
  changedOn: Day | null
  checkedOn: Day | null
  /** The day of publication of the newest source about the show. */
  newestSourceOn: Day | null
  /** The day the page was derived for. */
  today: Day
}
