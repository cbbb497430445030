import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { reader } from './account'

/** What must still happen because of something that has: written in the same transaction as its cause. */
export const outbox = pgTable(
  'outbox',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    topic: text().notNull(),
    payload: jsonb().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    processedAt: timestamp('processed_at', { withTimezone: true }),
  },
  (t) => [index('outbox_open').on(t.processedAt, t.id)],
)

/**
 * A mail to one person. Without SMTP it stays here and is read in the local mailbox. Rows go 7 days after they were
 * sent or given up, unsent ones that are nobody's notices 7 days after they were written.
 */
export const mail = pgTable(
  'mail',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    messageId: text('message_id').notNull().unique(),
    recipient: text().notNull(),
    /** Whose notices it carries; null for sign-in and confirmation mails, which belong to an address. */
    readerId: uuid('reader_id').references(() => reader.id, { onDelete: 'cascade' }),
    subject: text().notNull(),
    /** Text, HTML and headers, sealed (lib/mail/body.ts); in rows of earlier releases the text in clear. */
    text: text().notNull(),
    /** Empty, and so are the headers, but in rows of earlier releases. */
    html: text().notNull(),
    headers: jsonb().$type<Record<string, string>>().notNull().default({}),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    leasedUntil: timestamp('leased_until', { withTimezone: true }),
    attempts: integer().notNull().default(0),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
    sentAt: timestamp('sent_at', { withTimezone: true }),
    parkedAt: timestamp('parked_at', { withTimezone: true }),
    lastError: text('last_error'),
  },
  (t) => [
    // Who waits to sign in is not kept waiting by twenty thousand notices.
    index('mail_open')
      .on(sql`(${t.readerId} is not null)`, t.nextAttemptAt)
      .where(sql`sent_at is null and parked_at is null`),
    index('mail_reader').on(t.readerId),
  ],
)
