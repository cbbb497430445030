/**
 * The writers of the connection-loss drill, in a process of their own so that a crash is theirs alone: four
 * pools (postgres.js and drizzle, 5 and 25 connections), 20 writers on each, every one in a transaction of
 * several statements most of the time. They take orders from, and report to, connection-loss.test.ts.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { sql as template } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { reconnectDelay } from '../../db/client'
import { errorCode } from '../../db/error-code'
import { loadDriver } from '../support/driver'

/** Longer than this nobody may wait. */
export const PATIENCE_MS = 10_000
const WRITERS_PER_POOL = 20
const POOL_SIZES = [5, 25]

/** What one writer did and was told. */
export interface Attempt {
  id: number
  /** `committed`: confirmed; `refused`: rolled back on purpose; else the code of the error, or `stuck`. */
  outcome: string
  /** True once everything was written and only the commit remained: an error then leaves the outcome open. */
  readyToCommit: boolean
  waitedMs: number
}

/** The report on one round. */
export interface Report {
  attempts: Attempt[]
  /** Per pool, from the end of the faults to a transaction that worked. */
  recoveryMs: Record<string, number>
  /** Errors nobody could have caught, so far. */
  escaped: string[]
  /** Statements sent through a transaction that had ended, and accepted. */
  lateAccepted: number
}

/** Orders: begin a round, end it and report, close the pools and go. */
export type Order = 'begin' | 'report' | 'go'

interface Scope {
  write(id: number, half: string): Promise<unknown>
  work(seconds: number): Promise<unknown>
  nested(work: (scope: Scope) => Promise<void>): Promise<unknown>
}

interface Pool {
  name: string
  write: Scope['write']
  transaction(work: (scope: Scope) => Promise<void>): Promise<unknown>
  end(): Promise<void>
}

class Refusal extends Error {}

const escaped: string[] = []
process.on('uncaughtException', (error) => escaped.push(`${error}`))
process.on('unhandledRejection', (error) => escaped.push(`unhandled: ${error}`))

function rawScope(tx: postgres.Sql | postgres.TransactionSql): Scope {
  return {
    write: async (id, half) => tx`insert into written (attempt, half) values (${id}, ${half})`,
    work: async (seconds) => tx`select pg_sleep(${seconds})`,
    nested: (work) => (tx as postgres.TransactionSql).savepoint((inner) => work(rawScope(inner))),
  }
}

function drizzleScope(tx: Pick<PostgresJsDatabase, 'execute' | 'transaction'>): Scope {
  return {
    write: async (id, half) =>
      tx.execute(template`insert into written (attempt, half) values (${id}, ${half})`),
    work: async (seconds) => tx.execute(template`select pg_sleep(${seconds})`),
    nested: (work) => tx.transaction((inner) => work(drizzleScope(inner))),
  }
}

async function openPools(url: string): Promise<Pool[]> {
  const driver = await loadDriver()
  return POOL_SIZES.flatMap((max) => {
    const open = () =>
      driver(url, {
        max,
        connect_timeout: 2,
        backoff: reconnectDelay,
        onnotice: () => {},
        connection: { application_name: 'drill', statement_timeout: 3_000 },
      })
    // drizzle changes how its client reads and writes values: the two never share one.
    const raw = open()
    const client = open()
    const orm = drizzle(client)
    return [
      {
        name: `postgres.js, ${max}`,
        write: rawScope(raw).write,
        transaction: (work) => raw.begin((tx) => work(rawScope(tx))),
        end: () => raw.end({ timeout: 5 }),
      },
      {
        name: `drizzle, ${max}`,
        write: drizzleScope(orm).write,
        transaction: (work) => orm.transaction((tx) => work(drizzleScope(tx))),
        end: () => client.end({ timeout: 5 }),
      },
    ] satisfies Pool[]
  })
}

let lateAccepted = 0

