/** The journal of a merge: rows as they were, written before they move; a part of the merge's transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** Tables whose rows hang on a show. */
export const OF_SHOWS = [
  'claim',
  'event',
  'correction',
  'verdict',
  'recap_sentence',
  'source_look',
  'outside_id',
  'season_number',
  'season',
  'related',
  'pair',
  'pair_voice',
] as const
/** Tables whose rows hang on a season. */
export const OF_SEASONS = [
  'follow',
  'notice',
  'forecast',
  'forecast_absence',
  'episode',
  'reader_token',
] as const
export type OfShows = (typeof OF_SHOWS)[number]
export type OfSeasons = (typeof OF_SEASONS)[number]

/** Writes down rows of a table that hang on a show. */
export async function noteOfShow(mergeId: number, table: OfShows, showId: number): Promise<void> {
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, before, reader_id)
    select ${mergeId}::int, ${table}, coalesce(x.r ->> 'id', ''), x.r, (x.r ->> 'reader_id')::uuid
    from (select to_jsonb(t) as r from ${sql.identifier(table)} t where t.show_id = ${showId}::int) x`)
}

/** Writes down rows of a table that hang on the seasons of a show. */
export async function noteOfSeasons(mergeId: number, table: OfSeasons, showId: number): Promise<void> {
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, before, reader_id)
    select ${mergeId}::int, ${table}, coalesce(x.r ->> 'id', x.r ->> 'hash', ''), x.r, (x.r ->> 'reader_id')::uuid
    from (select to_jsonb(t) as r from ${sql.identifier(table)} t
      where t.season_id in (select id from season where show_id = ${showId}::int)) x`)
}

/** Writes down all that hangs on a show which is about to go, wherever it hangs. */
export async function noteShow(mergeId: number, showId: number): Promise<void> {
  for (const table of OF_SHOWS) await noteOfShow(mergeId, table, showId)
  for (const table of OF_SEASONS) await noteOfSeasons(mergeId, table, showId)
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, before)
    select ${mergeId}::int, 'show', show.id::text, to_jsonb(show) from show where id = ${showId}::int`)
  // Pairs and cards that name it on their other side.
  for (const table of ['related', 'pair', 'pair_voice'] as const)
    await db().execute(sql`
      insert into show_merge_row (merge_id, of_table, before, reader_id)
      select ${mergeId}::int, ${table}, x.r, (x.r ->> 'reader_id')::uuid
      from (select to_jsonb(t) as r from ${sql.identifier(table)} t where t.related_show_id = ${showId}::int) x`)
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, before)
    select ${mergeId}::int, 'forecast_outcome', o.forecast_id::text, to_jsonb(o) from forecast_outcome o
    join forecast f on f.id = o.forecast_id join season on season.id = f.season_id where season.show_id = ${showId}::int`)
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, before, reader_id)
    select ${mergeId}::int, 'list_import_follow', to_jsonb(l), f.reader_id from list_import_follow l
    join follow f on f.id = l.follow_id join season on season.id = f.season_id where season.show_id = ${showId}::int`)
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, before)
    select ${mergeId}::int, 'wanted', w.id::text, json_build_object('id', w.id) from wanted w where w.show_id = ${showId}::int`)
  // Nobody's address goes in here.
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, before)
    select ${mergeId}::int, 'opt_in', o.id::text, json_build_object('id', o.id, 'season_ids', o.season_ids) from opt_in o
    where o.season_ids && array(select id from season where show_id = ${showId}::int)`)
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, before, reader_id)
    select ${mergeId}::int, 'list_import_row', r.import_id::text,
      json_build_object('import_id', r.import_id, 'position', r.position, 'show_id', r.show_id, 'candidates', r.candidates), l.reader_id
    from list_import_row r join list_import l on l.id = r.import_id
    where r.show_id = ${showId}::int or r.candidates @> jsonb_build_array(jsonb_build_object('show', ${showId}::int))`)
}

/** Copies rows that went, as rows of the show that stays, where it has none like them; what was made is written down. */
const COPIED = ['verdict', 'recap_sentence', 'pair', 'pair_voice', 'episode'] as const

/** Which season of the show that goes is which of the one that stays. */
export interface SeasonPair {
  from: number
  into: number
  fromNumber: number
  intoNumber: number
}

/** The rows of `SeasonPair`s as a table `m`. */
export const seasonsAs = (seasons: readonly SeasonPair[]) => sql`
  json_to_recordset(${JSON.stringify(seasons)}::json) as m("from" int, "into" int, "fromNumber" int, "intoNumber" int)`

/** Does that for every table whose rows have no id of their own. */
export async function copyRows(
  mergeId: number,
  { from, into }: { from: number; into: number },
  seasons: readonly SeasonPair[],
): Promise<void> {
  for (const table of COPIED)
    await db().execute(sql`
      with moved as (
        select r.id, r.reader_id, r.before || jsonb_strip_nulls(jsonb_build_object(
          'show_id', case when (r.before ->> 'show_id')::int = ${from}::int then ${into}::int end,
          'related_show_id', case when (r.before ->> 'related_show_id')::int = ${from}::int then ${into}::int end,
          'season_id', (select m."into" from ${seasonsAs(seasons)} where m."from" = (r.before ->> 'season_id')::int),
          'season_number', (select m."intoNumber" from ${seasonsAs(seasons)} where m."fromNumber" = (r.before ->> 'season_number')::int)
        )) as row
        from show_merge_row r where r.merge_id = ${mergeId}::int and r.of_table = ${table} and r.before is not null),
      made as (
        insert into ${sql.identifier(table)}
        select (jsonb_populate_record(null::${sql.identifier(table)}, moved.row)).* from moved
        where moved.row ->> 'show_id' is distinct from moved.row ->> 'related_show_id' or moved.row ->> 'show_id' is null
        order by moved.id on conflict do nothing returning to_jsonb(${sql.identifier(table)}) as row)
      insert into show_merge_row (merge_id, of_table, after, reader_id)
      select ${mergeId}::int, ${table}, made.row, (made.row ->> 'reader_id')::uuid from made`)
}

/** Takes out the copies, as far as nobody changed them since. */
export async function takeOutCopies(mergeId: number): Promise<void> {
  for (const table of COPIED)
    await db().execute(sql`
      delete from ${sql.identifier(table)} t using show_merge_row r
      where r.merge_id = ${mergeId}::int and r.of_table = ${table} and r.after is not null and to_jsonb(t) = r.after`)
}

/** Tables whose rows went with the show, and are put back as they were. In the order in which they refer to each other. */
const PUT_BACK = [
  'show',
  'season',
  'forecast',
  'forecast_outcome',
  'forecast_absence',
  'verdict',
  'recap_sentence',
  'season_number',
  'related',
  'pair',
  'pair_voice',
  'episode',
] as const

/** Puts rows back that went with the show; what has come to their place since stays. */
export async function putBack(mergeId: number): Promise<void> {
  for (const table of PUT_BACK)
    await db().execute(sql`
      insert into ${sql.identifier(table)} overriding system value
      select (jsonb_populate_record(null::${sql.identifier(table)}, r.before)).*
      from show_merge_row r where r.merge_id = ${mergeId}::int and r.of_table = ${table} and r.before is not null
      order by r.id on conflict do nothing`)
}
