import { z } from 'zod'
import { slugOf } from '@/lib/catalogue/slugs'
import { namesByHand, yearByHand } from '../by-hand'
import { type Entry, emptyEntry, type Parsed, type SeasonEntry } from '../entry'
import { bareTitle } from '../names'
import { genresAndTags, networkOf } from '../words'

const person = z.object({ actor: z.string().nullish(), character: z.string().nullish() })
const seasonLine = z.object({
  season: z.union([z.number(), z.string()]),
  premiere: z.string().nullish(),
  finale: z.string().nullish(),
  episodes: z.number().nullish(),
  title: z.string().nullish(),
})

/** What pages and news both say of a show. */
const saidOfShow = z.object({
  alt_title: z.string().nullish(),
  year: z.number().nullish(),
  network: z.string().nullish(),
  country: z.string().nullish(),
  seasons: z.array(seasonLine),
  genres: z.array(z.string()),
  source_material: z.string().nullish(),
  creator: z.string().nullish(),
})

/** One line of `claims/shows-*.ndjson`: what the pages that carry the claims say of the show itself. */
export const claimPageLine = saidOfShow.extend({
  show: z.string().optional(),
  title: z.string().optional(),
  original_title: z.string().nullish(),
  creators: z.string().nullish(),
  cast: z.array(person).nullish(),
  main_cast: z.array(person).nullish(),
})

/**
 * The network a show is on now, out of "Antena 3 (S1-2), Netflix" or "tvN / Netflix": what is said without season
 * numbers beside others that have them, else the one with the latest season, else the first.
 */
export function currentNetwork(text: string): string | undefined {
  const parts = (text.split(';')[0] ?? '').split(/,| \/ | with /).map((part) => part.trim())
  const lastSeason = (part: string) => Number(/\(S(?:\d+-)?(\d+)\)/.exec(part)?.[1] ?? 0)
  const marked = parts.filter((part) => lastSeason(part) > 0)
  const unmarked = parts.filter((part) => lastSeason(part) === 0)
  const best =
    marked.length > 0 && unmarked.length > 0
      ? unmarked[0]
      : [...parts].sort((a, b) => lastSeason(b) - lastSeason(a))[0]
  return best?.replace(/\s*\([^)]*\)/g, '').trim() || undefined
}

const ROLE =
  /^(writers?|directors?|writer-directors?|producers?|action|scripts?|creators?|co-creators?|showrunners?)$/i

/** The makers' names out of "A (writer); B and C (directors)". */
export function makersOf(text: string): string[] {
  return text
    .replace(/\([^)]*\)/g, '')
    .split(/[;,]| and | & | with /)
    .map((name) => name.trim())
    .filter((name) => name && !ROLE.test(name))
}

const cleanPerson = (name: string) => name.replace(/\s*\([^)]*\)/g, '').trim()
const withoutDates = (text: string) => text.replace(/\s*\([^)]*\d{4}[^)]*\)/g, '').trim()

/**
 * Only what has happened is a fact of the catalogue: a season without a premiere after the last dated one is talk.
 * Whether a page's own day came true is for the ledger to say, which knows when the page was read.
 */
function seasonsOf(lines: z.infer<typeof seasonLine>[], today: string): SeasonEntry[] {
  const seasons = lines.flatMap((line): SeasonEntry[] => {
    if (typeof line.season !== 'number') return [] // "special (…)": not a season
    return [
      {
        number: line.season,
        ...(line.title ? { name: line.title } : {}),
        ...(line.premiere && line.premiere <= today ? { premiere: line.premiere } : {}),
        ...(line.finale && line.finale <= today ? { finale: line.finale } : {}),
        ...(line.episodes ? { episodes: line.episodes } : {}),
      },
    ]
  })
  const dated = seasons.filter((season) => season.premiere || season.finale)
  const last = Math.max(0, ...dated.map((season) => season.number))
  return last === 0 ? seasons.slice(0, 1) : seasons.filter((season) => season.number <= last)
}

