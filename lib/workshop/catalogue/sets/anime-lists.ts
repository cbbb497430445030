import { z } from 'zod'
import { type Dropped, type Entry, emptyEntry, type Parsed } from '../entry'
import { scriptOf } from '../names'
import { genresAndTags } from '../words'
import { baseEnglish, type Instalments } from './anime'

/** A row of `more/anime-seasons-2006-2026.csv`: television anime as MyAnimeList lists them. */
export const animeSeasonRow = z.object({
  mal: z.string().regex(/^\d+$/),
  title: z.string().min(1),
  english_title: z.string(),
  native_title: z.string(),
  synonyms: z.string(),
  status: z.string(),
  aired_from: z.string(),
  aired_to: z.string(),
  episodes: z.string(),
  genres: z.string(),
  themes: z.string(),
  demographics: z.string(),
  source_material: z.string(),
})

/** A row of `more/anime-genres.csv`; only those of the open set are read. */
export const animeGenreRow = z.object({
  mal: z.string().regex(/^\d+$/),
  title: z.string(),
  type: z.string(),
  genres: z.string(),
  set: z.string(),
})

/** A row of `more/bangumi-subjects-2022.csv`. */
export const bangumiSubjectRow = z.object({
  bangumi: z.string().regex(/^\d+$/),
  native_title: z.string(),
  title_zh: z.string(),
  episodes: z.string(),
  'voice_actor=character': z.string(),
})

/** MyAnimeList's words that are genres of ours, several by `+`; '' says nothing about the story. */
const MAL_GENRES: Record<string, string> = {
  'sci-fi': 'Science fiction',
  suspense: 'Thriller',
  thriller: 'Thriller',
  gourmet: 'Food',
  game: '', // about games, which is no game show
  kids: 'Children',
  'award winning': '',
  'slice of life': 'Slice of life',
  music: 'Music',
  historical: 'History',
  medical: 'Medical',
  'girls love': 'Romance',
  'boys love': 'Romance',
  police: 'Crime',
  detective: 'Mystery',
  'organized crime': 'Crime',
  'team sports': 'Sports',
  'combat sports': 'Sports',
}
/** Words of theirs under the name that our tags have for them; '' where they say nothing about the story. */
const MAL_TAGS: Record<string, string> = {
  cgdct: 'cute girls',
  'mahou shoujo': 'magical girls',
  school: 'school life',
  space: 'space',
  vampire: 'vampires',
  demons: 'demons',
  military: 'military',
  'idols (female)': 'idols',
  'idols (male)': 'idols',
  'adult cast': 'adult cast',
  game: 'games',
  'video game': 'video games',
  cars: 'racing',
  dementia: 'surreal',
  'avant garde': 'surreal',
  'shoujo ai': 'girls love',
  'shounen ai': 'boys love',
  'boys love': 'boys love',
  'girls love': 'girls love',
  yaoi: 'boys love',
  yuri: 'girls love',
  shounen: 'shonen',
  shoujo: 'shojo',
  'love polygon': 'love triangle',
  'high stakes game': 'death game',
  delinquents: 'delinquents',
  showbiz: 'show business',
  'award winning': '',
  kids: '',
  historical: '',
  medical: '',
  music: '',
  police: 'police',
  'team sports': '',
  'combat sports': '',
}

/** Our genres and tags for MyAnimeList's words, themes and audiences. */
export function malWords(words: string[]): { genres: string[]; tags: string[] } {
  const genres = new Set<string>()
  const tags = new Set<string>()
  for (const word of words.map((text) => text.trim().toLowerCase()).filter(Boolean)) {
    const own = MAL_GENRES[word]
    const known =
      own === undefined ? genresAndTags([word]) : { genres: own.split('+').filter(Boolean), tags: [] }
    for (const genre of known.genres) genres.add(genre)
    const tag = MAL_TAGS[word] ?? known.tags[0]
    if (tag) tags.add(tag)
  }
  return { genres: [...genres], tags: [...tags] }
}

const SEQUEL =
  /\b(?:season|series|part|cour|stage|chapter|act|final|special|specials|ova|movie|recap|second|third|2nd|3rd|[4-9]th)\b|\b(?:ii|iii|iv|v|vi)\b|[^\d][2-9](?:\.\d)?$|\((?:19|20)\d\d\)|第|期|続|新|帰|劇場版/i
const MONTH_LENGTH = 7

/**
 * Television anime with MyAnimeList's words. A row whose id belongs to a show of bangumi-data adds to it, a sequel's
 * row to the season it is; of the others only a Japanese one that is no sequel opens a show of its own.
 */
