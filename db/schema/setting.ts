import { bigint, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Small facts about this installation: starter version, catalogue version. */
export const setting = pgTable('setting', {
  key: text().primaryKey(),
  value: text().notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
})

/** When each cache tag went stale or expired, shared by every web process; epoch milliseconds. */
export const cacheTag = pgTable('cache_tag', {
  tag: text().primaryKey(),
  stale: bigint({ mode: 'number' }),
  expired: bigint({ mode: 'number' }),
})
