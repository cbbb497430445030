import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { idsOf, type OutsideId } from './ids'
import type { CatalogueRecord, Fact, ShowColumns } from './types'

interface Row extends ShowColumns {
  language: string | null
  network: string | null
  source_material: string | null
  summary: string | null
  popularity: number | null
  rating: number | null
  provenance: string[]
  ids: OutsideId[] | null
  aliases: string[] | null
  genres: string[] | null
  tags: string[] | null
  creators: string[] | null
  cast: CatalogueRecord['cast']
  related_franchise: string[] | null
  seasons: NonNullable<CatalogueRecord['seasons']> | null
  facts: Fact[] | null
}

const toRecord = ({ id: _, ...row }: Row): CatalogueRecord => ({
  ...row,
  ids: idsOf(row.ids ?? []),
  seasons: row.seasons ?? [],
  facts: row.facts ?? [],
})

/** Everything on record about shows that `which` (a condition on `s`, the show) selects, by slug. */
async function readRows(which: ReturnType<typeof sql>): Promise<Row[]> {
  return (await db().execute(sql`
    select s.id, s.slug, s.title, s.original_title, s.kind, s.country, s.language, n.name as network,
      s.source_material, s.summary, s.popularity, s.rating, s.provenance,
      (select json_agg(json_build_object('namespace', o.namespace, 'value', o.value)) from outside_id o where o.show_id = s.id) as ids,
      (select json_agg(t.text order by t.position) from show_title t where t.show_id = s.id and t.kind = 'alias') as aliases,
      g.genres, g.tags, c.creators, c.cast,
      (select json_agg(f.ref order by f.position) from franchise_link f where f.show_id = s.id) as related_franchise,
      (select json_agg(json_build_object('number', e.number, 'name', e.name, 'premiere', e.premiere,
        'finale', e.finale, 'episodes', e.episodes) order by e.number)
        from season e where e.show_id = s.id and e.recorded) as seasons,
      (select json_agg(json_build_object('season', f.season, 'field', f.field, 'provider', f.provider, 'value', f.value,
        'as_of', f.as_of, 'seen_on', f.seen_on, 'withdrawn_on', f.withdrawn_on)) from fact f where f.show_id = s.id) as facts
    from show s
    left join network n on n.id = s.network_id
    left join lateral (
      select json_agg(t.name order by st.position) filter (where t.kind = 'genre') as genres,
        json_agg(t.name order by st.position) filter (where t.kind = 'tag') as tags
      from show_tag st join tag t on t.id = st.tag_id where st.show_id = s.id
    ) g on true
    left join lateral (
      select json_agg(p.name order by r.position) filter (where r.role = 'creator') as creators,
        json_agg(json_build_object('person', p.name, 'character', r.character,
          'ids', (select json_object_agg(i.namespace, i.value) from person_outside_id i where i.person_id = p.id),
          'also', (select json_agg(a.name order by a.name) from person_alias a where a.person_id = p.id)) order by r.position)
          filter (where r.role = 'cast') as cast
      from credit r join person p on p.id = r.person_id where r.show_id = s.id
    ) c on true
    where ${which}`)) as unknown as Row[]
}

/** The records of some shows by their id, each with all of its facts. */
export async function recordsOf(showIds: number[]): Promise<Map<number, CatalogueRecord>> {
  if (showIds.length === 0) return new Map()
  const rows = await readRows(sql`s.id in ${idList(showIds)}`)
  return new Map(rows.map((row) => [row.id, toRecord(row)]))
}

const PAGE = 500

/** Every show's record with all of its facts, by slug in byte order, a page at a time: memory stays small however large the catalogue. */
export async function* allRecords(): AsyncGenerator<CatalogueRecord> {
  for (let after = ''; ; ) {
    const rows = await readRows(
      sql`s.id in (select id from show where slug collate "C" > ${after} order by slug collate "C" limit ${PAGE})`,
    )
    rows.sort((a, b) => (a.slug < b.slug ? -1 : 1))
    for (const row of rows) yield toRecord(row)
    if (rows.length < PAGE) return
    after = rows.at(-1)?.slug ?? ''
  }
}
