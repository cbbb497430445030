import pg from 'pg'
import { DatabaseTimeError, DEADLINE_PASSED, setAlarm } from './deadline'

/** The queue's own statements take milliseconds; a connection that leaves one unanswered for so long is silent. */
const SILENT_MS = 15_000
const KEEP_ALIVE_MS = 10_000
const CONNECT_MS = 5_000

/**
 * Connections for the job queue, which brings a driver of its own. Left to itself that one waits for ever on a
 * connection that has gone silent, and a worker that waits takes no job any more.
 * @param url the database
 * @param max how many connections
 * @param silentMs a connection that leaves a statement unanswered for longer is destroyed
 */
export function openQueuePool(url: string, max: number, silentMs = SILENT_MS): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    connectionTimeoutMillis: CONNECT_MS,
  })
  // Told also to whoever asked; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    const { stream } = (client as unknown as { connection: { stream: { destroy(error: Error): void } } })
      .connection
    const ask = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      const silence = setAlarm(silentMs, () =>
        stream.destroy(new DatabaseTimeError(DEADLINE_PASSED, 'The database does not answer the job queue.')),
      )
      const told = args.at(-1)
      if (typeof told === 'function')
        args[args.length - 1] = (...answer: unknown[]) => {
          silence()
          told(...answer)
        }
      const answer = ask(...args)
      if (answer instanceof Promise) answer.then(silence, silence)
      return answer
    }) as typeof client.query
  })
  return pool
}
