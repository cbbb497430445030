import { sql } from 'drizzle-orm'
import { check, date, integer, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { season } from './show'

/**
 * An episode as one provider lists it; specials without a number are not kept. There are millions of them, so that the
 * columns are narrow and stand without gaps between them, and the key is the only index.
 */
export const episode = pgTable(
  'episode',
  {
    seasonId: integer('season_id')
      .notNull()
      .references(() => season.id, { onDelete: 'cascade' }),
    /** The day it was or will be shown, where it is at home. */
    day: date(),
    /** The hour; null unless the provider gives one of its own. */
    at: timestamp({ withTimezone: true }),
    /** What the clock there is ahead of UTC at that hour. */
    offsetMinutes: smallint('offset_minutes'),
    number: smallint().notNull(),
    minutes: smallint(),
    provider: text().notNull(),
    /** May give the story away: lib/ledger/spoilers. */
    name: text(),
  },
  (t) => [
    primaryKey({ columns: [t.seasonId, t.provider, t.number] }),
    check('episode_number_sane', sql`${t.number} between 0 and 20000`),
    check('episode_hour_has_zone', sql`(${t.at} is null) = (${t.offsetMinutes} is null)`),
  ],
)
