/**
 * Rows in and out of PostgreSQL in its own text form (COPY), in small memory: what `pg_dump` does, without it, since
 * the embedded server has none and one of another version refuses ours.
 */
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'

/** One connection, for a long piece of work by a command. */
export interface Session {
  sql: postgres.ReservedSql
  /** Hangs up; a transaction that is open is rolled back. */
  close(): Promise<void>
}

/** A lock somebody else holds is waited for this long. */
const LOCK_TIMEOUT_MS = 10_000
const ROLLED_BACK_WITHIN_MS = 5_000

/**
 * Opens a session without time limits for its statements, whose values read the same on every server: dates, numbers
 * and times are written in one way, whatever the server, the role or this machine prefer.
 */
export async function openSession(databaseUrl: string, name: string): Promise<Session> {
  const pool = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: name,
      statement_timeout: 0,
      idle_in_transaction_session_timeout: 0,
      lock_timeout: LOCK_TIMEOUT_MS,
      DateStyle: 'ISO',
      IntervalStyle: 'postgres',
      TimeZone: 'UTC',
      // Rows the role may not see are an error, not left out.
      row_security: 'off',
      bytea_output: 'hex',
      extra_float_digits: '1',
    },
  })
  try {
    const sql = await pool.reserve()
    return { sql, close: () => pool.end({ timeout: 1 }) }
  } catch (error) {
    await pool.end({ timeout: 1 })
    throw error
  }
}

/** Runs `work` in one transaction of the session; `how` is what follows BEGIN. */
export async function inTransaction<T>({ sql }: Session, how: string, work: () => Promise<T>): Promise<T> {
  await sql.unsafe(`begin ${how}`)
  try {
    const result = await work()
    await sql.unsafe('commit')
    return result
  } catch (error) {
    // On a lost connection nobody answers, and nothing is left to roll back.
    const gone = wait(ROLLED_BACK_WITHIN_MS, undefined, { ref: false })
    await Promise.race([sql.unsafe('rollback').then(undefined, () => {}), gone])
    throw error
  }
}

/** The rows of a query, as COPY writes them: a line each, in the query's order. */
export async function* copyOut({ sql }: Session, query: string): AsyncGenerator<Buffer> {
  const asked = sql.unsafe(`copy (${query}) to stdout`)
  const stream: Readable = await asked.readable()
  let whole = false
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk as Buffer
    whole = true
  } finally {
    if (!whole && !stream.closed) {
      // The server goes on sending until it is told; unread, its rows would block the connection.
      stream.on('error', () => {})
      asked.cancel()
      stream.resume()
      await once(stream, 'close').catch(() => {})
    }
    // The driver stops reading while rows wait for us, and goes on when it is asked for more: after the last row
    // nobody asks, and the answer to the next statement would never be read.
    stream._read(0)
  }
}

/**
 * Writes rows, as `copyOut` gives them, into a table.
 * @param target the table and its columns, as SQL
 * @throws the server's reason when it refuses them
 */
export async function copyIn({ sql }: Session, target: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const asked = sql.unsafe(`copy ${target} from stdin`)
  // The driver forgets a refusal that comes after the last row: it neither ends the stream nor says why. Whoever
  // wrote the rows would wait for good.
  let refuse: (error: Error) => void = () => {}
  const refused = new Promise<never>((_, reject) => {
    refuse = reject
  })
  refused.catch(() => {})
  Object.assign(asked, { reject: refuse })
  const stream: Writable = await Promise.race([asked.writable(), refused])
  stream.on('error', refuse)
  try {
    for await (const chunk of rows) {
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), refused])
    }
  } catch (error) {
    // The rows broke off: the server must not take what it has for all there is.
    stream.destroy(error as Error)
    throw error
  }
  await Promise.race([new Promise<void>((done) => stream.end(done)), refused])
}
