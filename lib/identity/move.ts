/** Rows with an id of their own change the show and the season they hang on, and go back; a part of the merge's transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { noteOfShow, type SeasonPair, seasonsAs } from './journal'

/** The show that goes, and the one that stays. */
export interface Ends {
  from: number
  into: number
}

/** Why a notice that waited is sent no more. */
const TOLD_ALREADY = 'told already: two shows turned out to be one'

/** What a merge's journal has of a table. */
const heldOf = (mergeId: number, table: string) =>
  sql`(select key, before, after from show_merge_row where merge_id = ${mergeId}::int and of_table = ${table})`

/**
 * Puts what hangs on one show under another: claims, events, corrections, follows, notices, forecasts, tokens, waiting
 * wishes, lists being imported, what providers were asked. Where the other has the same already, that stays and the
 * journal keeps the one that went.
 */
export async function moveOver(
  mergeId: number,
  { from, into }: Ends,
  seasons: readonly SeasonPair[],
): Promise<void> {
  const map = seasonsAs(seasons)
  await moveEvents(mergeId, { from, into }, seasons)
  await db().execute(sql`
    update claim c set show_id = ${into}::int, season_id = m."into" from ${map} where c.season_id = m."from"`)
  await db().execute(sql`
    update correction c set show_id = ${into}::int,
      season_id = (select m."into" from ${map} where m."from" = c.season_id) where c.show_id = ${from}::int`)
  await moveFollows(seasons)
  await moveNotices(seasons)
  await moveForecasts(seasons)
  await db().execute(
    sql`update reader_token t set season_id = m."into" from ${map} where t.season_id = m."from"`,
  )
  await db().execute(sql`
    update opt_in o set season_ids = array(
      select coalesce(m."into", x.id) from unnest(o.season_ids) with ordinality x(id, place) left join ${map} on m."from" = x.id
      order by x.place)
    where o.season_ids && array(select id from season where show_id = ${from}::int)`)
  await db().execute(sql`update wanted set show_id = ${into}::int where show_id = ${from}::int`)
  await db().execute(sql`update source_look set show_id = ${into}::int where show_id = ${from}::int`)
  await db().execute(sql`
    update list_import_row r set show_id = case when r.show_id = ${from}::int then ${into}::int else r.show_id end,
      candidates = (select coalesce(jsonb_agg(case when (x.one ->> 'show')::int = ${from}::int
        then x.one || jsonb_build_object('show', ${into}::int) else x.one end order by x.place), '[]')
        from jsonb_array_elements(r.candidates) with ordinality x(one, place))
    where r.show_id = ${from}::int or r.candidates @> jsonb_build_array(jsonb_build_object('show', ${from}::int))`)
}

/**
 * One thing that happened is one event: where both shows have it, the one that stays keeps its own, whose readers and
 * those of the other were told of it. One that was taken back there may have happened here: it gets another number.
 */
async function moveEvents(
  mergeId: number,
  { from, into }: Ends,
  seasons: readonly SeasonPair[],
): Promise<void> {
  const map = seasonsAs(seasons)
  await noteOfShow(mergeId, 'event', into)
  const twins = sql`
    select e.id as gone, f.id as kept, e.telling from event e join ${map} on m."from" = e.season_id
    join event f on f.season_id = m."into" and f.kind = e.kind and f.was = e.was and f.became = e.became
      and f.happened_on = e.happened_on and f.ordinal = e.ordinal
    where e.show_id = ${from}::int and e.telling in ('silent', 'told') and f.telling in ('silent', 'told')`
  await db().execute(sql`
    update notice n set state = 'skipped', outcome = ${TOLD_ALREADY} from (${twins}) twin
    where n.event_id = twin.gone and n.state = 'due' and exists (select from notice other
      where other.event_id = twin.kept and other.reader_id = n.reader_id and other.channel_id = n.channel_id)`)
  await db().execute(sql`
    update event f set telling = 'told' from (${twins}) twin
    where f.id = twin.kept and twin.telling = 'told' and f.telling = 'silent'`)
  await db().execute(sql`
    with twin as (${twins}), told as (update notice n set event_id = twin.kept from twin where n.event_id = twin.gone)
    insert into show_merge_row (merge_id, of_table, key, after)
    select ${mergeId}::int, 'event_twin', twin.gone::text, json_build_object('kept', twin.kept) from twin`)
  await db().execute(sql`
    delete from event where id in (select r.key::int from ${heldOf(mergeId, 'event_twin')} r)`)
  await db().execute(sql`
    update event e set show_id = ${into}::int, season_id = m."into", ordinal = e.ordinal + coalesce((
      select max(f.ordinal) + 1 from event f where f.season_id = m."into" and f.kind = e.kind and f.was = e.was
        and f.became = e.became and f.happened_on = e.happened_on), 0)
    from ${map} where e.season_id = m."from"`)
}

