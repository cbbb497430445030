import { sql } from 'drizzle-orm'
import { check, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { show } from './show'
import type { FactField } from './words'

/**
 * One field of a show or season as one provider gives it. A provider's word replaces its own earlier word and nobody
 * else's; what is shown of the field is decided by rules (lib/catalogue/facts) and kept on `show` and `season`.
 */
export const fact = pgTable(
  'fact',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    /** The season's number; 0 for the show itself. */
    season: integer().notNull().default(0),
    field: text().$type<FactField>().notNull(),
    provider: text().notNull(),
    /** EDTF for days, digits for counts, `yes` for a season that is counted, else the provider's own word. */
    value: text().notNull(),
    /** When the provider said so, EDTF as precise as we know it; null means the day it was seen. */
    asOf: text('as_of'),
    /** The first day the provider was seen to say this; saying the same again changes nothing. */
    seenOn: date('seen_on').notNull(),
    /** The provider gives it no more since this day. */
    withdrawnOn: date('withdrawn_on'),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.season, t.field, t.provider] }),
    index('fact_provider').on(t.provider, t.field),
    check('fact_season_sane', sql`${t.season} between 0 and 1000`),
  ],
)
