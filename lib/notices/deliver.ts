import 'server-only'
import { and, eq, lt, sql } from 'drizzle-orm'
import { createTransport, type Transporter } from 'nodemailer'
import { db } from '@/db/client'
import { mail } from '@/db/schema/outbox'
import { refuseInTransaction } from '@/db/transaction'
import { siteUrl } from '@/lib/shared/site'
import { ATTEMPTS_MAX, isFinalRefusal, LEASE_MS, retryDelayMs } from './rules'

/** A mail as the sender gets it. */
export type DueMail = typeof mail.$inferSelect

/** Sends one mail, or throws; nodemailer's transport in production, a recorder in tests. */
export type Send = (letter: DueMail) => Promise<void>

const BATCH = 20

/**
 * A sender over SMTP. Recipient and sender are address objects, so no text is ever parsed into a second
 * recipient; files and addresses on the web are never read into a mail.
 */
export function smtpSender(env: NodeJS.ProcessEnv = process.env): { send: Send; close: () => void } {
  const transport: Transporter = createTransport(env.SMTP_URL || env.EMAIL_SERVER, {
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = new URL(siteUrl(env)).hostname
  const from = { name: 'Greenlit', address: env.MAIL_FROM || env.EMAIL_FROM || `greenlit@${host}` }
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
        headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
  }
}

/** Takes up to a batch of due mails for this process: a lease, so that a killed process only delays them. */
async function lease(now: Date): Promise<DueMail[]> {
  const at = sql.param(now, mail.createdAt)
  return db()
    .update(mail)
    .set({ leasedUntil: new Date(now.getTime() + LEASE_MS), attempts: sql`${mail.attempts} + 1` })
    .where(
      sql`${mail.id} in (
        select m.id from mail m
         where m.sent_at is null and m.parked_at is null and m.next_attempt_at <= ${at}
           and (m.leased_until is null or m.leased_until < ${at})
         order by m.id limit ${BATCH} for update skip locked)`,
    )
    .returning()
}

/**
 * Sends what is due: lease, commit, send with the mail's own Message-ID, write down the outcome. A refusal is
 * tried again with growing pauses and parked after eight attempts, or at once when it is final. No mail is
 * lost; one may be doubled only when the process dies between the server's yes and our note of it, and then
 * both carry the same Message-ID.
 * @returns how many were sent, put off and parked
 */
export async function deliverMail(
  send: Send,
  now: () => Date = () => new Date(),
): Promise<{ sent: number; later: number; parked: number }> {
  refuseInTransaction('Sending mail')
  const outcome = { sent: 0, later: 0, parked: 0 }
  for (;;) {
    const due = await lease(now())
    if (due.length === 0) return outcome
    for (const letter of due) {
      try {
        await send(letter)
      } catch (error) {
        const parked = letter.attempts >= ATTEMPTS_MAX || isFinalRefusal(error)
        await db()
          .update(mail)
          .set({
            leasedUntil: null,
            nextAttemptAt: new Date(now().getTime() + retryDelayMs(letter.attempts)),
            parkedAt: parked ? now() : null,
            lastError: refusalWords(error, letter.recipient),
          })
          .where(eq(mail.id, letter.id))
        outcome[parked ? 'parked' : 'later']++
        continue
      }
      await db()
        .update(mail)
        .set({ sentAt: now(), leasedUntil: null, lastError: null })
        .where(eq(mail.id, letter.id))
      outcome.sent++
    }
  }
}

/** What a server answered, short and without the address, for whoever looks at parked mail. */
function refusalWords(error: unknown, recipient: string): string {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string }
  return `${responseCode ?? code ?? 'error'} ${message ?? ''}`
    .replaceAll(recipient, '(recipient)')
    .slice(0, 300)
}

/** Blanks the bodies of mails sent long ago and removes unsent ones nobody waits for any more. */
export async function forgetMail(before: Date): Promise<void> {
  await db()
    .update(mail)
    .set({ text: '', html: '' })
    .where(and(lt(mail.sentAt, before), sql`${mail.text} <> ''`))
  await db()
    .delete(mail)
    .where(and(sql`${mail.sentAt} is null`, lt(mail.createdAt, before)))
}