/** The shows of the ledger, as the pages with the claims describe them. `today` keeps announced seasons out. */
export function parseClaimPages(lines: z.infer<typeof claimPageLine>[], today: string): Parsed {
  const entries = lines.map((line): Entry => {
    const title = line.show ?? line.title ?? ''
    const { genres, tags } = genresAndTags(line.genres)
    const network = networkOf(currentNetwork(line.network ?? '') ?? '')
    const aside = /^(?:Y: )?(.*?)\s*\((?:working title|season \d+)\)$/.exec(line.alt_title ?? '')
    const country = line.country ?? network?.country
    const animated = line.genres.some((genre) => /animation|anime/.test(genre))
    const anime = line.country === 'Japan' && !FILMED_IN_JAPAN.has(title)
    const seasons = seasonsOf(line.seasons, today)
    const year = line.year ?? yearByHand(title)
    if (year && !seasons.some(({ number, premiere }) => number === 1 && premiere)) {
      const first = seasons.find(({ number }) => number === 1)
      if (first) first.premiere = String(year)
      else if (seasons.length > 0) seasons.unshift({ number: 1, premiere: String(year) })
    }
    const first = seasons.find((season) => season.number === 1)?.premiere
    return {
      ...emptyEntry('claim-pages', title),
      ...(line.original_title && line.original_title !== title ? { original: line.original_title } : {}),
      aliases: [...(line.alt_title && !aside ? [line.alt_title] : []), ...namesByHand(title)],
      ...(anime ? { kind: 'anime', drawn: true } : animated ? { kind: 'animation', drawn: true } : {}),
      ...(genres.includes('Reality') ? { kind: 'reality' } : {}),
      ...(line.genres.includes('talk') ? { kind: 'talk' } : {}),
      ...(!anime && !animated ? { drawn: false } : {}),
      countries: country ? [country] : [],
      ...(network ? { network: network.name } : {}),
      genres,
      tags,
      seasons,
      creators: makersOf(line.creators ?? line.creator ?? ''),
      cast: (line.cast ?? line.main_cast ?? []).flatMap(({ actor, character }) =>
        actor ? [{ person: cleanPerson(actor), ...(character ? { character } : {}) }] : [],
      ),
      ...(line.source_material ? { sourceMaterial: withoutDates(line.source_material) } : {}),
      ...(year ? { startYear: year } : first ? { startYear: Number(first.slice(0, 4)) } : {}),
      ...(first?.length === 10 ? { startDay: first } : {}),
    }
  })
  return { entries, dropped: [] }
}

/** One line of `claims/shows-2026-news.ndjson`: shows that the news of 2025 and 2026 speaks of. */
export const newsShowLine = saidOfShow.extend({
  title: z.string().min(1),
  urls: z.array(z.string()),
})

/** Series that the catalogue keeps as a season of the show they continue. */
const SEASONS_OF_OTHERS = new Set(['Bleach: Thousand-Year Blood War'])

/** In the last year of the news nothing tells what had begun from what was announced. */
const NEWS_LAST_YEAR = 2026

/**
 * The shows of the news. What a page says of a season's day is a claim and no record: the season it speaks of may still
 * have been to come. Known is the year in which a show began, where it was past, and that seasons came before the one
 * that is spoken of.
 */
export function parseNewsShows(all: z.infer<typeof newsShowLine>[]): Parsed {
  const lines = all.filter(({ title }) => !SEASONS_OF_OTHERS.has(title))
  const plain = (title: string) => bareTitle(title.replace(/ \((?:[^()]+)\)$/, ''))
  const { entries, dropped } = parseClaimPages(
    lines.map((line) => ({ ...line, title: plain(line.title), seasons: [], year: null })),
    '',
  )
  return {
    entries: entries.map((entry, index): Entry => {
      const line = lines[index] as z.infer<typeof newsShowLine>
      const began = line.year && line.year < NEWS_LAST_YEAR ? line.year : undefined
      const spokenOf = Math.max(
        0,
        ...line.seasons.map(({ season }) => (typeof season === 'number' ? season : 0)),
      )
      const before = Math.max(began ? 1 : 0, spokenOf - 1)
      const animated = line.genres.some((genre) => /anim/.test(genre))
      const anime = line.genres.includes('anime') || (animated && line.country === 'Japan')
      const hint = /\(([^()]+)\)$/.exec(line.title)?.[1]
      const drawn = animated
      const { kind: _, drawn: __, ...rest } = entry
      return {
        ...rest,
        ...(anime ? { kind: 'anime' } : entry.kind && line.country !== 'Japan' ? { kind: entry.kind } : {}),
        ...(drawn || line.country !== 'Japan' ? { drawn } : {}),
        ...(line.year ? { startYear: line.year } : {}),
        ...(hint && slugOf(hint) ? { hint: slugOf(hint) as string, upcoming: before === 0 } : {}),
        seasons: Array.from({ length: before }, (_, i) => ({
          number: i + 1,
          ...(i === 0 && began ? { premiere: String(began) } : {}),
        })),
      }
    }),
    dropped,
  }
}

// Japan's filmed series among the ledger's shows; everything else from Japan there is drawn.
const FILMED_IN_JAPAN = new Set(['Alice in Borderland', 'Last Samurai Standing'])
