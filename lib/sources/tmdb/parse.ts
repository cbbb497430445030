/**
 * What TMDB answers of a series (https://developer.themoviedb.org/reference/tv-series-details) with what was appended to
 * it, read once. Pure.
 */
import { z } from 'zod'
import { listOf, maybeCount, maybeDay, maybeName, name, wholeId } from '../fields'
import { shaped } from '../json'
import type { Read } from '../types'

const code = z.string().max(8)

const season = z.object({
  season_number: z.number().int().min(0).max(9999),
  name: maybeName,
  air_date: maybeDay,
  episode_count: maybeCount,
})

const episode = z.object({
  season_number: z.number().int().min(0).max(9999),
  episode_number: z.number().int().min(0).max(20_000),
  name: maybeName,
  air_date: maybeDay,
  runtime: z.number().min(0).max(100_000).nullish(),
})

const castMember = z.object({
  id: wholeId,
  name,
  roles: listOf(z.object({ character: maybeName })),
})

const offer = listOf(z.object({ provider_name: name }))
/** Where it can be watched in a country, by JustWatch. */
const offers = z.object({ flatrate: offer, free: offer, ads: offer })

const series = z.object({
  id: wholeId,
  name,
  original_name: maybeName,
  original_language: code.nullish(),
  origin_country: listOf(code),
  adult: z.boolean().nullish(),
  status: maybeName,
  type: z.string().max(60).nullish(),
  first_air_date: maybeDay,
  last_air_date: maybeDay,
  genres: listOf(z.object({ name })),
  networks: listOf(z.object({ name })),
  created_by: listOf(z.object({ name })),
  seasons: z.array(season).max(2000),
  next_episode_to_air: episode.nullish(),
  last_episode_to_air: episode.nullish(),
  popularity: z.number().min(0).nullish(),
  vote_average: z.number().min(0).max(10).nullish(),
  vote_count: z.number().min(0).nullish(),
  aggregate_credits: z.object({ cast: listOf(castMember) }).nullish(),
  external_ids: z
    .object({
      imdb_id: z.string().max(20).nullish(),
      tvdb_id: z.number().int().min(0).nullish(),
      wikidata_id: z.string().max(20).nullish(),
    })
    .nullish(),
  keywords: z.object({ results: listOf(z.object({ name })) }).nullish(),
  alternative_titles: z
    .object({ results: listOf(z.object({ title: maybeName, iso_3166_1: code })) })
    .nullish(),
  translations: z
    .object({
      translations: listOf(z.object({ iso_639_1: code, data: z.object({ name: maybeName }).nullish() })),
    })
    .nullish(),
  'watch/providers': z.object({ results: z.record(z.string().max(8), offers).nullish() }).nullish(),
})
export type TmdbSeries = z.output<typeof series>

/** `/3/tv/{id}` with what was appended. */
export const parseSeries = (value: unknown): Read<TmdbSeries> => shaped(series, value)

/** A season by itself, `/3/tv/{id}/season/{n}`. */
export const parseSeason = (value: unknown): Read<z.output<typeof seasonAlone>> => shaped(seasonAlone, value)
const seasonAlone = season.omit({ episode_count: true }).extend({ episodes: listOf(episode) })

/** `/3/tv/changes`: a page of ids. */
const changes = z.object({
  results: z.array(z.object({ id: wholeId, adult: z.boolean().nullish() })),
  page: z.number().int().min(1).default(1),
  total_pages: z.number().int().min(0).default(1),
})
export const parseChanges = (value: unknown): Read<z.output<typeof changes>> => shaped(changes, value)

/** `/3/search/tv`. */
const search = z.object({
  results: z.array(z.object({ id: wholeId, name, first_air_date: maybeDay })).max(100),
})
export const parseSearch = (value: unknown): Read<z.output<typeof search>> => shaped(search, value)
