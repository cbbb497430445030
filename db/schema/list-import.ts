import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { reader } from './account'
import { follow } from './follow'
import { show } from './show'

/** A list of shows that a reader brought from elsewhere: a draft until they confirm it. */
export const listImport = pgTable(
  'list_import',
  {
    id: uuid().primaryKey().defaultRandom(),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => reader.id, { onDelete: 'cascade' }),
    /** Whose list it is: "TV Time". */
    service: text().notNull(),
    fileName: text('file_name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Until when it can be confirmed or, once confirmed, undone; then it is forgotten. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
  },
  (t) => [index('list_import_reader').on(t.readerId), index('list_import_expires').on(t.expiresAt)],
)

/** A title of such a list and what became of it. */
export const listImportRow = pgTable(
  'list_import_row',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => listImport.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    title: text(),
    year: integer(),
    /** The last season they have seen something of, as the list says. */
    season: integer(),
    ids: jsonb().$type<Record<string, string>>().notNull(),
    /** `waiting`: confirmed, and there was no room left among the reader's follows. */
    verdict: text().$type<'match' | 'question' | 'waiting' | 'unmatched' | 'left-out'>().notNull(),
    /** Why it is left out or has no match. */
    reason: text(),
    /** The show it is, by its ids or by the reader's answer. */
    showId: integer('show_id').references(() => show.id, { onDelete: 'cascade' }),
    /** The season that is to be followed where the list names one (our own does); else the show's next one. */
    wanted: integer(),
    /** The shows it could be by its name, best first. */
    candidates: jsonb().$type<{ show: number; matched: string; exact: boolean }[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.position] })],
)

/** The follows an import made, and no others: what undoing it removes. One made anew by hand is another follow. */
export const listImportFollow = pgTable(
  'list_import_follow',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => listImport.id, { onDelete: 'cascade' }),
    followId: integer('follow_id')
      .notNull()
      .references(() => follow.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.followId] }),
    index('list_import_follow_follow').on(t.followId),
  ],
)
