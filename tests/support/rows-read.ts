/**
 * How many rows of which table some work reads, by PostgreSQL's own count: whatever a plan looks like on paper, this is
 * what it did. The work's process has one connection (DATABASE_POOL=1), whose counts are written out before they are read.
 */
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { asOwner } from './database'

/** Rows that were read from one end of a table to the other, and rows that an index led to. */
export interface RowsRead {
  table: string
  /** So many rows the table has. */
  rows: number
  sequentially: number
  byIndex: number
}

interface CountRow {
  table: string
  rows: number
  sequentially: number
  by_index: number
}

const counts = () =>
  asOwner(
    (owner) => owner<CountRow[]>`
      select t.relname as table, greatest(c.reltuples, 0)::int as rows, t.seq_tup_read::int as sequentially,
        coalesce((select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid), 0)::int as by_index
      from pg_stat_user_tables t join pg_class c on c.oid = t.relid where t.schemaname = 'public'`,
  )

async function writeOut(): Promise<void> {
  await db().execute(sql`select pg_stat_force_next_flush()`)
  // The counts go out when the next statement ends.
  await db().execute(sql`select 1`)
}

/** What `work` reads of each table of which it reads anything. */
export async function rowsRead(work: () => Promise<unknown>): Promise<RowsRead[]> {
  await writeOut()
  const before = new Map((await counts()).map((row) => [row.table, row]))
  await work()
  await writeOut()
  return (await counts()).flatMap(({ table, rows, sequentially, by_index }) => {
    const was = before.get(table)
    const read = {
      table,
      rows,
      sequentially: sequentially - (was?.sequentially ?? 0),
      byIndex: by_index - (was?.by_index ?? 0),
    }
    return read.sequentially + read.byIndex > 0 ? [read] : []
  })
}
