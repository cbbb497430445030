import { getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { db } from './client'

/**
 * Inserts rows in their order, in one statement. All of them travel as one parameter: the statement's text is the same
 * however many there are, so the server reads it once, and no limit of parameters is ever near. What no row names the
 * table fills in itself; what only some rows name is null in the others, which the table may refuse.
 * @param known what becomes of a row that is there already: the insert fails, or the row is left as it is
 */
export async function insertRows<Table extends PgTable>(
  table: Table,
  rows: readonly Table['$inferInsert'][],
  { known = 'fails' }: { known?: 'fails' | 'left' } = {},
): Promise<void> {
  if (rows.length === 0) return
  const given = new Set(rows.flatMap((row) => Object.keys(row)))
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => given.delete(name))
  if (given.size > 0) throw new Error(`There is no column for ${[...given].join(', ')}.`)
  const named = rows.map((row: Record<string, unknown>) =>
    Object.fromEntries(columns.map(([name, column]) => [column.name, row[name]])),
  )
  const list = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  )
  await db().execute(sql`
    insert into ${table} (${list})
    select ${list} from json_populate_recordset(null::${table}, ${JSON.stringify(named)}::json)
    ${known === 'left' ? sql`on conflict do nothing` : sql``}`)
}

/** A list of texts as a set that `in` takes, however long it is. */
export const textList = (texts: readonly string[]) =>
  sql`(select value from json_array_elements_text(${JSON.stringify(texts)}::json))`

/** A list of ids as a set that `in` takes, however long it is. */
export const idList = (ids: readonly number[]) =>
  sql`(select value::int from json_array_elements_text(${JSON.stringify(ids)}::json))`

/** Rows read at once: a statement has a few seconds, and a table may be large. */
const ROWS_AT_ONCE = 4_000

/**
 * All rows by their ids, some at a time. `read` gives the first `limit` of those behind an id, in order.
 */
export async function readBySome<Row extends { id: number }>(
  read: (after: number, limit: number) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const all: Row[] = []
  for (let after = 0; ; ) {
    const rows = await read(after, ROWS_AT_ONCE)
    for (const row of rows) all.push(row)
    if (rows.length < ROWS_AT_ONCE) return all
    after = rows.at(-1)!.id
  }
}
