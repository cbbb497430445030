/**
 * The connection-loss drill: 20 writers on each of four pools while the server ends their connections at
 * random, crashes and recovers, or is killed and started again. FAULT_ROUNDS sets the number of rounds;
 * POSTGRES_DRIVER=folder tries another copy of the driver (see patches/README.md).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseUrl, EMBEDDED_DATABASE, startEmbedded } from '@/db/embedded'
import { startTestServer, TEST_PASSWORD, type TestServer } from '../support/server'
import type { Attempt, Order, Report } from './connection-loss-writers'

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 20)
const ROUND_MS = 700
const WAIT_MAX_MS = 10_000
const RECOVERY_MAX_MS = 5_000

/** What the rounds together came to. */
const total = {
  rounds: 0,
  backendsKilled: 0,
  crashes: 0,
  serversKilled: 0,
  attempts: 0,
  committed: 0,
  refused: 0,
  lost: 0,
  codes: {} as Record<string, number>,
  longestWaitMs: 0,
  longestRecoveryMs: 0,
}
const found = {
  missing: [] as string[],
  halves: [] as string[],
  undead: [] as string[],
  mixed: [] as string[],
  stuck: [] as string[],
  escaped: [] as string[],
  lateAccepted: 0,
  exit: null as number | string | null,
}

let server: TestServer
let running: { pid: number; stop(): Promise<void> }
let writers: ChildProcess
const url = () => databaseUrl(server.port, TEST_PASSWORD, EMBEDDED_DATABASE)

async function tell(order: Order): Promise<unknown> {
  const settled = new AbortController()
  const { signal } = settled
  const answer = Promise.race([
    once(writers, 'message', { signal }).then(([message]) => message),
    once(writers, 'exit', { signal }).then(([code]) => {
      throw new Error(`the writers ended with ${code}`)
    }),
    pause(6 * WAIT_MAX_MS, undefined, { signal }).then(() => {
      throw new Error(`no answer to "${order}"`)
    }),
  ])
  writers.send(order)
  return answer.finally(() => settled.abort())
}

