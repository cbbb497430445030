import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { show } from './show'

/** How far a provider has been read: a row a provider. */
export const syncState = pgTable('sync_state', {
  provider: text().primaryKey(),
  /** Everything that changed before this instant has been asked for; null until a run came to its end. */
  readUntil: timestamp('read_until', { withTimezone: true }),
  /** The present run, or the last. */
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  /** Null while it runs, and where it was cut off. */
  endedAt: timestamp('ended_at', { withTimezone: true }),
  /** Shows the run has asked for, and those it still means to. */
  asked: integer().notNull().default(0),
  left: integer().notNull().default(0),
  /** What ended it before its time, in a sentence; null where nothing did. */
  says: text(),
})

/** When a provider was last asked about one of its shows, whatever came of it for us. */
export const sourceLook = pgTable(
  'source_look',
  {
    provider: text().notNull(),
    outsideId: text('outside_id').notNull(),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    /** The last time it answered; moves also where nothing had changed. */
    checkedAt: timestamp('checked_at', { withTimezone: true }).notNull(),
    /** The last time that changed anything here. */
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
    /** The provider's own mark of the state we have. */
    stamp: text(),
    etag: text(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.outsideId] }), index('source_look_show').on(t.showId)],
)

/** Answers that could not be used, or of which a season could not; what we had before stays. Gone once a usable one came. */
export const quarantine = pgTable(
  'quarantine',
  {
    provider: text().notNull(),
    outsideId: text('outside_id').notNull(),
    /** What is wrong, in a sentence. */
    reason: text().notNull(),
    firstSeenAt: timestamp('first_seen_at', { withTimezone: true }).notNull(),
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
    /** SHA-256 of the body, where there was one that could not be read. */
    bodyHash: text('body_hash'),
  },
  (t) => [primaryKey({ columns: [t.provider, t.outsideId] })],
)
