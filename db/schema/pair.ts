import { sql } from 'drizzle-orm'
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { reader } from './account'
import { show } from './show'

const showId = () =>
  integer('show_id')
    .notNull()
    .references(() => show.id, { onDelete: 'cascade' })
const relatedShowId = () =>
  integer('related_show_id')
    .notNull()
    .references(() => show.id, { onDelete: 'cascade' })
const at = () => timestamp({ withTimezone: true }).notNull().defaultNow()

/** "If you liked the one, try the other", as a list of an editor's says; a list is replaced whole. */
export const pair = pgTable(
  'pair',
  {
    /** The list's name, as a card says it. */
    source: text().notNull(),
    showId: showId(),
    relatedShowId: relatedShowId(),
    weight: doublePrecision().notNull(),
    at: at(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.showId, t.relatedShowId] }),
    index('pair_show').on(t.showId),
    index('pair_other').on(t.relatedShowId),
    check('pair_two', sql`${t.showId} <> ${t.relatedShowId}`),
    check('pair_weight', sql`${t.weight} >= 0`),
  ],
)

/** The same as a reader says it, with the reason; what readers' pairs count is read from here, never kept beside it. */
export const pairVoice = pgTable(
  'pair_voice',
  {
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    showId: showId(),
    relatedShowId: relatedShowId(),
    /** For the operator and its author alone. */
    reason: text().notNull(),
    at: at(),
  },
  (t) => [
    primaryKey({ columns: [t.readerId, t.showId, t.relatedShowId] }),
    index('pair_voice_pair').on(t.showId, t.relatedShowId),
    index('pair_voice_other').on(t.relatedShowId),
    check('pair_voice_two', sql`${t.showId} <> ${t.relatedShowId}`),
    check('pair_voice_reason', sql`char_length(${t.reason}) between 10 and 200`),
  ],
)
