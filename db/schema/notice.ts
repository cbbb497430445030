import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { reader } from './account'
import { correction, event } from './claim'
import { mail } from './outbox'
import { season } from './show'
import type { Cadence, ChannelKind, NoticeKind, NoticeState, TokenPurpose, Want } from './words'

/** What a reader wants unless a follow says otherwise; a reader without a row has the defaults of these columns. */
export const preference = pgTable(
  'preference',
  {
    readerId: uuid('reader_id')
      .primaryKey()
      .references(() => reader.id, { onDelete: 'cascade' }),
    /** IANA name; every hour below is an hour there. */
    timeZone: text('time_zone').notNull().default('UTC'),
    wants: text().array().$type<Want[]>().notNull().default(sql`'{decision,dates,premiere}'::text[]`),
    /** Days before a premiere at which it is told; 0 is on the day. */
    leadDays: smallint('lead_days').notNull().default(0),
    cadence: text().$type<Cadence>().notNull().default('now'),
    digestHour: smallint('digest_hour').notNull().default(8),
    /** ISO weekday of a weekly digest, 1 is Monday. */
    digestWeekday: smallint('digest_weekday').notNull().default(1),
    /** Nothing is sent from this hour up to `quietTo`; null for no quiet hours. */
    quietFrom: smallint('quiet_from'),
    quietTo: smallint('quiet_to'),
    /** Subjects name the show and say only that something changed. */
    spoilerSafe: boolean('spoiler_safe').notNull().default(true),
  },
  (t) => [
    check('preference_lead', sql`${t.leadDays} between 0 and 30`),
    check('preference_digest', sql`${t.digestHour} between 0 and 23 and ${t.digestWeekday} between 1 and 7`),
    check(
      'preference_quiet',
      sql`(${t.quietFrom} is null) = (${t.quietTo} is null) and coalesce(${t.quietFrom}, 0) between 0 and 23 and coalesce(${t.quietTo}, 0) between 0 and 23`,
    ),
  ],
)

/** A way to reach a reader: one mail address, browsers with push, webhooks. */
export const channel = pgTable(
  'channel',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    kind: text().$type<ChannelKind>().notNull(),
    /** The mail address, the push service's endpoint, or the webhook's URL. */
    address: text().notNull(),
    /** What its kind keeps beside the address, as its file in lib/notices/channels says; mail: null. */
    keys: jsonb().$type<Record<string, string>>(),
    /** How its owner tells it from the others: a browser, a host. */
    label: text(),
    enabled: boolean().notNull().default(true),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastDeliveredAt: timestamp('last_delivered_at', { withTimezone: true }),
    lastRefusedAt: timestamp('last_refused_at', { withTimezone: true }),
    lastRefusal: text('last_refusal'),
    /** When it came to this reader with a basket, turned off; null once its reader has turned it on. */
    broughtAt: timestamp('brought_at', { withTimezone: true }),
    /** Mails that came back as undelivered for now (RFC 3464, status 4.x.x); counted, nothing else. */
    softBounces: integer('soft_bounces').notNull().default(0),
    /** Since when nothing is sent because the other side refused for good; null while it works. */
    suspendedAt: timestamp('suspended_at', { withTimezone: true }),
  },
  (t) => [unique('channel_once').on(t.readerId, t.kind, t.address)],
)

/** One event (or premiere, or correction) for one reader on one channel. Unique, so nobody is told twice. */
export const notice = pgTable(
  'notice',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    channelId: integer('channel_id')
      .notNull()
      .references(() => channel.id, { onDelete: 'cascade' }),
    /** What it tells of: `event:12`, `premiere:34:2027-03-14`, `correction:5`. */
    about: text().notNull(),
    kind: text().$type<NoticeKind>().notNull(),
    seasonId: integer('season_id')
      .notNull()
      .references(() => season.id),
    eventId: integer('event_id').references(() => event.id),
    correctionId: integer('correction_id').references(() => correction.id),
    state: text().$type<NoticeState>().notNull().default('due'),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    leasedUntil: timestamp('leased_until', { withTimezone: true }),
    attempts: integer().notNull().default(0),
    /** The mail it went into; several notices in one mail are a digest. */
    mailId: integer('mail_id').references(() => mail.id, { onDelete: 'set null' }),
    settledAt: timestamp('settled_at', { withTimezone: true }),
    /** Why it was skipped or refused, in words. */
    outcome: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    unique('notice_once').on(t.readerId, t.about, t.channelId),
    index('notice_due').on(t.dueAt, t.id).where(sql`state = 'due'`),
    index('notice_mail').on(t.mailId),
    index('notice_event').on(t.eventId),
    index('notice_season').on(t.seasonId),
    index('notice_channel').on(t.channelId),
  ],
)

/**
 * A link that acts for a reader without a session. Only the hash is kept; the token itself is derived from the
 * installation's secret, so its owner can be shown it again. Bound to one purpose, ended by `revokedAt`.
 */
export const readerToken = pgTable(
  'reader_token',
  {
    hash: text().primaryKey(),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    purpose: text().$type<TokenPurpose>().notNull(),
    /** What an unsubscribe link ends; null for everything. */
    seasonId: integer('season_id').references(() => season.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (t) => [index('reader_token_reader').on(t.readerId, t.purpose)],
)

/** A wish to be told by mail without an account, waiting for the address's owner to say yes. */
export const optIn = pgTable(
  'opt_in',
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    seasonIds: integer('season_ids').array().notNull(),
    /** The name of a show that is not here, to be told when it is; null for a wish to follow seasons. */
    wanted: text(),
    timeZone: text('time_zone').notNull().default('UTC'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
  },
  (t) => [index('opt_in_email').on(t.email)],
)
