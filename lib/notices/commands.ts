import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { channel, optIn } from '@/db/schema/notice'
import { setting } from '@/db/schema/setting'
import { CHANNEL_KINDS } from '@/db/schema/words'
import { transaction } from '@/db/transaction'
import { bearerOf, type TokenBearer } from '@/lib/accounts/reader-tokens'
import { mayOperate } from '@/lib/accounts/rules'
import type { Asker } from '@/lib/accounts/types'
import { withdrawNotices } from './correct'
import { PAUSE_SETTING } from './queries'

/**
 * Ends mail by an unsubscribe link: about the season it names, or all of it. What is queued is not sent any more.
 * Needs no session, tells nothing about the reader, and is safe to repeat.
 * @returns what the link is about, null for a link that is none
 */
export async function unsubscribe(
  token: string,
  { everything, now }: { everything: boolean; now: Date },
): Promise<TokenBearer | null> {
  const bearer = await bearerOf('unsubscribe', token)
  if (!bearer) return null
  await transaction(
    async () => {
      const all = everything || bearer.seasonId === null
      if (all)
        await db()
          .update(channel)
          .set({ enabled: false })
          .where(and(eq(channel.readerId, bearer.readerId), eq(channel.kind, 'mail')))
      else
        await db().execute(sql`
          update follow set channels = array_remove(coalesce(channels, ${sql.param([...CHANNEL_KINDS])}::text[]), 'mail')
          where reader_id = ${bearer.readerId} and season_id = ${bearer.seasonId}`)
      const queued = await db().execute<{ id: number }>(sql`
        select n.id from notice n join channel c on c.id = n.channel_id
          join season s on s.id = n.season_id
        where n.reader_id = ${bearer.readerId} and c.kind = 'mail' and n.state in ('due', 'gathered')
          and (${all} or s.show_id = (select show_id from season where id = ${bearer.seasonId}::int))`)
      await withdrawNotices(
        [...queued].map(({ id }) => id),
        'unsubscribed',
        now,
      )
    },
    { idempotent: true },
  )
  return bearer
}

/** Undoes `unsubscribe` by the same link. */
export async function resubscribe(token: string): Promise<TokenBearer | null> {
  const bearer = await bearerOf('unsubscribe', token)
  if (!bearer) return null
  await transaction(
    async () => {
      await db()
        .update(channel)
        .set({ enabled: true })
        .where(and(eq(channel.readerId, bearer.readerId), eq(channel.kind, 'mail')))
      if (bearer.seasonId !== null)
        await db().execute(sql`
          update follow set channels = case when channels @> '{mail}' then channels else array_append(channels, 'mail') end
          where reader_id = ${bearer.readerId} and season_id = ${bearer.seasonId} and channels is not null`)
    },
    { idempotent: true },
  )
  return bearer
}

/**
 * Stops or resumes all telling, at once and in every process: an operator's emergency brake. Nothing is lost by it.
 * @returns false for who is no operator; then nothing was changed
 */
export async function pauseNotices(asker: Asker, paused: boolean): Promise<boolean> {
  if (!mayOperate(asker)) return false
  await db()
    .insert(setting)
    .values({ key: PAUSE_SETTING, value: String(paused) })
    .onConflictDoUpdate({ target: setting.key, set: { value: String(paused), changedAt: sql`now()` } })
  return true
}

/** Puts parked notices, and their mails, back in line. @returns how many notices; null for who is no operator */
export async function retryParked(asker: Asker, now: Date): Promise<number | null> {
  if (!mayOperate(asker)) return null
  return transaction(async () => {
    const at = sql`${now.toISOString()}::timestamptz`
    await db().execute(sql`
      update mail set parked_at = null, attempts = 0, next_attempt_at = ${at}, created_at = ${at} where parked_at is not null
        and id in (select mail_id from notice where state = 'parked')`)
    await db().execute(sql`
      update channel set suspended_at = null where id in (select channel_id from notice where state = 'parked')`)
    const back = await db().execute(sql`
      update notice set state = case when mail_id is null then 'due' else 'gathered' end, attempts = 0, settled_at = null,
        due_at = least(due_at, ${at}) where state = 'parked' returning id`)
    return back.length
  })
}

const NOTICES_KEPT_MS = 396 * 86_400_000
const OPT_INS_KEPT_MS = 30 * 86_400_000
/** The address may be anybody's until its owner says yes; its link works for two days. */
const UNCONFIRMED_KEPT_MS = 7 * 86_400_000
const OUTBOX_KEPT_MS = 30 * 86_400_000

/**
 * Removes what has had its time: settled notices after 13 months, wishes to follow nobody confirmed after 7 days, those
 * confirmed and done outbox rows after 30.
 */
export async function forgetNotices(now: Date): Promise<void> {
  const before = (ms: number) => sql`${new Date(now.getTime() - ms).toISOString()}::timestamptz`
  await db().execute(sql`delete from notice where settled_at < ${before(NOTICES_KEPT_MS)}`)
  await db().execute(sql`delete from outbox where processed_at < ${before(OUTBOX_KEPT_MS)}`)
  await db()
    .delete(optIn)
    .where(
      sql`${optIn.createdAt} < ${before(OPT_INS_KEPT_MS)}
        or (${optIn.confirmedAt} is null and ${optIn.createdAt} < ${before(UNCONFIRMED_KEPT_MS)})`,
    )
}
