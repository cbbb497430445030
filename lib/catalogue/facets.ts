import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keep } from '@/lib/shared/kept'
import { filterSlug } from '@/lib/shared/slug'
import { CATALOGUE_TAG } from '@/lib/shared/tags'
import type { BrowseFilter } from './browse'
import { conditions } from './list-queries'
import { LIST_TABLES } from './list-rows'

/** A choice of a filter with the number of shows behind it. */
export interface Facet {
  value: string
  label: string
  count: number
}

/** The filters that offer their values with counts. */
export const FACETS = ['genre', 'tag', 'country', 'language', 'year', 'network', 'kind'] as const
export type FacetName = (typeof FACETS)[number]
export type Facets = Record<FacetName, Facet[]>

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

/**
 * Every value of each filter that holds at least one show beside the other filters in force, most shows first, years the
 * newest first. What no filter narrows is kept; the rest is counted for the page, which is kept by what its list read.
 */
export async function getFacets(filter: BrowseFilter): Promise<Facets> {
  const { sort: _sort, cursor: _cursor, ...chosen } = filter
  const isPlain = Object.keys(chosen).length === 0
  return isPlain ? keep('facets', [CATALOGUE_TAG], () => readFacets(filter)) : readFacets(filter)
}

async function readFacets(filter: BrowseFilter): Promise<Facets> {
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
