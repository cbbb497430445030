/**
 * How long anybody waits for the database. PostgreSQL's own time-outs are of no use where the server is the one that
 * does not answer (it hangs, a firewall has forgotten the connection), so the clock runs here, at the client.
 *
 * Two clocks: every query has its own (`patienceOf`), and a request has one for all of its queries together
 * (`withinDeadline`), so that a page of three queries does not wait three times.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** Codes of the errors made here; `errorCode()` finds them also where drizzle has wrapped the error. */
export const DEADLINE_PASSED = 'GREENLIT_DEADLINE'
export const TOO_BUSY = 'GREENLIT_BUSY'

/**
 * The database was not waited for any longer, or not asked at all. After `GREENLIT_DEADLINE` a write may have happened
 * all the same: what was sent cannot be called back. After `GREENLIT_BUSY` nothing was sent.
 */
export class DatabaseTimeError extends Error {
  override name = 'DatabaseTimeError'
  constructor(
    readonly code: typeof DEADLINE_PASSED | typeof TOO_BUSY,
    message: string,
  ) {
    super(message)
  }
}

/** How patient a process is. */
export interface Patience {
  /** The longest a query is waited for, its time in the pool's queue included. */
  queryMs: number
  /** When the server ends a statement by itself. */
  statementMs: number
  /**
   * After this long without an answer to what was sent the connection is silent, not slow: the server would have
   * ended the statement. It is destroyed, and those that lie idle with it.
   */
  silentMs: number
  /** How long the server lets a statement wait for a lock. */
  lockMs: number
  /** How long the server lets a transaction do nothing. */
  idleMs: number
  /** Time for the repeats of a transaction that may be repeated, counted from its first beginning. */
  repeatsMs: number
  /** Connections of the pool, unless DATABASE_POOL says otherwise. */
  connections: number
  /** Queries that may wait for each connection; above that the next one is refused at once. */
  waitingPerConnection: number
}

/**
 * The site answers a reader within 5 s, come what may, so it waits for 4; a silent connection is found out a second
 * before that, so that whoever waits behind it, or asks again, meets a new one. A connection does 100 queries of 40 ms
 * in 4 s: who stands further back in the queue would be refused at the end of the wait, so is refused at once.
 */
const SITE: Patience = {
  queryMs: 4_000,
  statementMs: 2_500,
  silentMs: 3_000,
  lockMs: 1_000,
  idleMs: 5_000,
  repeatsMs: 4_000,
  connections: 10,
  waitingPerConnection: 100,
}

/** Nobody is waiting for the worker and the command line: the server's own time-outs come first, ours 5 s later. */
const BACKGROUND: Patience = {
  queryMs: 35_000,
  statementMs: 30_000,
  silentMs: 32_000,
  lockMs: 5_000,
  idleMs: 30_000,
  repeatsMs: Number.POSITIVE_INFINITY,
  connections: 4,
  waitingPerConnection: Number.POSITIVE_INFINITY,
}

/** The patience of a process by its GREENLIT_ROLE; `site` where none is set. */
export const patienceOf = (role: string | undefined): Patience =>
  role === 'worker' || role === 'cli' ? BACKGROUND : SITE

// The site's server and the pages behind it are bundled apart and each has its own copy of this file: one clock for all.
const KEY = Symbol.for('greenlit.deadline')
const kept = globalThis as typeof globalThis & { [KEY]?: AsyncLocalStorage<number | undefined> }
kept[KEY] ??= new AsyncLocalStorage<number | undefined>()
const clock = kept[KEY]

/**
 * Runs `work` with a budget of time for all of its database queries together: what is left of it bounds each, and
 * once it is used up the next query is refused at once with `GREENLIT_DEADLINE`. Inside another budget the earlier
 * end counts. It bounds the database only: `work` itself is not interrupted.
 */
export function withinDeadline<T>(ms: number, work: () => T): T {
  return clock.run(Math.min(performance.now() + ms, clock.getStore() ?? Number.POSITIVE_INFINITY), work)
}

/** Milliseconds left of the budget around the caller; zero or less once used up, infinite where there is none. */
export const remainingMs = (): number => (clock.getStore() ?? Number.POSITIVE_INFINITY) - performance.now()

/** An alarm this late has slept through something: this process was busy, and answers may lie unread. */
const LATE_MS = 100
const GRACE_MS = 250

/**
 * Calls `ring` after `ms` unless the returned function is called before. Where this process was too busy to
 * listen when the time came, what has meanwhile arrived is read first.
 */
export function setAlarm(ms: number, ring: () => void): () => void {
  const due = performance.now() + ms
  let timer = setTimeout(() => {
    if (performance.now() - due > LATE_MS) timer = setTimeout(ring, GRACE_MS)
    else ring()
  }, ms)
  return () => clearTimeout(timer)
}
