import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keep } from '@/lib/shared/kept'
import { filterSlug } from '@/lib/shared/slug'
import { CATALOGUE_TAG } from '@/lib/shared/tags'
import type { BrowseFilter } from './browse'
import { BEGAN_IN, conditions } from './list-queries'
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

const TAGGED = (kind: 'genre' | 'tag', where: SQL) => sql`
  select tag.slug as value, min(tag.name) as label, count(distinct show.id)::int as count
  from ${LIST_TABLES} join show_tag on show_tag.show_id = show.id join tag on tag.id = show_tag.tag_id and tag.kind = ${kind}
  ${where} group by tag.slug`
const COLUMN = (column: string, where: SQL) => {
  const field = sql.raw(column)
  return sql`select ${field} as value, ${field} as label, count(*)::int as count from ${LIST_TABLES} ${where} group by ${field}`
}

const COUNTED: Record<FacetName, (where: SQL) => SQL> = {
  genre: (where) => TAGGED('genre', where),
  tag: (where) => TAGGED('tag', where),
  country: (where) => COLUMN('show.country', where),
  language: (where) => COLUMN('show.language', where),
  kind: (where) => COLUMN('show.kind', where),
  network: (where) =>
    sql`select network.slug as value, min(network.name) as label, count(*)::int as count from ${LIST_TABLES} ${where} group by network.slug`,
  year: (where) =>
    sql`select began::text as value, began::text as label, count(*)::int as count
      from (select ${BEGAN_IN} as began from ${LIST_TABLES} ${where}) as shows group by began`,
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
    const where = others.length ? sql`where ${sql.join(others, sql` and `)}` : sql``
    return sql`select ${name} as facet, value, label, count from (${COUNTED[name](where)}) as counted where value is not null`
  })
  const rows = await db().execute<Facet & { facet: FacetName } & Record<string, unknown>>(
    sql`${sql.join(counted, sql` union all `)} order by count desc, label`,
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
