import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  date,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

/** Numbers of changes, given out in the order in which they can be read (lib/open-data/number). */
export const openSerial = pgSequence('open_serial')

/**
 * What the open data hold, a row a line, each with the number of its last change. Triggers (migration `open_data`) take
 * the number away in the transaction that changes what the line says; it gets the next one when that has committed.
 */
export const openLine = pgTable(
  'open_line',
  {
    part: text().$type<'show' | 'claim' | 'event'>().notNull(),
    /** The slug of a show, the id of a claim, the row's id of an event. */
    key: text().notNull(),
    /** Null from the change until it is numbered. */
    serial: bigint({ mode: 'number' }),
  },
  (t) => [
    primaryKey({ columns: [t.part, t.key] }),
    uniqueIndex('open_line_serial').on(t.serial),
    index('open_line_pending').on(t.part, t.key).where(sql`serial is null`),
    check('open_line_part', sql`${t.part} in ('show', 'claim', 'event')`),
  ],
)

/** A finished export of the open data; there is one a day at most, and the newest few are kept. */
export const openExport = pgTable('open_export', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  day: date().notNull().unique(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
  /** What is in it, as the text that is sent (lib/open-data/manifest). */
  manifest: text().notNull(),
})

/** The bytes of an export's files, in pieces that are read one at a time. */
export const openChunk = pgTable(
  'open_chunk',
  {
    exportId: integer('export_id')
      .notNull()
      .references(() => openExport.id, { onDelete: 'cascade' }),
    file: text().notNull(),
    /** All pieces of a file but the last have the same length. */
    position: integer().notNull(),
    bytes: customType<{ data: Buffer }>({ dataType: () => 'bytea' })().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exportId, t.file, t.position] })],
)
