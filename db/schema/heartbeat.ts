import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * A process of this installation and when it last wrote here, by the database's own clock, so that no two machines'
 * clocks are ever compared. Rows of processes that are gone are removed by the purge.
 */
export const heartbeat = pgTable(
  'heartbeat',
  {
    /** Host and process, `host:123`. */
    name: text().primaryKey(),
    /** What it is: `worker` or `site`. */
    role: text().notNull(),
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('heartbeat_role').on(t.role, t.seenAt)],
)
