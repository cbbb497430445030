/** Two of our shows become one, and two again; a part of its caller's transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { season as seasons } from '@/db/schema/show'
import { takeCatalogueTurn, tellOfChange } from '@/lib/catalogue/changed'
import { factKey } from '@/lib/catalogue/facts'
import { listIds } from '@/lib/catalogue/ids'
import { recordsOf } from '@/lib/catalogue/records'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { writeRecords } from '@/lib/catalogue/write'
import { CORRECTION_TOPIC, EVENT_TOPIC } from '@/lib/ledger/events'
import { deriveQuietly } from '@/lib/ledger/quiet'
import { takeTurns } from '@/lib/ledger/turn'
import { dayOf } from '@/lib/shared/day'
import { refusal } from '@/lib/shared/refusal'
import { copyRows, noteShow, putBack, type SeasonPair, takeOutCopies } from './journal'
import { type Ends, moveBack, moveOver } from './move'
import { parted, seasonsBetween, twinIds, united } from './unite'

const no = (message: string) => refusal('identity', message)
export type Merged = { ok: true; mergeId: number } | ReturnType<typeof no>

/** True while something of these shows is on its way to readers: whom it reaches is not changed meanwhile. */
async function isBeingTold(showIds: readonly number[]): Promise<boolean> {
  const ids = JSON.stringify(showIds)
  const mine = sql`show_id in (select value::int from json_array_elements_text(${ids}::json))`
  const rows = await db().execute(sql`
    select from event where ${mine} and telling = 'held'
    union all select from outbox o join event on event.id = (o.payload ->> 'event')::int
      where o.topic = ${EVENT_TOPIC} and o.processed_at is null and ${mine}
    union all select from outbox o join correction on correction.id = (o.payload ->> 'correction')::int
      where o.topic = ${CORRECTION_TOPIC} and o.processed_at is null and ${mine}
    limit 1`)
  return rows.length > 0
}

const STILL_TELLING = no(
  'News of one of them is on its way to readers. Try again when they have been told, within the hour.',
)

async function seasonIds(showId: number): Promise<Map<number, number>> {
  const rows = await db().execute<{ id: number; number: number }>(
    sql`select id, number from season where show_id = ${showId}::int`,
  )
  return new Map([...rows].map(({ id, number }) => [number, id]))
}

/** Both turns: nobody imports or claims anything of these shows until the end. */
async function takeBothTurns({ from, into }: Ends): Promise<void> {
  await takeCatalogueTurn()
  await takeTurns([from, into])
}

/** Our own rows of shows, as JSON the way they are kept. */
const asKept = (record: CatalogueRecord) => JSON.stringify(record)

/**
 * Makes one show of two: all that hangs on the one goes to the other, its address leads there, and nobody is told of
 * anything. The journal holds every row as it was.
 */
export async function merge({ from, into }: Ends, now: Date): Promise<Merged> {
  await takeBothTurns({ from, into })
  const records = await recordsOf([from, into])
  const [gone, stays] = [records.get(from), records.get(into)]
  if (from === into) return no('A show is one already.')
  if (!gone || !stays) return no('One of the two is here no more.')
  if (await isBeingTold([from, into])) return STILL_TELLING

  const theirs = await seasonIds(from)
  const map = seasonsBetween(stays, gone, [...theirs.keys()])
  const union = united(stays, gone, map)
  const [row] = await db().execute<{ id: number }>(sql`
    insert into show_merge (from_id, from_slug, from_title, into_id, into_slug, into_title, seasons, from_record, into_before, merged_at)
    values (${from}, ${gone.slug}, ${gone.title}, ${into}, ${stays.slug}, ${stays.title},
      ${JSON.stringify(Object.fromEntries(map))}::jsonb, ${asKept(gone)}::jsonb, ${asKept(stays)}::jsonb, ${now.toISOString()}::timestamptz)
    returning id`)
  const mergeId = row?.id as number
  await noteShow(mergeId, from)
  const [before, eventsBefore] = [await seasonIds(into), await newestEvent()]
  const numbers = [...new Set(map.values())]
  await insertRows(
    seasons,
    numbers.map((number) => ({ showId: into, number })),
    { known: 'left' },
  )
  const ours = await seasonIds(into)
  const pairs = [...theirs].map(([fromNumber, id]): SeasonPair => {
    const intoNumber = map.get(fromNumber) as number
    return { from: id, into: ours.get(intoNumber) as number, fromNumber, intoNumber }
  })
  await moveOver(mergeId, { from, into }, pairs)
  await copyRows(mergeId, { from, into }, pairs)
  await db().execute(sql`delete from show where id = ${from}::int`)
  await writeRecords([{ id: into, slug: stays.slug as string, record: union }])
  await markTwins(stays, gone)
  await deriveQuietly([into], { today: dayOf(now), now })
  await noteMade(mergeId, into, { seasons: [...before.values()], event: eventsBefore })
  const after = (await recordsOf([into])).get(into) as CatalogueRecord
  await db().execute(
    sql`update show_merge set into_after = ${asKept(after)}::jsonb where id = ${mergeId}::int`,
  )
  await tellOfChange([gone.slug as string, stays.slug as string])
  return { ok: true, mergeId }
}

async function newestEvent(): Promise<number> {
  const [row] = await db().execute<{ id: number }>(sql`select coalesce(max(id), 0)::int as id from event`)
  return row?.id ?? 0
}