/** Who follows both follows one; what they wished there holds. */
async function moveFollows(seasons: readonly SeasonPair[]): Promise<void> {
  const map = seasonsAs(seasons)
  await db().execute(sql`
    delete from follow f using ${map} where f.season_id = m."from" and (
      exists (select from follow other where other.season_id = m."into" and other.reader_id = f.reader_id)
      or exists (select from follow other join ${seasonsAs(seasons)} on other.season_id = m."from"
        where other.reader_id = f.reader_id and other.id < f.id
          and m."into" = (select x."into" from json_to_recordset(${JSON.stringify(seasons)}::json) as x("from" int, "into" int)
            where x."from" = f.season_id)))`)
  await db().execute(sql`update follow f set season_id = m."into" from ${map} where f.season_id = m."from"`)
}

/** A premiere is told by its season: what was told of it there has been told here. */
async function moveNotices(seasons: readonly SeasonPair[]): Promise<void> {
  const map = seasonsAs(seasons)
  const about = sql`'premiere:' || m."into" || substring(n.about from '^premiere:[0-9]+(:.*)$')`
  const twin = sql`exists (select from notice other where other.reader_id = n.reader_id
    and other.channel_id = n.channel_id and other.about = ${about})`
  await db().execute(sql`
    update notice n set state = 'skipped', outcome = ${TOLD_ALREADY} from ${map}
    where n.season_id = m."from" and n.about like 'premiere:%' and n.state = 'due' and ${twin}`)
  await db().execute(sql`
    update notice n set about = ${about} from ${map}
    where n.season_id = m."from" and n.about like 'premiere:' || m."from" || ':%' and not ${twin}`)
  await db().execute(sql`update notice n set season_id = m."into" from ${map} where n.season_id = m."from"`)
}

/** Of one day and model a season has one forecast. */
async function moveForecasts(seasons: readonly SeasonPair[]): Promise<void> {
  const map = seasonsAs(seasons)
  const twins = sql`
    select f.id from forecast f join ${map} on m."from" = f.season_id
    join forecast other on other.season_id = m."into" and other.made_on = f.made_on and other.model = f.model`
  await db().execute(sql`delete from forecast_outcome where forecast_id in (${twins})`)
  await db().execute(sql`delete from forecast where id in (${twins})`)
  await db().execute(sql`update forecast f set season_id = m."into" from ${map} where f.season_id = m."from"`)
}

/**
 * Puts all that back as far as it is there still. What was made since with the show that stays, stays with it; who let a
 * follow go since has let it go.
 */
