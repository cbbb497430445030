import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { insertRows } from '@/db/rows'
import { mail } from '@/db/schema/outbox'
import { enqueue, type JobName, NOTHING } from '@/lib/shared/enqueue'
import type { Given } from '@/lib/shared/env'
import { letterSiteUrl } from '@/lib/shared/site'
import { sealBody } from './body'
import { mailServerUrl } from './rules'

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
  /** How long it waits before it leaves; 0 unless said. */
  delayMs?: number
}

/** The job that sends what the outbox holds. */
export const DELIVER_MAIL: JobName = { id: 'deliver-mail', payload: NOTHING }

/** True where mail leaves through SMTP; elsewhere it stays in the outbox and is read in the local mailbox. */
export function isMailSent(env: Given = process.env): boolean {
  return mailServerUrl(env) !== undefined
}

/**
 * Writes mails to the outbox, inside the caller's transaction where there is one, and wakes the worker.
 * Safe to repeat: the same `about` is one mail. What a mail says is sealed: links and tokens lie nowhere in clear.
 * @returns the mails' ids by what they are about, also of those that were there already
 */
export async function enqueueMails(letters: Letter[], now: Date = new Date()): Promise<Map<string, number>> {
  if (letters.length === 0) return new Map()
  const host = new URL(letterSiteUrl()).hostname.replace(/[[\]]/g, '')
  const messageId = ({ about }: Letter) => `<${about}@${host}>`
  const rows = letters.map((letter) => ({
    messageId: messageId(letter),
    recipient: letter.recipient,
    readerId: letter.readerId ?? null,
    subject: letter.subject,
    text: sealBody(messageId(letter), letter),
    html: '',
    headers: {},
    createdAt: now,
    nextAttemptAt: new Date(now.getTime() + (letter.delayMs ?? 0)),
  }))
  await insertRows(mail, rows, { known: 'left' })
  const ids = await db().execute<{ id: number; message_id: string }>(sql`
    select id, message_id from mail where message_id in (select value from json_array_elements_text(
      ${JSON.stringify(rows.map((row) => row.messageId))}::json))`)
  // What waits longer is found by the worker's clock, each minute.
  if (isMailSent() && letters.some(({ delayMs = 0 }) => delayMs === 0)) await enqueue(DELIVER_MAIL)
  const byMessage = new Map([...ids].map(({ id, message_id }) => [message_id, id]))
  return new Map(
    letters.flatMap((letter) => {
      const id = byMessage.get(messageId(letter))
      return id === undefined ? [] : [[letter.about, id] as const]
    }),
  )
}

/** One mail to the outbox; see `enqueueMails`. */
export async function enqueueMail(letter: Letter, now: Date = new Date()): Promise<void> {
  await enqueueMails([letter], now)
}