/** The ways to spend a transaction; each writes the halves `a` and `b` and nothing else that may stay. */
const PLANS: ((scope: Scope, id: number) => Promise<unknown>)[] = [
  async (scope, id) => {
    await scope.write(id, 'a')
    await scope.work(Math.random() * 0.02)
    await scope.write(id, 'b')
  },
  // Idle inside the transaction when the connection goes.
  async (scope, id) => {
    await scope.write(id, 'a')
    await pause(Math.random() * 40)
    await scope.write(id, 'b')
  },
  async (scope, id) => Promise.all([scope.write(id, 'a'), scope.work(0.01), scope.write(id, 'b')]),
  // Carries on whatever it is told.
  async (scope, id) => {
    await scope.write(id, 'a')
    await scope.work(0.02).catch(() => {})
    await pause(Math.random() * 60)
    await scope.write(id, 'b')
  },
  async (scope, id) => {
    await scope.write(id, 'a')
    await scope
      .nested(async (inner) => {
        await inner.write(id, 'taken back')
        await inner.work(0.01)
        throw new Refusal()
      })
      .catch((error) => {
        if (!(error instanceof Refusal)) throw error
      })
    await scope.write(id, 'b')
  },
  // Sends one more statement when the transaction has long ended.
  async (scope, id) => {
    await scope.write(id, 'a')
    await scope.write(id, 'b')
    void pause(Math.random() * 80)
      .then(() => scope.write(id, 'late'))
      .then(
        () => lateAccepted++,
        () => {},
      )
  },
]

let lastId = 0

async function attempt(pool: Pool): Promise<Attempt> {
  const id = ++lastId
  const begun = performance.now()
  const record: Attempt = { id, outcome: 'stuck', readyToCommit: false, waitedMs: 0 }
  const alone = Math.random() < 0.1
  const refuse = Math.random() < 0.3
  const plan = PLANS[id % PLANS.length]!
  const done = alone
    ? pool.write(id, 'alone')
    : pool.transaction(async (scope) => {
        await plan(scope, id)
        if (refuse) throw new Refusal()
        record.readyToCommit = true
      })
  if (alone) record.readyToCommit = true
  const timer = new AbortController()
  await Promise.race([
    done.then(
      () => {
        record.outcome = 'committed'
      },
      (error) => {
        record.outcome = error instanceof Refusal ? 'refused' : (errorCode(error) ?? String(error))
      },
    ),
    pause(PATIENCE_MS, undefined, { signal: timer.signal }).catch(() => {}),
  ])
  timer.abort()
  record.waitedMs = performance.now() - begun
  return { ...record }
}

async function recovery(pool: Pool): Promise<number> {
  const begun = performance.now()
  while (performance.now() - begun < PATIENCE_MS) {
    const { outcome } = await attemptOnce(pool)
    if (outcome) break
    await pause(10)
  }
  return performance.now() - begun
}

async function attemptOnce(pool: Pool): Promise<{ outcome: boolean }> {
  const timer = new AbortController()
  const outcome = await Promise.race([
    pool
      .transaction(async (scope) => {
        await scope.work(0)
      })
      .then(
        () => true,
        () => false,
      ),
    pause(PATIENCE_MS, false, { signal: timer.signal }).catch(() => false),
  ])
  timer.abort()
  return { outcome }
}

async function main(url: string): Promise<void> {
  const pools = await openPools(url)
  let running: Promise<Attempt[][]> | undefined
  let writing = false

  const writer = async (pool: Pool) => {
    const attempts: Attempt[] = []
    while (writing) {
      const made = await attempt(pool)
      attempts.push(made)
      if (made.outcome === 'stuck') break
      if (made.outcome !== 'committed') await pause(5 + Math.random() * 10)
    }
    return attempts
  }

  const orphaned = () => process.exit(1)
  process.on('disconnect', orphaned)
  process.on('message', async (order: Order) => {
    if (order === 'begin') {
      writing = true
      running = Promise.all(
        pools.flatMap((pool) => Array.from({ length: WRITERS_PER_POOL }, () => writer(pool))),
      )
      process.send?.('begun')
    } else if (order === 'report') {
      writing = false
      const recoveryMs = Object.fromEntries(
        await Promise.all(pools.map(async (pool) => [pool.name, await recovery(pool)] as const)),
      )
      const attempts = (await running!).flat()
      await pause(100) // the late statements of the last transactions
      process.send?.({ attempts, recoveryMs, escaped, lateAccepted } satisfies Report)
    } else {
      await Promise.all(pools.map((pool) => pool.end()))
      process.send?.('gone')
      process.off('disconnect', orphaned)
      process.disconnect()
    }
  })
  process.send?.('ready')
}

await main(process.argv[2]!)