export async function moveBack(mergeId: number): Promise<void> {
  const held = (table: string) => heldOf(mergeId, table)
  const shows = sql`show_id = (r.before ->> 'show_id')::int`
  const season = sql`season_id = (r.before ->> 'season_id')::int`
  await db().execute(sql`
    update claim t set ${shows}, ${season} from ${held('claim')} r where t.id = r.key and r.before is not null`)
  await db().execute(sql`
    update correction t set ${shows}, ${season} from ${held('correction')} r where t.id::text = r.key and r.before is not null`)
  await moveEventsBack(mergeId)
  await db().execute(sql`
    update notice t set ${season}, about = r.before ->> 'about', event_id = (r.before ->> 'event_id')::int,
      state = case when t.outcome = ${TOLD_ALREADY} then r.before ->> 'state' else t.state end,
      outcome = case when t.outcome = ${TOLD_ALREADY} then r.before ->> 'outcome' else t.outcome end
    from ${held('notice')} r where t.id::text = r.key and r.before is not null`)
  await db().execute(sql`
    update follow t set ${season} from ${held('follow')} r where t.id::text = r.key and r.before is not null`)
  await putFollowsBack(mergeId)
  await db().execute(sql`
    update forecast t set ${season} from ${held('forecast')} r where t.id::text = r.key and r.before is not null`)
  await db().execute(sql`
    update reader_token t set ${season} from ${held('reader_token')} r where t.hash = r.key and r.before is not null`)
  await db().execute(sql`
    update opt_in t set season_ids = array(select value::int from jsonb_array_elements_text(r.before -> 'season_ids'))
    from ${held('opt_in')} r where t.id::text = r.key`)
  await db().execute(sql`
    update wanted t set show_id = (select m.from_id from show_merge m where m.id = ${mergeId}::int)
    from ${held('wanted')} r where t.id::text = r.key`)
  // What it said since stays with the other: it is asked again, as if it had not been.
  await db().execute(sql`
    update source_look t set ${shows},
      etag = case when t.changed_at = (r.before ->> 'changed_at')::timestamptz then t.etag end,
      stamp = case when t.changed_at = (r.before ->> 'changed_at')::timestamptz then t.stamp end
    from ${held('source_look')} r
    where t.provider = r.before ->> 'provider' and t.outside_id = r.before ->> 'outside_id'`)
  await db().execute(sql`
    update list_import_row t set ${shows}, candidates = r.before -> 'candidates' from ${held('list_import_row')} r
    where t.import_id::text = r.key and t.position = (r.before ->> 'position')::int`)
}

async function moveEventsBack(mergeId: number): Promise<void> {
  const [merge] = await db().execute<{ from: number }>(
    sql`select from_id as "from" from show_merge where id = ${mergeId}::int`,
  )
  const from = merge?.from as number
  await db().execute(sql`
    update event t set show_id = ${from}::int, season_id = (r.before ->> 'season_id')::int, ordinal = (r.before ->> 'ordinal')::int
    from ${heldOf(mergeId, 'event')} r where t.id::text = r.key and (r.before ->> 'show_id')::int = ${from}::int`)
  await db().execute(sql`
    insert into event overriding system value select (jsonb_populate_record(null::event, r.before)).*
    from ${heldOf(mergeId, 'event')} r where exists (select from ${heldOf(mergeId, 'event_twin')} x where x.key = r.key)
    on conflict do nothing`)
  // Of the event that stood for both, its own show's readers know what they knew.
  await db().execute(sql`
    update event t set telling = r.before ->> 'telling' from ${heldOf(mergeId, 'event')} r
    where t.id::text = r.key and (r.before ->> 'show_id')::int <> ${from}::int and t.telling = 'told'
      and r.before ->> 'telling' = 'silent'
      and exists (select from ${heldOf(mergeId, 'event_twin')} x where x.after ->> 'kept' = r.key)`)
  // What only both together amounted to did not happen.
  await db().execute(sql`
    delete from event t using ${heldOf(mergeId, 'event_made')} r where t.id::text = r.key
      and t.telling in ('silent', 'told') and not exists (select from notice n where n.event_id = t.id)`)
}

/** A follow that gave way to another of the same reader is there again where that one is still. */
async function putFollowsBack(mergeId: number): Promise<void> {
  await db().execute(sql`
    insert into follow overriding system value select (jsonb_populate_record(null::follow, r.before)).*
    from ${heldOf(mergeId, 'follow')} r where not exists (select from follow f where f.id::text = r.key)
      and exists (select from follow f join season on season.id = f.season_id join show_merge m on m.into_id = season.show_id
        where m.id = ${mergeId}::int and f.reader_id::text = r.before ->> 'reader_id')
    on conflict do nothing`)
  await db().execute(sql`
    insert into list_import_follow select (jsonb_populate_record(null::list_import_follow, r.before)).*
    from ${heldOf(mergeId, 'list_import_follow')} r
    where exists (select from follow f where f.id::text = r.before ->> 'follow_id')
      and exists (select from list_import l where l.id::text = r.before ->> 'import_id')
    on conflict do nothing`)
}
