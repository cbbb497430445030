import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { outbox } from '@/db/schema/outbox'
import type { Telling } from '@/db/schema/words'
import { addDays, type Day } from '@/lib/shared/day'
import { enqueue, type JobName, NOTHING } from '@/lib/shared/enqueue'
import type { LedgerEvent } from '@/lib/status/claim'
import { replayEvents } from '@/lib/status/rules'
import { hasBegun } from '@/lib/status/words'
import { holdMs, isUnheld } from './hold'
import { eventKey } from './keys'
import { freshEvents, overdueEvents, standingOf } from './rules'
import type { DerivedShow } from './states'

/** Live imports tell readers only what is news: not what a page of last year brings up. */
const NEWS_DAYS = 14

/** That the season is out is worth hearing late: whoever waits for it still waits. It is told as what it is. */
const LATE_PREMIERE_DAYS = 366

/** The topic of an event's outbox row; its payload is `{event: id}`. */
export const EVENT_TOPIC = 'event'
/** The topic of a correction's row; its payload is `{correction: id}`. */
export const CORRECTION_TOPIC = 'correction'
/** The job that tells readers what the outbox holds. */
export const TELL_READERS: JobName = { id: 'tell-readers', payload: NOTHING }

/** An event of a season as it is on record. */
export interface EventRow extends Record<string, unknown> {
  season_id: number
  season: number
  kind: LedgerEvent['kind']
  was: string
  became: string
  because: string[]
  happened_on: Day
  telling: Telling
  ordinal: number
}

type DerivedSeason = DerivedShow['seasons'][number]
type Found = LedgerEvent & { ordinal: number }

/**
 * Records what the history of some shows' seasons holds and the ledger does not know yet. With `tell` each event of
 * the last fortnight gets an outbox row, in the same transaction, and is held for a while unless an official source
 * is behind it. Returns the number of new events.
 *
 * Seasons nobody has said anything about have no history, but for what comes while we watch: premiere and finale.
 */
export async function recordEvents(
  shows: DerivedShow[],
  { today, now, tell }: { today: Day; now: Date; tell: boolean },
): Promise<number> {
  const watched = shows.flatMap((show) =>
    show.seasons.flatMap((season) => {
      const { was, claims, status } = season
      const came =
        (was === 'dated' && status.status === 'airing') || (was === 'airing' && status.status === 'complete')
      return claims.length > 0 || came ? [{ show, season }] : []
    }),
  )
  if (watched.length === 0) return 0
  const known = await eventsOnRecord(watched.map(({ season }) => season.id))
  const rows = watched.flatMap(({ show, season }) =>
    newEvents(season, known.get(season.id) ?? [], today, tell).map((event) => {
      const newsDays = event.kind === 'premiered' ? LATE_PREMIERE_DAYS : NEWS_DAYS
      const news = tell && event.happenedOn >= addDays(today, -newsDays)
      const deciding = season.claims.flatMap((claim) =>
        event.because.includes(claim.id) ? [claim.sourceClass] : [],
      )
      const held = isUnheld(event.kind, deciding) ? 0 : holdMs()
      return {
        show_id: show.id,
        season_id: season.id,
        kind: event.kind,
        was: event.was,
        became: event.became,
        because: event.because,
        happened_on: event.happenedOn,
        ordinal: event.ordinal,
        telling: news ? ('held' as const) : ('silent' as const),
        held_until: news ? new Date(now.getTime() + held).toISOString() : null,
        recorded_at: now.toISOString(),
        key: eventKey(show.slug, event, event.ordinal),
      }
    }),
  )
  if (rows.length === 0) return 0
  const added = await db().execute<{ id: number; held_until: string | null } & Record<string, unknown>>(sql`
    insert into event (show_id, season_id, kind, was, became, because, happened_on, ordinal, telling, held_until, recorded_at, key)
    select x.show_id, x.season_id, x.kind, x.was, x.became, array(select json_array_elements_text(x.because)), x.happened_on,
      x.ordinal, x.telling, x.held_until, x.recorded_at, x.key
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as x(show_id int, season_id int, kind text, was text, became text, because json, happened_on date, ordinal int,
        telling text, held_until timestamptz, recorded_at timestamptz, key text)
    order by x.happened_on on conflict do nothing
    returning id, held_until::text as held_until`)
  const news = [...added].filter(({ held_until }) => held_until !== null)
  if (news.length > 0) {
    await insertRows(
      outbox,
      news.map(({ id }) => ({ topic: EVENT_TOPIC, payload: { event: id } })),
    )
    await wakeTeller(shows[0]!.id)
  }
  return added.length
}

