/**
 * From TMDB's answer to what it says, in our words. Pure.
 *
 * - Season 0 holds the specials and is none of ours; so is a season called by its year.
 * - TMDB gives no end of a season: of a finished show the last episode is the last season's finale.
 * - What it counts of a season still to come, or on, is what has been typed in so far: a count only of what is over.
 * - "Canceled" is a label like any other (ADR 20): the word of whoever edited the page last.
 * - Its word on the country is where a show was made, by the first of the list.
 */
import { genresAndTags, networkIn } from '@/lib/catalogue/words'
import { aliasesOf, countryOfCode, languageOfCode, orYear } from '../fields'
import type { Episode, Look, SeasonLook } from '../types'
import type { TmdbSeries } from './parse'

/** TMDB's genres of television that are several of ours, or called otherwise. */
const GENRES: Record<string, string> = {
  'Sci-Fi & Fantasy': 'TV Sci-Fi & Fantasy',
  'War & Politics': 'War',
  Kids: "Kids' TV",
  Talk: 'Talk-Show',
}
const KINDS: Record<string, string> = {
  Documentary: 'documentary',
  News: 'news',
  Reality: 'reality',
  'Talk Show': 'talk',
}
const isCounted = (number: number) => number >= 1 && number <= 1000
const isYear = (number: number) => number >= 1900 && number <= 2199
const OVER = new Set(['ended', 'canceled'])
const CAST_MAX = 60

function kindOf({ type, genres, original_language }: TmdbSeries): string {
  if (genres.some(({ name }) => name === 'Animation'))
    return original_language === 'ja' ? 'anime' : 'animation'
  return (Object.hasOwn(KINDS, type ?? '') && KINDS[type ?? '']) || 'scripted'
}

/** A series' page there. */
export const pageOf = (id: number | string): string => `https://www.themoviedb.org/tv/${id}`

function seasonsOf(series: TmdbSeries, isOver: boolean, isOne = isCounted): SeasonLook[] {
  const counted = series.seasons.filter(({ season_number }) => isOne(season_number))
  const once = counted.filter(
    ({ season_number: number }, at) => counted.findIndex((other) => other.season_number === number) === at,
  )
  return once
    .map(({ season_number: number, name, air_date, episode_count }) => {
      const later = once.some((other) => other.season_number > number && other.air_date !== null)
      const last = series.last_episode_to_air
      const finale = isOver && !later && last?.season_number === number ? last.air_date : null
      return {
        number,
        name: /^season \d+$/i.test(name ?? '') ? null : name,
        premiere: orYear(air_date),
        finale: finale && air_date && finale < air_date ? null : orYear(finale),
        episodes: isOver || later ? episode_count : null,
        url: `${pageOf(series.id)}/season/${number}`,
      }
    })
    .sort((a, b) => a.number - b.number)
}

/** The episodes either side of now, which are all that a series' answer carries. */
const episodesOf = ({ last_episode_to_air, next_episode_to_air }: TmdbSeries): Episode[] =>
  [last_episode_to_air, next_episode_to_air].flatMap((one) =>
    one
      ? [
          {
            season: one.season_number,
            number: one.season_number === 0 ? null : one.episode_number,
            name: one.name,
            day: one.air_date,
            at: null,
            minutes: one.runtime ? Math.round(one.runtime) : null,
          },
        ]
      : [],
  )

/** All that an answer about a series says. */
export function toLook(series: TmdbSeries): Look {
  const isOver = OVER.has(series.status?.toLowerCase() ?? '')
  const language = languageOfCode(series.original_language)
  const network = networkIn(series.networks[0]?.name ?? '', language ?? undefined)
  const { genres, tags } = genresAndTags(
    series.genres.map(({ name }) => (Object.hasOwn(GENRES, name) ? GENRES[name] : name) as string),
  )
  const { external_ids: ids } = series
  const imdb = /^tt\d{5,10}$/.test(ids?.imdb_id ?? '') ? ids?.imdb_id : null
  const wikidata = /^Q[1-9]\d{0,12}$/.test(ids?.wikidata_id ?? '') ? ids?.wikidata_id : null
  const original = series.original_name === series.name ? null : series.original_name
  const titles = [
    ...(series.alternative_titles?.results ?? []).map(({ title }) => title),
    ...(series.translations?.translations ?? []).map(({ data }) => data?.name),
  ]
  return {
    id: String(series.id),
    url: pageOf(series.id),
    updatedOn: null,
    whole: 'show',
    isOver,
    label: series.status,
    network: network?.name ?? null,
    country: countryOfCode(series.origin_country[0]),
    began: orYear(series.first_air_date),
    ended: isOver ? orYear(series.last_air_date) : null,
    seasons: seasonsOf(series, isOver),
    years: seasonsOf(series, isOver, isYear),
    episodes: episodesOf(series),
    record: {
      ids: {
        tmdb: String(series.id),
        ...(imdb ? { imdb } : {}),
        ...(ids?.tvdb_id ? { tvdb: String(ids.tvdb_id) } : {}),
        ...(wikidata ? { wikidata } : {}),
      },
      title: series.name,
      original_title: original,
      aliases: aliasesOf(titles, series.name, original),
      kind: kindOf(series),
      language,
      genres,
      tags: [
        ...new Set([...tags, ...(series.keywords?.results ?? []).map(({ name }) => name.toLowerCase())]),
      ].slice(0, 100),
      creators: [...new Set(series.created_by.map(({ name }) => name))],
      cast: (series.aggregate_credits?.cast ?? []).slice(0, CAST_MAX).map(({ id, name, roles }) => ({
        person: name,
        ...(roles[0]?.character ? { character: roles[0].character } : {}),
        ids: { tmdb: String(id) },
      })),
      rating: series.vote_count ? (series.vote_average ?? null) : null,
    },
  }
}