export function parseAnimeSeasons(
  rows: z.infer<typeof animeSeasonRow>[],
  instalments: Instalments,
  taken: (title: string) => boolean,
): Parsed {
  const dropped: Dropped[] = []
  const drop = (what: string, why: string) => void dropped.push({ set: 'anime-seasons', what, why })
  const entries = rows.flatMap((row): Entry[] => {
    if (row.genres.includes('Erotica')) {
      drop(row.title, 'for adults only')
      return []
    }
    const place = instalments.mal.get(row.mal)
    const premiere = row.status === 'Not yet aired' ? '' : row.aired_from
    if (!place) {
      const kana = scriptOf(row.native_title) === 'kana' || scriptOf(row.native_title) === 'han'
      const names = [row.title, row.english_title, row.native_title].filter(Boolean)
      if (names.some((name) => SEQUEL.test(name)) || names.some(taken)) {
        drop(row.title, 'a sequel, or its name begins like that of a show already there')
        return []
      }
      if (!kana || scriptOf(row.native_title) !== 'kana' || premiere.length < MONTH_LENGTH) {
        drop(row.title, 'not surely Japanese, or without a premiere')
        return []
      }
    }
    const { genres, tags } = malWords(`${row.genres}|${row.themes}|${row.demographics}`.split('|'))
    const isFirst = !place || (place.season === 1 && place.part === 0)
    const romaji = baseEnglish(row.title) ?? row.title
    const english = baseEnglish(row.english_title)
    const episodes = Number(row.episodes) || undefined
    const whole = !place || place.parts === 1
    return [
      {
        ...emptyEntry('anime-seasons', isFirst ? (english ?? romaji) : romaji),
        ...(place ? { addsOnly: true } : {}),
        ...(row.native_title && isFirst ? { original: row.native_title } : {}),
        aliases: isFirst ? [romaji] : english ? [english] : [],
        kind: 'anime',
        drawn: true,
        language: 'Japanese',
        countries: ['Japan'],
        genres,
        tags,
        ids: { mal: [row.mal] },
        ...(sourceOf(row.source_material) ? { sourceMaterial: sourceOf(row.source_material) as string } : {}),
        ...(isFirst && premiere
          ? {
              startYear: Number(premiere.slice(0, 4)),
              ...(premiere.length === 10 ? { startDay: premiere } : {}),
            }
          : {}),
        seasons: [
          {
            number: place?.season ?? 1,
            ...(premiere && (!place || place.part === 0) ? { premiere } : {}),
            ...(whole && row.status === 'Finished Airing' && row.aired_to ? { finale: row.aired_to } : {}),
            ...(whole && row.status === 'Finished Airing' && episodes ? { episodes } : {}),
          },
        ],
      },
    ]
  })
  return { entries, dropped }
}

const sourceOf = (word: string): string | null =>
  word && !/^(original|other|unknown|mixed media)$/i.test(word)
    ? word.toLowerCase().replace(/^(4-koma )?manga$/, 'manga')
    : null

/** Genres and a romanised name, by MyAnimeList's id alone, for the shows of bangumi-data. */
export function parseAnimeGenres(rows: z.infer<typeof animeGenreRow>[], instalments: Instalments): Parsed {
  const entries = rows.flatMap((row): Entry[] => {
    const place = instalments.mal.get(row.mal)
    if (!place || row.set !== 'cooperunion-2016') return []
    const { genres, tags } = malWords(row.genres.split(';'))
    return [
      {
        ...emptyEntry('anime-genres', baseEnglish(row.title) ?? row.title),
        addsOnly: true,
        genres,
        tags,
        ids: { mal: [row.mal] },
      },
    ]
  })
  return { entries, dropped: [] }
}

/** Episodes and a Chinese name, by Bangumi's id alone. Films and video releases among the rows meet no show. */
export function parseBangumiSubjects(
  rows: z.infer<typeof bangumiSubjectRow>[],
  instalments: Instalments,
): Parsed {
  const entries = rows.flatMap((row): Entry[] => {
    const place = instalments.bangumi.get(row.bangumi)
    if (!place) return []
    const episodes = Number(row.episodes) || undefined
    return [
      {
        ...emptyEntry('bangumi-subjects', row.native_title),
        addsOnly: true,
        ids: { bangumi: [row.bangumi] },
        aliases: place.season === 1 && row.title_zh ? [row.title_zh] : [],
        cast: row['voice_actor=character'].split(/[;|]/).flatMap((pair) => {
          const [person, character] = pair.split('=').map((name) => name.trim())
          return person && character ? [{ person, character }] : []
        }),
        seasons: [{ number: place.season, ...(episodes && place.parts === 1 ? { episodes } : {}) }],
      },
    ]
  })
  return { entries, dropped: [] }
}
