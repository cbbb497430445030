import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { channel, notice, optIn } from '@/db/schema/notice'
import { mail } from '@/db/schema/outbox'
import { transaction } from '@/db/transaction'
import { normaliseAddress } from '@/lib/accounts/rules'
import { isMarkOf } from '@/lib/mail/mark'
import { cleanWords } from '@/lib/mail/refusal-words'
import { type MailReport, type RecipientStatus, readReport } from './bounce'
import { withdrawNotices } from './correct'

/** What a report led to; `unknown`: nothing, for it is not about a mail of ours that we still know. */
export type BounceOutcome = 'permanent' | 'transient' | 'complaint' | 'unknown'

const COMPLAINED = 'A mail from here was reported as spam, so mail is turned off.'

type Known = Pick<typeof mail.$inferSelect, 'id' | 'messageId' | 'recipient'>

/**
 * Takes a delivery status notification or a complaint as a mail server hands it on.
 * A permanent failure suspends mail to the address, as a refusal while sending does; its reader sees why in settings.
 * A transient one is counted. A complaint turns mail off, all but what is asked for (sign-in mails), and what is
 * queued does not leave. What cannot show the mark of a mail we sent within the last 7 days changes nothing.
 * Safe to repeat (a repeated transient one counts again). Never throws at what is in the report.
 */
export async function takeReport(bytes: Uint8Array, now: Date): Promise<BounceOutcome> {
  const report = await readReport(bytes)
  const letter = report && (await letterOf(report))
  if (!report || !letter) return 'unknown'
  if (report.complaint !== null) return report.complaint === 'abuse' ? complain(letter, now) : 'unknown'
  const fates = report.recipients.filter(({ address }) => normaliseAddress(address) === letter.recipient)
  const failed = fates.find(({ fate }) => fate === 'permanent')
  if (failed) return suspend(letter, failed, now)
  return fates.some(({ fate }) => fate === 'transient') ? countTransient(letter) : 'unknown'
}

/** The mail a report is about, where it shows that whoever wrote it had it in hand. */
async function letterOf({ messageId, mark }: MailReport): Promise<Known | null> {
  if (!messageId || !mark) return null
  const [letter] = await db()
    .select({ id: mail.id, messageId: mail.messageId, recipient: mail.recipient })
    .from(mail)
    .where(eq(mail.messageId, messageId))
  return letter && isMarkOf(mark, letter) ? letter : null
}

const mailTo = ({ recipient }: Known) => and(eq(channel.kind, 'mail'), eq(channel.address, recipient))

async function suspend(letter: Known, { status, said }: RecipientStatus, now: Date): Promise<BounceOutcome> {
  const words = cleanWords(`${status} ${said || 'The mail came back.'}`, letter.recipient)
  await transaction(
    async () => {
      await db()
        .update(channel)
        .set({
          lastRefusedAt: now,
          lastRefusal: words,
          suspendedAt: sql`coalesce(${channel.suspendedAt}, ${now.toISOString()}::timestamptz)`,
        })
        .where(mailTo(letter))
      await db().update(notice).set({ outcome: words }).where(eq(notice.mailId, letter.id))
    },
    { idempotent: true },
  )
  return 'permanent'
}

async function countTransient(letter: Known): Promise<BounceOutcome> {
  await db()
    .update(channel)
    .set({ softBounces: sql`${channel.softBounces} + 1` })
    .where(mailTo(letter))
  return 'transient'
}

async function complain(letter: Known, now: Date): Promise<BounceOutcome> {
  await transaction(
    async () => {
      const off = await db()
        .update(channel)
        .set({ enabled: false, lastRefusedAt: now, lastRefusal: COMPLAINED })
        .where(mailTo(letter))
        .returning({ id: channel.id })
      const queued = await db().execute<{ id: number }>(sql`
        select id from notice where state in ('due', 'gathered') and channel_id in ${idList(off.map(({ id }) => id))}`)
      await withdrawNotices(
        [...queued].map(({ id }) => id),
        'reported as spam',
        now,
      )
      // A confirmation that waits for a yes has got its no.
      await db()
        .delete(optIn)
        .where(and(eq(optIn.email, letter.recipient), isNull(optIn.confirmedAt)))
    },
    { idempotent: true },
  )
  return 'complaint'
}
