import { z } from 'zod'
import { type Dropped, type Entry, emptyEntry, type Parsed, type SeasonEntry } from '../entry'
import { bareTitle, bracketCountry, bracketYear, titleKey, withoutMarks } from '../names'
import { countryOf, genresAndTags } from '../words'

export const netflixTitleRow = z.object({
  title: z.string().min(1),
  director: z.string(),
  cast: z.string(),
  country: z.string(),
  release_year: z.coerce.number().int(),
  seasons: z.string(),
  genres: z.string(),
})
export const netflixSeasonRow = z.object({
  title: z.string().min(1),
  season: z.coerce.number().int(),
  released_on_netflix: z.string(),
  available_globally: z.enum(['Yes', 'No']),
})
export const netflixNativeRow = z.object({ title: z.string().min(1), native_title: z.string() })

const PARTS =
  /(:| -) ?(part|volume|vol|chapter|season|book)\.? ?\d+|: making$| in conversation$|\baftershow\b|after party|look inside the episodes$|director's cut/i

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/**
 * The Netflix listing to September 2021. Its year is that of the newest season it lists, so only a show of one season
 * says when it began. A stand-up programme of one season is a special, not a show.
 */
export function parseNetflixTitles(rows: z.infer<typeof netflixTitleRow>[]): Parsed {
  const dropped: Dropped[] = []
  const entries = rows.flatMap((row): Entry[] => {
    const count = Number.parseInt(row.seasons, 10) || 1
    const words = list(row.genres)
    if (PARTS.test(row.title)) {
      dropped.push({
        set: 'netflix-titles',
        what: row.title,
        why: 'a part, a making-of or an aftershow, not a show',
      })
      return []
    }
    if (words.includes('Stand-Up Comedy & Talk Shows') && count === 1) {
      dropped.push({ set: 'netflix-titles', what: row.title, why: 'a stand-up or talk special, not a show' })
      return []
    }
    const { genres, tags } = genresAndTags(words)
    const countries = list(row.country).map((name) => countryOf(name) as string)
    const bracket = bracketCountry(row.title)
    const animeList = words.includes('Anime Series')
    const japanese = countries.length === 0 || countries.includes('Japan')
    const kind = animeList
      ? japanese
        ? 'anime'
        : 'animation'
      : words.includes('Docuseries')
        ? 'documentary'
        : words.includes('Reality TV')
          ? 'reality'
          : words.includes('Stand-Up Comedy & Talk Shows')
            ? 'talk'
            : undefined
    return [
      {
        ...emptyEntry('netflix-titles', bareTitle(row.title)),
        ...(kind ? { kind } : {}),
        ...(animeList ? { drawn: true } : {}),
        countries: bracket ? [bracket] : countries,
        genres,
        tags,
        creators: kind === 'reality' || kind === 'documentary' ? [] : list(row.director),
        cast: list(row.cast).map((person) => ({ person })),
        ...(count === 1
          ? { startYear: bracketYear(row.title) ?? row.release_year }
          : { seenYear: row.release_year }),
        seasonCount: count,
        // The year of the newest season is often the year before it: of one season alone it is believed.
        seasons: count === 1 ? [{ number: 1, premiere: String(row.release_year) }] : [],
      },
    ]
  })
  return { entries, dropped }
}

const DAYS_BETWEEN_SEASONS_MIN = 150

/**
 * The engagement reports' days of release. A day is when a season joined Netflix: kept only where the report says
 * the title was released everywhere at once, and even then believed only if merge.ts finds a second voice.
 */
export function parseNetflixSeasons(rows: z.infer<typeof netflixSeasonRow>[]): Parsed {
  const dropped: Dropped[] = []
  const shows = new Map<string, z.infer<typeof netflixSeasonRow>[]>()
  for (const row of rows) shows.set(row.title, [...(shows.get(row.title) ?? []), row])
  const drop = (what: string, why: string) => void dropped.push({ set: 'netflix-reports', what, why })
  const entries = [...shows].flatMap(([title, listed]): Entry[] => {
    if (PARTS.test(title)) {
      drop(title, 'a part, volume, making-of or re-cut listed as a show')
      return []
    }
    // Season 0 alone is a title without a number (a limited series): its season 1. Beside others it says nothing new.
    const numbered = listed.some((row) => row.season > 0)
      ? listed.filter((row) => row.season > 0)
      : listed.map((row) => ({ ...row, season: 1 }))
    const everywhere = numbered.filter((row) => row.available_globally === 'Yes' && row.released_on_netflix)
    if (everywhere.length === 0) {
      drop(title, 'no day on which it was released everywhere: only an arrival day, or none')
      return []
    }
    const seasons: SeasonEntry[] = []
    let latest = ''
    for (const row of [...everywhere].sort((a, b) => a.season - b.season)) {
      const day = row.released_on_netflix
      const gapDays = latest ? (Date.parse(day) - Date.parse(latest)) / 86_400_000 : Number.POSITIVE_INFINITY
      if (gapDays < DAYS_BETWEEN_SEASONS_MIN) {
        drop(
          `${title} ${row.season}`,
          'fewer than 150 days after the one before: a part of it, or both arrived late',
        )
        if (gapDays <= 0) seasons.length = 0 // two numbered releases on a day are arrivals, the first one too
        latest = day
        // What follows a part is numbered by parts, so its number is not a season's.
        break
      }
      seasons.push({ number: row.season, premiere: day })
      latest = day
    }
    if (seasons.length === 0) return []
    const start = seasons.find((season) => season.number === 1)?.premiere
    const seen = seasons[0]?.premiere ?? ''
    return [
      {
        ...emptyEntry('netflix-reports', bareTitle(title)),
        seasons,
        ...(start ? { startDay: start, startYear: Number(start.slice(0, 4)) } : {}),
        seenYear: Number(seen.slice(0, 4)),
      },
    ]
  })
  return { entries, dropped }
}

const SEASON_IN_NATIVE =
  /[\s:：–-]*(?:\d+\. ?(?:sezon|staffel|évad|série)|(?:temporada|season|staffel|saison|parte|partie|part|stagione|sezon|seizoen|serie|vol\.?) ?\d+|시즌 ?\d+|シーズン ?\d+|第[\d一二三四五六七八九十]+[季期]|[:：]\s*[\p{L}\p{M}]+\.? ?\d+|[:：]\s*\d+\. ?[\p{L}\p{M}]+)$/iu

/** The native titles of a row, without the number of a season or part and without what lists hang on a title. */
const nativesOf = (row: z.infer<typeof netflixNativeRow>) =>
  row.native_title
    .split(' // ')
    .map((native) => withoutMarks(native.trim().replace(SEASON_IN_NATIVE, '')))
    .filter(Boolean)

/** Netflix's native titles by the key of the English one; titles that carry two different ones are left out. */
export function nativeTitles(rows: z.infer<typeof netflixNativeRow>[]): Map<string, string[]> {
  const titles = new Map<string, string[]>()
  for (const row of rows) {
    const key = titleKey(row.title)
    titles.set(key, [...new Set([...(titles.get(key) ?? []), ...nativesOf(row)])])
  }
  return titles
}

/** Netflix's English titles by the key of the native one. */
export function englishTitles(rows: z.infer<typeof netflixNativeRow>[]): Map<string, string[]> {
  const titles = new Map<string, string[]>()
  for (const row of rows)
    for (const native of nativesOf(row)) {
      const key = titleKey(native)
      titles.set(key, [...new Set([...(titles.get(key) ?? []), row.title])])
    }
  return titles
}
