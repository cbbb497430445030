import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { reader } from './account'
import { show } from './show'

/**
 * A reader's wish to be told when a show is here that was searched for in vain. It names a reader, never an address: who
 * asks by mail is one from the moment they confirm. Done once a show of that name came, and told at most once.
 */
export const wanted = pgTable(
  'wanted',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    /** What was typed. */
    words: text().notNull(),
    /** Its letters as search compares them: two spellings of one name are one wish. */
    key: text().notNull(),
    /** The letters one of a show's names must have (lib/search/keys), `key` among them. */
    keys: text().array().notNull(),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull().defaultNow(),
    /** When a show of that name came; null while none has. */
    doneAt: timestamp('done_at', { withTimezone: true }),
    showId: integer('show_id').references(() => show.id, { onDelete: 'set null' }),
  },
  (t) => [
    unique('wanted_once').on(t.readerId, t.key),
    index('wanted_open').using('gin', t.keys).where(sql`done_at is null`),
    index('wanted_show').on(t.showId),
    check('wanted_words', sql`length(${t.words}) between 1 and 200`),
  ],
)
