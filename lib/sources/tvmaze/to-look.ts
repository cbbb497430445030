/**
 * From TVmaze's answer to what it says, in our words. Pure.
 *
 * - Seasons called by their year (`2015`), season 0 and specials are no seasons of ours.
 * - A season's end is TVmaze's last episode so far: it is taken for a finale only once nothing more can come, by its
 *   count of episodes, by a later season that began, or by the label of the show.
 * - The first of January is how a year alone is written down in lists: it stays a year, unless an episode of that very day
 *   is listed.
 * - A day is the day of the network's country. The hour is given only where TVmaze has one (`airtime`); without it the
 *   stamp is a stand-in (noon, or midnight in UTC).
 */

import { countryOf, genresAndTags, networkIn } from '@/lib/catalogue/words'
import { type Day, dayOf } from '@/lib/shared/day'
import { aliasesOf, dayAt, stampAt } from '../fields'
import type { Episode, Look, SeasonLook } from '../types'
import type { TvmazeEpisode, TvmazeScheduled, TvmazeSeason, TvmazeShow } from './parse'

/** False for a season whose number is a year, and for specials. */
const isCounted = (number: number) => number >= 1 && number <= 1000
/** A season called by its year. */
const isYear = (number: number) => number >= 1900 && number <= 2199
const OVER = 'ended'

const homeOf = ({ network, webChannel }: TvmazeShow) => network?.country ?? webChannel?.country ?? null
const zoneOf = (show: TvmazeShow) => homeOf(show)?.timezone ?? 'UTC'

/** A day, or the year alone where it may have been written down for want of one; `shown`: days of episodes. */
const orYear = (day: Day | null, shown: readonly Day[] = []) =>
  day?.endsWith('-01-01') && !shown.includes(day) ? day.slice(0, 4) : day

/** An episode with its day where the show is at home. */
export function toEpisode(given: TvmazeEpisode, show: TvmazeShow): Episode {
  const isSpecial =
    given.number === null || given.number === undefined || (given.type ?? 'regular') !== 'regular'
  const hasHour = /^\d\d:\d\d$/.test(given.airtime ?? '')
  return {
    season: given.season,
    number: isSpecial ? null : (given.number ?? null),
    name: given.name,
    day: given.airdate ?? dayAt(given.airstamp, zoneOf(show)),
    at: hasHour ? stampAt(given.airstamp, zoneOf(show)) : null,
    minutes: given.runtime ? Math.round(given.runtime) : null,
  }
}

/** The seasons that the list of episodes alone shows, for an answer without a list of seasons. */
function seasonsOf(episodes: Episode[]): TvmazeSeason[] {
  const numbers = [...new Set(episodes.filter(({ number }) => number !== null).map(({ season }) => season))]
  return numbers.map((number) => {
    const days = daysOf(episodes, number)
    const [first = null, last = null] = [days[0], days.at(-1)]
    return { number, name: null, url: null, episodeOrder: null, premiereDate: first, endDate: last }
  })
}

const daysOf = (episodes: Episode[], season: number): Day[] =>
  episodes
    .filter((one) => one.season === season && one.number !== null)
    .flatMap(({ day }) => day ?? [])
    .sort()

function toSeason(
  given: TvmazeSeason,
  {
    episodes,
    all,
    isOver,
    url,
  }: { episodes: Episode[] | null; all: TvmazeSeason[]; isOver: boolean; url: string },
): SeasonLook {
  const { number } = given
  const own = episodes?.filter((one) => one.season === number && one.number !== null) ?? []
  const shown = daysOf(own, number)
  const premiere = given.premiereDate ?? shown[0] ?? null
  const later = all.some((other) => other.number > number && other.premiereDate !== null)
  const isListedWhole = given.episodeOrder !== null && own.length >= given.episodeOrder
  const isFinished = isOver || later || isListedWhole
  const end = given.endDate ?? shown.at(-1) ?? null
  const isOrdered = !premiere || !end || end >= premiere
  return {
    number,
    name: given.name,
    premiere: orYear(premiere, shown),
    finale: isFinished && isOrdered ? orYear(end, shown) : null,
    episodes: given.episodeOrder ?? (isFinished && own.length > 0 ? own.length : null),
    url: given.url && /^https?:\/\//.test(given.url) ? given.url.replace(/^http:/, 'https:') : url,
  }
}

/** Our kinds for TVmaze's types; all others are scripted. */
const KINDS = new Map([
  ['Reality', 'reality'],
  ['Animation', 'animation'],
  ['Documentary', 'documentary'],
  ['Game Show', 'game'],
  ['Panel Show', 'game'],
  ['Talk Show', 'talk'],
  ['Variety', 'variety'],
  ['Sports', 'variety'],
  ['News', 'news'],
])
const kindOf = (type: string) => KINDS.get(type) ?? 'scripted'

/** A show's page there. */
export const pageOf = (id: number | string): string => `https://www.tvmaze.com/shows/${id}`

