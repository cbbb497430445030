import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { withoutDeadline } from '@/db/deadline'
import { readBySome, textList } from '@/db/rows'
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
  select id from show where slug in ${textList(slugs)})`

const statesWhere = (which: SQL) =>
  db().execute<StateRow>(sql`
    select show_id as id, status, lamp, last_premiere::text as "lastPremiere", next_earliest::text as "nextEarliest"
    from show_state ${which}`)

async function readStates(slugs?: readonly string[]): Promise<readonly ListedState[]> {
  if (slugs) return statesWhere(ofSlugs(slugs))
  return readBySome((after, limit) =>
    statesWhere(sql`where show_id > ${after} order by show_id limit ${limit}`),
  )
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

interface ShowRow extends Record<string, unknown> {
  id: number
  slug: string
  popularity: number
  country: string | null
  language: string | null
  kind: string
  network: number | null
  year: string | null
  /** Ids; as one text, of which numbers are made faster than of a list. */
  genres: string | null
  tags: string | null
}

const tagsOf = (kind: 'genre' | 'tag') => sql`(select string_agg(tag.id::text, ' ') from show_tag
  join tag on tag.id = show_tag.tag_id where show_tag.show_id = show.id and tag.kind = ${kind})`

const readShows = () =>
  readBySome((after, limit) =>
    db().execute<ShowRow>(sql`
      select show.id, show.slug, coalesce(show.popularity, 0)::float8 as popularity, show.country, show.language, show.kind,
        show.network_id as network, ${tagsOf('genre')} as genres, ${tagsOf('tag')} as tags,
        (select min(left(premiere, 4)) from season where season.show_id = show.id and premiere ~ '^[0-9]{4}') as year
      from show where show.id > ${after} order by show.id limit ${limit}`),
  )

/** Every show in the order of titles, which is the database's to say. */
async function readTitles() {
  return db().execute<{ id: number; titleKey: string }>(
    sql`select id, lower(title) as "titleKey" from show order by lower(title), id`,
  )
}

async function readTable(): Promise<ListTable> {
  const [{ words, placeOf }, shows, titles, states] = await Promise.all([
    readWords(),
    readShows(),
    readTitles(),
    readStates(),
  ])
  for (const year of [...new Set(shows.flatMap((show) => show.year ?? []))].sort())
    placeOf.set(`year ${year}`, words.year.push({ value: year, label: year }) - 1)
  const place = (trait: string, word: string | number | null) => placeOf.get(`${trait} ${word}`) ?? null
  // One that came between two of the statements is in the next table.
  const places = (kind: 'genre' | 'tag', ids: string | null) =>
    ids ? ids.split(' ').flatMap((id) => place(kind, id) ?? []) : []
  const byId = new Map(shows.map((show) => [show.id, show]))
  const listed = [...titles].flatMap(({ id, titleKey }): ListedShow[] => {
    const show = byId.get(id)
    if (!show) return []
    return [
      {
        id,
        slug: show.slug,
        popularity: show.popularity,
        titleKey,
        country: place('country', show.country),
        language: place('language', show.language),
        kind: place('kind', show.kind),
        network: place('network', show.network),
        year: place('year', show.year),
        genre: places('genre', show.genres),
        tag: places('tag', show.tags),
      },
    ]
  })
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
