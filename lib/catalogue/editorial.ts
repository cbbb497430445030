import { z } from 'zod'

/**
 * The editorial text of the starter catalogue: summaries, premise tags and recaps in our own words.
 * Pure: parses lines that the caller has read; never touches the file system or the database.
 */

/** Longest and shortest summary we print, in characters. */
export const SUMMARY_LENGTH = { min: 140, max: 420 } as const

/** How many premise tags a record carries. */
export const PREMISE_TAG_COUNT = { min: 3, max: 8 } as const

/** How many sentences a season's recap has. */
export const RECAP_LENGTH = { min: 7, max: 14 } as const

/** Praise and sales talk have no place in a text that is read as fact. */
const HYPE =
  /\b(amazing|astonishing|awesome|beloved|binge\w*|blockbuster|breath-?taking|brilliant\w*|captivating|compelling|critically acclaimed|acclaimed|edge of your seat|electrifying|epic tale|fan-favou?rite|gripping|groundbreaking|heart-?pounding|heart-?warming|highly anticipated|hit (?:series|show|drama)|iconic|incredible|jaw-?dropping|masterful\w*|masterpiece|mind-?blowing|must-?(?:see|watch)|nail-?biting|phenomenal|riveting|smash|spectacular|spine-?(?:chilling|tingling)|stunning|superb|thrilling|unforgettable|unmissable)\b/i

/** C0, C1, zero-width, bidi overrides and isolates, and the byte-order mark. */
const UNPRINTABLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

/** Text fit to print: no markup, no control or bidi characters, no exclamation, no praise. */
const prose = z
  .string()
  .refine((text) => text === text.trim() && !/ {2}/.test(text), 'has stray spaces')
  .refine((text) => !UNPRINTABLE.test(text), 'has a control, zero-width or bidi character')
  .refine((text) => !/[!<>]/.test(text), 'has an exclamation mark or an angle bracket')
  .refine((text) => !HYPE.test(text), 'uses a word of praise')
  .refine((text) => /^[\p{Lu}\p{N}'"‘“]/u.test(text) && /[.?]['"’”]?$/u.test(text), 'is not a whole sentence')

/** One premise tag: a short phrase, lower case except for proper names. */
const premiseTag = z
  .string()
  .max(32)
  .regex(/^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u, 'is not a short plain phrase')

const premiseTags = (min: number) =>
  z
    .array(premiseTag)
    .min(min)
    .max(PREMISE_TAG_COUNT.max)
    .refine((tags) => new Set(tags).size === tags.length, 'repeats a tag')

/** A recap sentence and the last episode of its season whose content it gives away. */
export const recapSentence = z.strictObject({
  text: prose.refine(
    (text) => text.length >= 20 && text.length <= 320,
    'is not between 20 and 320 characters',
  ),
  through_episode: z.int().min(1).max(100),
})

/** The recap of one season, told in order: no sentence gives away less than the one before it. */
export const recapRecord = z.strictObject({
  season: z.int().min(1).max(100),
  sentences: z
    .array(recapSentence)
    .min(RECAP_LENGTH.min)
    .max(RECAP_LENGTH.max)
    .refine(
      (sentences) =>
        sentences.every((s, i) => i === 0 || s.through_episode >= sentences[i - 1]!.through_episode),
      'through_episode goes backwards',
    ),
})

/** One line of `db/starter/editorial.ndjson`. `slug` is the show's address; `show` its title, for whoever reads the file. */
export const editorialRecord = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  show: z.string().min(1).max(200),
  summary: prose.refine(
    (text) => text.length >= SUMMARY_LENGTH.min && text.length <= SUMMARY_LENGTH.max,
    `is not between ${SUMMARY_LENGTH.min} and ${SUMMARY_LENGTH.max} characters`,
  ),
  premise_tags: premiseTags(PREMISE_TAG_COUNT.min),
  recaps: z
    .array(recapRecord)
    .refine(
      (recaps) => recaps.every((r, i) => i === 0 || r.season > recaps[i - 1]!.season),
      'seasons out of order',
    ),
})

/**
 * One line of `db/starter/premises.ndjson`: premise tags of a show without a summary of ours.
 * `title` is spelled as in the catalogue (an anime: its leading title there); `year` is the year of the first premiere;
 * `id` is the outside id of an anime. `country`, `network` (the first home, not whoever shows it now) and `genres`
 * are common knowledge about shows that the sets of the catalogue know only in part; absent where not certain.
 */
export const premiseRecord = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z]+:\S+$/)
    .optional(),
  title: z.string().min(1).max(200),
  year: z.int().min(1920).max(2100).nullable(),
  country: z.string().min(1).max(80).nullable(),
  network: z.string().min(1).max(80).optional(),
  genres: z.array(z.string().min(1).max(40)).min(1).max(4).optional(),
  premise_tags: premiseTags(2),
})

/** One line of `db/starter/tagged.ndjson`: premise tags of a show that other sets have, and nothing else of it. */
export const taggedRecord = premiseRecord.pick({ title: true, year: true, country: true, premise_tags: true })

/** One line of `db/starter/people.ndjson`: the name somebody is shown by, and the others they go by. */
export const peopleRecord = z.strictObject({
  person: z.string().min(1).max(200),
  also: z.array(z.string().min(1).max(200)).min(1).max(20),
})

export type EditorialRecord = z.infer<typeof editorialRecord>
export type PremiseRecord = z.infer<typeof premiseRecord>
export type TaggedRecord = z.infer<typeof taggedRecord>

/** Each line parsed, or a sentence naming the line and field that is wrong. */
export function parseLines<T>(
  text: string,
  schema: z.ZodType<T>,
): { records: T[]; problems: { line: number; problem: string }[] } {
  const records: T[] = []
  const problems: { line: number; problem: string }[] = []
  text.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return
    const line = index + 1
    let value: unknown
    try {
      value = JSON.parse(raw)
    } catch {
      problems.push({ line, problem: `line ${line} is not valid JSON` })
      return
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) records.push(parsed.data)
    else
      for (const issue of parsed.error.issues)
        problems.push({
          line,
          problem: `line ${line}, ${issue.path.join('.') || 'record'}: ${issue.message}`,
        })
  })
  return { records, problems }
}

/** Parses `editorial.ndjson`; `problems` is empty for a sound file. */
export const parseEditorial = (text: string) => parseLines(text, editorialRecord)

/** Parses `premises.ndjson`; `problems` is empty for a sound file. */
export const parsePremises = (text: string) => parseLines(text, premiseRecord)

/** Parses `tagged.ndjson`; `problems` is empty for a sound file. */
export const parseTagged = (text: string) => parseLines(text, taggedRecord)

/** Parses `people.ndjson`; `problems` is empty for a sound file. */
export const parsePeople = (text: string) => parseLines(text, peopleRecord)
