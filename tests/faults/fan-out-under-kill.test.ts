/**
 * The worker is killed again and again while it tells an official event to two thousand readers: a real process, a
 * durable PostgreSQL, and a mail server that says yes only after it has written the mail down.
 * GREENLIT_KILLS sets the number of kills; every twenty of them are a round with an event of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { analyze } from '@/db/analyze'
import { closeDb, db } from '@/db/client'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { aCrowd, MailSink } from '../support/crowd'
import { startTestServer, type TestServer } from '../support/server'
import { aShow, Clock, said } from '../support/telling'

const KILLS = Number(process.env.GREENLIT_KILLS ?? 6)
const KILLS_A_ROUND = 20
const READERS = 2_000
const SLUG = 'kingdom'
const FOLLOWED = 2
/** How long a worker lives at most once it is up: long enough to get somewhere, too short to get done. */
const LIFE_MS = 2_500
/**
 * A worker steps back before whatever else runs: beside working tests it takes minutes for what it does alone in fifteen
 * seconds. How long it took is printed, not promised.
 */
const POLL = { timeout: 300_000, interval: 100 }

let server: TestServer
let sink: MailSink
/** How long a worker takes from its start to its first query. */
let bootMs = 0

interface Progress extends Record<string, unknown> {
  notices: number
  written: number
  mails: number
  unsent: string[]
}

/** Mails are told apart by round: an event's notices are about it. */
async function progress(eventId: number): Promise<Progress> {
  const [row] = await db().execute<Progress>(sql`
    select count(*)::int as notices, count(n.mail_id)::int as written, count(distinct n.mail_id)::int as mails,
      coalesce(array_agg(m.message_id) filter (where m.sent_at is null and m.id is not null), '{}') as unsent
    from notice n left join mail m on m.id = n.mail_id where n.event_id = ${eventId}`)
  return row!
}

const lives: ChildProcess[] = []

