import { z } from 'zod'
import { type Dropped, type Entry, emptyEntry, type Parsed } from '../entry'
import { COUNTRY_OF_LANGUAGE, genresAndTags, networkIn } from '../words'

export const tvmaze2024Row = z.object({
  title: z.string().min(1),
  premiere: z.string(),
  ended: z.string(),
  genres: z.string(),
  type: z.string(),
  language: z.string(),
  network: z.string(),
  seasons: z.string(),
  characters: z.string(),
  people: z.string(),
  official_site: z.string(),
})
export const tvmaze2025Row = z.object({
  title: z.string().min(1),
  start_year: z.string(),
  end_year: z.string(),
  genres: z.string(),
  language: z.string(),
  actors: z.string(),
  status: z.string(),
})

/** Our kinds for TVmaze's types. */
export const TVMAZE_KINDS: Record<string, string> = {
  Scripted: 'scripted',
  Reality: 'reality',
  Animation: 'animation',
  Documentary: 'documentary',
  'Game Show': 'game',
  'Panel Show': 'game',
  'Talk Show': 'talk',
  Variety: 'variety',
  Sports: 'variety',
  News: 'news',
}

/** "0-Walter White, 1-Jesse Pinkman" → the names by their number; a comma inside a name is no border. */
export function numberedNames(text: string): string[] {
  const names: string[] = []
  for (const match of text.matchAll(/(?:^|, )(\d+)-(.*?)(?=, \d+-|$)/g))
    names[Number(match[1])] = (match[2] ?? '').trim()
  return names
}

/** A network's home where its name alone does not tell it. */
function homeOf(network: string, site: string): string | undefined {
  if (network === 'ABC')
    return /abc\.net\.au/.test(site)
      ? 'Australia'
      : /abc\.(go\.)?com/.test(site)
        ? 'United States'
        : undefined
  if (network === 'SBS')
    return /sbs\.com\.au/.test(site) ? 'Australia' : /sbs\.co\.kr/.test(site) ? 'South Korea' : undefined
  return undefined
}

const SEASON_DAYS_MAX = 420

/** The day a show ended is its only season's finale, unless it is a special years later. */
const ownEnd = (row: { premiere: string; ended: string }) =>
  row.ended !== '' && Date.parse(row.ended) - Date.parse(row.premiere) <= SEASON_DAYS_MAX * 86_400_000

/** The first of January is how some lists write a year without a day. */
export const dayOrYear = (given: string) => (given.endsWith('-01-01') ? given.slice(0, 4) : given)

/** The 2024 set: premiere and end to the day, network, cast with characters. */
export function parseTvmaze2024(rows: z.infer<typeof tvmaze2024Row>[]): Parsed {
  const dropped: Dropped[] = []
  const entries = rows.flatMap((row): Entry[] => {
    if (!/^\d{4}-\d\d-\d\d$/.test(row.premiere)) {
      dropped.push({ set: 'tvmaze-2024', what: row.title, why: 'no premiere' })
      return []
    }
    const words = [...row.genres.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '')
    if (words.length > 0 && words.every((word) => word === 'Adult')) {
      dropped.push({ set: 'tvmaze-2024', what: row.title, why: 'for adults only' })
      return []
    }
    const { genres, tags } = genresAndTags(words)
    const anime = row.language === 'Japanese' && row.type === 'Animation'
    const network = networkIn(row.network, row.language)
    const country =
      network?.country ?? homeOf(row.network, row.official_site) ?? COUNTRY_OF_LANGUAGE[row.language]
    const characters = numberedNames(row.characters)
    const cast = numberedNames(row.people).flatMap((person, index) => {
      const character = characters[index]
      return person ? [{ person, ...(character ? { character } : {}) }] : []
    })
    const drawn = row.type === 'Animation'
    const seasonCount = Number(row.seasons) || undefined
    const startYear = Number(row.premiere.slice(0, 4))
    const premiere = dayOrYear(row.premiere)
    const ended = dayOrYear(row.ended)
    return [
      {
        ...emptyEntry('tvmaze-2024', row.title),
        kind: anime ? 'anime' : (TVMAZE_KINDS[row.type] ?? 'scripted'),
        drawn,
        countries: country ? [country] : [],
        ...(row.language ? { language: row.language } : {}),
        ...(network ? { network: network.name } : {}),
        genres,
        tags,
        cast,
        startYear,
        ...(premiere.length === 10 ? { startDay: premiere } : {}),
        ...(ended ? { ended, endYear: Number(ended.slice(0, 4)) } : {}),
        // Years of 1900 in a count are the year-numbered seasons of daily programmes.
        ...(seasonCount && seasonCount < 100 ? { seasonCount } : {}),
        seasons: [
          {
            number: 1,
            premiere,
            ...(seasonCount === 1 && ownEnd(row) ? { finale: ended } : {}),
          },
        ],
        ...(row.ended ? { listed: { label: 'Ended', source: 'TVmaze', as_of: '2024' } } : {}),
      },
    ]
  })
  return { entries, dropped }
}

/** The 2025 set: years only, four actors, and the label TVmaze gave the show. */
export function parseTvmaze2025(rows: z.infer<typeof tvmaze2025Row>[]): Parsed {
  const entries = rows.map((row): Entry => {
    const words = row.genres.split(',').map((word) => word.trim())
    const { genres, tags } = genresAndTags(words)
    const drawn = words.includes('Animation')
    const country = COUNTRY_OF_LANGUAGE[row.language]
    const startYear = Number(row.start_year) || undefined
    const kind = drawn
      ? row.language === 'Japanese'
        ? 'anime'
        : 'animation'
      : words.includes('Reality-TV')
        ? 'reality'
        : words.includes('Game-Show')
          ? 'game'
          : words.includes('Talk-Show')
            ? 'talk'
            : words.includes('News')
              ? 'news'
              : words.includes('Documentary')
                ? 'documentary'
                : 'scripted'
    return {
      ...emptyEntry('tvmaze-2025', row.title),
      kind,
      drawn,
      genres,
      tags,
      countries: country ? [country] : [],
      ...(row.language ? { language: row.language } : {}),
      cast: row.actors
        .split(',')
        .map((person) => ({ person: person.trim() }))
        .filter(({ person }) => person),
      ...(startYear ? { startYear, seasons: [{ number: 1, premiere: String(startYear) }] } : {}),
      ...(Number(row.end_year) ? { ended: row.end_year, endYear: Number(row.end_year) } : {}),
      listed: { label: row.status, source: 'TVmaze', as_of: '2025' },
    }
  })
  return { entries, dropped: [] }
}