async function markTwins(stays: CatalogueRecord, gone: CatalogueRecord): Promise<void> {
  await db().execute(sql`
    update outside_id o set twin = true from json_to_recordset(${JSON.stringify(twinIds(stays.ids, gone.ids))}::json)
      as x(namespace text, value text) where o.namespace = x.namespace and o.value = x.value`)
}

/** Writes down what the show that stays got of its own: seasons, and what both histories together amount to. */
async function noteMade(
  mergeId: number,
  showId: number,
  before: { seasons: number[]; event: number },
): Promise<void> {
  await db().execute(sql`
    insert into show_merge_row (merge_id, of_table, key, after)
    select ${mergeId}::int, 'season_made', id::text, '{}'::jsonb from season where show_id = ${showId}::int
      and id not in ${idList(before.seasons)}
    union all select ${mergeId}::int, 'event_made', id::text, '{}'::jsonb from event
      where show_id = ${showId}::int and id > ${before.event}::int`)
}

interface MergeRow extends Record<string, unknown> {
  from: number
  into: number
  fromSlug: string
  intoSlug: string
  fromRecord: CatalogueRecord
  before: CatalogueRecord
  after: CatalogueRecord | null
}

/**
 * Parts two shows that were made one: every row goes back to where it was as far as it is there still, and what came
 * since stays with the show that stayed. Undone already: nothing happens.
 */
export async function part(mergeId: number, now: Date): Promise<Merged> {
  const [row] = await db().execute<MergeRow>(sql`
    select from_id as "from", into_id as "into", from_slug as "fromSlug", into_slug as "intoSlug", from_record as "fromRecord",
      into_before as before, into_after as after from show_merge where id = ${mergeId}::int and undone_at is null`)
  if (!row?.after) return { ok: true, mergeId }
  const { from, into } = row
  await takeBothTurns({ from, into })
  const there = (await recordsOf([into])).get(into)
  if (!there) return no(`${row.intoSlug} has become one with another show since: undo that first.`)
  const taken = await db().execute(sql`select from show where slug = ${row.fromSlug} or id = ${from}::int`)
  if (taken.length > 0) return no(`Another show has the address ${row.fromSlug} now.`)
  if (await isBeingTold([into])) return STILL_TELLING

  const restored = parted(row.before, row.after, there)
  await takeOutCopies(mergeId)
  await takeOut(into, there, restored)
  await putBack(mergeId)
  await moveBack(mergeId)
  await writeRecords([
    { id: into, slug: there.slug as string, record: restored },
    { id: from, slug: row.fromSlug, record: row.fromRecord },
  ])
  await db().execute(sql`
    update outside_id o set twin = (r.before ->> 'twin')::boolean from show_merge_row r
    where r.merge_id = ${mergeId}::int and r.of_table = 'outside_id' and o.namespace = r.before ->> 'namespace'
      and o.value = r.before ->> 'value' and o.show_id = ${from}::int`)
  await leaveSeasons(mergeId)
  await deriveQuietly([into, from], { today: dayOf(now), now })
  await db().execute(
    sql`update show_merge set undone_at = ${now.toISOString()}::timestamptz where id = ${mergeId}::int`,
  )
  await tellOfChange([row.fromSlug, there.slug as string])
  return { ok: true, mergeId }
}

/** Writing a record only adds ids and facts: those it has no more are taken out first. */
async function takeOut(showId: number, there: CatalogueRecord, left: CatalogueRecord): Promise<void> {
  const kept = new Set(listIds(left.ids).map(({ namespace, value }) => `${namespace}:${value}`))
  const ids = listIds(there.ids).filter(({ namespace, value }) => !kept.has(`${namespace}:${value}`))
  await db().execute(sql`
    delete from outside_id o using json_to_recordset(${JSON.stringify(ids)}::json) as x(namespace text, value text)
    where o.show_id = ${showId}::int and o.namespace = x.namespace and o.value = x.value`)
  const told = new Set((left.facts ?? []).map(factKey))
  const facts = (there.facts ?? []).filter((fact) => !told.has(factKey(fact)))
  await db().execute(sql`
    delete from fact f using json_to_recordset(${JSON.stringify(facts)}::json) as x(season int, field text, provider text)
    where f.show_id = ${showId}::int and f.season = x.season and f.field = x.field and f.provider = x.provider`)
}

/** Seasons that were made for what came over are gone again where nothing hangs on them. */
async function leaveSeasons(mergeId: number): Promise<void> {
  const rows = await db().execute<{ show: number; number: number }>(sql`
    select s.show_id as show, max(s.number)::int as number from season s join show_merge m on m.into_id = s.show_id
    where m.id = ${mergeId}::int and s.recorded group by s.show_id`)
  const last = [...rows][0]?.number ?? 0
  await db().execute(sql`
    delete from season s using show_merge_row r
    where r.merge_id = ${mergeId}::int and r.of_table = 'season_made' and s.id::text = r.key and not s.recorded
      and s.number <> ${last}::int + 1
      and not exists (select from claim where season_id = s.id) and not exists (select from event where season_id = s.id)
      and not exists (select from follow where season_id = s.id) and not exists (select from notice where season_id = s.id)
      and not exists (select from correction where season_id = s.id) and not exists (select from forecast where season_id = s.id)
      and not exists (select from reader_token where season_id = s.id)`)
}
