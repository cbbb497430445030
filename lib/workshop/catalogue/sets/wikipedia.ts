import { z } from 'zod'
import { type Dropped, type Entry, emptyEntry, type Parsed } from '../entry'
import { genresAndTags, networkOf } from '../words'

const full = (given: string | undefined) => (given && /^\d{4}(-\d\d){0,2}$/.test(given) ? given : undefined)

/** A line of `more/turkish-wikipedia.ndjson`: infoboxes of Turkish Wikipedia, January 2024. */
export const turkishLine = z.object({
  title: z.string().min(1),
  wikipedia: z.string().min(1),
  network: z.string().optional(),
  genres: z.array(z.string()).optional(),
  cast: z.array(z.string()).optional(),
  premiere: z.string().optional(),
  end: z.string().optional(),
  seasons: z.number().int().optional(),
  episodes: z.number().int().optional(),
  status: z.string().optional(),
})

/** Turkish genre words that occur often enough to be worth a line. */
const TURKISH_GENRES: [RegExp, string][] = [
  [/dram/i, 'Drama'],
  [/komedi|sit-?[ck]om/i, 'Comedy'],
  [/aksiyon/i, 'Action'],
  [/aile/i, 'Family'],
  [/aşk|romantik/i, 'Romance'],
  [/polisiye|suç(?!\p{L})|mafya/iu, 'Crime'],
  [/tarih/i, 'History'],
  [/gençlik/i, 'Teen'],
  [/macera/i, 'Adventure'],
  [/gerilim/i, 'Thriller'],
  [/savaş|asker/i, 'War'],
  [/fantastik/i, 'Fantasy'],
  [/bilimkurgu/i, 'Science fiction'],
  [/me?dikal/i, 'Medical'],
  [/korku/i, 'Horror'],
  [/[iİ]stihbarat/i, 'Espionage'],
  [/çocuk/i, 'Children'],
  [/talk show/i, 'Talk show'],
]
/** Channels as the infoboxes spell them, longest first: names run together are taken apart by this list. */
const TURKISH_CHANNELS =
  'Kanal D|Show TV|Star TV|atv|ATV|TRT 1|TRT1|TRT Çocuk|FOX|Fox|NOW|TV8|Kanal 7|Samanyolu TV|TGRT|STV|Netflix|BluTV|Exxen|Gain|Disney+|puhutv|TürkMax|Cine5|TRT 2|TRT|tabii|Teve2'.split(
    '|',
  )
const OUR_CHANNEL: Record<string, string> = {
  ATV: 'atv',
  TRT1: 'TRT 1',
  Fox: 'Fox (Turkey)',
  FOX: 'Fox (Turkey)',
  NOW: 'NOW (Turkey)',
}

/** The first channel named; undefined where none that we know is. */
function firstChannel(text: string): string | undefined {
  const found = TURKISH_CHANNELS.map((name) => ({ name, at: text.indexOf(name) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0]
  return found && (OUR_CHANNEL[found.name] ?? found.name)
}

const people = (names: string[]) =>
  names
    .flatMap((name) => name.split(/\s{2,}/))
    .map((person) => ({ person: person.trim() }))
    .filter(({ person }) => person.length > 2)

/** Turkish series: first and last day, seasons, cast, and the state the infobox gives. */
export function parseTurkish(lines: z.infer<typeof turkishLine>[]): Parsed {
  const dropped: Dropped[] = []
  const entries = lines.flatMap((line): Entry[] => {
    const premiere = full(line.premiere)
    if (!premiere) {
      dropped.push({ set: 'turkish-wikipedia', what: line.title, why: 'no premiere' })
      return []
    }
    const words = (line.genres ?? []).join(' ')
    const network = firstChannel(line.network ?? '')
    const end = full(line.end)
    const status = line.status?.replace(/\s*\[\d+\]$/, '').replace(/\.$/, '')
    const count = line.seasons && line.seasons < 40 ? line.seasons : undefined
    return [
      {
        ...emptyEntry(
          'turkish-wikipedia',
          line.title.replace(/\s*\((?:dizi|TV dizisi|[^)]*dizi[^)]*)\)$/i, ''),
        ),
        kind: 'scripted',
        drawn: false,
        countries: ['Turkey'],
        language: 'Turkish',
        ...(network ? { network } : {}),
        genres: TURKISH_GENRES.filter(([word]) => word.test(words)).map(([, genre]) => genre),
        cast: people(line.cast ?? []),
        ids: { 'wikipedia-tr': [line.wikipedia] },
        startYear: Number(premiere.slice(0, 4)),
        ...(premiere.length === 10 ? { startDay: premiere } : {}),
        ...(end ? { ended: end, endYear: Number(end.slice(0, 4)) } : {}),
        ...(count ? { seasonCount: count } : {}),
        seasons: [
          { number: 1, premiere, ...(count === 1 && line.episodes ? { episodes: line.episodes } : {}) },
        ],
        ...(status ? { listed: { label: status, source: 'Turkish Wikipedia', as_of: '2024-01' } } : {}),
      },
    ]
  })
  return { entries, dropped }
}

