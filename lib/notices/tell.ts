import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import type { Telling as TellingWord } from '@/db/schema/words'
import { transaction } from '@/db/transaction'
import { CORRECTION_TOPIC, EVENT_TOPIC } from '@/lib/ledger/events'
import { lastTold, settleHeld } from '@/lib/ledger/hold'
import { standingOf } from '@/lib/ledger/rules'
import { deriveShows } from '@/lib/ledger/states'
import { takeTurns } from '@/lib/ledger/turn'
import type { HeldEvent } from '@/lib/ledger/types'
import { LEAD_DAYS_MAX } from '@/lib/mail/rules'
import { type Day, dayOf, daysBetween } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { CHANGES_TAG, seasonTag, showTag } from '@/lib/shared/tags'
import { zoneOf } from '@/lib/shared/zone'
import type { EventKind } from '@/lib/status/claim'
import { replayEvents } from '@/lib/status/rules'
import { type Telling, writeNotices } from './audience'
import { instantAt } from './when'

/** The parts of the outbox' payload; `after` is the last reader told, so that a killed worker goes on from there. */
interface EventPayload {
  event: number
  after?: string
}

/** What a run did, and when there is more to do; null where nothing waits. */
export interface Told {
  told: number
  withdrawn: number
  againAt: Date | null
}

/**
 * Tells readers what the ledger's outbox holds: decides about events whose hold is over, then writes the notices of
 * those that are told, in batches. Safe to repeat and to kill: a batch and the note of how far it came are one
 * transaction, and a notice is unique.
 */
export async function tellEvents(now: Date): Promise<Told> {
  const result: Told = { told: 0, withdrawn: 0, againAt: null }
  for (const season of await seasonsToSettle()) {
    const settled = await settleSeason(season, now)
    result.withdrawn += settled.withdrawn
    if (settled.againAt && (!result.againAt || settled.againAt < result.againAt))
      result.againAt = settled.againAt
  }
  for (const outboxId of await openRows()) {
    while (await fanOut(outboxId, now));
    result.told++
  }
  return result
}

interface HeldSeason {
  seasonId: number
  showId: number
}

async function seasonsToSettle(): Promise<HeldSeason[]> {
  const rows = await db().execute<{ season_id: number; show_id: number }>(
    sql`select season_id, show_id from event where telling = 'held' group by season_id, show_id order by min(id)`,
  )
  return [...rows].map(({ season_id, show_id }) => ({ seasonId: season_id, showId: show_id }))
}

interface HeldRow extends Record<string, unknown> {
  id: number
  kind: EventKind
  was: string
  became: string
  happened_on: Day
  held_ms: number
}

/** Decides about the held events of a season in its show's turn: nobody adds to it meanwhile. */
async function settleSeason(
  { seasonId, showId }: HeldSeason,
  now: Date,
): Promise<{ withdrawn: number; againAt: Date | null }> {
  return transaction(
    async () => {
      await takeTurns([showId])
      // What readers know is not settled while something they were told is being taken back; whoever takes it back
      // says when to look again.
      if (await isBeingCorrected(seasonId)) return { withdrawn: 0, againAt: null }
      const rows = await db().execute<HeldRow>(sql`
        select id, kind, was, became, happened_on::text as happened_on,
          (extract(epoch from coalesce(held_until, recorded_at)) * 1000)::float8 as held_ms
        from event where season_id = ${seasonId} and telling = 'held' order by id`)
      if (rows.length === 0) return { withdrawn: 0, againAt: null }
      const today = dayOf(now)
      const [show] = await deriveShows([showId], today)
      const season = show?.seasons.find(({ id }) => id === seasonId)
      if (!show || !season) return { withdrawn: 0, againAt: null }
      const held = [...rows].map(
        ({ happened_on, held_ms, ...row }): HeldEvent => ({
          ...row,
          happenedOn: happened_on,
          heldUntilMs: held_ms,
        }),
      )
      const asItStands = {
        standing: standingOf(season.status),
        history: replayEvents(season.claims, season.facts, today),
        known: lastTold(await toldEvents(seasonId)),
      }
      const { tell, withdraw, againAtMs } = settleHeld(held, asItStands, now.getTime())
      const tellIds = tell.map(({ id }) => id)
      const withdrawIds = withdraw.map(({ event }) => event.id)
      await mark(tellIds, 'told')
      await mark(withdrawIds, 'withdrawn')
      // What was held stood on the pages as held, and stands there as told, or not at all, from now on.
      if (tellIds.length + withdrawIds.length > 0)
        await expireTags([CHANGES_TAG, showTag(show.slug), seasonTag(show.slug, season.facts.number)])
      return { withdrawn: withdraw.length, againAt: againAtMs === null ? null : new Date(againAtMs) }
    },
    { idempotent: true },
  )
}

