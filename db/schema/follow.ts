import { index, integer, pgTable, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { reader } from './account'
import { season } from './show'

/** A reader's wish to be told about a season. */
export const follow = pgTable(
  'follow',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    seasonId: integer('season_id')
      .notNull()
      .references(() => season.id),
    followedAt: timestamp('followed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [unique('follow_once').on(t.readerId, t.seasonId), index('follow_season').on(t.seasonId)],
)
