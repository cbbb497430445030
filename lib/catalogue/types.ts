import { z } from 'zod'
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

/**
 * One line of a catalogue NDJSON file (design.md section 4). All but `ids` and `title` optional; dates EDTF.
 * `slug`, `listed` and `provenance` are ours: a stable address, an outside list's label, and where the facts come from.
 */
export const catalogueRecord = z.object({
  ids: z.record(z.string().regex(/^[a-z0-9_-]{1,32}$/), z.string().min(1).max(200)),
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
    .array(z.object({ person: text, character: text.nullish() }))
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
  nextSeason: number
  nextStatus: SeasonStatusWord
  nextWindow: Window | null
  /** When the last season that began did, as precise as it is known. */
  lastPremiere: Window | null
  claimCount: number
  changedOn: Day | null
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
}

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
    returning: 'confirmed' | 'expected' | 'new' | 'out' | null
    claimId: string | null
  }[]
  sourceMaterial: string | null
  /** Our words, or a sentence composed from the facts. */
  summary: string
  summaryComposed: boolean
  year: number | null
  ids: { namespace: string; value: string }[]
  provenance: string[]
  listed: { label: string; source: string; as_of: string } | null
  seasons: SeasonView[]
  status: ShowStatus
  /** What was published about it: neither what was withdrawn nor what is still held. */
  events: RecordedEvent[]
  corrections: Correction[]
  related: RelatedCard[]
  changedOn: Day | null
  checkedOn: Day | null
  /** The day the page was derived for. */
  today: Day
}
