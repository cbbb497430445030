import { z } from 'zod'
import { type Dropped, type Entry, emptyEntry, type Parsed } from '../entry'
import { CARRIERS, COUNTRY_OF_LANGUAGE, countryOf, genresAndTags, networkIn } from '../words'
import { dayOrYear, TVMAZE_KINDS } from './tvmaze'

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)

/** A line of `more/tvmaze-2025-10.ndjson`: TVmaze as it stood in October 2025. */
export const octoberLine = z.object({
  title: z.string().min(1),
  premiered: day,
  ended: day.optional(),
  status: z.string(),
  genres: z.array(z.string()),
  network: z.string(),
  web_channel: z.string().optional(),
  language: z.string().optional(),
  last_episode: z.string().optional(),
})

/** A line of `more/tvmaze-schedule-shows.ndjson`: shows of single months of TVmaze's web schedule. */
export const scheduleLine = z.object({
  tvmaze: z.number().int(),
  title: z.string().min(1),
  type: z.string(),
  language: z.string().optional(),
  genres: z.array(z.string()).default([]),
  status: z.string(),
  premiered: z.string().optional(),
  ended: z.string().nullish(),
  web_channel: z.string().optional(),
  network: z.string().optional(),
  country: z.string().optional(),
  tvdb: z.number().int().optional(),
  imdb: z.string().optional(),
  as_of: day,
  season_premieres: z.record(z.string(), day).optional(),
})

/** Genres that tell what kind of programme it is where the set does not name the kind. */
const FACTUAL = new Set(['DIY', 'Food', 'Travel'])
const kindByGenres = (genres: string[], language: string | undefined) => {
  if (genres.includes('Anime')) return language === 'Japanese' ? 'anime' : 'animation'
  if (genres.length > 0 && genres.every((genre) => FACTUAL.has(genre))) return 'reality'
  return genres.length > 0 && genres.every((genre) => genre === 'Nature') ? 'documentary' : undefined
}

/**
 * The set of October 2025: premiere and end to the day, genres, network and label; neither ids nor seasons after the
 * first. Where it names a streaming service, that is where the show can be seen and not always its home.
 */
export function parseTvmazeOctober(lines: z.infer<typeof octoberLine>[]): Parsed {
  const dropped: Dropped[] = []
  const named = (line: z.infer<typeof octoberLine>) => `${line.title.toLowerCase()}\n${line.network}`
  const whole = new Set(lines.filter((line) => !line.last_episode).map(named))
  const entries = lines.flatMap((line): Entry[] => {
    // A second list, which knows the last episode, begins long-running shows with the first episode it has.
    if (line.last_episode && whole.has(named(line))) {
      dropped.push({
        set: 'tvmaze-2025-10',
        what: line.title,
        why: 'the same show listed again, from a later episode on',
      })
      return []
    }
    if (line.genres.includes('Adult')) {
      dropped.push({ set: 'tvmaze-2025-10', what: line.title, why: 'for adults only' })
      return []
    }
    const { genres, tags } = genresAndTags(line.genres)
    const network = networkIn(line.network, line.language)
    const country = network?.country ?? COUNTRY_OF_LANGUAGE[line.language ?? '']
    const kind = kindByGenres(line.genres, line.language)
    const premiere = dayOrYear(line.premiered)
    return [
      {
        ...emptyEntry('tvmaze-2025-10', line.title),
        ...(kind ? { kind } : {}),
        ...(line.genres.includes('Anime') ? { drawn: true } : {}),
        countries: country ? [country] : [],
        ...(line.language ? { language: line.language } : {}),
        ...(network ? { network: network.name, carried: CARRIERS.has(network.name) } : {}),
        genres,
        tags,
        startYear: Number(premiere.slice(0, 4)),
        ...(premiere.length === 10 ? { startDay: premiere } : {}),
        ...(line.ended ? { ended: dayOrYear(line.ended), endYear: Number(line.ended.slice(0, 4)) } : {}),
        seasons: [{ number: 1, premiere }],
        listed: { label: line.status, source: 'TVmaze', as_of: '2025-10' },
      },
    ]
  })
  return { entries, dropped }
}

const SHOWN_TYPES = new Set([
  'Scripted',
  'Animation',
  'Documentary',
  'Reality',
  'Talk Show',
  'Game Show',
  'Panel Show',
])
const SEASONS_MAX = 100

/** The web schedules: ids of three services, and premieres of the seasons that began in those months. */
export function parseTvmazeSchedule(lines: z.infer<typeof scheduleLine>[]): Parsed {
  const dropped: Dropped[] = []
  const drop = (what: string, why: string) => void dropped.push({ set: 'tvmaze-schedule', what, why })
  const entries = lines.flatMap((line): Entry[] => {
    if (!SHOWN_TYPES.has(line.type)) {
      drop(line.title, `of the type ${line.type.toLowerCase()}`)
      return []
    }
    if (line.genres.includes('Adult')) {
      drop(line.title, 'for adults only')
      return []
    }
    if (!line.premiered) {
      drop(line.title, 'no premiere')
      return []
    }
    const { genres, tags } = genresAndTags(line.genres)
    const network = networkIn(line.network ?? line.web_channel ?? '', line.language)
    const country =
      countryOf(line.country ?? '') ?? network?.country ?? COUNTRY_OF_LANGUAGE[line.language ?? '']
    const drawn = line.type === 'Animation'
    const premiere = dayOrYear(line.premiered)
    const later = Object.entries(line.season_premieres ?? {})
      .map(([number, premiered]) => ({ number: Number(number), premiere: premiered }))
      .filter(({ number, premiere: on }) => number > 1 && number < SEASONS_MAX && on > line.premiered!)
      .sort((a, b) => a.number - b.number)
    return [
      {
        ...emptyEntry('tvmaze-schedule', line.title),
        kind: drawn && line.language === 'Japanese' ? 'anime' : (TVMAZE_KINDS[line.type] ?? 'scripted'),
        drawn,
        countries: country ? [country] : [],
        ...(line.language ? { language: line.language } : {}),
        ...(network ? { network: network.name, carried: !line.network && CARRIERS.has(network.name) } : {}),
        genres,
        tags,
        startYear: Number(premiere.slice(0, 4)),
        ...(premiere.length === 10 ? { startDay: premiere } : {}),
        ...(line.ended ? { ended: dayOrYear(line.ended), endYear: Number(line.ended.slice(0, 4)) } : {}),
        ids: {
          tvmaze: [String(line.tvmaze)],
          ...(line.imdb ? { imdb: [line.imdb] } : {}),
          ...(line.tvdb ? { tvdb: [String(line.tvdb)] } : {}),
        },
        seasons: [{ number: 1, premiere }, ...later],
        listed: { label: line.status, source: 'TVmaze', as_of: line.as_of },
      },
    ]
  })
  return { entries, dropped }
}
