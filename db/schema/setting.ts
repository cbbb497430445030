import { sql } from 'drizzle-orm'
import { bigint, customType, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Small facts about this installation: starter version, catalogue version. */
export const setting = pgTable('setting', {
  key: text().primaryKey(),
  value: text().notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
})

/**
 * How many there are of something, as amounts to be summed: triggers add one for what each statement brought or took, so
 * that writers never wait for each other, and the worker folds them (lib/catalogue/tally).
 */
export const tally = pgTable('tally', {
  what: text().$type<'shows' | 'seasons' | 'dated' | 'undated'>().notNull(),
  amount: bigint({ mode: 'number' }).notNull(),
})

/** When each cache tag went stale or expired. Written by releases before 0.2 only; none of ours reads it. */
export const cacheTag = pgTable('cache_tag', {
  tag: text().primaryKey(),
  stale: bigint({ mode: 'number' }),
  expired: bigint({ mode: 'number' }),
})

/**
 * What expired, for every server's page cache: read by the transaction that wrote it, so that a row whose transaction
 * commits late is not passed over (lib/edge/expiry). Purged after a day.
 */
export const cacheExpiry = pgTable(
  'cache_expiry',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tag: text().notNull(),
    /** The writing transaction's id. */
    xid: customType<{ data: string }>({ dataType: () => 'xid8' })()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('cache_expiry_xid').on(table.xid), index('cache_expiry_at').on(table.at)],
)
