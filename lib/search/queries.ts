import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { readBySome } from '@/db/rows'
import { showsBySlug } from '@/lib/lists/kept-rows'
import { seasonsWithPage } from '@/lib/lists/queries'
import { log } from '@/lib/shared/log'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG } from '@/lib/shared/tags'
import { indexSteps, type SearchIndex } from './names'
import { searchIndex } from './rules'
import type { SearchableShow, SearchResult, SearchRow } from './types'

const VERSION_CHECK_INTERVAL_MS = 3_000

interface Kept {
  index: SearchIndex
  version: string
}

interface SearchState {
  kept?: Kept
  building?: Promise<Kept>
  checkedAtMs: number
}

// Next may load this module once for pages and once for routes; the index is kept once a process.
const shared = globalThis as typeof globalThis & { greenlitSearch?: SearchState }
shared.greenlitSearch ??= { checkedAtMs: 0 }
const state = shared.greenlitSearch

async function catalogueVersion(): Promise<string> {
  const rows = await db().execute<{ value: string }>(
    sql`select value from setting where key = 'catalogue_version'`,
  )
  return rows[0]?.value ?? ''
}

interface ShowRow extends Record<string, unknown> {
  id: number
  slug: string
  title: string
  popularity: number | null
  country: string | null
  year: number | null
  names: string[] | null
}

async function readShows(): Promise<SearchableShow[]> {
  const rows = await readBySome((after, limit) =>
    db().execute<ShowRow>(sql`
      select s.id, s.slug, s.title, s.popularity, s.country,
        (select extract(year from min(premiere_earliest))::int from season where show_id = s.id) as year,
        (select array_agg(text order by position) from show_title where show_id = s.id) as names
      from show s where s.id > ${after} order by s.id limit ${limit}`),
  )
  return rows.map(({ slug, title, year, country, popularity, names }) => ({
    slug,
    title,
    year,
    country,
    popularity: popularity ?? 0,
    names: (names ?? []).filter((name) => name !== title),
  }))
}

async function build(version: string): Promise<Kept> {
  const steps = indexSteps(await readShows())
  for (;;) {
    const step = steps.next()
    if (step.done) return { index: step.value, version }
    // Let waiting requests through between steps.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function rebuild(version: string): Promise<Kept> {
  state.building ??= build(version)
    .then((built) => {
      state.kept = built
      return built
    })
    .finally(() => {
      state.building = undefined
    })
  return state.building
}

async function refresh(): Promise<void> {
  state.checkedAtMs = Date.now()
  const version = await catalogueVersion()
  if (version !== state.kept?.version) await rebuild(version)
}

/**
 * Shows that `query` can mean, best first, at most `limit` (1–50): any script, typing errors, initials. Reads an
 * index in this process, rebuilt behind the answers when the catalogue's version changes (looked at every few
 * seconds at most); while the database is away the last index keeps answering. Only the first 200 characters count.
 * Throws only where the first index cannot be read.
 */
export async function searchShows(query: string, limit: number): Promise<SearchResult[]> {
  reads(CATALOGUE_TAG)
  if (!state.kept) await (state.building ?? refresh())
  else if (Date.now() - state.checkedAtMs > VERSION_CHECK_INTERVAL_MS)
    refresh().catch((error) => log.error('search-index-not-refreshed', { error }))
  return searchIndex(state.kept!.index, query, Math.min(Math.max(Math.trunc(limit) || 1, 1), 50))
}

/** The same with how each show stands, and the season that was asked for where it has a page: one statement each for all. */
export async function searchRows(query: string, limit: number): Promise<SearchRow[]> {
  const found = await searchShows(query, limit)
  const asked = found.flatMap(({ slug, season }) => (season === undefined ? [] : [{ slug, season }]))
  const [shows, pages] = await Promise.all([
    showsBySlug(found.map(({ slug }) => slug)),
    seasonsWithPage(asked),
  ]).catch((error) => {
    log.error('search-rows-without-state', { error })
    return [new Map<string, never>(), new Set<string>()] as const
  })
  return found.map(({ season, ...result }) => ({
    ...result,
    show: shows.get(result.slug) ?? null,
    season: season !== undefined && pages.has(`${result.slug} ${season}`) ? season : null,
  }))
}

/** Reads the index before the first reader asks; a database that is away is no error yet. */
export async function warmSearch(): Promise<void> {
  await searchShows('', 1).catch(() => {})
}