/** A row of `more/korean-wikipedia.csv`: Korean dramas to September 2020, titles written without spaces. */
export const koreanRow = z.object({
  native_title: z.string().min(1),
  premiere: z.string(),
  end: z.string(),
  episodes: z.string(),
  network: z.string(),
  genre: z.string(),
})

const KOREAN_GENRES: [RegExp, string][] = [
  [/드라마|멜로/, 'Drama'],
  [/로맨/, 'Romance'],
  [/코미디|시트콤|코믹/, 'Comedy'],
  [/사극|시대극/, 'History'],
  [/범죄|수사/, 'Crime'],
  [/서스펜스|스릴러/, 'Thriller'],
  [/메디컬|의학/, 'Medical'],
  [/법/, 'Legal'],
  [/액션/, 'Action'],
  [/판타지/, 'Fantasy'],
  [/가족/, 'Family'],
  [/공포/, 'Horror'],
  [/미스터리|추리/, 'Mystery'],
]

/** Korean dramas: they add days, episodes and a home to shows that are here; without spaces a title is no title to show. */
export function parseKorean(rows: z.infer<typeof koreanRow>[]): Parsed {
  const entries = rows.flatMap((row): Entry[] => {
    const premiere = full(row.premiere)
    if (!premiere) return []
    const end = full(row.end)
    const network = networkOf(row.network.replace(/ TV$/, '').replace('문화방송', 'MBC'))
    const episodes = Number(row.episodes) || undefined
    return [
      {
        ...emptyEntry('korean-wikipedia', row.native_title),
        addsOnly: true,
        drawn: false,
        countries: ['South Korea'],
        language: 'Korean',
        ...(network?.country === 'South Korea' ? { network: network.name } : {}),
        genres: KOREAN_GENRES.filter(([word]) => word.test(row.genre)).map(([, genre]) => genre),
        startYear: Number(premiere.slice(0, 4)),
        ...(premiere.length === 10 ? { startDay: premiere } : {}),
        ...(end ? { endYear: Number(end.slice(0, 4)) } : {}),
        seasons: [
          { number: 1, premiere, ...(end ? { finale: end } : {}), ...(episodes ? { episodes } : {}) },
        ],
      },
    ]
  })
  return { entries, dropped: [] }
}

/** A row of `more/netflix-originals-wikipedia.csv`: Netflix's own series as English Wikipedia listed them. */
export const netflixOriginalRow = z.object({
  title: z.string().min(1),
  genre: z.string(),
  network: z.string(),
  series_premiere: z.string(),
  seasons: z.string(),
  as_of: z.string(),
})

/** What that list adds: the number of seasons then, and a day that for bought shows is Netflix's. */
export function parseNetflixOriginals(rows: z.infer<typeof netflixOriginalRow>[]): Parsed {
  const entries = rows.flatMap((row): Entry[] => {
    const premiere = full(row.series_premiere)
    if (!premiere) return []
    const network = networkOf(row.network)
    const count = Number(row.seasons) || undefined
    return [
      {
        ...emptyEntry('netflix-originals-wikipedia', row.title),
        addsOnly: true,
        ...(network ? { network: network.name, carried: network.name === 'Netflix' } : {}),
        ...genresAndTags([row.genre]),
        startYear: Number(premiere.slice(0, 4)),
        ...(premiere.length === 10 ? { startDay: premiere } : {}),
        ...(count ? { seasonCount: count } : {}),
        seasons: network?.name === 'Netflix' ? [] : [{ number: 1, premiere }],
      },
    ]
  })
  return { entries, dropped: [] }
}
