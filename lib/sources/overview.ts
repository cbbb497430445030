/** How asking providers goes, for operators. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { mayOperate } from '@/lib/accounts/rules'
import type { Asker } from '@/lib/accounts/types'
import { dayOf } from '@/lib/shared/day'
import { nextRunAt, switchedOn } from './hourly'
import { providerNamed, providers } from './registry'
import { PROVIDER_NAMES, type Provider, type ProviderName, type Terms } from './types'

/** A show counts as dated soon whose next season may begin within so many days. */
export const SOON_DAYS = 60
/** Answers in quarantine that are shown at once, of each provider. */
export const LISTED_MAX = 50

/** An answer that could not be used. */
export interface AsideLine {
  /** The show's id there, and its page. */
  id: string
  page: string
  reason: string
  /** Instants. */
  firstSeenAt: string
  seenAt: string
  /** Our show that bears the id; null where none does. */
  show: { slug: string; title: string } | null
}

/** The present run over a provider, or the last. */
export interface RunLine {
  /** Instants; `endedAt` is null while it runs, and where it was cut off. */
  startedAt: string
  endedAt: string | null
  asked: number
  left: number
  /** What ended it before its time; null where nothing did. */
  says: string | null
}

/** How far a provider has been read. */
interface Reading {
  /** Everything that changed there before this instant has been asked for; null until a run came to its end. */
  readUntil: string | null
  /** Shows here that bear an id of it, and those it was asked about. */
  known: number
  looked: number
  /** Of the known ones, those that somebody follows or that are dated soon; how many of them it was never asked about. */
  watched: number
  watchedUnread: number
  /** The longest ago that it last answered about one of the watched, an instant; null where it did about none. */
  oldestLookAt: string | null
  /** How many answers stand in quarantine. */
  setAside: number
}

/** How asking one provider goes. */
export interface ProviderOverview extends Reading {
  name: ProviderName
  title: string
  /** What it lacks before it can be asked, in a sentence; null where nothing. */
  lacks: string | null
  terms: Terms
  /** When the worker asks it next, an instant, by the settings of this process; null where it does not by itself. */
  nextRunAt: string | null
  /** Null where it was never asked. */
  run: RunLine | null
  /** The newest of what stands in quarantine; `next` goes on behind them, null where none follow. */
  aside: AsideLine[]
  next: AsideCursor | null
}

/** The picture for /studio/sources. */
export interface SourcesOverview {
  /** The instant it is of. */
  at: string
  providers: ProviderOverview[]
}

/** A place in a provider's quarantine: what lies behind it was seen before it. */
export interface AsideCursor {
  provider: ProviderName
  /** An instant, to the microsecond. */
  seenAt: string
  id: string
}

const cursorSchema = z
  .tuple([
    z.enum(PROVIDER_NAMES),
    z.iso.datetime({ precision: 6 }).refine((at) => at.startsWith('20')),
    z.string(),
  ])
  .refine(([provider, , id]) => providerNamed(provider)?.isId(id))

/** A place as an address has it. */
export const writeAsideCursor = ({ provider, seenAt, id }: AsideCursor): string =>
  `${provider}~${seenAt}~${id}`

/** Reads such a place; null for anything that was not written so. */
export function readAsideCursor(text: unknown): AsideCursor | null {
  const read = cursorSchema.safeParse(typeof text === 'string' ? text.split('~') : null)
  if (!read.success) return null
  const [provider, seenAt, id] = read.data
  return { provider, seenAt, id }
}

interface StandingRow extends Reading, Record<string, unknown> {
  name: ProviderName
  startedAt: string | null
  endedAt: string | null
  asked: number | null
  left: number | null
  says: string | null
}

const namesAndIds = (asked: readonly Provider[]) =>
  JSON.stringify(asked.map(({ name, ids: [namespace] }) => ({ name, namespace })))

