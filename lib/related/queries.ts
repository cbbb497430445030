import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { RelatedTitle } from './types'

/** Every show as the engine knows it; `id` is the row's id as text. */
export async function loadTitles(): Promise<RelatedTitle[]> {
  const rows = await db().execute<
    Omit<RelatedTitle, 'franchise'> & { ids: string[]; kin: string[] } & Record<string, unknown>
  >(sql`
    select show.id::text as id, show.title, show.kind, show.country, show.language, network.name as network,
      (select min(left(premiere, 4))::int from season where show_id = show.id and premiere ~ '^[0-9]{4}') as year,
      coalesce((select array_agg(tag.name order by show_tag.position) from show_tag join tag on tag.id = show_tag.tag_id
        where show_id = show.id and tag.kind = 'genre'), '{}') as genres,
      coalesce((select array_agg(tag.name order by show_tag.position) from show_tag join tag on tag.id = show_tag.tag_id
        where show_id = show.id and tag.kind = 'tag'), '{}') as tags,
      coalesce((select array_agg(person.name order by position) from credit join person on person.id = credit.person_id
        where show_id = show.id and role = 'creator'), '{}') as creators,
      coalesce((select array_agg(person.name order by position) from credit join person on person.id = credit.person_id
        where show_id = show.id and role = 'cast'), '{}') as "cast",
      show.source_material as "sourceMaterial", show.summary, show.popularity,
      coalesce((select array_agg(namespace || ':' || value) from outside_id where show_id = show.id), '{}') as ids,
      coalesce((select array_agg(ref) from franchise_link where show_id = show.id), '{}') as kin
    from show left join network on network.id = show.network_id order by show.id`)
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
