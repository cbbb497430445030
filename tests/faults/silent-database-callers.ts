/**
 * The callers of the silent-database drill, in a process of their own: 20 at once on the site's own pool, as requests
 * come, every one reading or writing within its budget. They take orders from silent-database.test.ts.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { closeDb, db } from '../../db/client'
import { withinDeadline } from '../../db/deadline'
import { errorCode } from '../../db/error-code'
import { transaction } from '../../db/transaction'

const CALLERS = 20
const POOL_SIZE = 10
/** What the site's server gives the queries of one request. */
const BUDGET_MS = 4_000
/** Longer than this nobody is watched. */
export const PATIENCE_MS = 9_000

/** What one caller asked and was told. */
export interface Attempt {
  id: number
  kind: string
  /** `done`: confirmed; `refused`: rolled back on purpose; else the code of the error, or `stuck`. */
  outcome: string
  /** True once everything was written and only the commit remained: an error then leaves the outcome open. */
  readyToCommit: boolean
  waitedMs: number
}

/** What came of a fault. */
export interface Report {
  attempts: Attempt[]
  /** How many different connections ten transactions at once had, once all was over. */
  places: number
  /** How long this machine took to open ten connections right afterwards, with nothing wrong. */
  paceMs: number
  /** The longest this process was not let run, or too busy to listen. */
  stalledMs: number
  /** Errors nobody could have caught, so far. */
  escaped: string[]
}

/** Orders: begin to ask, and say how fast this machine is; tell when everything works again; stop asking and report; close the pool and go. */
export type Order = 'begin' | 'recover' | 'report' | 'go'

class Refusal extends Error {}

const escaped: string[] = []
process.on('uncaughtException', (error) => escaped.push(`${error}`))
process.on('unhandledRejection', (error) => escaped.push(`unhandled: ${error}`))

const write = (id: number, half: string) =>
  db().execute(sql`insert into written (attempt, half) values (${id}, ${half})`)

type Work = (record: Attempt) => Promise<unknown>

const KINDS: Record<string, Work> = {
  page: async () => {
    for (let n = 0; n < 3; n++) await db().execute(sql`select count(*) from page where id < ${n}`)
  },
  'wide page': () =>
    Promise.all([1, 2, 3, 4].map((n) => db().execute(sql`select count(*) from page where id < ${n}`))),
  'locked page': () => db().execute(sql`select count(*) from locked where id < ${9}`),
  'no parameters': () => db().execute(sql`select count(*) from page`),
  'one write': async (record) => {
    record.readyToCommit = true
    await write(record.id, 'alone')
  },
  transaction: (record) => inTransaction(record, () => pause(0)),
  'idle in a transaction': (record) => inTransaction(record, () => pause(Math.random() * 40)),
  'several at once in a transaction': (record) =>
    transaction(async () => {
      await Promise.all([write(record.id, 'a'), db().execute(sql`select 1`), write(record.id, 'b')])
      record.readyToCommit = true
    }),
  'rolled back': (record) =>
    transaction(async () => {
      await write(record.id, 'a')
      await write(record.id, 'b')
      throw new Refusal()
    }),
}

async function inTransaction(record: Attempt, between: () => Promise<unknown>): Promise<void> {
  await transaction(async () => {
    await write(record.id, 'a')
    await between()
    await write(record.id, 'b')
    record.readyToCommit = true
  })
}

const names = Object.keys(KINDS)
let lastId = 0

async function attempt(): Promise<Attempt> {
  const id = ++lastId
  const kind = names[id % names.length]!
  const record: Attempt = { id, kind, outcome: 'stuck', readyToCommit: false, waitedMs: 0 }
  const begun = performance.now()
  const timer = new AbortController()
  await Promise.race([
    withinDeadline(BUDGET_MS, () => KINDS[kind]!(record)).then(
      () => {
        record.outcome = 'done'
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

const backend = () =>
  transaction(async () => {
    const [row] = await db().execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await db().execute(sql`select pg_sleep(0.02)`)
    return row!.pid
  })

/** Returns when each of ten who keep asking has been served. */
async function recovered(): Promise<void> {
  const served = async () => {
    for (;;) {
      try {
        return await withinDeadline(BUDGET_MS, backend)
      } catch {
        await pause(10)
      }
    }
  }
  await Promise.all(Array.from({ length: POOL_SIZE }, served))
}

/** How long this machine takes to open ten new connections and serve ten who ask, with nothing wrong. */
async function pace(): Promise<number> {
  await closeDb()
  const begun = performance.now()
  await recovered()
  return performance.now() - begun
}

const stalls = monitorEventLoopDelay({ resolution: 10 })
stalls.enable()

let asking = false
let running: Promise<Attempt[][]> = Promise.resolve([])

async function caller(): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  while (asking) {
    const made = await attempt()
    attempts.push(made)
    if (made.outcome === 'stuck') break
    // As readers come: not all at once, and not as fast as a processor can ask.
    await pause(20 + Math.random() * 20)
  }
  return attempts
}

async function obey(order: Order): Promise<unknown> {
  if (order === 'begin') {
    const paceMs = await pace()
    asking = true
    running = Promise.all(Array.from({ length: CALLERS }, caller))
    await recovered()
    stalls.reset()
    return paceMs
  }
  if (order === 'recover') {
    await recovered()
    return Date.now()
  }
  if (order === 'report') {
    asking = false
    const attempts = (await running).flat()
    const pids = await Promise.allSettled(Array.from({ length: POOL_SIZE }, backend))
    const places = new Set(pids.map((one) => (one.status === 'fulfilled' ? one.value : undefined)))
    places.delete(undefined)
    const stalledMs = stalls.max / 1e6
    return { attempts, places: places.size, paceMs: await pace(), stalledMs, escaped } satisfies Report
  }
  await closeDb()
  return 'gone'
}

const orphaned = () => process.exit(1)
process.on('disconnect', orphaned)
process.on('message', async (order: Order) => {
  process.send?.(await obey(order))
  if (order !== 'go') return
  process.off('disconnect', orphaned)
  process.disconnect()
})
process.send?.('ready')
