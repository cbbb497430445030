import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keep } from '@/lib/shared/kept'
import { reads } from '@/lib/shared/reads'
import { filterSlug } from '@/lib/shared/slug'
import {
  CATALOGUE_TAG,
  COMING_TAG,
  cardTag,
  lampTag,
  NEWEST_TAG,
  seasonsTag,
  statusTag,
} from '@/lib/shared/tags'
import { isFinished } from '@/lib/status/show'
import type { ShowStatus } from '@/lib/status/types'
import { type BrowseFilter, writeCursor } from './browse'
import { LIST_COLUMNS, LIST_TABLES, type ListRow, toListItem } from './list-rows'
import type { ShowListItem } from './types'

interface Sort {
  key: SQL
  /** A cursor's key as a value to compare `key` with. */
  place: (cursorKey: string) => SQL
  descending: boolean
}

const atNumber = (cursorKey: string) => sql`${Number(cursorKey)}::float8`
const atText = (cursorKey: string) => sql`${cursorKey}::text`

/** Sort keys never leave the query but inside a cursor: the far ends that stand for "undated" are not dates anybody sees. */
const SORTS: Record<BrowseFilter['sort'], Sort> = {
  popular: { key: sql`coalesce(show.popularity, 0)::float8`, place: atNumber, descending: true },
  title: { key: sql`lower(show.title)`, place: atText, descending: false },
  newest: { key: sql`coalesce(show_state.last_premiere::text, '')`, place: atText, descending: true },
  next: { key: sql`coalesce(show_state.next_earliest::text, '~')`, place: atText, descending: false },
}

/** What a show waits for, as its pages judge it. */
type Waited = Pick<ShowStatus, 'status' | 'nextSeason'>

const BY_TAG = (kind: 'genre' | 'tag', slug: string) => sql`exists (
  select 1 from show_tag join tag on tag.id = show_tag.tag_id
   where show_tag.show_id = show.id and tag.kind = ${kind} and tag.slug = ${slug})`

/** Shows whose country or language goes by a filter's word; there are few of each, and the word is made of the name. */
async function named(column: 'country' | 'language', word: string): Promise<SQL> {
  const field = sql.raw(`show.${column}`)
  // A list and the counts beside it ask for the same.
  const all = await keep(`${column}-names`, [CATALOGUE_TAG], async () => {
    const rows = await db().execute<{ name: string }>(
      sql`select distinct ${field} as name from show where ${field} is not null`,
    )
    return rows.map(({ name }) => name)
  })
  const names = all.filter((name) => filterSlug(name) === word)
  return names.length ? sql`${field} in ${names}` : sql`false`
}

/** Shows of which the first dated season began in a year. */
const BEGAN_IN = (
  year: string,
) => sql`(show.id in (select show_id from season where left(premiere, 4) = ${year})
  and not exists (select 1 from season where season.show_id = show.id
    and season.premiere ~ '^[0-9]{4}' and left(season.premiere, 4) < ${year}))`

/** What each part of a filter demands of `LIST_TABLES`. */
export async function conditions(filter: BrowseFilter): Promise<Map<keyof BrowseFilter, SQL>> {
  const where = new Map<keyof BrowseFilter, SQL>()
  if (filter.genre) where.set('genre', BY_TAG('genre', filter.genre))
  if (filter.tag) where.set('tag', BY_TAG('tag', filter.tag))
  if (filter.network) where.set('network', sql`network.slug = ${filter.network}`)
  if (filter.kind) where.set('kind', sql`show.kind = ${filter.kind}`)
  if (filter.status) where.set('status', sql`show_state.status = ${filter.status}`)
  if (filter.lamp) where.set('lamp', sql`show_state.lamp = ${filter.lamp}`)
  if (filter.person)
    where.set(
      'person',
      sql`show.id in (select show_id from credit where person_id = any(array(
      select id from person where name = ${filter.person}
      union all select person_id from person_alias where name = ${filter.person})))`,
    )
  if (filter.year) where.set('year', BEGAN_IN(filter.year))
  if (filter.country) where.set('country', await named('country', filter.country))
  if (filter.language) where.set('language', await named('language', filter.language))
  return where
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
  const { key, descending, place: placeAt } = SORTS[filter.sort]
  const where = [...(await conditions(filter)).values()]
  const all = where.length ? sql`where ${sql.join(where, sql` and `)}` : sql``
  const { cursor } = filter
  const back = cursor?.direction === 'previous'
  const down = descending !== back
  const place = cursor && placeAt(cursor.key)
  // Ties go by id, always ascending, so both parts of the row are compared on their own.
  const after =
    cursor &&
    sql`(${key} ${sql.raw(down ? '<' : '>')} ${place} or (${key} = ${place} and show.id ${sql.raw(back ? '<' : '>')} ${cursor.id}))`
  const [rows, [count]] = await Promise.all([
    db().execute<ListRow & { sort_key: string | number }>(sql`
    select ${LIST_COLUMNS}, ${key} as sort_key from ${LIST_TABLES}
    ${after ? (where.length ? sql`${all} and ${after}` : sql`where ${after}`) : all}
    order by ${key} ${sql.raw(down ? 'desc' : 'asc')}, show.id ${sql.raw(back ? 'desc' : 'asc')}
    limit ${limit + 1}`),
    db().execute<{ total: number }>(sql`select count(*)::int as total from ${LIST_TABLES} ${all}`),
  ])
  const page = rows.slice(0, limit)
  if (back) page.reverse()
  reads(...listTags(filter), ...page.map((row) => cardTag(row.slug)))
  const more = rows.length > limit
  const first = page[0]
  const last = page.at(-1)
  const at = (row: (typeof rows)[number], direction: 'next' | 'previous') =>
    writeCursor({ key: String(row.sort_key), id: row.id, direction })
  return {
    items: page.map(toListItem),
    next: last && (back || more) ? at(last, 'next') : null,
    previous: first && cursor && (!back || more) ? at(first, 'previous') : null,
    total: count?.total ?? 0,
  }
}

/** What lists show of some shows, by their slugs; one statement, however many. A slug nobody has is left out. */
export async function showsBySlug(slugs: readonly string[]): Promise<Map<string, ShowListItem>> {
  if (slugs.length === 0) return new Map()
  const rows = await db().execute<ListRow>(sql`
    select ${LIST_COLUMNS} from ${LIST_TABLES}
    where show.slug in (select value from json_array_elements_text(${JSON.stringify(slugs)}::json))`)
  reads(...rows.map(({ slug }) => cardTag(slug)))
  return new Map(rows.map((row) => [row.slug, toListItem(row)]))
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

/** Slugs of the shows most worth having ready, those with claims first. */
export async function getPopularSlugs(limit: number): Promise<string[]> {
  const rows = await db().execute<{ slug: string }>(sql`
    select show.slug from show left join show_state on show_state.show_id = show.id
    order by (coalesce(show_state.claim_count, 0) > 0) desc, show.popularity desc nulls last, show.id limit ${limit}`)
  return rows.map((row) => row.slug)
}
