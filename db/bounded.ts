/**
 * The driver as drizzle sees it, with every wait bounded: the queue for a connection by length, everything else
 * by the clock of db/deadline. A query that loses takes its connection with it: nothing else frees a silent one.
 */
import type postgres from 'postgres'
import {
  DatabaseTimeError,
  DEADLINE_PASSED,
  type Patience,
  remainingMs,
  setAlarm,
  TOO_BUSY,
} from './deadline'

/** What patches/postgres adds to the driver. */
interface Driver {
  options: postgres.Sql['options']
  unsafe: Ask
  /** Rejects a query; where it was sent, destroys its connection. `doubt`: and all that lie idle, too. */
  abandon(query: Query, error: Error, doubt: boolean): void
  /** `onQuery` is given the BEGIN, which stands for the transaction: to abandon it is to abandon the whole. */
  begin<T>(options: string, work: (tx: Inner) => Promise<T>, onQuery: (begin: Query) => void): Promise<T>
}

interface Query extends PromiseLike<unknown> {
  values(): PromiseLike<unknown>
  /** Called when it is sent on a connection. */
  onsent?: () => void
}

/** `doubt`: it was waited for so long that other connections may be silent, too. */
type OnLate = (error: Error, doubt: boolean) => void

type Ask = (text: string, parameters?: unknown[], options?: object) => Query

/** The part of a transaction's client that drizzle uses. */
interface Inner {
  unsafe: Ask
  savepoint<T>(work: (tx: Inner) => Promise<T>): Promise<T>
}

/** The part of a client that drizzle uses. */
export interface BoundedClient {
  options: postgres.Sql['options']
  unsafe: Ask
  begin<T>(work: (tx: Inner) => Promise<T>): Promise<T>
}

/** A commit or rollback gets this long whatever is left: cut off, its outcome would be anybody's guess. */
const LAST_WORD_MS = 500

const seconds = (ms: number) => `${(Math.max(0, ms) / 1000).toFixed(1)} s`
const noAnswer = (ms: number) =>
  new DatabaseTimeError(DEADLINE_PASSED, `The database did not answer within ${seconds(ms)}.`)
const noTimeLeft = () =>
  new DatabaseTimeError(DEADLINE_PASSED, 'The time this request had for the database is used up.')

/** What drizzle takes for a query, refused before it was sent. */
function refused(error: Error): Query {
  const query = Promise.reject(error)
  return Object.assign(query, { values: () => query })
}

/**
 * Bounds a client of the driver.
 * @param max how many connections it has
 */
export function bounded(client: postgres.Sql, max: number, patience: Patience): BoundedClient {
  const driver = client as unknown as Driver
  const mostAtOnce = max * (1 + patience.waitingPerConnection)
  let underWay = 0

  /** Why nothing more can be asked now, if so. */
  function refusal(): DatabaseTimeError | undefined {
    if (remainingMs() <= 0) return noTimeLeft()
    if (underWay >= mostAtOnce)
      return new DatabaseTimeError(TOO_BUSY, `${underWay} queries wait for the database already.`)
    return undefined
  }
  const timeFor = () => Math.min(patience.queryMs, remainingMs())

  /** Starts the clock of a query: until it is sent all of its time counts, from then on also the server's silence. */
  function timed(query: Query, onLate: OnLate, onEnd = () => {}): Query {
    const begun = performance.now()
    const ms = timeFor()
    let silence = setAlarm(ms, () => onLate(noAnswer(ms), false))
    query.onsent = () => {
      silence()
      const left = ms - (performance.now() - begun)
      const wait = Math.min(left, patience.silentMs)
      silence = setAlarm(wait, () => onLate(noAnswer(wait), wait >= patience.doubtMs))
    }
    const over = () => {
      silence()
      onEnd()
    }
    query.then(over, over)
    return query
  }

  const unsafe: Ask = (text, parameters, options) => {
    const error = refusal()
    if (error) return refused(error)
    underWay++
    const query = driver.unsafe(text, parameters, options)
    return timed(
      query,
      (late, doubt) => driver.abandon(query, late, doubt),
      () => underWay--,
    )
  }

  async function begin<T>(work: (tx: Inner) => Promise<T>): Promise<T> {
    const error = refusal()
    if (error) throw error
    underWay++
    let first: Query | undefined
    let lost: Error | undefined
    let over = false
    const alarms = new Set<() => void>()

    const lose: OnLate = (why, doubt) => {
      if (over || lost) return
      lost = why
      if (first) driver.abandon(first, why, doubt)
    }
    /** Starts the clock of a statement that the driver sends by itself; the returned function stops it. */
    const step = (atLeastMs: number): (() => void) => {
      if (over) return () => {}
      const ms = Math.min(Math.max(timeFor(), atLeastMs), patience.silentMs)
      const alarm = setAlarm(ms, () => lose(noAnswer(ms), ms >= patience.doubtMs))
      alarms.add(alarm)
      return () => {
        alarm()
        alarms.delete(alarm)
      }
    }
    const inside = (tx: Inner): Inner => ({
      unsafe(text, parameters, options) {
        if (remainingMs() <= 0) lose(noTimeLeft(), false)
        if (lost) return refused(lost)
        return timed(tx.unsafe(text, parameters, options), lose)
      },
      async savepoint<U>(nested: (tx: Inner) => Promise<U>): Promise<U> {
        let stop = step(0)
        try {
          return await tx.savepoint(async (inner) => {
            stop()
            try {
              return await nested(inside(inner))
            } finally {
              stop = step(LAST_WORD_MS)
            }
          })
        } finally {
          stop()
        }
      },
    })

    let stop = () => {}
    try {
      return await driver.begin(
        '',
        async (tx) => {
          try {
            return await work(inside(tx))
          } finally {
            stop = step(LAST_WORD_MS)
          }
        },
        (query) => {
          first = timed(query, lose)
        },
      )
    } catch (caught) {
      throw lost ?? caught
    } finally {
      stop()
      over = true
      for (const alarm of alarms) alarm()
      underWay--
    }
  }

  return { options: driver.options, unsafe, begin }
}
