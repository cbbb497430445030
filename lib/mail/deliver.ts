import 'server-only'
import { sql } from 'drizzle-orm'
import { createTransport, type Transporter } from 'nodemailer'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { fromEnv, type Given } from '@/lib/shared/env'
import { log } from '@/lib/shared/log'
import { siteUrl } from '@/lib/shared/site'
import { openMail } from './body'
import { drain } from './drain'
import { MARK_HEADER, markOf } from './mark'
import { refusalWords } from './refusal-words'
import {
  afterFailure,
  isDeadAddress,
  isUnreached,
  LEASE_MS,
  mailServerUrl,
  needsTls,
  SEND_TIMEOUT_MS,
  senderSet,
} from './rules'
import { noteSent } from './sent'

/** A mail as the sender gets it, its body opened. */
export type DueMail = typeof mail.$inferSelect

/** Sends one mail, or throws; nodemailer's transport in production, a recorder in tests. */
export type Send = (letter: DueMail) => Promise<void>

const UNREADABLE = 'sealed under another AUTH_SECRET: say the earlier one in AUTH_SECRET_OLD'

/** Connections to the mail server, and mails on their way at a time. */
export const SMTP_CONNECTIONS = 4
/** So many failures to reach the server in a row end a run; the next one begins within a minute. */
const UNREACHED_IN_A_ROW_MAX = 8

/**
 * A sender over SMTP, at most four connections at a time. Recipient and sender are address objects, so no text is
 * ever parsed into a second recipient; files and addresses on the web are never read into a mail. `smtp://` to another
 * machine means STARTTLS (RFC 3207) or no mail: who strips it on the way reads no sign-in link. SMTP_TLS=optional
 * gives that up.
 */
export function smtpSender(env: Given = process.env): { send: Send; close: () => void } {
  const url = mailServerUrl(env)
  const transport: Transporter = createTransport({
    url,
    requireTLS: needsTls(url ?? '', fromEnv('SMTP_TLS', env)),
    pool: true,
    maxConnections: SMTP_CONNECTIONS,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])
  const host = new URL(siteUrl(env)).hostname
  const from = { name: 'Greenlit', address: senderSet(env) ?? `greenlit@${host}` }
  return {
    close: () => transport.close(),
    send: async (letter) => {
      await transport.sendMail({
        from,
        to: [{ name: '', address: letter.recipient }],
        envelope: { from: from.address, to: [letter.recipient] },
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        messageId: letter.messageId,
        headers: { 'Auto-Submitted': 'auto-generated', [MARK_HEADER]: markOf(letter), ...letter.headers },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
  }
}

/**
 * Takes one due mail for this process: a lease, so that a killed process only delays it. Sign-in mails go first. What
 * is told to one reader leaves in the order it was written: "Renewed" after "Cancelled" is other news than before it.
 * (The coalesce keeps a planner without statistics off the index of all open mail, so it looks at one reader's.)
 */
async function lease(now: Date): Promise<DueMail | undefined> {
  const at = sql.param(now, mail.createdAt)
  const [due] = await db()
    .update(mail)
    .set({ leasedUntil: new Date(now.getTime() + LEASE_MS), attempts: sql`${mail.attempts} + 1` })
    .where(
      sql`${mail.id} = (
        select m.id from mail m
         where m.sent_at is null and m.parked_at is null and m.next_attempt_at <= ${at}
           and (m.leased_until is null or m.leased_until < ${at})
           and not exists (select from mail e where e.reader_id = m.reader_id and e.id < m.id
             and coalesce(e.sent_at, e.parked_at) is null)
         order by (m.reader_id is not null), m.next_attempt_at limit 1 for update skip locked)`,
    )
    .returning()
  return due
}

/**
 * Sends what is due: lease, commit, send with the mail's own Message-ID, write down the outcome, for the mail and for
 * the notices in it. A refusal is tried again with growing pauses and parked after eight attempts, or at once when
 * it is final. No mail is lost. One may be doubled only when the process dies between the server's yes and our note
 * of it, at most one for each open connection (four a process), and then both carry the same Message-ID.
 * @returns how many were sent, put off and parked
 */
export async function deliverMail(
  send: Send,
  now: () => Date = () => new Date(),
): Promise<{ sent: number; later: number; parked: number }> {
  let unreached = 0
  return drain('Sending mail', {
    atATime: SMTP_CONNECTIONS,
    lease: async () => (unreached < UNREACHED_IN_A_ROW_MAX ? lease(now()) : undefined),
    async leave(due) {
      const letter = openMail(due)
      if (!letter) {
        log.error('mail-unreadable', { id: due.id })
        return failed(due, new Error(UNREADABLE), now())
      }
      try {
        await within(SEND_TIMEOUT_MS, send(letter))
      } catch (error) {
        unreached = isUnreached(error) ? unreached + 1 : 0
        return failed(letter, error, now())
      }
      unreached = 0
      await noteSent([letter.id], now())
      return 'sent'
    },
  })
}

/** Rejects when `work` takes longer; what it does after that is not waited for. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Notes a failure. */
async function failed(letter: DueMail, error: unknown, at: Date): Promise<'later' | 'parked'> {
  const ageMs = at.getTime() - letter.createdAt.getTime()
  const next = afterFailure(error, { attempts: letter.attempts, ageMs })
  const words = refusalWords(error, letter.recipient)
  const time = sql`${at.toISOString()}::timestamptz`
  const retryAt = new Date(at.getTime() + (next.parked ? 0 : next.retryMs)).toISOString()
  await db().execute(sql`
    with late as (update mail set leased_until = null, next_attempt_at = ${retryAt}::timestamptz,
        parked_at = case when ${next.parked} then ${time} end, last_error = ${words} where id = ${letter.id}),
      parked as (update notice set state = case when ${next.parked} then 'parked' else state end, outcome = ${words},
          settled_at = case when ${next.parked} then ${time} end, attempts = greatest(attempts, ${letter.attempts})
        where mail_id = ${letter.id} and state = 'gathered' returning channel_id)
    update channel set last_refused_at = ${time}, last_refusal = ${words},
      suspended_at = case when ${isDeadAddress(error)} then ${time} else suspended_at end
    where id in (select channel_id from parked)`)
  return next.parked ? 'parked' : 'later'
}

/** How long a mail is kept once it has left or was given up, and one that belongs to nobody's notices in any case. */
export const MAIL_KEPT_MS = 7 * 86_400_000

/**
 * Removes mails that were sent or given up before `before`, and unsent ones nobody waits for any more; of a notice
 * that was refused its row says why, and an operator's `notices --retry` writes its mail anew. What is left of an
 * earlier time (sent, with a notice that is still open) loses its body.
 */
export async function forgetMail(before: Date): Promise<void> {
  const at = sql`${before.toISOString()}::timestamptz`
  await db().execute(sql`
    delete from mail m where (m.sent_at < ${at} or m.parked_at < ${at})
      and not exists (select from notice n where n.mail_id = m.id and n.state in ('due', 'gathered'))`)
  await db().execute(sql`
    update mail set text = '', html = '', headers = '{}' where (sent_at < ${at} or parked_at < ${at}) and text <> ''`)
  // What carries a reader's notices waits for a server that comes back.
  await db().execute(sql`delete from mail where sent_at is null and reader_id is null and created_at < ${at}`)
}
