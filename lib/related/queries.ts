import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { batchesOf } from '@/lib/shared/batches'
import { loadPairs } from './pairs'
import type { Shown } from './seen'
import { NAMESAKE } from './terms'
import type { NamedPair, RelatedTitle } from './types'

/** Shows read at once: a statement has half a minute, and the whole catalogue may be large. */
const SHOWS_AT_ONCE = 2_000

const tagsOf = (kind: 'genre' | 'tag') => sql`coalesce((select array_agg(tag.name order by show_tag.position)
  from show_tag join tag on tag.id = show_tag.tag_id where show_tag.show_id = show.id and tag.kind = ${kind}), '{}')`

// Two people of one name are told apart by their rows.
const peopleIn = (role: 'creator' | 'cast') => sql`coalesce((
  select array_agg(case when exists (select from person other where other.name = person.name and other.id <> person.id)
      then person.name || ${NAMESAKE} || person.id else person.name end order by place)
  from (select person_id, min(position) as place from credit where credit.show_id = show.id and role = ${role}
    group by person_id) credited join person on person.id = person_id), '{}')`

async function loadSome(showIds: readonly number[]): Promise<RelatedTitle[]> {
  const rows = await db().execute<
    Omit<RelatedTitle, 'franchise'> & { ids: string[]; kin: string[] } & Record<string, unknown>
  >(sql`
    select show.id::text as id, show.slug, show.title, show.kind, show.country, show.language, network.name as network,
      (select min(left(premiere, 4))::int from season where season.show_id = show.id and premiere ~ '^[0-9]{4}') as year,
      ${tagsOf('genre')} as genres, ${tagsOf('tag')} as tags, ${peopleIn('creator')} as creators, ${peopleIn('cast')} as "cast",
      show.source_material as "sourceMaterial", show.summary, show.popularity, show.rating,
      (select episodes from season where season.show_id = show.id order by number limit 1) as episodes,
      coalesce((select array_agg(namespace || ':' || value) from outside_id where outside_id.show_id = show.id), '{}') as ids,
      coalesce((select array_agg(ref) from franchise_link where franchise_link.show_id = show.id), '{}') as kin
    from show left join network on network.id = show.network_id
    where show.id in ${idList(showIds)} order by show.id`)
  // A title is kin of those that name its ids, and of those that name the same ones.
  return rows.map(({ ids, kin, ...title }) => ({ ...title, franchise: kin.length ? [...kin, ...ids] : ids }))
}

/** Every show, or those of some ids, as the engine knows it; `id` is the row's id as text. */
export async function loadTitles(showIds?: number[]): Promise<RelatedTitle[]> {
  const ids =
    showIds ??
    [...(await db().execute<{ id: number }>(sql`select id from show order by id`))].map(({ id }) => id)
  const titles: RelatedTitle[] = []
  for (const some of batchesOf(ids, SHOWS_AT_ONCE)) titles.push(...(await loadSome(some)))
  return titles
}

/** Ids and titles of the shows with these slugs, for explaining a pair. */
export async function findTitleIds(slugs: string[]): Promise<Map<string, string>> {
  const rows = await db().execute<{ slug: string; id: string }>(
    sql`select slug, id::text as id from show where slug in ${slugs}`,
  )
  return new Map(rows.map((row) => [row.slug, row.id]))
}

/** The pairs that people named and that count. */
export const loadNamedPairs = async (): Promise<NamedPair[]> =>
  (await loadPairs()).map((pair) => ({
    ...pair,
    showId: String(pair.showId),
    relatedShowId: String(pair.relatedShowId),
  }))

/** Every show with what it is known by and its cards, as they stand in the database. */
export async function loadShown(): Promise<Shown[]> {
  const rows = await db().execute<
    Omit<Shown, 'cards'> & { id: number; beside: number[] } & Record<string, unknown>
  >(sql`
    with known as (select show_id, array_agg(namespace || ':' || value) as ids from outside_id group by show_id),
    called as (select show_id, array_agg(text order by position) as names from show_title group by show_id),
    years as (
      select show_id, min(left(premiere, 4))::int as year from season where premiere ~ '^[0-9]{4}' group by show_id),
    cards as (select show_id, array_agg(related_show_id order by rank) as beside from related group by show_id)
    select show.id, coalesce(ids, '{}') as ids, coalesce(names, array[show.title]) as names, year, show.kind, show.country,
      coalesce(beside, '{}') as beside
    from show left join known on known.show_id = show.id left join called on called.show_id = show.id
      left join years on years.show_id = show.id left join cards on cards.show_id = show.id
    order by show.id`)
  const places = new Map(rows.map(({ id }, i) => [id, i]))
  return rows.map(({ id: _, beside, ...show }) => ({ ...show, cards: beside.map((id) => places.get(id)!) }))
}
