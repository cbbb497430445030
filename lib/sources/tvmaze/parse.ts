/**
 * What TVmaze answers (https://www.tvmaze.com/api), read once. What we do not use is not looked at; what we use and
 * cannot read makes the whole answer unreadable. Pure.
 */
import { z } from 'zod'
import { listOf, maybeCount, maybeDay, maybeName, name, wholeId } from '../fields'
import { shaped } from '../json'
import type { Read } from '../types'

const country = z.object({
  name,
  timezone: z.string().max(64).nullish(),
})
const channel = z.object({ name, country: country.nullish() }).nullish()
const link = z.string().max(2000)

const season = z.object({
  number: z.number().int().min(0).max(9999),
  url: link.nullish(),
  name: maybeName,
  episodeOrder: maybeCount,
  premiereDate: maybeDay,
  endDate: maybeDay,
})

const episode = z.object({
  season: z.number().int().min(0).max(9999),
  /** Null for specials. */
  number: z.number().int().min(0).max(20_000).nullish(),
  name: maybeName,
  type: z.string().max(60).nullish(),
  airdate: maybeDay,
  /** "20:00", or '' where nobody says. */
  airtime: z.string().max(8).nullish(),
  airstamp: z.string().max(40).nullish(),
  runtime: z.number().min(0).max(100_000).nullish(),
})

const castMember = z.object({
  person: z.object({ id: wholeId, name }),
  character: z.object({ name: maybeName }).nullish(),
})

const show = z.object({
  id: wholeId,
  url: link.nullish(),
  name,
  type: z.string().max(60).nullish(),
  language: maybeName,
  genres: listOf(z.string().max(60)),
  status: maybeName,
  premiered: maybeDay,
  ended: maybeDay,
  rating: z.object({ average: z.number().min(0).max(10).nullish() }).nullish(),
  weight: z.number().min(0).max(1000).nullish(),
  network: channel,
  webChannel: channel,
  externals: z
    .object({
      thetvdb: wholeId.nullish(),
      imdb: z
        .string()
        .regex(/^tt\d{5,10}$/)
        .nullish()
        .or(z.literal('').transform(() => null)),
    })
    .nullish(),
  updated: z.number().int().min(0).max(8_000_000_000).nullish(),
  _embedded: z
    .object({
      seasons: z.array(season).max(2000).nullish(),
      episodes: z.array(episode).max(30_000).nullish(),
      cast: z.array(castMember).max(5000).nullish(),
      akas: z
        .array(z.object({ name, country: z.object({ name }).nullish() }))
        .max(2000)
        .nullish(),
    })
    .nullish(),
})
export type TvmazeShow = z.output<typeof show>
export type TvmazeSeason = z.output<typeof season>
export type TvmazeEpisode = z.output<typeof episode>

/** `/shows/{id}`, with what was asked to be embedded. */
export const parseShow = (value: unknown): Read<TvmazeShow> => shaped(show, value)

/** `/shows/{id}/seasons`. */
export const parseSeasons = (value: unknown): Read<TvmazeSeason[]> => shaped(z.array(season).max(2000), value)

/** `/shows/{id}/episodes`, or one of them. */
export const parseEpisodes = (value: unknown): Read<TvmazeEpisode[]> =>
  shaped(z.array(episode).max(30_000), value)
export const parseEpisode = (value: unknown): Read<TvmazeEpisode> => shaped(episode, value)

/** `/shows/{id}/cast`. */
export const parseCast = (value: unknown): Read<z.output<typeof castMember>[]> =>
  shaped(z.array(castMember).max(5000), value)

/** `/shows?page=`: the index, 250 shows a page. */
export const parseIndex = (value: unknown): Read<TvmazeShow[]> => shaped(z.array(show).max(1000), value)

// Of `/schedule` the show stands beside the episode, of `/schedule/web` it is embedded.
const scheduled = episode.extend({
  id: wholeId,
  show: show.nullish(),
  _embedded: z.object({ show: show.nullish() }).nullish(),
})
export type TvmazeScheduled = TvmazeEpisode & { id: number; show: TvmazeShow }

/** `/schedule?date=` and `/schedule/web?date=`: the episodes of a day, each with its show. */
export function parseSchedule(value: unknown): Read<TvmazeScheduled[]> {
  const read = shaped(z.array(scheduled).max(5000), value)
  if (!read.ok) return read
  const found: TvmazeScheduled[] = []
  for (const [index, { show: beside, _embedded, ...rest }] of read.value.entries()) {
    const of = beside ?? _embedded?.show
    if (!of) return { ok: false, reason: `${index}.show: is missing` }
    found.push({ ...rest, show: of })
  }
  return { ok: true, value: found }
}

/** `/updates/shows`: ids with the second they were last changed. */
export const parseUpdates = (value: unknown): Read<Record<string, number>> =>
  shaped(z.record(z.string().regex(/^\d{1,12}$/), z.number().int().min(0)), value)

/** `/search/shows?q=`. */
export const parseSearch = (value: unknown): Read<{ show: TvmazeShow }[]> =>
  shaped(z.array(z.object({ show })).max(100), value)
