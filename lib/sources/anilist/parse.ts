/** What AniList answers of an anime (https://docs.anilist.co, Media), read once. Pure. */
import { z } from 'zod'
import { listOf, maybeCount, maybeName, wholeId } from '../fields'
import { shaped } from '../json'
import type { Read } from '../types'

/** A date of which parts may be missing: FuzzyDate. */
const fuzzyDate = z
  .object({
    year: z.number().int().min(0).max(9999).nullish(),
    month: z.number().int().min(0).max(12).nullish(),
    day: z.number().int().min(0).max(31).nullish(),
  })
  .nullish()
export type FuzzyDate = z.output<typeof fuzzyDate>

const title = z.object({ romaji: maybeName, english: maybeName, native: maybeName })
const FORMATS = ['TV', 'TV_SHORT', 'MOVIE', 'SPECIAL', 'OVA', 'ONA', 'MUSIC'] as const

const media = z.object({
  id: wholeId,
  idMal: wholeId.nullish(),
  title,
  format: z.string().max(40).nullish(),
  status: z.string().max(40).nullish(),
  startDate: fuzzyDate,
  endDate: fuzzyDate,
  season: z.enum(['WINTER', 'SPRING', 'SUMMER', 'FALL']).nullish(),
  seasonYear: z.number().int().min(1900).max(2200).nullish(),
  episodes: maybeCount,
  duration: z.number().int().min(0).max(10_000).nullish(),
  countryOfOrigin: z.string().max(8).nullish(),
  source: z.string().max(40).nullish(),
  isAdult: z.boolean().nullish(),
  genres: listOf(z.string().max(60)),
  synonyms: listOf(maybeName),
  tags: listOf(
    z.object({
      name: z.string().max(200),
      rank: z.number().nullish(),
      isMediaSpoiler: z.boolean().nullish(),
      isGeneralSpoiler: z.boolean().nullish(),
      isAdult: z.boolean().nullish(),
    }),
  ),
  averageScore: z.number().min(0).max(100).nullish(),
  updatedAt: z.number().int().min(0).max(8_000_000_000).nullish(),
  nextAiringEpisode: z
    .object({ airingAt: z.number().int().min(0).max(8_000_000_000), episode: z.number().int().min(0) })
    .nullish(),
  relations: z
    .object({
      edges: listOf(
        z.object({
          relationType: z.string().max(40).nullish(),
          node: z.object({
            id: wholeId,
            type: z.string().max(20).nullish(),
            format: z.string().max(40).nullish(),
          }),
        }),
      ),
    })
    .nullish(),
})
export type AnilistMedia = z.output<typeof media>

/** Formats that are shown as a series. */
export const SERIES: readonly string[] = [FORMATS[0], FORMATS[1], FORMATS[5]]

/** An answer that says that it has none: AniList's errors come with 404, or beside a null. */
const errors = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) })

/** An entry by itself, as a list of recordings holds it. */
export const parseMedia = (value: unknown): Read<AnilistMedia> => shaped(media, value)

/** `Media(id:)`. */
export function parseAnswer(value: unknown): Read<AnilistMedia> {
  const failed = errors.safeParse(value)
  if (failed.success)
    return { ok: false, reason: `AniList says: ${failed.data.errors[0]?.message.slice(0, 200)}` }
  const read = shaped(z.object({ data: z.object({ Media: media }) }), value)
  return read.ok ? { ok: true, value: read.value.data.Media } : read
}

const pageInfo = z.object({ hasNextPage: z.boolean() })
const changed = z.object({ id: wholeId, updatedAt: z.number().int().min(0).nullish() })
const found = z.object({ id: wholeId, title, startDate: fuzzyDate })

/** A page of entries with the second of their last change. */
export const parseChanged = (value: unknown) =>
  shaped(
    z.object({ data: z.object({ Page: z.object({ pageInfo, media: z.array(changed).max(100) }) }) }),
    value,
  )

/** A page of entries found by name. */
export const parseFound = (value: unknown) =>
  shaped(z.object({ data: z.object({ Page: z.object({ media: z.array(found).max(100) }) }) }), value)
