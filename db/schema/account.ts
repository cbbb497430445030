import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

/**
 * Whoever follows: a reader with an address (an account, signed in or not), or a basket without one, kept by a secret in
 * one browser until its owner signs in or gives an address. The columns are the ones next-auth's adapter expects.
 */
export const reader = pgTable('reader', {
  id: uuid().primaryKey().defaultRandom(),
  name: text(),
  email: text().unique(),
  emailVerified: timestamp('email_verified', { mode: 'date', withTimezone: true }),
  image: text(),
  role: text().$type<'reader' | 'editor' | 'operator'>().notNull().default('reader'),
  suspended: boolean().notNull().default(false),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  lastLookedAt: timestamp('last_looked_at', { withTimezone: true }),
})

export const account = pgTable(
  'account',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    provider: text().notNull(),
    providerAccountId: text('provider_account_id').notNull(),
    refresh_token: text(),
    access_token: text(),
    expires_at: integer(),
    token_type: text(),
    scope: text(),
    id_token: text(),
    session_state: text(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.providerAccountId] }), index('account_user').on(t.userId)],
)

export const session = pgTable(
  'session',
  {
    sessionToken: text('session_token').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    expires: timestamp({ mode: 'date', withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull().defaultNow(),
    /** Browser and system in words, for the list of sessions; no address. */
    device: text(),
  },
  (t) => [index('session_user').on(t.userId)],
)

/** next-auth's own token table; our mail-link flow keeps its tokens in sign_in_request. */
export const verificationToken = pgTable(
  'verification_token',
  {
    identifier: text().notNull(),
    token: text().notNull(),
    expires: timestamp({ mode: 'date', withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.identifier, t.token] })],
)

export const authenticator = pgTable(
  'authenticator',
  {
    credentialID: text('credential_id').notNull().unique(),
    userId: uuid('user_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    providerAccountId: text('provider_account_id').notNull(),
    credentialPublicKey: text('credential_public_key').notNull(),
    counter: integer().notNull(),
    credentialDeviceType: text('credential_device_type').notNull(),
    credentialBackedUp: boolean('credential_backed_up').notNull(),
    transports: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.credentialID] })],
)

/** One mailed sign-in link: everything hashed, bound to the asking browser, single use. */
export const signInRequest = pgTable(
  'sign_in_request',
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    browserHash: text('browser_hash').notNull(),
    codeHash: text('code_hash').notNull(),
    codeAttempts: integer('code_attempts').notNull().default(0),
    purpose: text().$type<'sign-in' | 'confirm'>().notNull().default('sign-in'),
    returnTo: text('return_to'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    consumedAt: timestamp('consumed_at', { withTimezone: true }),
  },
  (t) => [
    index('sign_in_request_email').on(t.email),
    check('sign_in_request_attempts', sql`${t.codeAttempts} between 0 and 5`),
  ],
)

/** Counters of rate-limiter-flexible. */
export const rateLimit = pgTable('rate_limit', {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: timestamp({ withTimezone: true, mode: 'date' }),
})