function startWorker(): { child: ChildProcess; ended: Promise<unknown> } {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', path.join('lib', 'jobs', 'worker.ts')],
    {
      cwd: path.join(import.meta.dirname, '../..'),
      env: {
        ...process.env,
        NODE_ENV: 'production',
        GREENLIT_ROLE: 'worker',
        GREENLIT_LEASE_SECONDS: '3',
        SMTP_URL: sink.url,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  lives.push(child)
  return { child, ended: once(child, 'exit') }
}

async function stop({ child, ended }: ReturnType<typeof startWorker>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal)
  await ended
}

async function workersConnected(): Promise<boolean> {
  const [row] = await db().execute<{ there: boolean }>(
    sql`select exists (select 1 from pg_stat_activity where application_name = 'worker') as there`,
  )
  return row!.there
}

beforeAll(async () => {
  server = await startTestServer({ durable: true })
  await closeDb()
  process.env.DATABASE_URL = server.runningUrl
  process.env.MIGRATION_DATABASE_URL = server.url
  await migrate(server.url, EMBEDDED_RUNNING_ROLE)
  sink = await MailSink.start({ beforeMs: 5, afterMs: 5 })
  const clock = new Clock(new Date())
  await aShow(SLUG, clock, FOLLOWED + Math.ceil(KILLS / KILLS_A_ROUND))
  await aCrowd({ count: READERS, name: 'ana', slug: SLUG, number: FOLLOWED }, clock.now())
  await analyze()
  const began = performance.now()
  const first = startWorker()
  await vi.waitFor(async () => expect(await workersConnected()).toBe(true), POLL)
  bootMs = performance.now() - began
  await stop(first, 'SIGTERM')
})

afterAll(async () => {
  for (const child of lives) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await sink?.close()
  await closeDb()
  await server?.remove()
})

/** The makers renew one season more each round; who follows the second hears of all after it. @returns the event's id */
async function officialWord(round: number): Promise<number> {
  const season = FOLLOWED + 1 + round
  await said({ show: SLUG, season, kind: 'renewed', sourceClass: 'official' }, new Clock(new Date()))
  const events = await db().execute<{ id: number }>(sql`select id from event where telling = 'held'`)
  expect(events).toHaveLength(1)
  return events[0]!.id
}

it(`everybody is told once though the worker is killed ${KILLS} times: none lost, doubled only where the server’s yes was not heard`, {
  timeout: 600_000 + KILLS * 15_000,
}, async () => {
  const total = { kills: 0, whileStarting: 0, whileTelling: 0, whileWriting: 0, whileSending: 0, idle: 0 }
  let unheard = 0
  let doubled = 0
  let copiesMost = 0
  const doneMs: number[] = []
  for (let round = 0; total.kills < KILLS; round++) {
    const eventId = await officialWord(round)
    /** How often a kill came between the server's yes and our note of it, by mail, and the copies the server had then. */
    const hits = new Map<string, number>()
    const had = new Map<string, number>()
    for (let kill = 0; kill < KILLS_A_ROUND && total.kills < KILLS; kill++) {
      const worker = startWorker()
      await wait(bootMs / 2 + Math.random() * (bootMs / 2 + LIFE_MS))
      const up = await workersConnected()
      await stop(worker, 'SIGKILL')
      // What was on its way may still arrive, and what the database had begun is undone or done.
      await vi.waitFor(async () => {
        expect(sink.isQuiet).toBe(true)
        expect(await workersConnected()).toBe(false)
      }, POLL)
      total.kills++
      const { notices, written, unsent } = await progress(eventId)
      const copies = sink.copies()
      for (const id of unsent) {
        const has = copies.get(id) ?? 0
        if (has === (had.get(id) ?? 0)) continue
        had.set(id, has)
        hits.set(id, (hits.get(id) ?? 0) + 1)
        unheard++
      }
      if (!up) total.whileStarting++
      else if (notices < READERS) total.whileTelling++
      else if (written < READERS) total.whileWriting++
      else if (unsent.length > 0) total.whileSending++
      else total.idle++
    }
    const lastKillAt = performance.now()
    const worker = startWorker()
    await vi.waitFor(async () => {
      const [row] = await db().execute<{ sent: number }>(
        sql`select count(*)::int as sent from notice where event_id = ${eventId} and state = 'sent'`,
      )
      expect(row!.sent).toBe(READERS)
    }, POLL)
    doneMs.push(performance.now() - lastKillAt)
    await stop(worker, 'SIGTERM')

    const copies = sink.copies()
    const told = await db().execute<{
      reader_id: string
      state: string
      message_id: string
      recipient: string
    }>(sql`
      select n.reader_id, n.state, m.message_id, m.recipient from notice n join mail m on m.id = n.mail_id
      where n.event_id = ${eventId}`)
    expect(told).toHaveLength(READERS)
    expect(new Set(told.map(({ reader_id }) => reader_id)).size).toBe(READERS)
    expect(new Set(told.map(({ message_id }) => message_id)).size).toBe(READERS)
    expect(told.filter(({ state }) => state !== 'sent')).toEqual([])
    expect(told.filter(({ message_id }) => !copies.has(message_id))).toEqual([])
    // A mail came as often as its yes went unheard, and once more: every copy has its kill.
    for (const { message_id } of told) {
      expect(copies.get(message_id)).toBeLessThanOrEqual((hits.get(message_id) ?? 0) + 1)
      copiesMost = Math.max(copiesMost, copies.get(message_id)!)
      if (copies.get(message_id)! > 1) doubled++
    }
    const done = `done ${Math.round(doneMs.at(-1)!)} ms after the last of them`
    console.log(`${total.kills} kills, ${done}; yes unheard ${unheard}, doubled ${doubled}`)
  }
  // One address, one Message-ID a round: a double is the same mail again.
  const rounds = doneMs.length
  const byAddress = new Map<string, Set<string>>()
  for (const { to, messageId } of sink.taken)
    byAddress.set(to, (byAddress.get(to) ?? new Set()).add(messageId))
  expect(byAddress.size).toBe(READERS)
  expect([...byAddress.values()].filter((ids) => ids.size !== rounds)).toEqual([])
  console.log(
    JSON.stringify({
      ...total,
      rounds,
      readers: READERS,
      mails: rounds * READERS,
      received: sink.taken.length,
      lost: 0,
      yesUnheard: unheard,
      doubled,
      copiesMost,
      bootMs: Math.round(bootMs),
      doneWithinMs: Math.round(Math.max(...doneMs)),
    }),
  )
  expect(doubled).toBeLessThanOrEqual(unheard)
})