async function isBeingCorrected(seasonId: number): Promise<boolean> {
  const open = await db().execute(sql`
    select from outbox o join correction k on k.id = (o.payload ->> 'correction')::int
    where o.topic = ${CORRECTION_TOPIC} and o.processed_at is null and k.season_id = ${seasonId} limit 1`)
  return open.length > 0
}

async function toldEvents(seasonId: number): Promise<Pick<HeldEvent, 'kind' | 'became'>[]> {
  const rows = await db().execute<{ kind: EventKind; became: string }>(
    sql`select kind, became from event where season_id = ${seasonId} and telling = 'told' order by id`,
  )
  return [...rows]
}

const mark = (ids: number[], telling: TellingWord) =>
  ids.length === 0
    ? null
    : db().execute(sql`update event set telling = ${telling} where id in ${idList(ids)}`)

/** Rows whose event has been decided about. */
async function openRows(): Promise<number[]> {
  const rows = await db().execute<{ id: number }>(sql`
    select o.id from outbox o join event e on e.id = (o.payload ->> 'event')::int
    where o.topic = ${EVENT_TOPIC} and o.processed_at is null and e.telling <> 'held' order by o.id`)
  return [...rows].map(({ id }) => id)
}

interface OutboxRow extends Record<string, unknown> {
  payload: EventPayload
  event_id: number
  kind: EventKind
  telling: TellingWord
  show_id: number
  season_id: number
  number: number
  country: string | null
  premiere: Day | null
  recorded_ms: number
}

/** One batch of one event's readers. @returns whether there are more */
async function fanOut(outboxId: number, now: Date): Promise<boolean> {
  return transaction(
    async () => {
      const [row] = await db().execute<OutboxRow>(sql`
        select o.payload, e.id as event_id, e.kind, e.telling, e.show_id, e.season_id, n.number, s.country,
          case when n.premiere_earliest = n.premiere_latest then n.premiere_latest::text end as premiere,
          (extract(epoch from e.recorded_at) * 1000)::float8 as recorded_ms
        from outbox o join event e on e.id = (o.payload ->> 'event')::int
        join season n on n.id = e.season_id join show s on s.id = e.show_id
        where o.id = ${outboxId} and o.processed_at is null for update of o skip locked`)
      if (!row) return false
      const after =
        row.telling === 'told' ? await writeNotices(tellingOf(row), row.payload.after ?? null, now) : null
      await db().execute(
        after
          ? sql`update outbox set payload = payload || jsonb_build_object('after', ${after}::text) where id = ${outboxId}`
          : sql`update outbox set processed_at = ${now.toISOString()}::timestamptz where id = ${outboxId}`,
      )
      return after !== null
    },
    { idempotent: true },
  )
}

const tellingOf = (row: OutboxRow): Telling => ({
  // A premiere that the clock has told of already is not told again by the record.
  about:
    row.kind === 'premiered' && row.premiere
      ? premiereAbout(row.season_id, row.premiere)
      : `event:${row.event_id}`,
  kind: row.kind,
  showId: row.show_id,
  season: { id: row.season_id, number: row.number },
  eventId: row.event_id,
  knownAt: new Date(row.recorded_ms),
  premiere: null,
})

const premiereAbout = (seasonId: number, day: Day) => `premiere:${seasonId}:${day}`

interface PremiereRow extends Record<string, unknown> {
  show_id: number
  season_id: number
  number: number
  country: string | null
  day: Day
}

/**
 * Tells of premieres whose day is near: today, or as many days ahead as a reader asked for, counted in the show's
 * country. Run it every hour; it tells each reader once of each day a season was given.
 */
export async function tellPremieres(now: Date): Promise<void> {
  const rows = await db().execute<PremiereRow>(sql`
    select n.show_id, n.id as season_id, n.number, s.country, t.premiere_earliest::text as day
    from season_state t join season n on n.id = t.season_id join show s on s.id = n.show_id
    where t.status in ('dated', 'airing') and t.premiere_earliest = t.premiere_latest
      and t.premiere_earliest between ${dayOf(now)}::date - 1 and ${dayOf(now)}::date + ${LEAD_DAYS_MAX + 1}::int
      and exists (select 1 from follow f join season e on e.id = f.season_id
        where e.show_id = n.show_id and e.number <= n.number)
    order by t.premiere_earliest, n.id`)
  for (const row of rows) {
    const zone = zoneOf(row.country)
    const daysAway = daysBetween(dayOf(now, zone), row.day)
    if (daysAway < 0 || daysAway > LEAD_DAYS_MAX) continue
    const telling: Telling = {
      about: premiereAbout(row.season_id, row.day),
      kind: 'premiere',
      showId: row.show_id,
      season: { id: row.season_id, number: row.number },
      eventId: null,
      knownAt: null,
      premiere: { daysAway, endsAt: new Date(instantAt(row.day, 0, zone).getTime() + 86_400_000) },
    }
    for (let after: string | null = null; ; ) {
      after = await transaction(() => writeNotices(telling, after, now), { idempotent: true })
      if (after === null) break
    }
  }
}
