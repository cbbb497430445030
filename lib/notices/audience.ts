import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { insertRows } from '@/db/rows'
import { notice } from '@/db/schema/notice'
import { type Day, dayOf } from '@/lib/shared/day'
import { kindOf } from './channels/all'
import type { ChannelKind, NoticeKind, Wishes } from './types'
import { isWanted, wishesOf } from './wants'
import { dueAt } from './when'

/** Readers told in one transaction. */
export const READERS_PER_BATCH = 2_000

/** What is told, to whom it may be told, and how it is named. */
export interface Telling {
  about: string
  kind: NoticeKind
  showId: number
  season: { id: number; number: number }
  eventId: number | null
  /** Who followed later has read it on the page; null where that does not matter. */
  knownAt: Date | null
  /** A premiere's day and how many days it is away in the show's country. */
  premiere: { daysAway: number; endsAt: Date } | null
}

interface FollowerRow extends Record<string, unknown> {
  reader_id: string
  followed_ms: number
  wants: Wishes['wants'] | null
  lead_days: number | null
  cadence: Wishes['cadence'] | null
  muted: boolean
  suspended: boolean
  snoozed_until: Day | null
  preference: Wishes | null
  channels: { id: number; kind: ChannelKind }[]
}

/** What a reader has who never touched a setting; the columns' defaults say the same. */
export const DEFAULT_WISHES: Wishes = {
  timeZone: 'UTC',
  wants: ['decision', 'dates', 'premiere'],
  leadDays: 0,
  cadence: 'now',
  digestHour: 8,
  digestWeekday: 1,
  quietFrom: null,
  quietTo: null,
  spoilerSafe: true,
}

/** A preference row as the wishes it states. */
export const PREFERENCE_JSON = sql`case when p.reader_id is null then null else json_build_object(
  'timeZone', p.time_zone, 'wants', p.wants, 'leadDays', p.lead_days, 'cadence', p.cadence, 'digestHour', p.digest_hour,
  'digestWeekday', p.digest_weekday, 'quietFrom', p.quiet_from, 'quietTo', p.quiet_to, 'spoilerSafe', p.spoiler_safe) end`

/**
 * Who hears of a season: its followers, and those of an earlier season of the show who follow none after it, because a
 * follow is a wish to be told how the show goes on. In the order of their ids, after `after`; with the channels that
 * work and that the follow does not leave out.
 */
async function followersOf(telling: Telling, after: string | null): Promise<FollowerRow[]> {
  const rows = await db().execute<FollowerRow>(sql`
    select f.reader_id, (extract(epoch from f.followed_at) * 1000)::float8 as followed_ms, f.wants, f.lead_days, f.cadence,
      f.muted, r.suspended, f.snoozed_until::text as snoozed_until, ${PREFERENCE_JSON} as preference,
      coalesce((select json_agg(json_build_object('id', c.id, 'kind', c.kind) order by c.id) from channel c
        where c.reader_id = f.reader_id and c.enabled and c.suspended_at is null
          and (f.channels is null or c.kind = any(f.channels))), '[]') as channels
    from (
      select distinct on (follow.reader_id) follow.*
      from follow join season on season.id = follow.season_id
      where season.show_id = ${telling.showId} and season.number <= ${telling.season.number}
        ${after ? sql`and follow.reader_id > ${after}::uuid` : sql``}
      order by follow.reader_id, season.number desc
      limit ${READERS_PER_BATCH}) f
    join reader r on r.id = f.reader_id
    left join preference p on p.reader_id = f.reader_id
    order by f.reader_id`)
  return [...rows]
}

function isAddressed(
  row: FollowerRow,
  wishes: Wishes,
  { kind, knownAt, premiere }: Telling,
  now: Date,
): boolean {
  if (row.muted || row.suspended) return false
  if (knownAt && row.followed_ms > knownAt.getTime()) return false
  if (row.snoozed_until && dayOf(now, wishes.timeZone) < row.snoozed_until) return false
  return isWanted(kind, wishes) && (!premiere || premiere.daysAway <= wishes.leadDays)
}

/** A machine wants its message at once; people have digests and quiet hours. A premiere waits for no digest after it. */
function dueFor(channel: ChannelKind, wishes: Wishes, { premiere }: Telling, now: Date): Date {
  if (kindOf(channel)?.isMachine) return now
  const due = dueAt(now, wishes)
  return premiere && due > premiere.endsAt ? dueAt(now, { ...wishes, cadence: 'now' }) : due
}

/**
 * Writes the notices of one telling for the next readers after `after`, a batch to a call, inside the caller's
 * transaction. Told again, it writes nothing: a notice is unique per reader, telling and channel.
 * @returns where the batch ended, null when nobody is left
 */
export async function writeNotices(
  telling: Telling,
  after: string | null,
  now: Date,
): Promise<string | null> {
  const followers = await followersOf(telling, after)
  const rows = followers.flatMap((row) => {
    const wishes = wishesOf(row.preference ?? DEFAULT_WISHES, {
      wants: row.wants,
      leadDays: row.lead_days,
      cadence: row.cadence,
    })
    if (!isAddressed(row, wishes, telling, now)) return []
    return row.channels.map((channel) => ({
      readerId: row.reader_id,
      channelId: channel.id,
      about: telling.about,
      kind: telling.kind,
      seasonId: telling.season.id,
      eventId: telling.eventId,
      dueAt: dueFor(channel.kind, wishes, telling, now),
      createdAt: now,
    }))
  })
  await insertRows(notice, rows, { known: 'left' })
  return followers.length < READERS_PER_BATCH ? null : (followers.at(-1)?.reader_id ?? null)
}
