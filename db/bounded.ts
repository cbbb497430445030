/**
 * The driver as drizzle sees it, with every wait bounded: the queue for a connection by its length, everything else
 * by the clock of db/deadline. Two things are kept apart. A caller is told when its time is over; what was sent for
 * it may still be answered, and then its connection goes on to others. A connection that has not answered for longer
 * than the server lets a statement run is destroyed: nothing else frees a silent one.
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
  /** The driver calls these when the server has answered, or will no more. */
  resolve(value: unknown): void
  reject(error: unknown): void
  /** Set once it was sent. */
  connection?: unknown
  /** Called when it is sent. */
  onsent?: () => void
}

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
  /** How full the pool is: queries and transactions under way, those that wait, and the connections there may be. */
  state(): Record<'busy' | 'waiting' | 'max', number>
}

/** A commit or rollback gets this long whatever is left: cut off, its outcome would be anybody's guess. */
const LAST_WORD_MS = 500

const seconds = (ms: number) => `${(Math.max(0, ms) / 1000).toFixed(1)} s`
const noAnswer = (ms: number) =>
  new DatabaseTimeError(DEADLINE_PASSED, `The database did not answer within ${seconds(ms)}.`)
const noTimeLeft = () =>
  new DatabaseTimeError(DEADLINE_PASSED, 'The time this request had for the database is used up.')

/** A timer may ring up to a millisecond early. */
const isUsedUp = () => remainingMs() < 1

/** What drizzle takes for a query, refused before it was sent. */
function refused(error: Error): Query {
  const query = Promise.reject(error)
  return Object.assign(query, { values: () => query }) as unknown as Query
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
    if (isUsedUp()) return noTimeLeft()
    if (underWay >= mostAtOnce)
      return new DatabaseTimeError(TOO_BUSY, `${underWay} queries wait for the database already.`)
    return undefined
  }
  const timeFor = () => Math.min(patience.queryMs, remainingMs())

  /**
   * Starts the clocks of a query.
   * @param tell called when its caller has waited long enough
   * @param destroy called when its connection has been silent for too long
   * @returns the driver's own `reject`: it tells the caller without ending the clocks
   */
  function timed(
    query: Query,
    tell: (error: Error) => void,
    destroy: (error: Error) => void,
    onEnd?: () => void,
  ) {
    const { resolve, reject } = query
    const ms = timeFor()
    const patient = setAlarm(ms, () => tell(noAnswer(ms)))
    let silent = () => {}
    const end = () => {
      patient()
      silent()
      onEnd?.()
      onEnd = undefined
    }
    query.onsent = () => {
      silent()
      silent = setAlarm(patience.silentMs, () => destroy(noAnswer(patience.silentMs)))
    }
    query.resolve = (value) => {
      end()
      resolve(value)
    }
    query.reject = (error) => {
      end()
      reject(error)
    }
    return reject
  }

  const unsafe: Ask = (text, parameters, options) => {
    const error = refusal()
    if (error) return refused(error)
    underWay++
    const query = driver.unsafe(text, parameters, options)
    const reject = timed(
      query,
      // What still waits for a connection is never sent.
      (late) => (query.connection ? reject(late) : driver.abandon(query, late, false)),
      (silent) => driver.abandon(query, silent, true),
      () => underWay--,
    )
    return query
  }

  async function begin<T>(work: (tx: Inner) => Promise<T>): Promise<T> {
    const error = refusal()
    if (error) throw error
    underWay++
    let first: Query | undefined
    let lost: Error | undefined
    let ended = false
    let giveUp: (why: Error) => void = () => {}
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = reject
    })
    givenUp.catch(() => {})

    /** The caller is told; whatever `work` still does, nothing of it is committed. */
    const lose = (why: Error) => {
      lost ??= why
      giveUp(lost)
    }
    const destroy = (why: Error) => {
      lose(why)
      // Afterwards the connection belongs to others.
      if (first && !ended) driver.abandon(first, why, true)
    }
    /** Starts the clocks of a statement that the driver sends by itself; the returned function stops them. */
    const step = (atLeastMs: number): (() => void) => {
      if (ended) return () => {}
      const ms = Math.max(timeFor(), atLeastMs)
      const patient = setAlarm(ms, () => lose(noAnswer(ms)))
      const silent = setAlarm(patience.silentMs, () => destroy(noAnswer(patience.silentMs)))
      return () => {
        patient()
        silent()
      }
    }
    const inside = (tx: Inner): Inner => ({
      unsafe(text, parameters, options) {
        if (isUsedUp()) lose(noTimeLeft())
        if (lost) return refused(lost)
        const query = tx.unsafe(text, parameters, options)
        const reject = timed(
          query,
          (late) => {
            lose(late)
            reject(late)
          },
          destroy,
        )
        return query
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
    const done = driver.begin(
      '',
      async (tx) => {
        try {
          if (lost) throw lost
          const result = await work(inside(tx))
          // Also where `work` made nothing of it: what its caller was refused must not be committed.
          if (lost) throw lost
          return result
        } finally {
          stop = step(LAST_WORD_MS)
        }
      },
      (query) => {
        first = query
        timed(
          query,
          (late) => {
            lose(late)
            if (!query.connection) driver.abandon(query, late, false)
          },
          destroy,
        )
      },
    )
    const over = () => {
      ended = true
      stop()
      underWay--
    }
    done.then(over, over)
    return Promise.race([done, givenUp]).catch((caught) => {
      throw lost ?? caught
    })
  }

  const state = () => ({ busy: Math.min(underWay, max), waiting: Math.max(0, underWay - max), max })
  return { options: driver.options, unsafe, begin, state }
}