/** What the show's own fields say, without its seasons. */
function head(show: TvmazeShow): Omit<Look, 'whole' | 'seasons' | 'episodes'> {
  const network = networkIn(show.network?.name ?? show.webChannel?.name ?? '', show.language ?? undefined)
  const home = homeOf(show)
  const country = countryOf(home?.name ?? '') ?? null
  const { genres, tags } = genresAndTags(show.genres)
  const isAnime = show.type === 'Animation' && (show.language === 'Japanese' || show.genres.includes('Anime'))
  const akas = show._embedded?.akas ?? []
  const native = akas.find(
    (aka) =>
      home !== null &&
      aka.country?.name === home.name &&
      /[^\p{Script=Latin}\p{P}\p{N}\p{Z}\p{S}]/u.test(aka.name),
  )
  const { externals, rating, weight } = show
  return {
    id: String(show.id),
    url: pageOf(show.id),
    updatedOn: show.updated ? dayOf(new Date(show.updated * 1000)) : null,
    isOver: show.status?.toLowerCase() === OVER,
    label: show.status,
    network: network?.name ?? null,
    country,
    began: orYear(show.premiered),
    ended: orYear(show.ended),
    record: {
      ids: {
        tvmaze: String(show.id),
        ...(externals?.imdb ? { imdb: externals.imdb } : {}),
        ...(externals?.thetvdb ? { tvdb: String(externals.thetvdb) } : {}),
      },
      title: show.name,
      original_title: native?.name ?? null,
      aliases: aliasesOf(
        akas.map((aka) => aka.name),
        show.name,
        native?.name,
      ),
      kind: isAnime ? 'anime' : kindOf(show.type ?? ''),
      language: show.language,
      genres,
      tags,
      cast: (show._embedded?.cast ?? []).slice(0, 500).map(({ person, character }) => ({
        person: person.name,
        ...(character?.name ? { character: character.name } : {}),
        ids: { tvmaze: String(person.id) },
      })),
      popularity: weight ?? null,
      rating: rating?.average ?? null,
    },
  }
}

/** All that an answer about a show says. */
export function toLook(show: TvmazeShow): Look {
  const own = head(show)
  const { seasons: listed, episodes: given } = show._embedded ?? {}
  const episodes = given?.map((one) => toEpisode(one, show)) ?? null
  // Two entries of one number are one season told twice: the first stands.
  const every = (listed ?? seasonsOf(episodes ?? [])).filter(
    ({ number }, index, all) => all.findIndex((other) => other.number === number) === index,
  )
  const [once, years] = [isCounted, isYear].map((isOne) => every.filter(({ number }) => isOne(number))) as [
    typeof every,
    typeof every,
  ]
  const looked = (seasons: typeof every) =>
    seasons
      .map((season) => toSeason(season, { episodes, all: seasons, isOver: own.isOver, url: own.url }))
      .sort((a, b) => a.number - b.number)
  const isKnown = listed !== null && listed !== undefined
  // Years alone, or nothing yet: the show began all the same.
  const began = {
    number: 1,
    name: null,
    url: null,
    episodeOrder: null,
    premiereDate: show.premiered,
    endDate: null,
  }
  const isCountable = once.length > 0
  if (!isCountable && show.premiered) once.push(began)
  return {
    ...own,
    whole: isKnown || episodes !== null ? 'show' : [0],
    seasons: looked(once),
    ...(!isCountable && years.length > 0 ? { years: looked(years) } : {}),
    // Of years nobody here can say how many seasons they are.
    ...(isCountable ? {} : { total: null }),
    episodes: episodes ?? [],
  }
}

/**
 * What schedules say of the shows in them, one look a show: its own fields, and the premiere of each season of which the
 * first episode is among those listed. A schedule is a part of what TVmaze has: of the seasons nothing is taken back by it.
 */
export function looksOfSchedule(listed: TvmazeScheduled[]): Look[] {
  const byShow = new Map<number, TvmazeScheduled[]>()
  for (const one of listed) byShow.set(one.show.id, [...(byShow.get(one.show.id) ?? []), one])
  return [...byShow.values()].map((own) => {
    // Of two copies of a show in one schedule the newer counts.
    const show = own.map((one) => one.show).reduce((a, b) => ((b.updated ?? 0) > (a.updated ?? 0) ? b : a))
    const episodes = own.map((one) => toEpisode(one, show))
    const firsts = episodes.filter(
      ({ season, number, day }) => isCounted(season) && number === 1 && day !== null,
    )
    const numbers = [...new Set(firsts.map(({ season }) => season))].sort((a, b) => a - b)
    return {
      ...head(show),
      whole: [0],
      seasons: numbers.map((number) => ({
        number,
        name: null,
        premiere: daysOf(firsts, number)[0] ?? null,
        finale: null,
        episodes: null,
        url: pageOf(show.id),
      })),
      episodes,
    }
  })
}