/**
 * Has the worker look at the outbox as soon as the running transaction commits. One job a show: a key that all writers
 * share would have each wait for the one before it to commit.
 */
export async function wakeTeller(showId: number): Promise<void> {
  await enqueue(TELL_READERS, [{ key: `${TELL_READERS.id}:${showId}` }])
}

/** What is on record of some seasons, in the order in which it was written. */
export async function eventsOnRecord(seasonIds: number[]): Promise<Map<number, EventRow[]>> {
  const rows = await db().execute<EventRow>(sql`
    select season_id, kind, was, became, because, happened_on::text as happened_on, 0 as season, telling, ordinal
    from event where season_id in ${idList(seasonIds)} order by id`)
  const known = new Map<number, EventRow[]>()
  for (const row of rows) known.set(row.season_id, [...(known.get(row.season_id) ?? []), row])
  return known
}

const asEvent = ({ happened_on, ...row }: EventRow): LedgerEvent => ({ ...row, happenedOn: happened_on })
const standsToday = ({ telling }: EventRow) => telling !== 'withdrawn' && telling !== 'corrected'

/** The events of a season that are not on record yet. What was taken back may happen again, for another reason. */
function newEvents(season: DerivedSeason, known: EventRow[], today: Day, tell: boolean): Found[] {
  const standing = known.filter(standsToday)
  const history = replayEvents(season.claims, season.facts, today)
  const fresh = freshEvents(history, standing.map(asEvent)).flatMap((event) => numbered(event, known) ?? [])
  if (!tell) return fresh
  const told = [...standing.filter(({ telling }) => telling !== 'silent'), ...fresh]
  // Only what was said lately is news; a page without a day is none.
  const isLately = ({ because }: Found) =>
    season.claims.some(
      ({ id, publishedOn }) =>
        because.includes(id) && publishedOn && publishedOn >= addDays(today, -NEWS_DAYS),
    )
  return [...fresh, ...overdueOf(season, { told, known, today }).filter(isLately)]
}

/** The events that would bring whoever was told of some to where a season stands, as of `today`. */
export function overdueOf(
  { facts, status }: DerivedSeason,
  {
    told,
    known,
    today,
  }: { told: Pick<LedgerEvent, 'kind' | 'was' | 'became'>[]; known: EventRow[]; today: Day },
): Found[] {
  if (hasBegun(status)) return []
  return overdueEvents(told, standingOf(status)).flatMap((event) => {
    const because = event.kind === 'moved' ? status.premiereBecause : status.because
    return numbered({ ...event, season: facts.number, because, happenedOn: today }, known, true) ?? []
  })
}

/** An event with the number that tells it from its likes of the same day; null where it is the one taken back. */
function numbered(event: LedgerEvent, known: EventRow[], again = false): Found | null {
  const likes = known.filter(
    ({ kind, was, became, happened_on }) =>
      kind === event.kind && was === event.was && became === event.became && happened_on === event.happenedOn,
  )
  if (!again && likes.some(({ because }) => because.join() === event.because.join())) return null
  return { ...event, ordinal: Math.max(-1, ...likes.map(({ ordinal }) => ordinal)) + 1 }
}
