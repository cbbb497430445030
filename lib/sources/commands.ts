import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { NumberedSeason } from '@/lib/catalogue/numbering'
import type { Day } from '@/lib/shared/day'
import type { ProviderName } from './types'

/** A provider's answer about a show that is here now. */
export interface Looked {
  id: string
  showId: number
  changed: boolean
  stamp: string | null
  etag: string | null
}

/** A provider answered about some shows; whether that changed anything here. What stood in quarantine is good again. */
export async function noteLooks(provider: ProviderName, looks: Looked[], now: Date): Promise<void> {
  if (looks.length === 0) return
  const rows = JSON.stringify(
    looks.map(({ id, showId, changed, stamp, etag }) => ({ id, show: showId, changed, stamp, etag })),
  )
  const at = now.toISOString()
  await db().execute(sql`
    insert into source_look (provider, outside_id, show_id, checked_at, changed_at, stamp, etag)
    select ${provider}, x.id, x.show, ${at}::timestamptz, ${at}::timestamptz, x.stamp, x.etag
    from json_to_recordset(${rows}::json) as x(id text, show int, stamp text, etag text)
    on conflict (provider, outside_id) do update set show_id = excluded.show_id, checked_at = excluded.checked_at,
      changed_at = case when excluded.outside_id in (select y.id from json_to_recordset(${rows}::json) as y(id text, changed boolean)
        where y.changed) then excluded.changed_at else source_look.changed_at end,
      stamp = coalesce(excluded.stamp, source_look.stamp), etag = excluded.etag`)
  await db().execute(sql`
    delete from quarantine where provider = ${provider}
      and outside_id in (select x.id from json_to_recordset(${rows}::json) as x(id text))`)
}

/** A provider said that nothing had changed since we had its last answer. */
export async function noteUnchanged(
  { provider, id }: { provider: ProviderName; id: string },
  { now, stamp }: { now: Date; stamp: string | null },
): Promise<void> {
  await db().execute(sql`
    update source_look set checked_at = ${now.toISOString()}::timestamptz, stamp = coalesce(${stamp}, stamp)
    where provider = ${provider} and outside_id = ${id}`)
}

/** An answer cannot be used, or a season of it, and why: that is left out, and what we had stays. */
export async function setAside(
  { provider, id }: { provider: ProviderName; id: string },
  { reason, bodyHash, now }: { reason: string; bodyHash: string | null; now: Date },
): Promise<void> {
  const at = now.toISOString()
  await db().execute(sql`
    insert into quarantine (provider, outside_id, reason, first_seen_at, seen_at, body_hash)
    values (${provider}, ${id}, ${reason.slice(0, 500)}, ${at}::timestamptz, ${at}::timestamptz, ${bodyHash})
    on conflict (provider, outside_id) do update set reason = excluded.reason, seen_at = excluded.seen_at,
      body_hash = excluded.body_hash`)
}

/** How a show's seasons are numbered in an answer. */
export interface Numbering {
  showId: number
  /** All that has to be remembered. */
  keep: NumberedSeason[]
  /** Their numbers in the answer; null for one that lists all there are. */
  listed: number[] | null
}

/** Remembers how a provider's seasons are numbered here. What was decided before keeps its day. */
export async function keepNumbers(provider: ProviderName, shows: Numbering[], today: Day): Promise<void> {
  const rows = JSON.stringify(
    shows.flatMap(({ showId, keep }) => keep.map((one) => ({ show: showId, ...one }))),
  )
  const listed = JSON.stringify(
    shows.flatMap(({ showId, listed: all }) => (all ?? [null]).map((theirs) => ({ show: showId, theirs }))),
  )
  await db().execute(sql`
    delete from season_number n where n.provider = ${provider} and exists (
      select from json_to_recordset(${listed}::json) as l(show int, theirs int)
      where l.show = n.show_id and (l.theirs is null or l.theirs = n.theirs)) and not exists (
      select from json_to_recordset(${rows}::json) as x(show int, theirs int) where x.show = n.show_id and x.theirs = n.theirs)`)
  await db().execute(sql`
    insert into season_number (show_id, provider, theirs, ours, through, reason, decided_on)
    select x.show, ${provider}, x.theirs, x.ours, x.through, x.reason, ${today}::date
    from json_to_recordset(${rows}::json) as x(show int, theirs int, ours int, through int, reason text)
    on conflict (show_id, provider, theirs) do update set ours = excluded.ours, through = excluded.through,
      reason = excluded.reason, decided_on = excluded.decided_on
    where (season_number.ours, season_number.through, season_number.reason) is distinct from (excluded.ours, excluded.through, excluded.reason)`)
}

/** How a run stands. Only one that came to its end (`readUntil`) moves how far the provider has been read. */
export async function noteRun(
  provider: ProviderName,
  run: {
    startedAt: Date
    endedAt: Date | null
    asked: number
    left: number
    says: string | null
    readUntil: Date | null
  },
): Promise<void> {
  const at = (instant: Date | null) => instant?.toISOString() ?? null
  await db().execute(sql`
    insert into sync_state (provider, read_until, started_at, ended_at, asked, "left", says)
    values (${provider}, ${at(run.readUntil)}::timestamptz, ${at(run.startedAt)}::timestamptz,
      ${at(run.endedAt)}::timestamptz, ${run.asked}, ${run.left}, ${run.says})
    on conflict (provider) do update set read_until = coalesce(excluded.read_until, sync_state.read_until),
      started_at = excluded.started_at, ended_at = excluded.ended_at, asked = excluded.asked, "left" = excluded."left",
      says = excluded.says`)
}
