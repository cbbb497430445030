import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { reader } from './account'
import { show } from './show'
import type { VerdictWord } from './words'

/** A reader's word on a show they do not follow: they have seen it, or it is nothing for them. One word a show. */
export const verdict = pgTable(
  'verdict',
  {
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    showId: integer('show_id')
      .notNull()
      .references(() => show.id, { onDelete: 'cascade' }),
    word: text().$type<VerdictWord>().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.readerId, t.showId] }),
    index('verdict_show').on(t.showId),
    check('verdict_word', sql`${t.word} in ('seen', 'not-this')`),
  ],
)
