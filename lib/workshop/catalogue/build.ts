import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import { canonicalLine } from '@/lib/catalogue/record'
import { assignSlugs } from '@/lib/catalogue/slugs'
import { type CatalogueRecord, catalogueRecord } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { withoutUnsafeCharacters } from '@/lib/shared/text'
import { type Address, keepAddresses, NO_ADDRESS } from './addresses'
import { assemble, type Draft } from './assemble'
import { entriesByHand } from './by-hand'
import { readEditorial, readPremises, readTagged, withEditorial } from './editorial-words'
import { whyLeftOut } from './enters'
import { type Dropped, type Entry, type Parsed, SETS, type SetName } from './entry'
import { linkFranchises, titleStems } from './franchise'
import { mergeEntries } from './merge'
import { titleKey } from './names'
import { shareNativeTitles } from './native'
import { rank } from './popularity'
import { type Report, reportOf } from './report'
import { bangumiItem, instalmentRow, parseAnime } from './sets/anime'
import {
  animeGenreRow,
  animeSeasonRow,
  bangumiSubjectRow,
  parseAnimeGenres,
  parseAnimeSeasons,
  parseBangumiSubjects,
} from './sets/anime-lists'
import { claimPageLine, newsShowLine, parseClaimPages, parseNewsShows } from './sets/claim-pages'
import { famousLine, parseFamous } from './sets/famous'
import {
  englishTitles,
  nativeTitles,
  netflixNativeRow,
  netflixSeasonRow,
  netflixTitleRow,
  parseNetflixSeasons,
  parseNetflixTitles,
} from './sets/netflix'
import { networkSeasonRow, parseNetworkSeasons } from './sets/network-seasons'
import { premiseEntries } from './sets/premises'
import { parseStreaming, streamingRow } from './sets/streaming'
import { csvRows, ndjsonLines } from './sets/table'
import { taggedEntries } from './sets/tagged'
import { parseTvmaze2024, parseTvmaze2025, tvmaze2024Row, tvmaze2025Row } from './sets/tvmaze'
import { octoberLine, parseTvmazeOctober, parseTvmazeSchedule, scheduleLine } from './sets/tvmaze-more'
import {
  koreanRow,
  netflixOriginalRow,
  parseKorean,
  parseNetflixOriginals,
  parseTurkish,
  turkishLine,
} from './sets/wikipedia'
import { joinTwins } from './twins'

/** Where the builder reads: the data folder with catalogue/ and claims/, the bangumi-data file, the editorial folder. */
export interface BuildInput {
  from: string
  bangumi: string
  editorial: string
  /** The catalogue last published: its addresses stay. */
  published: string
  /** Nothing after this day is a fact yet. */
  today: Day
}

export interface Built {
  records: CatalogueRecord[]
  report: Report
}

