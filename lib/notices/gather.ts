import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { readerToken } from '@/db/schema/notice'
import { transaction } from '@/db/transaction'
import { tokenOf } from '@/lib/accounts/reader-tokens'
import { enqueueMails, type Letter } from '@/lib/mail/outbox'
import { hashToken, keyedHash } from '@/lib/shared/secrets'
import { letterSiteUrl } from '@/lib/shared/site'
import { type DueNotice, readDue } from './items'
import { noticeLetter } from './letter'

/** Readers whose mails are written in one transaction. */
const READERS_PER_BATCH = 200

/** Settles notices that are due and not sent after all, each with its reason. */
export async function skipNotices(skipped: { id: number; reason: string }[], now: Date): Promise<void> {
  if (skipped.length === 0) return
  await db().execute(sql`
    update notice set state = 'skipped', outcome = x.reason, settled_at = ${now.toISOString()}::timestamptz, leased_until = null
    from json_to_recordset(${JSON.stringify(skipped)}::json) as x(id int, reason text)
    where notice.id = x.id and notice.state = 'due'`)
}

/**
 * Writes the mails of notices whose hour has come: per reader one mail of everything that is due now. What is no
 * longer wanted or no longer true is settled instead, with its reason. Mail and notices change in one transaction.
 * @returns how many mails were written and how many notices skipped
 */
export async function gatherMail(now: Date): Promise<{ mails: number; skipped: number }> {
  const total = { mails: 0, skipped: 0 }
  for (;;) {
    const done = await transaction(() => gatherBatch(now), { idempotent: true })
    total.mails += done.mails
    total.skipped += done.skipped
    if (done.read === 0) return total
  }
}

async function gatherBatch(now: Date): Promise<{ read: number; mails: number; skipped: number }> {
  const at = sql`${now.toISOString()}::timestamptz`
  // The channel is the lock: two workers never write two mails to one reader of what belongs in one.
  const channels = await db().execute<{ id: number }>(sql`
    select c.id from channel c where c.kind = 'mail'
      and exists (select 1 from notice n where n.channel_id = c.id and n.state = 'due' and n.due_at <= ${at})
    order by c.id limit ${READERS_PER_BATCH} for no key update skip locked`)
  if (channels.length === 0) return { read: 0, mails: 0, skipped: 0 }
  const ids = [...channels].map(({ id }) => id)
  // Nobody takes back what is being written into a mail, and nothing just taken back is.
  const taken = await db().execute<{ id: number }>(sql`
    select id from notice where channel_id in ${idList(ids)} and state = 'due' and due_at <= ${at} order by id for update`)
  const due = await readDue(sql`n.id in ${idList([...taken].map(({ id }) => id))}`, now)
  const skipped = due.flatMap(({ id, skip }) => (skip ? [{ id, reason: skip }] : []))
  await skipNotices(skipped, now)
  const byChannel = new Map<number, DueNotice[]>()
  for (const one of due)
    if (!one.skip) byChannel.set(one.channel.id, [...(byChannel.get(one.channel.id) ?? []), one])
  const letters = [...byChannel.values()].map(letterOf)
  await rememberTokens(letters.flatMap(({ bearers }) => bearers))
  const mailIds = await enqueueMails(
    letters.map(({ letter }) => letter),
    now,
  )
  const into = letters.flatMap(({ letter, notices }) =>
    notices.map(({ id }) => ({ id, mail: mailIds.get(letter.about) })),
  )
  await db().execute(sql`
    update notice set state = 'gathered', mail_id = x.mail
    from json_to_recordset(${JSON.stringify(into)}::json) as x(id int, mail int) where notice.id = x.id`)
  return { read: due.length, mails: letters.length, skipped: skipped.length }
}

type Bearer = { readerId: string; seasonId: number | null }

function letterOf(notices: DueNotice[]): { letter: Letter; notices: DueNotice[]; bearers: Bearer[] } {
  const [first] = notices as [DueNotice]
  const bearers: Bearer[] = []
  const letter = noticeLetter({
    items: notices.map(({ item }) => item),
    recipient: first.channel.address,
    wishes: first.wishes,
    site: letterSiteUrl(),
    unsubscribeToken: (seasonId) => {
      const bearer = { readerId: first.readerId, seasonId }
      bearers.push(bearer)
      return tokenOf('unsubscribe', bearer, 0)
    },
    threadName: keyedHash('thread', first.readerId).slice(0, 16),
  })
  return { letter: { ...letter, readerId: first.readerId }, notices, bearers }
}

/** Unsubscribe links are never revoked: one generation, known by its hash. */
async function rememberTokens(bearers: Bearer[]): Promise<void> {
  const rows = bearers.map((bearer) => ({
    hash: hashToken(tokenOf('unsubscribe', bearer, 0)),
    readerId: bearer.readerId,
    purpose: 'unsubscribe' as const,
    seasonId: bearer.seasonId,
  }))
  await insertRows(readerToken, rows, { known: 'left' })
}
