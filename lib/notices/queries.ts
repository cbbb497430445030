import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { setting } from '@/db/schema/setting'
import { bearerOf } from '@/lib/accounts/reader-tokens'
import { mayOperate } from '@/lib/accounts/rules'
import type { Asker } from '@/lib/accounts/types'
import { readWaits } from '@/lib/ledger/waits'
import { eventWords } from '@/lib/ledger/words'
import { formatWindow } from '@/lib/shared/edtf'
import type { EventKind } from '@/lib/status/claim'
import type { Wait } from '@/lib/status/waiting'
import { kindOf } from './channels/all'
import type { ChannelKind, NoticeKind, NoticeState, ToldLine } from './types'

export const PAUSE_SETTING = 'notices_paused'

/** Whether an operator has stopped all telling. */
export async function arePaused(): Promise<boolean> {
  const [row] = await db()
    .select({ value: setting.value })
    .from(setting)
    .where(eq(setting.key, PAUSE_SETTING))
  return row?.value === 'true'
}

/** A notice as an operator sees it: whom it was for is not said. */
export interface DeliveryLine {
  id: number
  channel: ChannelKind
  kind: NoticeKind
  show: { slug: string; title: string }
  season: number
  state: NoticeState
  attempts: number
  outcome: string | null
  /** An instant. */
  at: string
}

/** How telling goes, for operators. */
export interface Deliveries {
  paused: boolean
  /** Notices by state, of the last 30 days. */
  counts: Record<NoticeState, number>
  /** Events that are held back, and outbox rows that wait. */
  held: number
  waiting: number
  /** How long the oldest due notice or mail has waited past its time, in seconds. */
  oldestWaitSeconds: number
  channels: { kind: ChannelKind; working: number; off: number; suspended: number }[]
  failed: DeliveryLine[]
}

const FAILED_MAX = 100

/** Notices that were refused, or are being tried again, newest first; no addresses. Null for who is no operator. */
export async function listFailed(asker: Asker): Promise<DeliveryLine[] | null> {
  if (!mayOperate(asker)) return null
  const rows = await db().execute<DeliveryLine & Record<string, unknown>>(sql`
    select n.id, c.kind as channel, n.kind, json_build_object('slug', s.slug, 'title', s.title) as show, se.number as season,
      n.state, greatest(n.attempts, coalesce(m.attempts, 0)) as attempts, n.outcome,
      to_char(coalesce(n.settled_at, n.due_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from notice n join channel c on c.id = n.channel_id join season se on se.id = n.season_id join show s on s.id = se.show_id
      left join mail m on m.id = n.mail_id
    where n.state = 'parked' or (n.state in ('due', 'gathered') and n.outcome is not null)
    order by coalesce(n.settled_at, n.due_at) desc, n.id desc limit ${FAILED_MAX}`)
  return [...rows]
}

/** The whole picture for /studio/deliveries. Null for who is no operator. */
export async function getDeliveries(asker: Asker, now: Date): Promise<Deliveries | null> {
  if (!mayOperate(asker)) return null
  const at = sql`${now.toISOString()}::timestamptz`
  const [paused, failed, [sums], channels] = await Promise.all([
    arePaused(),
    listFailed(asker),
    db().execute<{
      counts: Partial<Record<NoticeState, number>>
      held: number
      waiting: number
      oldest: number
    }>(sql`
      select (select coalesce(json_object_agg(state, n), '{}') from (
          select state, count(*)::int as n from notice where created_at > ${at} - interval '30 days' group by state) x) as counts,
        (select count(*)::int from event where telling = 'held') as held,
        (select count(*)::int from outbox where processed_at is null) as waiting,
        greatest(0, coalesce(extract(epoch from ${at} - (select min(due_at) from notice where state = 'due')), 0),
          coalesce(extract(epoch from ${at} - (select min(next_attempt_at) from mail where sent_at is null and parked_at is null)), 0))::int as oldest`),
    db().execute<Deliveries['channels'][number] & Record<string, unknown>>(sql`
      select kind, count(*) filter (where enabled and suspended_at is null)::int as working,
        count(*) filter (where not enabled)::int as off, count(*) filter (where suspended_at is not null)::int as suspended
      from channel group by kind order by kind`),
  ])
  return {
    paused,
    failed: failed ?? [],
    counts: { due: 0, gathered: 0, sent: 0, skipped: 0, parked: 0, ...sums?.counts },
    held: sums?.held ?? 0,
    waiting: sums?.waiting ?? 0,
    oldestWaitSeconds: sums?.oldest ?? 0,
    channels: [...channels],
  }
}

/** What an unsubscribe link is about and how it stands; null for a link that is none. */
export async function describeUnsubscribe(token: string): Promise<{
  season: Wait | null
  mailOn: boolean
  seasonOff: boolean
} | null> {
  const bearer = await bearerOf('unsubscribe', token)
  if (!bearer) return null
  const [wait] = await readWaits(sql`season.id = ${bearer.seasonId}::int`)
  const [row] = await db().execute<{ mail_on: boolean; season_off: boolean }>(sql`
    select exists (select 1 from channel where reader_id = ${bearer.readerId} and kind = 'mail' and enabled) as mail_on,
      coalesce((select channels is not null and not channels @> '{mail}' from follow
        where reader_id = ${bearer.readerId} and season_id = ${bearer.seasonId}::int), false) as season_off`)
  return row ? { season: wait ?? null, mailOn: row.mail_on, seasonOff: row.season_off } : null
}

const TOLD_MAX = 30

interface ToldRow extends Record<string, unknown> {
  id: number
  channel: ChannelKind
  kind: NoticeKind
  show: ToldLine['show']
  season: number
  event: { kind: EventKind; was: string; became: string } | null
  about: string
  state: NoticeState
  outcome: string | null
  at: string
}

/** The latest notices of a reader, newest first. */
export async function listTold(readerId: string): Promise<ToldLine[]> {
  const rows = await db().execute<ToldRow>(sql`
    select n.id, c.kind as channel, n.kind, n.about, json_build_object('slug', s.slug, 'title', s.title) as show,
      se.number as season, n.state, n.outcome,
      case when e.id is not null then json_build_object('kind', e.kind, 'was', e.was, 'became', e.became) end as event,
      to_char(coalesce(n.settled_at, n.due_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from notice n join channel c on c.id = n.channel_id join season se on se.id = n.season_id
      join show s on s.id = se.show_id left join event e on e.id = n.event_id
    where n.reader_id = ${readerId} order by coalesce(n.settled_at, n.due_at) desc, n.id desc limit ${TOLD_MAX}`)
  return [...rows].map(({ event, kind, about, channel, ...line }) => ({
    ...line,
    by: kindOf(channel)?.words.told ?? `by ${channel}`,
    text: event
      ? eventWords({ ...event, season: line.season })
      : kind === 'correction'
        ? 'A correction'
        : `Premiere on ${formatWindow(about.split(':')[2] ?? '', { style: 'long' })}`,
  }))
}