function parseAll({ from, bangumi, editorial, today }: BuildInput): {
  parsed: Parsed[]
  rows: Record<string, number>
} {
  const csv = <T extends z.ZodType>(name: string, row: T) => csvRows(path.join(from, 'catalogue', name), row)
  const more = <T extends z.ZodType>(name: string, line: T) =>
    ndjsonLines(path.join(from, 'catalogue/more', name), line)
  const claimLines = ['shows-asia.ndjson', 'shows-west.ndjson'].flatMap((name) =>
    ndjsonLines(path.join(from, 'claims', name), claimPageLine),
  )
  const newsLines = ndjsonLines(path.join(from, 'claims/shows-2026-news.ndjson'), newsShowLine)
  const items = bangumiItem.array().parse(JSON.parse(readFileSync(bangumi, 'utf8')).items)
  const anime = parseAnime(csv('anime_instalments.csv', instalmentRow), items)
  const known = new Set(anime.entries.flatMap(namesOf).map(titleKey))
  const isTaken = (name: string) => [name, ...titleStems(name)].some((stem) => known.has(titleKey(stem)))
  const malRows = csv('more/anime-seasons-2006-2026.csv', animeSeasonRow)
  const malSeasons = parseAnimeSeasons(malRows, anime.instalments, isTaken)
  const malGenres = parseAnimeGenres(csv('more/anime-genres.csv', animeGenreRow), anime.instalments)
  nameAfterMal(anime.entries, [...malSeasons.entries, ...malGenres.entries])
  const sets: Record<SetName, { parsed: Parsed; rows: number }> = {
    'claim-pages': {
      parsed: joined(parseClaimPages(claimLines, today), parseNewsShows(newsLines)),
      rows: claimLines.length + newsLines.length,
    },
    'by-hand': all({ entries: entriesByHand(), dropped: [] }, entriesByHand()),
    'famous-by-hand': read(more('famous-by-hand.ndjson', famousLine), (lines) => parseFamous(lines, today)),
    'tvmaze-2024': read(csv('tvmaze_2024.csv', tvmaze2024Row), parseTvmaze2024),
    'tvmaze-2025-10': read(more('tvmaze-2025-10.ndjson', octoberLine), parseTvmazeOctober),
    'tvmaze-schedule': read(more('tvmaze-schedule-shows.ndjson', scheduleLine), parseTvmazeSchedule),
    'network-seasons': read(csv('network_seasons.csv', networkSeasonRow), parseNetworkSeasons),
    'bangumi-data': all(anime, items),
    'anime-seasons': all(malSeasons, malRows),
    'anime-genres': all(malGenres, malGenres.entries),
    'bangumi-subjects': read(csv('more/bangumi-subjects-2022.csv', bangumiSubjectRow), (rows) =>
      parseBangumiSubjects(rows, anime.instalments),
    ),
    'tvmaze-2025': read(csv('tvmaze_2025.csv', tvmaze2025Row), parseTvmaze2025),
    premises: read(readPremises(path.join(editorial, 'premises.ndjson')), premiseEntries),
    'turkish-wikipedia': read(more('turkish-wikipedia.ndjson', turkishLine), parseTurkish),
    'korean-wikipedia': read(csv('more/korean-wikipedia.csv', koreanRow), parseKorean),
    'netflix-originals-wikipedia': read(
      csv('more/netflix-originals-wikipedia.csv', netflixOriginalRow),
      parseNetflixOriginals,
    ),
    'streaming-titles': read(csv('more/streaming-titles-2021.csv', streamingRow), parseStreaming),
    'netflix-titles': read(csv('netflix_titles.csv', netflixTitleRow), parseNetflixTitles),
    'netflix-reports': read(csv('netflix_seasons.csv', netflixSeasonRow), parseNetflixSeasons),
    tagged: read(readTagged(path.join(editorial, 'tagged.ndjson')), taggedEntries),
  }
  return {
    parsed: Object.values(sets).map(({ parsed }) => parsed),
    rows: Object.fromEntries(Object.entries(sets).map(([set, { rows }]) => [set, rows])),
  }
}

const all = (parsed: Parsed, rows: unknown[]) => ({ parsed, rows: rows.length })
const read = <T>(rows: T[], parse: (rows: T[]) => Parsed) => all(parse(rows), rows)
const joined = (a: Parsed, b: Parsed): Parsed => ({
  entries: [...a.entries, ...b.entries],
  dropped: [...a.dropped, ...b.dropped],
})
const namesOf = ({ title, original, aliases }: Entry) => [title, ...(original ? [original] : []), ...aliases]

/** Lets a show of bangumi-data be found by the names MyAnimeList has for it, before anybody looks for it. */
function nameAfterMal(shows: Entry[], named: Entry[]): void {
  const byId = new Map(shows.flatMap((show) => (show.ids.mal ?? []).map((id) => [id, show] as const)))
  for (const entry of named) {
    const show = byId.get(entry.ids.mal?.[0] ?? '')
    if (show) show.findBy = [...(show.findBy ?? []), ...namesOf(entry)]
  }
}

