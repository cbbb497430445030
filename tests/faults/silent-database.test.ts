/**
 * The silent-database drill: 20 callers on the site's pool while the way to the database falls silent, is reset, shut,
 * slow or thin, the server is stopped (SIGSTOP) and a table is locked for 12 seconds. Three stations work side by
 * side, each with a database and callers of its own. GREENLIT_ROUNDS sets the number of rounds.
 *
 * The promises are of a machine that lets its processes run. What this one keeps them waiting beyond that is measured
 * in every round (how long ten connections take with nothing wrong; how long the callers were not let run) and added.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseUrl } from '@/db/embedded'
import { type Fault, type Relay, startRelay } from '../support/relay'
import { startTestServer, TEST_PASSWORD, type TestServer } from '../support/server'
import type { Attempt, Order, Report } from './silent-database-callers'

const ROUNDS = Number(process.env.GREENLIT_ROUNDS ?? 2)
const WAIT_MAX_MS = 5_000
const RECOVERY_MAX_MS = 5_000
/** What a machine with nothing else to do needs at most to open ten connections, and lets a process wait. */
const PACE_MS = 500
const STALL_MS = 250
const LOCK_MS = 12_000
const ANSWER_MAX_MS = 60_000

/** Something that goes wrong, and when it counts as over. */
interface Trouble {
  name: string
  begin(): void | Promise<void>
  /** How long it lasts; 0 where new connections work all the time, so that it counts as over when it began. */
  lastsMs: number
  end?(): void | Promise<void>
}

/** A way to a database, and who asks on it. */
interface Station {
  name: string
  /** Past the relay. */
  direct: string
  relay: Relay
  callers: ChildProcess
  exit: Promise<unknown[]>
  audited: number
}

const found = {
  missing: [] as string[],
  halves: [] as string[],
  undead: [] as string[],
  late: [] as string[],
  slow: [] as string[],
  wedged: [] as string[],
  escaped: [] as string[],
  exits: [] as unknown[],
}
/** Per trouble: how often, how many asked, what they heard; the longest wait and recovery; how slow the machine was. */
interface Seen {
  times: number
  asked: number
  codes: Record<string, number>
  waitMs: number
  recoveryMs: number
  /** How often it took longer than the promise, this machine's own slowness included. */
  slow: number
  paceMs: number
  stalledMs: number
}
const seen: Record<string, Seen> = {}

const servers: TestServer[] = []
const stations: Station[] = []

