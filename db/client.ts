import { AsyncLocalStorage } from 'node:async_hooks'
import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { bounded } from './bounded'
import { patienceOf } from './deadline'

/** A pool or a running transaction: the same calls work on both. */
export type Db = PgDatabase<
  PostgresJsQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>

/** The transaction a call runs inside, if any; set by db/transaction only. */
export const currentTransaction = new AsyncLocalStorage<Db>()

interface Pool {
  db: Db
  close: () => Promise<void>
  /** For the metrics. */
  state: () => Record<string, number>
}

// Next reloads modules in development; the pool must outlive them.
const kept = globalThis as typeof globalThis & { greenlitPool?: Pool }

/**
 * Seconds to wait before the next attempt to connect, after so many failed ones in a row: soon, and never
 * long, so that readers get an answer within a second of the database's return.
 */
export const reconnectDelay = (failures: number): number => Math.min(0.01 * 2 ** failures, 1)

function open(): Pool {
  const url = process.env.DATABASE_URL
  if (!url)
    throw new Error('DATABASE_URL is not set: start with `npm start`, or point it at a PostgreSQL database.')
  const patience = patienceOf(process.env.GREENLIT_ROLE)
  const max = Number(process.env.DATABASE_POOL || patience.connections)
  const settings = {
    max,
    connect_timeout: 2,
    backoff: reconnectDelay,
    idle_timeout: 60,
    // Seconds of silence after which the system asks whether the other machine is still there.
    keep_alive: 10,
    // One query a connection at a time: the one that is destroyed takes no other caller's query with it, and
    // nobody stands behind a slow one while other connections are free.
    max_pipeline: 0,
    onnotice: () => {},
    connection: {
      application_name: process.env.GREENLIT_ROLE ?? 'site',
      statement_timeout: patience.statementMs,
      lock_timeout: patience.lockMs,
      idle_in_transaction_session_timeout: patience.idleMs,
    },
  }
  const client = postgres(url, settings)
  const pool = bounded(client, max, patience)
  return {
    state: pool.state,
    db: drizzle(pool as unknown as postgres.Sql, {
      logger: queryLogger,
    }) as unknown as Db,
    close: () => client.end({ timeout: 5 }),
  }
}

// Tests count a page's queries through this; nothing listens in production.
const queryListeners = new Set<(query: string) => void>()
const queryLogger = { logQuery: (query: string) => queryListeners.forEach((listen) => void listen(query)) }

/** Calls `listen` with every SQL text this process sends until the returned function is called. */
export function onQuery(listen: (query: string) => void): () => void {
  queryListeners.add(listen)
  return () => void queryListeners.delete(listen)
}

/** The database: the running transaction where there is one, else the pool (opened at first use from DATABASE_URL). */
export function db(): Db {
  const transaction = currentTransaction.getStore()
  if (transaction) return transaction
  kept.greenlitPool ??= open()
  return kept.greenlitPool.db
}

/** Ends the pool; the next `db()` opens a new one. For command lines and tests. */
export async function closeDb(): Promise<void> {
  const pool = kept.greenlitPool
  kept.greenlitPool = undefined
  await pool?.close()
}
