import 'server-only'
import { desc, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import type { MailboxLetter } from './types'

const MAILBOX_MAX = 50

/** The latest mails that wait in the outbox, newest first. Only for the local mailbox (mailbox.ts says when). */
export async function listMailbox(): Promise<MailboxLetter[]> {
  const rows = await db()
    .select()
    .from(mail)
    .where(isNull(mail.sentAt))
    .orderBy(desc(mail.id))
    .limit(MAILBOX_MAX)
  return rows.map(({ id, recipient, subject, text, createdAt }) => ({
    id,
    recipient,
    subject,
    text,
    queuedAt: createdAt.toISOString(),
  }))
}