async function tell(station: Station, order: Order): Promise<unknown> {
  const settled = new AbortController()
  const { signal } = settled
  const answer = Promise.race([
    once(station.callers, 'message', { signal }).then(([message]) => message),
    once(station.callers, 'exit', { signal }).then(([code]) => {
      throw new Error(`the callers of ${station.name} ended with ${code}`)
    }),
    pause(ANSWER_MAX_MS, undefined, { signal }).then(() => {
      throw new Error(`no answer to "${order}" from ${station.name}`)
    }),
  ])
  station.callers.send(order)
  return answer.finally(() => settled.abort())
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function openStation(name: string, server: TestServer): Promise<Station> {
  const urlOf = (port: number, database: string) => databaseUrl(port, TEST_PASSWORD, database)
  await withSql(urlOf(server.port, 'postgres'), (sql) => sql`create database ${sql(name)}`)
  const direct = urlOf(server.port, name)
  await withSql(direct, async (sql) => {
    await sql`create table written (attempt bigint, half text, by xid8 not null default pg_current_xact_id())`
    await sql`create table page as select generate_series(1, 100) as id`
    await sql`create table locked as select generate_series(1, 100) as id`
  })
  const relay = await startRelay(server.port)
  const callers = fork(fileURLToPath(new URL('./silent-database-callers.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: urlOf(relay.port, name),
      DATABASE_POOL: '10',
      GREENLIT_ROLE: 'site',
    },
  })
  const exit = once(callers, 'exit')
  await once(callers, 'message')
  const station: Station = { name, direct, relay, callers, exit, audited: 0 }
  stations.push(station)
  return station
}

async function audit(station: Station, what: string, attempts: Attempt[], waitMaxMs: number): Promise<void> {
  const { audited } = station
  const rows = await withSql(
    station.direct,
    (sql) => sql<{ attempt: number; halves: string; transactions: number }[]>`
      select attempt::int, string_agg(half, ',' order by half) as halves,
        count(distinct by)::int as transactions
      from written where attempt > ${audited} group by attempt`,
  )
  const there = new Map(rows.map((row) => [row.attempt, row]))
  const sum = seen[what]!
  for (const { id, kind, outcome, readyToCommit, waitedMs } of attempts) {
    const row = there.get(id)
    const line = `${what}, ${kind}: ${outcome} after ${Math.round(waitedMs)} ms, ${row?.halves ?? 'nothing'} written`
    sum.asked++
    sum.codes[outcome] = (sum.codes[outcome] ?? 0) + 1
    sum.waitMs = Math.max(sum.waitMs, waitedMs)
    if (waitedMs > waitMaxMs) found.late.push(line)
    const whole = (row?.halves === 'a,b' && row.transactions === 1) || row?.halves === 'alone'
    if (outcome === 'done' && readyToCommit && !whole) found.missing.push(line)
    // Where the answer to the commit never came it may have happened; nothing else may.
    if (outcome !== 'done' && row && !readyToCommit) found.undead.push(line)
    if (outcome !== 'done' && row && !whole) found.halves.push(line)
  }
  station.audited = Math.max(audited, ...attempts.map(({ id }) => id))
}

async function suffer(station: Station, trouble: Trouble): Promise<void> {
  seen[trouble.name] ??= {
    times: 0,
    asked: 0,
    codes: {},
    waitMs: 0,
    recoveryMs: 0,
    slow: 0,
    paceMs: 0,
    stalledMs: 0,
  }
  const sum = seen[trouble.name]!
  const paceBeforeMs = (await tell(station, 'begin')) as number
  await trouble.begin()
  await pause(trouble.lastsMs)
  await trouble.end?.()
  const overAt = Date.now()
  const recoveryMs = ((await tell(station, 'recover')) as number) - overAt
  sum.times++
  sum.recoveryMs = Math.max(sum.recoveryMs, recoveryMs)
  const report = (await tell(station, 'report')) as Report
  const { attempts, places, stalledMs, escaped } = report
  const paceMs = Math.max(paceBeforeMs, report.paceMs)
  sum.paceMs = Math.max(sum.paceMs, paceMs)
  sum.stalledMs = Math.max(sum.stalledMs, stalledMs)
  const lateMs = Math.max(0, stalledMs - STALL_MS)
  // Twice: for the connections, and for those who were refused while they were made and asked again.
  const slowMs = lateMs + 2 * Math.max(0, paceMs - PACE_MS)
  if (recoveryMs > RECOVERY_MAX_MS) sum.slow++
  if (recoveryMs > RECOVERY_MAX_MS + slowMs)
    found.slow.push(`${trouble.name}: back after ${recoveryMs} ms, pace ${paceMs}`)
  if (places < 10) found.wedged.push(`${trouble.name}: ${places} of 10 connections work`)
  found.escaped.push(...escaped)
  await audit(station, trouble.name, attempts, WAIT_MAX_MS + lateMs)
}

const onTheWay = ({ relay }: Station, name: Fault, lastsMs: number): Trouble => ({
  name,
  lastsMs,
  begin: () => relay.fail(name),
  end: () => relay.heal(),
})

/** Stops every process of a server where it stands, as a machine that swaps or a disk that hangs would. */
function stopped(server: TestServer, lastsMs: number): Trouble {
  const signal = (name: NodeJS.Signals) => {
    const children = execFileSync('pgrep', ['-P', String(server.pid)], { encoding: 'utf8' })
    for (const pid of [server.pid, ...children.trim().split('\n').map(Number)]) {
      try {
        process.kill(pid, name)
      } catch {
        // It ended meanwhile.
      }
    }
  }
  return { name: 'stopped', lastsMs, begin: () => signal('SIGSTOP'), end: () => signal('SIGCONT') }
}

function locked(station: Station): Trouble {
  let release = () => {}
  let held: Promise<unknown> = Promise.resolve()
  return {
    name: 'locked table',
    lastsMs: LOCK_MS,
    begin: () =>
      new Promise<void>((isLocked, failed) => {
        const until = new Promise<void>((resolve) => {
          release = resolve
        })
        held = withSql(station.direct, (sql) =>
          sql.begin(async (tx) => {
            await tx`lock table locked in access exclusive mode`
            isLocked()
            await until
          }),
        ).catch(failed)
      }),
    async end() {
      release()
      await held
    },
  }
}

beforeAll(async () => {
  // Nothing is killed here, so nothing need be on disk to be kept.
  const [first, second] = await Promise.all([startTestServer(), startTestServer()])
  servers.push(first, second)
  const [silent, rough, server] = await Promise.all([
    openStation('silent', first),
    openStation('rough', first),
    openStation('server', second),
  ])
  const plan: [Station, Trouble[]][] = [
    [silent, [onTheWay(silent, 'silence', 0), onTheWay(silent, 'half-open', 0)]],
    [
      rough,
      [
        onTheWay(rough, 'reset', 0),
        onTheWay(rough, 'refuse', 2_000),
        onTheWay(rough, 'latency', 3_000),
        onTheWay(rough, 'trickle', 3_000),
        onTheWay(rough, 'deaf', 5_000),
      ],
    ],
    [server, [stopped(second, 5_000), locked(server)]],
  ]
  await Promise.all(
    plan.map(async ([station, troubles]) => {
      for (let round = 1; round <= ROUNDS; round++)
        for (const trouble of troubles) await suffer(station, trouble)
      await tell(station, 'go')
      found.exits.push((await Promise.race([station.exit, pause(WAIT_MAX_MS, ['does not end'])]))[0])
    }),
  )
}, 3_600_000)

afterAll(async () => {
  console.log('silent-database drill:', JSON.stringify(seen))
  for (const { callers, relay } of stations) {
    callers.kill('SIGKILL')
    await relay.close()
  }
  for (const server of servers) await server.remove()
}, 60_000)

describe('while the database is silent, stopped, locked, slow or cut off', () => {
  it('the drill does hurt: every trouble came every round, callers are refused in it, and served around it', () => {
    const hurting = ['silence', 'half-open', 'reset', 'refuse', 'deaf', 'stopped', 'locked table']
    expect(Object.keys(seen).sort()).toEqual([...hurting, 'latency', 'trickle'].sort())
    for (const [name, { times, codes }] of Object.entries(seen)) {
      expect(times, name).toBe(ROUNDS)
      expect(codes.done, name).toBeGreaterThan(ROUNDS * 10)
    }
    const heard = (name: string) => Object.keys(seen[name]!.codes)
    for (const name of hurting)
      expect(
        heard(name).filter((code) => !['done', 'refused'].includes(code)).length,
        `${name}: ${heard(name)}`,
      ).toBeGreaterThan(0)
    for (const name of ['silence', 'half-open', 'deaf', 'stopped'])
      expect(seen[name]!.codes.GREENLIT_DEADLINE, name).toBeGreaterThan(0)
  })
  it('nobody waits longer than five seconds', () => expect(found.late.slice(0, 20)).toEqual([]))
  it('everything works again within five seconds', () => expect(found.slow).toEqual([]))
  it('everything that was confirmed is there in full', () => expect(found.missing.slice(0, 20)).toEqual([]))
  it('nothing is there by half', () => expect(found.halves.slice(0, 20)).toEqual([]))
  it('nothing is there of a transaction that was rolled back or lost', () =>
    expect(found.undead.slice(0, 20)).toEqual([]))
  it('every place of the pool works afterwards', () => expect(found.wedged).toEqual([]))
  it('no error escapes its caller, and the callers end of their own accord', () => {
    expect(found.escaped.slice(0, 3)).toEqual([])
    expect(found.exits).toEqual([0, 0, 0])
  })
})
