import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
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
  /** Whose notices it carries, where it carries some. */
  readerId?: string
}

/** Name of the worker's task that empties the outbox. */
export const DELIVER_MAIL = 'deliver-mail'

/** True where mail leaves through SMTP; elsewhere it stays in the outbox and is read in the local mailbox. */
export function isMailSent(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env.SMTP_URL || env.EMAIL_SERVER)
}

/**
 * Writes mails to the outbox, inside the caller's transaction where there is one, and wakes the worker.
 * Safe to repeat: the same `about` is one mail.
 * @returns the mails' ids by what they are about, also of those that were there already
 */
export async function enqueueMails(letters: Letter[], now: Date = new Date()): Promise<Map<string, number>> {
  if (letters.length === 0) return new Map()
  const host = new URL(siteUrl()).hostname.replace(/[[\]]/g, '')
  const messageId = ({ about }: Letter) => `<${about}@${host}>`
  const rows = letters.map((letter) => ({
    ...{ message_id: messageId(letter), recipient: letter.recipient, reader_id: letter.readerId ?? null },
    ...{ subject: letter.subject, text: letter.text, html: letter.html, headers: letter.headers ?? {} },
  }))
  const at = now.toISOString()
  await db().execute(sql`
    insert into mail (message_id, recipient, reader_id, subject, text, html, headers, created_at, next_attempt_at)
    select x.message_id, x.recipient, x.reader_id, x.subject, x.text, x.html, x.headers, ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as x(message_id text, recipient text, reader_id uuid, subject text, text text, html text, headers jsonb)
    on conflict do nothing`)
  const ids = await db().execute<{ id: number; message_id: string }>(sql`
    select id, message_id from mail where message_id in (select value from json_array_elements_text(
      ${JSON.stringify(rows.map((row) => row.message_id))}::json))`)
  if (isMailSent())
    await db().execute(sql`select graphile_worker.add_job(${DELIVER_MAIL}, job_key => ${DELIVER_MAIL})`)
  const byMessage = new Map([...ids].map(({ id, message_id }) => [message_id, id]))
  return new Map(
    letters.flatMap((letter) => {
      const id = byMessage.get(messageId(letter))
      return id === undefined ? [] : [[letter.about, id] as const]
    }),
  )
}

/** One mail to the outbox; see `enqueueMails`. */
export async function enqueueMail(letter: Letter): Promise<void> {
  await enqueueMails([letter])
}

/**
 * Makes sure that a reader with an address has it as a channel. Called wherever somebody begins to follow; a channel
 * they have turned off stays off.
 */
export async function ensureMailChannel(readerId: string): Promise<void> {
  await db().execute(sql`
    insert into channel (reader_id, kind, address)
    select id, 'mail', email from reader where id = ${readerId} and email is not null
    on conflict do nothing`)
}
