import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { siteUrl } from '@/lib/shared/site'

/** A mail to one person, ready to be written to the outbox. */
export interface Letter {
  /** Stable id of what this mail is about: the same id is never queued, and never sent, as two mails. */
  about: string
  /** One normalised address. */
  recipient: string
  subject: string
  text: string
  html: string
  headers?: Record<string, string>
}

/** Name of the worker's task that empties the outbox. */
export const DELIVER_MAIL = 'deliver-mail'

/** True where mail leaves through SMTP; elsewhere it stays in the outbox and is read in the local mailbox. */
export function isMailSent(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env.SMTP_URL || env.EMAIL_SERVER)
}

/**
 * Writes a mail to the outbox, inside the caller's transaction where there is one, and wakes the worker.
 * Safe to repeat: the same `about` is one mail.
 */
export async function enqueueMail(letter: Letter): Promise<void> {
  const host = new URL(siteUrl()).hostname.replace(/[[\]]/g, '')
  await db()
    .insert(mail)
    .values({
      messageId: `<${letter.about}@${host}>`,
      recipient: letter.recipient,
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      headers: letter.headers ?? {},
    })
    .onConflictDoNothing({ target: mail.messageId })
  if (isMailSent())
    await db().execute(sql`select graphile_worker.add_job(${DELIVER_MAIL}, job_key => ${DELIVER_MAIL})`)
}
