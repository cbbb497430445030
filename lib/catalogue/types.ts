import { z } from 'zod'
import { FACT_FIELDS } from '@/db/schema/words'
import { type Day, isDay } from '@/lib/shared/day'

const text = z.string().trim().min(1).max(500)
const day = z.custom<Day>(
  (value) => typeof value === 'string' && isDay(value),
  'is not a day such as 2026-11-22',
)
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
  seen_on: day,
  withdrawn_on: day.nullable().default(null),
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

/** A field that providers give differently: what is shown, and what the others say, most trusted first. */
export interface Difference {
  field: 'premiere' | 'finale' | 'episodes' | 'network' | 'country'
  /** Null where nobody's value can stand. */
  shown: { value: string; providers: string[] } | null
  others: { value: string; providers: string[] }[]
}