async function withSql<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url(), { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Ends random connections of the writers every few milliseconds, once all of them together. */
async function killBackends(durationMs: number): Promise<void> {
  await withSql(async (sql) => {
    const until = performance.now() + durationMs
    const allAt = performance.now() + Math.random() * durationMs
    let all = false
    while (performance.now() < until) {
      const everybody: boolean = !all && performance.now() > allAt
      all ||= everybody
      const killed = await sql`
        select pg_terminate_backend(pid) from (
          select pid from pg_stat_activity where application_name = 'drill'
          order by random() limit ${everybody ? 1_000 : 1 + Math.floor(Math.random() * 3)}
        ) victims`
      total.backendsKilled += killed.length
      await pause(10 + Math.random() * 40)
    }
  })
}

/** A backend that dies hard makes the server end all others and recover, refusing everyone meanwhile. */
async function crashServer(): Promise<void> {
  await pause(ROUND_MS / 4)
  const [victim] = await withSql(
    (sql) => sql<{ pid: number }[]>`
      select pid from pg_stat_activity where application_name = 'drill' order by random() limit 1`,
  )
  process.kill(victim!.pid, 'SIGKILL')
  total.crashes++
  await pause(ROUND_MS / 2)
}

async function killServer(): Promise<void> {
  await pause(ROUND_MS / 4)
  process.kill(running.pid, 'SIGKILL')
  total.serversKilled++
  await pause(Math.random() * 300)
  const again = await startEmbedded({
    dataDir: server.dataDir,
    password: TEST_PASSWORD,
    port: server.port,
    settings: { max_connections: '200' },
  })
  running = again
  expect(again.port).toBe(server.port)
  await pause(ROUND_MS / 2)
}

const FAULTS = [killServer, () => killBackends(ROUND_MS), crashServer, () => killBackends(ROUND_MS)]

// Attempts are numbered; no table lock is taken between rounds, a wedged transaction might hold one.
let audited = 0

async function audit(round: number, attempts: Attempt[]): Promise<void> {
  const rows = await withSql(
    (sql) => sql<{ attempt: number; halves: string; transactions: number }[]>`
      select attempt::int, string_agg(half, ',' order by half) as halves,
        count(distinct by)::int as transactions
      from written where attempt > ${audited} group by attempt`,
  )
  const there = new Map(rows.map((row) => [row.attempt, row]))
  for (const { id, outcome, readyToCommit, waitedMs } of attempts) {
    total.attempts++
    total.codes[outcome] = (total.codes[outcome] ?? 0) + 1
    total.longestWaitMs = Math.max(total.longestWaitMs, waitedMs)
    const row = there.get(id)
    const what = `round ${round}, attempt ${id}, ${outcome}: ${row?.halves ?? 'nothing'}`
    const whole = (row?.halves === 'a,b' && row.transactions === 1) || row?.halves === 'alone'
    if (outcome === 'stuck') found.stuck.push(what)
    if (outcome === 'committed') {
      total.committed++
      if (!whole) found.missing.push(what)
    } else {
      total[outcome === 'refused' ? 'refused' : 'lost']++
      // When the connection went while the commit was under way, it may have happened; nothing else may.
      if (row && (outcome === 'refused' || !readyToCommit)) found.undead.push(what)
      else if (row && !whole) found.halves.push(what)
    }
  }
  await withSql(async (sql) => {
    const mixed = await sql`
      select string_agg(attempt || ':' || half, ' ') as rows from written
      where attempt > ${audited} group by by having count(distinct attempt) > 1`
    found.mixed.push(...mixed.map((row) => `round ${round}: ${row.rows}`))
  })
  audited = Math.max(audited, ...attempts.map(({ id }) => id))
}

beforeAll(async () => {
  server = await startTestServer({ durable: true })
  running = server
  await withSql(
    (sql) => sql`
      create table written (attempt bigint, half text, by xid8 not null default pg_current_xact_id())`,
  )
  writers = fork(fileURLToPath(new URL('./connection-loss-writers.ts', import.meta.url)), [url()], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(writers, 'message')
  for (let round = 1; round <= ROUNDS; round++) {
    await tell('begin')
    await FAULTS[round % FAULTS.length]!()
    const report = (await tell('report')) as Report
    total.rounds++
    total.longestRecoveryMs = Math.max(total.longestRecoveryMs, ...Object.values(report.recoveryMs))
    found.escaped = report.escaped
    found.lateAccepted = report.lateAccepted
    await audit(round, report.attempts)
  }
  const exit = once(writers, 'exit')
  await tell('go')
  found.exit = (await Promise.race([exit, pause(WAIT_MAX_MS, ['does not end'])]))[0]
}, 600_000)

afterAll(async () => {
  const counts = Object.entries(found).map(([what, which]) => [
    what,
    Array.isArray(which) ? which.length : which,
  ])
  console.log('connection-loss drill:', JSON.stringify({ ...total, found: Object.fromEntries(counts) }))
  writers?.kill('SIGKILL')
  await running?.stop()
  await server?.remove()
}, 60_000)

describe('while the server drops connections, is killed and comes back', () => {
  it('the drill does hurt: connections are lost in every kind of transaction, and many commits succeed', () => {
    expect(total.rounds).toBe(ROUNDS)
    expect(total.backendsKilled).toBeGreaterThan(ROUNDS * 5)
    expect(total.crashes).toBe(Math.floor((ROUNDS + 2) / 4))
    expect(total.serversKilled).toBe(Math.floor(ROUNDS / 4))
    expect(total.lost).toBeGreaterThan(ROUNDS * 10)
    expect(total.committed).toBeGreaterThan(ROUNDS * 50)
    expect(total.refused).toBeGreaterThan(ROUNDS * 10)
  })
  it('everything that was confirmed is there in full', () => expect(found.missing.slice(0, 20)).toEqual([]))
  it('nothing is there by half', () => expect(found.halves.slice(0, 20)).toEqual([]))
  it('nothing is there of a transaction that was rolled back or lost', () => {
    expect(found.undead.slice(0, 20)).toEqual([])
    expect(found.lateAccepted).toBe(0)
  })
  it('no transaction contains a statement of another', () => expect(found.mixed.slice(0, 20)).toEqual([]))
  it('nobody waits longer than ten seconds', () => {
    expect(found.stuck.slice(0, 20)).toEqual([])
    expect(total.longestWaitMs).toBeLessThan(WAIT_MAX_MS)
  })
  it('no error escapes its caller, and the writers end of their own accord', () => {
    expect(found.escaped.slice(0, 3)).toEqual([])
    expect(found.exit).toBe(0)
  })
  it('every pool works again within five seconds', () =>
    expect(total.longestRecoveryMs).toBeLessThan(RECOVERY_MAX_MS))
})