async function standings(asked: readonly Provider[], now: Date): Promise<Map<string, StandingRow>> {
  const today = dayOf(now)
  const rows = await db().execute<StandingRow>(sql`
    with looked as (select provider, show_id, max(checked_at) as at from source_look group by provider, show_id),
    watched as (
      select show_id from show_state
      where next_status = 'dated' and next_earliest between ${today}::date and ${today}::date + ${SOON_DAYS}::int
      union select show_id from season where exists (select from follow where follow.season_id = season.id))
    select x.name, to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
      to_char(r.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endedAt", r.asked, r."left", r.says,
      to_char(r.read_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "readUntil",
      (select count(distinct show_id)::int from outside_id where namespace = x.namespace) as known,
      (select count(*)::int from looked where provider = x.name) as looked,
      w.watched, w.unread as "watchedUnread",
      to_char(w.oldest at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "oldestLookAt",
      (select count(*)::int from quarantine where provider = x.name) as "setAside"
    from json_to_recordset(${namesAndIds(asked)}::json) as x(name text, namespace text)
    left join sync_state r on r.provider = x.name
    cross join lateral (
      select count(*)::int as watched, count(*) filter (where l.at is null)::int as unread, min(l.at) as oldest
      from (select distinct o.show_id from outside_id o join watched on watched.show_id = o.show_id
        where o.namespace = x.namespace) k
      left join looked l on l.provider = x.name and l.show_id = k.show_id) w`)
  return new Map([...rows].map((row) => [row.name, row]))
}

interface AsideRow extends Omit<AsideLine, 'page'>, Record<string, unknown> {
  provider: ProviderName
  /** `seenAt` to the microsecond. */
  exactly: string
}

/** One more of each provider than is shown, to see whether others follow. */
async function newestAside(asked: readonly Provider[], before: AsideCursor | null): Promise<AsideRow[]> {
  const rows = await db().execute<AsideRow>(sql`
    select x.name as provider, q.outside_id as id, q.reason,
      to_char(q.first_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "firstSeenAt",
      to_char(q.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "seenAt",
      to_char(q.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exactly,
      case when s.id is not null then json_build_object('slug', s.slug, 'title', s.title) end as show
    from json_to_recordset(${namesAndIds(asked)}::json) as x(name text, namespace text)
    cross join lateral (
      select outside_id, reason, first_seen_at, seen_at from quarantine
      where provider = x.name and (${before?.seenAt ?? null}::timestamptz is null
        or (seen_at, outside_id) < (${before?.seenAt ?? null}::timestamptz, ${before?.id ?? null}::text))
      order by seen_at desc, outside_id desc limit ${LISTED_MAX + 1}::int) q
    left join outside_id o on o.namespace = x.namespace and o.value = q.outside_id
    left join show s on s.id = o.show_id
    order by x.name, q.seen_at desc, q.outside_id desc`)
  return [...rows]
}

/**
 * How asking providers goes, or one of them from a place in its quarantine on. Null for who is no operator. Two queries.
 */
export async function getSourcesOverview(
  asker: Asker,
  { before, now }: { before: AsideCursor | null; now: Date },
): Promise<SourcesOverview | null> {
  if (!mayOperate(asker)) return null
  const shown = providers.filter(({ name }) => before === null || name === before.provider)
  const [standing, aside] = await Promise.all([standings(shown, now), newestAside(shown, before)])
  const on = switchedOn()
  return {
    at: now.toISOString(),
    providers: shown.map((provider) => {
      const row = standing.get(provider.name)
      const own = aside.filter((line) => line.provider === provider.name)
      const last = own.length > LISTED_MAX ? own[LISTED_MAX - 1] : undefined
      return {
        name: provider.name,
        title: provider.title,
        lacks: provider.lacks(),
        terms: provider.terms,
        nextRunAt: on.includes(provider) ? nextRunAt(now).toISOString() : null,
        run: row?.startedAt
          ? {
              startedAt: row.startedAt,
              endedAt: row.endedAt,
              asked: row.asked ?? 0,
              left: row.left ?? 0,
              says: row.says,
            }
          : null,
        readUntil: row?.readUntil ?? null,
        known: row?.known ?? 0,
        looked: row?.looked ?? 0,
        watched: row?.watched ?? 0,
        watchedUnread: row?.watchedUnread ?? 0,
        oldestLookAt: row?.oldestLookAt ?? null,
        setAside: row?.setAside ?? 0,
        aside: own.slice(0, LISTED_MAX).map(({ id, reason, firstSeenAt, seenAt, show }) => ({
          id,
          page: provider.pageOf(id),
          reason,
          firstSeenAt,
          seenAt,
          show,
        })),
        next: last ? { provider: provider.name, seenAt: last.exactly, id: last.id } : null,
      }
    }),
  }
}
