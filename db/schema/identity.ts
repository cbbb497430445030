import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { reader } from './account'
import { show } from './show'
import type { IdentityReason, IdentityVerdict, NumberingReason, PairOfProvider } from './words'

/** Two of our shows that turned out to be one, and all it takes to part them again. The rows of shows come and go, so none is referred to. */
export const showMerge = pgTable(
  'show_merge',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    fromId: integer('from_id').notNull(),
    fromSlug: text('from_slug').notNull(),
    fromTitle: text('from_title').notNull(),
    intoId: integer('into_id').notNull(),
    intoSlug: text('into_slug').notNull(),
    intoTitle: text('into_title').notNull(),
    /** The season here of each season of the show that went, by their numbers. */
    seasons: jsonb().$type<Record<string, number>>().notNull(),
    /** The catalogue records of both before, and of the one that stayed after. */
    fromRecord: jsonb('from_record').notNull(),
    intoBefore: jsonb('into_before').notNull(),
    intoAfter: jsonb('into_after'),
    mergedAt: timestamp('merged_at', { withTimezone: true }).notNull(),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
  },
  (t) => [
    index('show_merge_from').on(t.fromSlug),
    index('show_merge_into').on(t.intoId),
    check('show_merge_two', sql`${t.fromId} <> ${t.intoId}`),
  ],
)

/** A row that a merge moved, took away or made. The ledger's guard lets a row go where it stands here as it was. */
export const showMergeRow = pgTable(
  'show_merge_row',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    mergeId: integer('merge_id')
      .notNull()
      .references(() => showMerge.id, { onDelete: 'cascade' }),
    ofTable: text('of_table').notNull(),
    /** The row's own id, where it has one. */
    key: text().notNull().default(''),
    /** Null for a row that the merge made. */
    before: jsonb(),
    /** The row that it made; else null. */
    after: jsonb(),
    /** Whose row it is: it goes with its reader. */
    readerId: uuid('reader_id').references(() => reader.id, { onDelete: 'cascade' }),
  },
  (t) => [
    index('show_merge_row_of').on(t.mergeId, t.ofTable),
    index('show_merge_row_key').on(t.ofTable, t.key),
    index('show_merge_row_reader').on(t.readerId),
  ],
)

/**
 * Two that may be one show: one of ours and another of ours, or one of ours and a provider's (`namespace` and
 * `outside_id`). Never merged by itself; once decided, the decision is remembered by every sync after it.
 */
export const identityPair = pgTable(
  'identity_pair',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** Rows of shows come and go with merges, so neither is referred to. */
    showId: integer('show_id').notNull(),
    otherShowId: integer('other_show_id'),
    namespace: text(),
    outsideId: text('outside_id'),
    score: real().notNull(),
    reasons: jsonb().$type<IdentityReason[]>().notNull(),
    /** What the provider says of its show, for whoever decides; null where both are ours. */
    theirs: jsonb().$type<PairOfProvider>(),
    firstSeenAt: timestamp('first_seen_at', { withTimezone: true }).notNull(),
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
    verdict: text().$type<IdentityVerdict>(),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decidedBy: uuid('decided_by').references(() => reader.id, { onDelete: 'set null' }),
    /** The merge that followed. */
    mergeId: integer('merge_id').references(() => showMerge.id),
    /** Facts that were withdrawn when the id was taken off, as they were. */
    withdrawn: jsonb(),
  },
  (t) => [
    uniqueIndex('identity_pair_ours').on(t.showId, t.otherShowId).where(sql`other_show_id is not null`),
    uniqueIndex('identity_pair_theirs')
      .on(t.namespace, t.outsideId, t.showId)
      .where(sql`namespace is not null`),
    index('identity_pair_open').on(t.score).where(sql`verdict is null`),
    index('identity_pair_decided').on(t.decidedAt).where(sql`verdict is not null`),
    check('identity_pair_sides', sql`(${t.otherShowId} is null) = (${t.namespace} is not null)`),
    check('identity_pair_id', sql`(${t.namespace} is null) = (${t.outsideId} is null)`),
    check('identity_pair_order', sql`${t.otherShowId} is null or ${t.showId} < ${t.otherShowId}`),
    check('identity_pair_decided', sql`(${t.verdict} is null) = (${t.decidedAt} is null)`),
  ],
)

/** Which of our seasons a provider's is, where it counts otherwise than we do, or where nobody can tell (`ours` null). Kept, so that the next answer is read the same way. */
export const seasonNumber = pgTable(
  'season_number',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    provider: text().notNull(),
    /** Its number there; a year, where it is called by one. */
    theirs: integer().notNull(),
    /** Our season it begins, or is a part of; null where nobody can tell. */
    ours: integer(),
    /** The last of our seasons it goes on through. */
    through: integer(),
    reason: text().$type<NumberingReason>().notNull(),
    decidedOn: date('decided_on').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.provider, t.theirs] }),
    check(
      'season_number_sane',
      sql`${t.ours} between 1 and 1000 and ${t.through} between ${t.ours} and 1000`,
    ),
  ],
)
