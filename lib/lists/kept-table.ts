import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { withoutDeadline } from '@/db/deadline'
import { hearExpiry, hearsExpiry } from '@/lib/shared/kept'
import { filterSlug } from '@/lib/shared/slug'
import { CATALOGUE_TAG, slugOfTag } from '@/lib/shared/tags'
import type { Lamp, ShowStatusWord } from '@/lib/status/types'
import {
  FACETS,
  type ListedShow,
  type ListedState,
  type ListTable,
  listTableOf,
  setStates,
  type Words,
} from './table'

/** A word of a trait; `id` is that of a tag or network. */
interface WordRow extends Record<string, unknown> {
  trait: string
  id: number | null
  value: string
  label: string
}

interface StateRow extends Record<string, unknown> {
  id: number
  status: ShowStatusWord
  lamp: Lamp
  lastPremiere: string | null
  nextEarliest: string | null
}

/** Tells rows of states apart from all. */
const ofSlugs = (slugs: readonly string[]) => sql`where show_id in (
  select id from show where slug in (select value from json_array_elements_text(${JSON.stringify(slugs)}::json)))`

async function readStates(slugs?: readonly string[]): Promise<ListedState[]> {
  const which: SQL = slugs ? ofSlugs(slugs) : sql``
  return db().execute<StateRow>(sql`
    select show_id as id, status, lamp, last_premiere::text as "lastPremiere", next_earliest::text as "nextEarliest"
    from show_state ${which}`)
}

/** All words by trait in the order of their labels, with the place of each tag and network by its id. */
async function readWords() {
  // Sorted by the database, and as text: what a list's counts stand in where two are alike.
  const rows = await db().execute<WordRow>(sql`
    select 'country' as trait, null::int as id, country as value, country as label from show
      where country is not null group by country
    union all select 'language', null, language, language from show where language is not null group by language
    union all select 'kind', null, kind, kind from show group by kind
    union all select 'network', id, slug, name from network
    union all select kind, id, slug, name from tag
    union all select 'year', null, began, began from (
      select min(left(premiere, 4)) as began from season where premiere ~ '^[0-9]{4}' group by show_id) as begun group by began
    order by label`)
  const words = Object.fromEntries(FACETS.map((name) => [name, [] as Words['tag']])) as Words
  const placeOf = new Map<string, number>()
  for (const { trait, id, value, label } of rows) {
    const of = words[trait as keyof Words]
    const isName = trait === 'country' || trait === 'language'
    // By its id where it has one, else by its own name.
    placeOf.set(`${trait} ${id ?? value}`, of.push({ value: isName ? filterSlug(label) : value, label }) - 1)
  }
  return { words, placeOf }
}

async function readShows() {
  return db().execute<{
    id: number
    slug: string
    popularity: number
    titleKey: string
    country: string | null
    language: string | null
    kind: string
    network: number | null
    year: string | null
  }>(sql`
    select show.id, show.slug, coalesce(show.popularity, 0)::float8 as popularity, lower(show.title) as "titleKey",
      show.country, show.language, show.kind, show.network_id as network, begun.year
    from show left join (
      select show_id, min(left(premiere, 4)) as year from season where premiere ~ '^[0-9]{4}' group by show_id
    ) as begun on begun.show_id = show.id
    order by lower(show.title), show.id`)
}

/** Each show's tags: as one text a show, of which the driver makes numbers faster than of a list. */
async function readTags() {
  return db().execute<{ id: number; kind: string; tags: string }>(sql`
    select show_tag.show_id as id, tag.kind, string_agg(tag.id::text, ' ') as tags
    from show_tag join tag on tag.id = show_tag.tag_id group by show_tag.show_id, tag.kind`)
}

async function readTable(): Promise<ListTable> {
  const [{ words, placeOf }, shows, tagRows, states] = await Promise.all([
    readWords(),
    readShows(),
    readTags(),
    readStates(),
  ])
  const place = (trait: string, word: string | number | null) => placeOf.get(`${trait} ${word}`) ?? null
  const tagsOf = new Map(
    [...tagRows].map(({ id, kind, tags }) => [
      `${kind} ${id}`,
      // One that came between two of the statements is in the next table.
      tags.split(' ').flatMap((tag) => place(kind, tag) ?? []),
    ]),
  )
  const listed = [...shows].map(
    (show): ListedShow => ({
      id: show.id,
      slug: show.slug,
      popularity: show.popularity,
      titleKey: show.titleKey,
      country: place('country', show.country),
      language: place('language', show.language),
      kind: place('kind', show.kind),
      network: place('network', show.network),
      year: place('year', show.year),
      genre: tagsOf.get(`genre ${show.id}`) ?? [],
      tag: tagsOf.get(`tag ${show.id}`) ?? [],
    }),
  )
  return listTableOf(listed, words, states)
}

interface KeptTable {
  table?: Promise<ListTable>
  /** Shows whose state is another than the table has. */
  changed: Set<string>
}

// Next may load this module once for pages and once for routes; the table is kept once a process.
const KEY = Symbol.for('greenlit.list-table')
const shared = globalThis as { [KEY]?: KeptTable }
shared[KEY] ??= { changed: new Set() }
const kept = shared[KEY]

hearExpiry('list-table', (tags) => {
  if (!kept.table) return
  // Who waits for the one being read has a page that is stale when it is made.
  if (!tags || tags.includes(CATALOGUE_TAG)) {
    kept.table = undefined
    kept.changed.clear()
    return
  }
  for (const tag of tags) {
    const slug = slugOfTag(tag)
    if (slug !== undefined) kept.changed.add(slug)
  }
})

async function mended(before: Promise<ListTable>, slugs: readonly string[]): Promise<ListTable> {
  const [table, states] = await Promise.all([before, readStates(slugs)])
  setStates(table, states)
  return table
}

/**
 * The table of lists as of now: made when it is first asked for and after the catalogue changed (CATALOGUE_TAG), and in
 * between mended by one statement where states changed (each expires its show's tag). So it says what the pages say
 * that are made after the same expiry. Where nobody hears of expiries (worker, command line, tests) it is read each time.
 */
export async function listTable(): Promise<ListTable> {
  if (!hearsExpiry()) return readTable()
  const slugs = [...kept.changed]
  kept.changed.clear()
  // Others wait for it too, so no single request's time ends it.
  const table = withoutDeadline(() => {
    if (!kept.table) return readTable()
    return slugs.length > 0 ? mended(kept.table, slugs) : kept.table
  })
  kept.table = table
  try {
    return await table
  } catch (error) {
    if (kept.table === table) kept.table = undefined
    throw error
  }
}
