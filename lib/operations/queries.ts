import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { isMailSent } from '@/lib/mail/outbox'
import { arePaused } from '@/lib/notices/queries'
import type { DatabaseFigures, Health } from './types'

const WORKER_AGE = sql`(select extract(epoch from now() - max(seen_at))::int from heartbeat where role = 'worker')`

/** Since when no worker was seen, in seconds by the database's clock; null where none ever was. */
export async function getWorkerAgeSeconds(): Promise<number | null> {
  const [row] = await db().execute<{ age: number | null }>(sql`select ${WORKER_AGE} as age`)
  return row?.age ?? null
}

/**
 * The mail that could leave and has waited longest past its time, in seconds, and whether mail is held on purpose. A
 * mail behind an earlier one to the same reader waits for that one, and one that was taken is on its way: neither is
 * stuck.
 */
export async function getOldestDueMail(now: Date): Promise<{ seconds: number | null; held: boolean }> {
  const at = sql`${now.toISOString()}::timestamptz`
  if (!isMailSent()) return { seconds: null, held: true }
  const [row] = await db().execute<{ seconds: number | null }>(sql`
    select extract(epoch from ${at} - min(m.next_attempt_at))::int as seconds from mail m
     where m.sent_at is null and m.parked_at is null and m.next_attempt_at <= ${at}
       and (m.leased_until is null or m.leased_until < ${at})
       and not exists (select from mail e where e.reader_id = m.reader_id and e.id < m.id
         and coalesce(e.sent_at, e.parked_at) is null)`)
  return { seconds: row?.seconds ?? null, held: await arePaused() }
}

/** How many jobs wait for a worker or are being done. */
export async function countJobs(): Promise<number> {
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from graphile_worker.jobs`)
  return row?.n ?? 0
}

/** What the database holds, as a sign of life. */
export async function countHoldings(): Promise<NonNullable<Health['holds']>> {
  const [row] = await db().execute<{
    shows: number
    seasons: number
    claims: number
    version: string | null
  }>(sql`
    select (select count(*)::int from show) as shows,
           (select count(*)::int from season where recorded) as seasons,
           (select count(*)::int from claim) as claims,
           (select value from setting where key = 'catalogue_version') as version`)
  return {
    shows: row?.shows ?? 0,
    seasons: row?.seasons ?? 0,
    claims: row?.claims ?? 0,
    catalogueVersion: row?.version ?? null,
  }
}

/** The figures of /metrics that only the database knows, in one statement. */
export async function getFigures(now: Date): Promise<DatabaseFigures> {
  const at = sql`${now.toISOString()}::timestamptz`
  const mailLeaves = isMailSent()
  const [row] = await db().execute<{
    queues: DatabaseFigures['queues']
    oldest: number
    age: number | null
    connections: DatabaseFigures['connections']
  }>(sql`
    select
      (select coalesce(json_agg(q), '[]') from (select task_identifier as queue, count(*)::int as depth
         from graphile_worker.jobs group by task_identifier order by task_identifier) q) as queues,
      greatest(0, extract(epoch from ${at} - least(
        (select min(due_at) from notice where state = 'due'),
        (select min(created_at) from mail where ${mailLeaves} and sent_at is null and parked_at is null))))::int as oldest,
      ${WORKER_AGE} as age,
      (select coalesce(json_agg(c), '[]') from (
        select application_name as role, coalesce(state, 'unknown') as state, count(*)::int as count
          from pg_stat_activity where datname = current_database() and usename = current_user
          group by 1, 2 order by 1, 2) c) as connections`)
  return {
    queues: row?.queues ?? [],
    oldestUnsentSeconds: row?.oldest ?? 0,
    workerAgeSeconds: row?.age ?? null,
    connections: row?.connections ?? [],
  }
}
