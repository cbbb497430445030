import { index, integer, jsonb, pgTable, primaryKey, real } from 'drizzle-orm/pg-core'
import { show } from './show'
import type { Reason } from './words'

/** Precomputed related titles; pages only read them. */
export const related = pgTable(
  'related',
  {
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    rank: integer().notNull(),
    relatedShowId: integer('related_show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    score: real().notNull(),
    reasons: jsonb().$type<Reason[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.showId, t.rank] }), index('related_other').on(t.relatedShowId)],
)
