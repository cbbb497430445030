import 'server-only'
import { desc, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { openMail } from './body'
import type { MailboxLetter } from './types'

const MAILBOX_MAX = 50

/** Writes down that mails have reached whoever they were for, and with them what they told. Safe to repeat. */
export async function noteSent(ids: number[], at: Date): Promise<void> {
  if (ids.length === 0) return
  const time = sql`${at.toISOString()}::timestamptz`
  const which = sql`${sql.param(ids)}::int[]`
  await db().execute(sql`
    with done as (update mail set sent_at = ${time}, leased_until = null, last_error = null
        where id = any(${which}) and sent_at is null),
      told as (update notice set state = 'sent', settled_at = ${time}, outcome = null
        where mail_id = any(${which}) and state = 'gathered' returning channel_id)
    update channel set last_delivered_at = ${time} where id in (select channel_id from told)`)
}

/**
 * The latest mails, newest first, for the local mailbox (mailbox.ts says when there is one). Whoever reads them there has
 * got them: they are sent from then on, stay as they were read, and what was wrong in them is corrected by another mail.
 */
export async function readMailbox(now: Date): Promise<MailboxLetter[]> {
  const rows = await db().select().from(mail).orderBy(desc(mail.id)).limit(MAILBOX_MAX)
  const letters = rows.map((row) => ({ row, text: openMail(row)?.text }))
  const read = letters.filter(({ row, text }) => row.sentAt === null && text !== undefined)
  await noteSent(
    read.map(({ row }) => row.id),
    now,
  )
  return letters.map(({ row: { id, recipient, subject, createdAt }, text }) => ({
    id,
    recipient,
    subject,
    queuedAt: createdAt.toISOString(),
    text: text ?? 'This mail was sealed under an earlier AUTH_SECRET and cannot be opened.',
  }))
}
