import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { loadPairs } from './pairs'
import type { Shown } from './seen'
import { NAMESAKE } from './terms'
import type { NamedPair, RelatedTitle } from './types'

/** Every show, or those of some ids, as the engine knows it; `id` is the row's id as text. */
export async function loadTitles(showIds?: number[]): Promise<RelatedTitle[]> {
  const rows = await db().execute<
    Omit<RelatedTitle, 'franchise'> & { ids: string[]; kin: string[] } & Record<string, unknown>
  >(sql`
    with words as (
      select show_id,
        array_agg(tag.name order by show_tag.position) filter (where tag.kind = 'genre') as genres,
        array_agg(tag.name order by show_tag.position) filter (where tag.kind = 'tag') as tags
      from show_tag join tag on tag.id = show_tag.tag_id group by show_id),
    namesakes as (select name from person group by name having count(*) > 1),
    credited as (
      select show_id, role, person_id, min(position) as position from credit group by show_id, role, person_id),
    people as (
      select show_id, array_agg(called order by position) filter (where role = 'creator') as creators,
        array_agg(called order by position) filter (where role = 'cast') as "cast"
      from credited join (
        select id, case when namesakes.name is null then person.name else person.name || ${NAMESAKE} || id end as called
        from person left join namesakes on namesakes.name = person.name) person on person.id = person_id
      group by show_id),
    years as (
      select show_id, (min(left(premiere, 4)) filter (where premiere ~ '^[0-9]{4}'))::int as year,
        (array_agg(episodes order by number))[1] as episodes
      from season group by show_id),
    known as (select show_id, array_agg(namespace || ':' || value) as ids from outside_id group by show_id),
    linked as (select show_id, array_agg(ref) as kin from franchise_link group by show_id)
    select show.id::text as id, show.slug, show.title, show.kind, show.country, show.language, network.name as network, year,
      coalesce(genres, '{}') as genres, coalesce(tags, '{}') as tags, coalesce(creators, '{}') as creators,
      coalesce("cast", '{}') as "cast", show.source_material as "sourceMaterial", show.summary, show.popularity,
      show.rating, episodes,
      coalesce(ids, '{}') as ids, coalesce(kin, '{}') as kin
    from show left join network on network.id = show.network_id
      left join words on words.show_id = show.id left join people on people.show_id = show.id
      left join years on years.show_id = show.id left join known on known.show_id = show.id
      left join linked on linked.show_id = show.id
    ${showIds ? sql`where show.id in ${idList(showIds)}` : sql``}
    order by show.id`)
  // A title is kin of those that name its ids, and of those that name the same ones.
  return rows.map(({ ids, kin, ...title }) => ({ ...title, franchise: kin.length ? [...kin, ...ids] : ids }))
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
