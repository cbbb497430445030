import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, COMING_TAG, lampTag, NEWEST_TAG, seasonsTag, statusTag } from '@/lib/shared/tags'
import { isFinished } from '@/lib/status/show'
import type { ShowStatus } from '@/lib/status/types'
import { type BrowseCursor, type BrowseFilter, writeCursor } from './browse'
import { facetsOf } from './facets'
import { showsBySlug } from './kept-rows'
import { listTable } from './kept-table'
import { type Facets, pageOf, sortKey } from './table'
import type { ShowListItem } from './types'

/** What a show waits for, as its pages judge it. */
type Waited = Pick<ShowStatus, 'status' | 'nextSeason'>

/** The shows of everybody who goes by a name; undefined where no name is asked for. */
async function showsOf(person: string | undefined): Promise<number[] | undefined> {
  if (person === undefined) return undefined
  const rows = await db().execute<{ id: number }>(sql`
    select distinct show_id as id from credit where person_id = any(array(
      select id from person where name = ${person}
      union all select person_id from person_alias where name = ${person}))`)
  return rows.map(({ id }) => id)
}

/** How many shows the database sorts before a title and id. */
async function shownBefore({ key, id }: BrowseCursor): Promise<number> {
  const [row] = await db().execute<{ before: number }>(sql`
    select count(*)::int as before from show
    where lower(title) < ${key}::text or (lower(title) = ${key}::text and id < ${id})`)
  return row?.before ?? 0
}

/** The values each filter of a list offers beside the others in force, with their counts (`facetsOf`). */
export async function getFacets(filter: BrowseFilter): Promise<Facets> {
  reads(CATALOGUE_TAG)
  const [table, personIds] = await Promise.all([listTable(), showsOf(filter.person)])
  return facetsOf(table, filter, personIds)
}

/** What decides which shows stand in a list, and in which order. */
function listTags({ lamp, status, sort }: BrowseFilter): string[] {
  return [
    CATALOGUE_TAG,
    lamp && lampTag(lamp),
    status && statusTag(status),
    sort === 'next' && COMING_TAG,
    sort === 'newest' && NEWEST_TAG,
  ].filter((tag) => typeof tag === 'string')
}

/** A page of shows, 30 unless told, with cursors to the pages before and after; stable while the list changes. */
export async function browseShows(
  filter: BrowseFilter,
  limit = 30,
): Promise<{ items: ShowListItem[]; next: string | null; previous: string | null; total: number }> {
  reads(...listTags(filter))
  const { sort, cursor } = filter
  const [table, personIds] = await Promise.all([listTable(), showsOf(filter.person)])
  const page =
    pageOf(table, filter, limit, { personIds }) ??
    pageOf(table, filter, limit, { personIds, before: cursor && (await shownBefore(cursor)) })
  if (!page) throw new Error('A list has no page at a place that was counted.')
  const { rows, hasMore, total } = page
  const back = cursor?.direction === 'previous'
  const first = rows[0]
  const last = rows.at(-1)
  const at = (row: number, direction: 'next' | 'previous') =>
    writeCursor({ key: sortKey(table, sort, row), id: table.ids[row]!, direction })
  // Written before anything is waited for: a show's place may move meanwhile.
  const next = last !== undefined && (back || hasMore) ? at(last, 'next') : null
  const previous = first !== undefined && cursor && (!back || hasMore) ? at(first, 'previous') : null
  const slugs = rows.map((row) => table.slugs[row]!)
  const shows = await showsBySlug(slugs)
  return { items: slugs.flatMap((slug) => shows.get(slug) ?? []), next, previous, total }
}

/**
 * Of some seasons of shows those that have a page, as "slug number": on record, claimed, or waited for; of a show that is
 * over none is waited for.
 */
export async function seasonsWithPage(
  asked: readonly { slug: string; season: number }[],
): Promise<Set<string>> {
  if (asked.length === 0) return new Set()
  const rows = await db().execute<
    { slug: string; number: number; recorded: boolean; claimed: boolean } & Waited
  >(sql`
    select show.slug, season.number, season.recorded, show_state.status, show_state.next_season as "nextSeason",
      exists (select 1 from claim where claim.season_id = season.id) as claimed
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked (slug text, season int)
    join show on show.slug = asked.slug join season on season.show_id = show.id and season.number = asked.season
    join show_state on show_state.show_id = show.id`)
  reads(...rows.map(({ slug }) => seasonsTag(slug)))
  const hasPage = (row: (typeof rows)[number]) =>
    row.recorded || row.claimed || !(row.nextSeason < row.number && isFinished(row))
  return new Set(rows.filter(hasPage).map(({ slug, number }) => `${slug} ${number}`))
}
