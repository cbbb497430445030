import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { withoutUnsafeCharacters } from '@/lib/shared/text'
import { canonicalLine } from '../record'
import { assignSlugs } from '../slugs'
import type { CatalogueRecord } from '../types'
import { assemble, type Draft, whyLeftOut } from './assemble'
import { entriesByHand } from './by-hand'
import { readEditorial, readPremises, withEditorial } from './editorial-words'
import { type Dropped, type Entry, type Parsed, SETS } from './entry'
import { linkFranchises } from './franchise'
import { mergeEntries } from './merge'
import { titleKey } from './names'
import { shareNativeTitles } from './native'
import { type Report, reportOf } from './report'
import { bangumiItem, instalmentRow, parseAnime } from './sets/anime'
import { claimPageLine, parseClaimPages } from './sets/claim-pages'
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
import { csvRows, ndjsonLines } from './sets/table'
import { parseTvmaze2024, parseTvmaze2025, tvmaze2024Row, tvmaze2025Row } from './sets/tvmaze'

/** Where the builder reads: the data folder with catalogue/ and claims/, the bangumi-data file, the editorial folder. */
export interface BuildInput {
  from: string
  bangumi: string
  editorial: string
  /** Nothing after this day is a fact yet. */
  today: string
}

export interface Built {
  records: CatalogueRecord[]
  report: Report
}

function parseAll({ from, bangumi, editorial, today }: BuildInput): {
  parsed: Parsed[]
  rows: Record<string, number>
} {
  const file = (...parts: string[]) => path.join(from, ...parts)
  const claimLines = ['shows-asia.ndjson', 'shows-west.ndjson'].flatMap((name) =>
    ndjsonLines(file('claims', name), claimPageLine),
  )
  const items = bangumiItem.array().parse(JSON.parse(readFileSync(bangumi, 'utf8')).items)
  const t24 = csvRows(file('catalogue', 'tvmaze_2024.csv'), tvmaze2024Row)
  const t25 = csvRows(file('catalogue', 'tvmaze_2025.csv'), tvmaze2025Row)
  const network = csvRows(file('catalogue', 'network_seasons.csv'), networkSeasonRow)
  const titles = csvRows(file('catalogue', 'netflix_titles.csv'), netflixTitleRow)
  const seasons = csvRows(file('catalogue', 'netflix_seasons.csv'), netflixSeasonRow)
  const instalments = csvRows(file('catalogue', 'anime_instalments.csv'), instalmentRow)
  const premises = readPremises(path.join(editorial, 'premises.ndjson'))
  return {
    parsed: [
      parseClaimPages(claimLines, today),
      { entries: entriesByHand(), dropped: [] },
      parseTvmaze2024(t24),
      parseNetworkSeasons(network),
      parseAnime(instalments, items),
      parseTvmaze2025(t25),
      premiseEntries(premises),
      parseNetflixTitles(titles),
      parseNetflixSeasons(seasons),
    ],
    rows: {
      'claim-pages': claimLines.length,
      'by-hand': entriesByHand().length,
      'tvmaze-2024': t24.length,
      'network-seasons': network.length,
      'bangumi-data': instalments.length,
      'tvmaze-2025': t25.length,
      premises: premises.length,
      'netflix-titles': titles.length,
      'netflix-reports': seasons.length,
    },
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
  say(`merged them into ${merged.clusters.length} shows`)
  const dropped: Dropped[] = [...parsed.flatMap((set) => set.dropped), ...merged.dropped]
  const drafts: Draft[] = []
  for (const cluster of merged.clusters) {
    const draft = assemble(cluster, natives, input.today)
    const why = whyLeftOut(draft)
    if (why) dropped.push({ set: draft.sets[0] as Dropped['set'], what: draft.record.title, why })
    else drafts.push(draft)
  }
  const editorial = readEditorial(path.join(input.editorial, 'editorial.ndjson'))
  const slugs = assignSlugs(
    drafts.map((draft) => ({
      titles: draft.slugTitles,
      year: draft.startYear,
      country: draft.record.country ?? undefined,
      fallback: fallbackOf(draft),
      first: draft.claimed,
    })),
  )
  const records = drafts.map((draft, index): CatalogueRecord => {
    const slug = slugs[index] as string
    const words = draft.claimed ? editorial.get(titleKey(draft.record.title)) : undefined
    return cleanTexts(
      withEditorial({ ...draft.record, ids: { greenlit: slug, ...draft.record.ids }, slug }, words),
    )
  })
  const linked = linkFranchises(records)
  say(`linked ${linked} shows to their kin`)
  const order = records.map((record, index) => ({ record, draft: drafts[index] as Draft }))
  order.sort((a, b) => ((a.record.slug as string) < (b.record.slug as string) ? -1 : 1))
  const lines = order.map(({ record }) => canonicalLine(record))
  const hash = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)
  return {
    records: order.map(({ record }) => record),
    report: reportOf({ rows, merged, dropped, built: order, hash }),
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
  const { ids } = draft.record
  const namespace = ['bangumi', 'mal', 'tmdb', 'anilist', 'anidb'].find((name) => ids[name])
  return namespace ? `${namespace}-${ids[namespace]}` : (draft.sets[0] as string)
}
