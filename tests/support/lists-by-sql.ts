/** Lists and the counts beside their filters worked out by PostgreSQL alone: what the table of lists must agree with. */
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { type BrowseFilter, writeCursor } from '@/lib/lists/browse'
import { LIST_TABLES } from '@/lib/lists/rows'
import { FACETS, type Facet, type FacetName, type Facets } from '@/lib/lists/table'
import { filterSlug } from '@/lib/shared/slug'

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

const BY_TAG = (kind: 'genre' | 'tag', slug: string) => sql`exists (
  select 1 from show_tag join tag on tag.id = show_tag.tag_id
   where show_tag.show_id = show.id and tag.kind = ${kind} and tag.slug = ${slug})`

/** Shows whose country or language goes by a filter's word; there are few of each, and the word is made of the name. */
async function named(column: 'country' | 'language', word: string): Promise<SQL> {
  const field = sql.raw(`show.${column}`)
  const all = await db().execute<{ name: string }>(
    sql`select distinct ${field} as name from show where ${field} is not null`,
  )
  const names = all.map(({ name }) => name).filter((name) => filterSlug(name) === word)
  return names.length ? sql`${field} in ${names}` : sql`false`
}

/** Shows of which the first dated season began in a year. */
const BEGAN_IN = (
  year: string,
) => sql`(show.id in (select show_id from season where left(premiere, 4) = ${year})
  and not exists (select 1 from season where season.show_id = show.id
    and season.premiere ~ '^[0-9]{4}' and left(season.premiere, 4) < ${year}))`

/** What each part of a filter demands of `LIST_TABLES`. */
async function conditions(filter: BrowseFilter): Promise<Map<keyof BrowseFilter, SQL>> {
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

/** A page of shows, 30 unless told, with cursors to the pages before and after; stable while the list changes. */
export async function browseBySql(
  filter: BrowseFilter,
  limit: number,
): Promise<{ slugs: string[]; next: string | null; previous: string | null; total: number }> {
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
    db().execute<{ id: number; slug: string; sort_key: string | number }>(sql`
    select show.id, show.slug, ${key} as sort_key from ${LIST_TABLES}
    ${after ? (where.length ? sql`${all} and ${after}` : sql`where ${after}`) : all}
    order by ${key} ${sql.raw(down ? 'desc' : 'asc')}, show.id ${sql.raw(back ? 'desc' : 'asc')}
    limit ${limit + 1}`),
    db().execute<{ total: number }>(sql`select count(*)::int as total from ${LIST_TABLES} ${all}`),
  ])
  const page = rows.slice(0, limit)
  if (back) page.reverse()
  const more = rows.length > limit
  const first = page[0]
  const last = page.at(-1)
  const at = (row: (typeof rows)[number], direction: 'next' | 'previous') =>
    writeCursor({ key: String(row.sort_key), id: row.id, direction })
  return {
    slugs: page.map(({ slug }) => slug),
    next: last && (back || more) ? at(last, 'next') : null,
    previous: first && cursor && (!back || more) ? at(first, 'previous') : null,
    total: count?.total ?? 0,
  }
}

/** Shows that answer to conditions, with what the filters count. */
const listed = (where: SQL[]) => sql`
  select show.id, show.country, show.language, show.kind, show.network_id from ${LIST_TABLES}
  ${where.length ? sql`where ${sql.join(where, sql` and `)}` : sql``}`

// A show with two tags of one address counts once.
const tagged = (kind: 'genre' | 'tag', shows: SQL) => sql`
  select slug as value, min(name) as label, count(*)::int as count from (
    select tag.slug, min(tag.name) as name from ${shows} as listed join show_tag on show_tag.show_id = listed.id
      join tag on tag.id = show_tag.tag_id and tag.kind = ${kind} group by tag.slug, listed.id) as one group by slug`
const column = (name: 'country' | 'language' | 'kind', shows: SQL) => {
  const field = sql.raw(name)
  return sql`select ${field} as value, ${field} as label, count(*)::int as count from ${shows} as listed group by ${field}`
}

const COUNTED: Record<FacetName, (shows: SQL) => SQL> = {
  genre: (shows) => tagged('genre', shows),
  tag: (shows) => tagged('tag', shows),
  country: (shows) => column('country', shows),
  language: (shows) => column('language', shows),
  kind: (shows) => column('kind', shows),
  network: (shows) =>
    sql`select network.slug as value, min(network.name) as label, count(*)::int as count
      from ${shows} as listed join network on network.id = listed.network_id group by network.slug`,
  year: (shows) =>
    sql`select began as value, began as label, count(*)::int as count from (
        select min(left(premiere, 4)) as began from ${shows} as listed join season on season.show_id = listed.id
        where premiere ~ '^[0-9]{4}' group by listed.id) as begun group by began`,
}

/** The counts beside a list's filters. */
export async function facetsBySql(filter: BrowseFilter): Promise<Facets> {
  const demanded = await conditions(filter)
  const counted = FACETS.map((name) => {
    const others = [...demanded].filter(([of]) => of !== name).map(([, condition]) => condition)
    // What is not chosen from is counted among the shows listed, which are found once.
    const shows = demanded.has(name) ? sql`(${listed(others)})` : sql`all_listed`
    return sql`select ${name} as facet, value, label, count from (${COUNTED[name](shows)}) as counted where value is not null`
  })
  const rows = await db().execute<Facet & { facet: FacetName } & Record<string, unknown>>(
    sql`with all_listed as materialized (${listed([...demanded.values()])})
      ${sql.join(counted, sql` union all `)} order by count desc, label`,
  )
  const choices = (name: FacetName): Facet[] =>
    rows
      .filter(({ facet }) => facet === name)
      .map(({ value, label, count }) => ({
        value: name === 'country' || name === 'language' ? filterSlug(label) : value,
        label,
        count,
      }))
  const facets = Object.fromEntries(FACETS.map((name) => [name, choices(name)])) as Facets
  facets.year.sort((a, b) => b.value.localeCompare(a.value))
  return facets
}