/** The starter catalogue out of the sets: read, merge, assemble, name, describe. The same input gives the same output. */
export function buildCatalogue(input: BuildInput, say: (line: string) => void = () => {}): Built {
  const { parsed, rows } = parseAll(input)
  const entries: Entry[] = parsed.flatMap((set) => set.entries)
  entries.sort((a, b) => SETS.indexOf(a.set) - SETS.indexOf(b.set))
  say(`read ${entries.length} entries from ${parsed.length} sets`)
  const pairs = csvRows(path.join(input.from, 'catalogue', 'netflix_native_titles.csv'), netflixNativeRow)
  const natives = nativeTitles(pairs)
  shareNativeTitles(entries, natives, englishTitles(pairs))
  const merged = mergeEntries(entries)
  const { clusters, joined } = joinTwins(merged.clusters)
  merged.joinedBecause.set('two names for what is one', joined)
  say(`merged them into ${clusters.length} shows`)
  const dropped: Dropped[] = [...parsed.flatMap((set) => set.dropped), ...merged.dropped]
  const candidates = clusters.map((cluster) => assemble(cluster, natives, input.today))
  const published = ndjsonLines(input.published, catalogueRecord)
  const addresses = keepAddresses(candidates, published)
  const drafts: Draft[] = []
  const kept: Address[] = []
  candidates.forEach((draft, index) => {
    const address = addresses.of[index] ?? NO_ADDRESS
    const why = whyLeftOut(draft, address.slug !== null || address.former.length > 0)
    if (why) dropped.push({ set: draft.sets[0] as SetName, what: draft.record.title, why })
    else {
      drafts.push(draft)
      kept.push(address)
    }
  })
  const editorial = readEditorial(path.join(input.editorial, 'editorial.ndjson'))
  const slugs = assignSlugs(
    drafts.map((draft, index) => ({
      titles: draft.slugTitles,
      year: draft.startYear,
      country: draft.record.country ?? undefined,
      fallback: fallbackOf(draft),
      kind: draft.record.kind ?? 'scripted',
      published: kept[index]?.slug ?? null,
      first: draft.claimed || draft.sets.includes('famous-by-hand'),
    })),
    new Set(published.flatMap(({ slug, ids }) => [slug as string, ...[ids.greenlit ?? []].flat()])),
  )
  const records = drafts.map((draft, index): CatalogueRecord => {
    const slug = slugs[index] as string
    const former = kept[index]?.former ?? []
    const words = editorial.get(slug)
    const greenlit = former.length > 0 ? [slug, ...former] : slug
    return cleanTexts(withEditorial({ ...draft.record, ids: { greenlit, ...draft.record.ids }, slug }, words))
  })
  rank(records, drafts)
  const linked = linkFranchises(records)
  say(`linked ${linked} shows to their kin`)
  const order = records.map((record, index) => ({ record, draft: drafts[index] as Draft }))
  order.sort((a, b) => ((a.record.slug as string) < (b.record.slug as string) ? -1 : 1))
  const lines = order.map(({ record }) => canonicalLine(record))
  const hash = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)
  return {
    records: order.map(({ record }) => record),
    report: reportOf({
      rows,
      merged,
      dropped,
      built: order,
      hash,
      addresses,
      unused: [...editorial.keys()].filter((slug) => !slugs.includes(slug)),
    }),
  }
}

/** Some sets carry byte-order marks, direction marks and ideographic spaces inside names. */
function cleanTexts<T>(value: T): T {
  if (typeof value === 'string')
    return withoutUnsafeCharacters(value)
      .replace(/[\s\u3000]+/gu, ' ')
      .trim() as T
  if (Array.isArray(value)) return value.map(cleanTexts) as T
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleanTexts(item)])) as T
  return value
}

function fallbackOf(draft: Draft): string {
  if (draft.hint) return draft.hint
  const { ids } = draft.record
  const namespace = ['bangumi', 'mal', 'tmdb', 'anilist', 'anidb'].find((name) => ids[name])
  return namespace ? `${namespace}-${[ids[namespace]].flat()[0]}` : (draft.sets[0] as string)
}
