import { createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as health } from '@/app/health/route'
import { GET as ready } from '@/app/ready/route'
import { closeDb, db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { beat, forgetHeartbeats } from '@/lib/operations/commands'
import { getHealth } from '@/lib/operations/health'
import { getReadiness } from '@/lib/operations/readiness'

process.env.AUTH_URL = 'http://localhost:3000'
const at = (path: string) => new Request(`http://localhost:3000${path}`)

// Answers are remembered for a moment; each look here is a minute later than the one before.
let minutes = 0
const later = () => new Date(Date.now() + ++minutes * 60_000)

const workerSeen = (secondsAgo: number) =>
  db().execute(sql`
    insert into heartbeat (name, role, seen_at) values ('w', 'worker', now() - make_interval(secs => ${secondsAgo}))
    on conflict (name) do update set seen_at = excluded.seen_at`)

const queued = (about: string, dueMinutesAgo: number, more: { readerId?: string; leased?: boolean } = {}) =>
  db().execute(sql`
    insert into mail (message_id, recipient, reader_id, subject, text, html, next_attempt_at, leased_until)
    values (${`<${about}@x>`}, 'ana@greenlit.test', ${more.readerId ?? null}, 's', 't', 'h',
      now() - make_interval(mins => ${dueMinutesAgo}),
      case when ${more.leased ?? false} then now() + interval '1 day' end)`)

const took = async <T>(work: Promise<T>): Promise<{ ms: number; found: T }> => {
  const startedAt = performance.now()
  const found = await work
  return { ms: performance.now() - startedAt, found }
}

beforeEach(async () => {
  vi.stubEnv('SMTP_URL', '')
  vi.stubEnv('EMAIL_SERVER', '')
  await db().execute(sql`delete from heartbeat`)
  await db().execute(sql`delete from mail`)
  await db().execute(sql`delete from setting where key = 'notices_paused'`)
})
afterEach(() => vi.unstubAllEnvs())

/** Points the site at another address of a database for a while. */
async function withDatabaseAt<T>(url: string, work: () => Promise<T>): Promise<T> {
  const own = process.env.DATABASE_URL
  await closeDb()
  process.env.DATABASE_URL = url
  try {
    return await work()
  } finally {
    await closeDb()
    process.env.DATABASE_URL = own
  }
}

/** A server that takes connections and never says a word. */
async function silent<T>(work: (url: string) => Promise<T>): Promise<T> {
  const sockets: Socket[] = []
  const server = createServer((socket) => void sockets.push(socket))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    return await work(`postgres://nobody@127.0.0.1:${(server.address() as { port: number }).port}/nothing`)
  } finally {
    for (const socket of sockets) socket.destroy()
    await new Promise((closed) => server.close(closed))
  }
}

describe('ready', () => {
  it('is said where a row can be written, a worker was seen and mail is read in the local mailbox', async () => {
    await workerSeen(5)
    await queued('old', 600)
    const { ready: all, checks } = await getReadiness(later())
    expect(checks).toEqual({
      database: { ok: true, ms: expect.any(Number) },
      worker: { ok: true, ms: expect.any(Number), ageSeconds: expect.any(Number) },
      mail: { ok: true, ms: expect.any(Number), oldestDueSeconds: null },
      queue: { ok: true, ms: expect.any(Number), waiting: expect.any(Number) },
    })
    expect(all).toBe(true)
  })

  it('answers 200 and 503 at its door, each check by name, never kept', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: later() })
    try {
      const not = await ready(at('/ready'))
      expect(not.status).toBe(503)
      expect(not.headers.get('retry-after')).toBeTruthy()
      expect(await not.json()).toMatchObject({
        status: 'not-ready',
        checks: {
          database: { ok: true },
          worker: {
            ok: false,
            age_seconds: null,
            detail: expect.stringMatching(/^No worker was ever seen\..+\.$/),
          },
          mail: { ok: true, oldest_due_seconds: null },
          queue: { ok: true, waiting: expect.any(Number) },
        },
      })
      await workerSeen(1)
      vi.setSystemTime(later())
      const yes = await ready(at('/ready'))
      expect(yes.status).toBe(200)
      expect(yes.headers.get('cache-control')).toBe('no-store')
      expect(await yes.json()).toMatchObject({ status: 'ready', checks: { worker: { ok: true } } })
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not said once no worker was seen for two minutes', async () => {
    await workerSeen(100)
    expect((await getReadiness(later())).ready).toBe(true)
    await workerSeen(130)
    const { ready: all, checks } = await getReadiness(later())
    expect(all).toBe(false)
    expect(checks.worker.detail).toMatch(/seen 13\d s ago/)
  })

  it('is not said while mail that could leave waits over a quarter of an hour, unless it is held on purpose', async () => {
    vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:9')
    await workerSeen(1)
    const now = new Date()
    const look = async (offsetMs: number) =>
      (await getReadiness(new Date(now.getTime() + offsetMs))).checks.mail
    await queued('fresh', 10)
    expect(await look(2_000)).toMatchObject({ ok: true })
    await queued('taken', 30, { leased: true })
    expect(await look(4_000)).toMatchObject({ ok: true })
    await queued('stuck', 20)
    const stuck = await look(6_000)
    expect(stuck).toMatchObject({ ok: false, detail: expect.stringMatching(/waits since 20 minutes/) })
    await db().execute(sql`insert into setting (key, value) values ('notices_paused', 'true')`)
    expect(await look(8_000)).toMatchObject({ ok: true })
  })

  it('does not take a mail that waits for an earlier one to the same reader for stuck', async () => {
    vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:9')
    const [ana] = await db().insert(reader).values({ email: 'ana@greenlit.test' }).returning()
    // The first was refused for now and is tried again later; the second keeps its turn behind it.
    await queued('first', -60, { readerId: ana!.id })
    await queued('second', 50, { readerId: ana!.id })
    const now = new Date(Date.now() + 20_000)
    expect((await getReadiness(now)).checks.mail).toMatchObject({ ok: true, oldestDueSeconds: null })
  })

  it('is not said where nothing can be written, with the reason', async () => {
    await workerSeen(1)
    // As a standby is, or a database that its keepers have closed to writes.
    const { ready: all, checks } = await withDatabaseAt(
      `${process.env.DATABASE_URL}?default_transaction_read_only=on`,
      () => getReadiness(later()),
    )
    expect(all).toBe(false)
    expect(checks.database).toMatchObject({ ok: false, detail: expect.stringMatching(/takes no writes/) })
    expect(checks.worker.ok).toBe(true)
  })

  it('names the check that hangs behind a lock within a second, and is back when the lock is gone', async () => {
    await workerSeen(1)
    const other = postgres(process.env.DATABASE_URL!, { max: 1 })
    await other.begin(async (held) => {
      await held`lock table mail in access exclusive mode`
      vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:9')
      const { ms, found } = await took(getReadiness(later()))
      expect(ms).toBeLessThan(1_000)
      expect(found.checks.database.ok).toBe(true)
      expect(found.checks.mail).toMatchObject({ ok: false, detail: 'The database did not answer in time.' })
    })
    await other.end()
    await vi.waitFor(async () => expect((await getReadiness(later())).ready).toBe(true), { timeout: 5_000 })
  })

  it('is answered within a second by a database that is gone and by one that never says a word', async () => {
    for (const look of [
      () => withDatabaseAt('postgres://nobody@127.0.0.1:9/nothing', () => took(getReadiness(later()))),
      () => silent((url) => withDatabaseAt(url, () => took(getReadiness(later())))),
    ]) {
      const { ms, found } = await look()
      expect(ms).toBeLessThan(1_000)
      expect(found.ready).toBe(false)
      expect(found.checks.database).toMatchObject({
        ok: false,
        detail: expect.stringMatching(/^The database/),
      })
    }
  })
})

describe('health', () => {
  it('is 200 at once while the process lives, whatever the database does, and says what it knows', async () => {
    const well = await health(at('/health'))
    expect(well.status).toBe(200)
    expect(await well.json()).toMatchObject({ status: 'ok', database: 'ok', shows: expect.any(Number) })
    await silent((url) =>
      withDatabaseAt(url, async () => {
        vi.useFakeTimers({ toFake: ['Date'], now: later() })
        try {
          const { ms, found } = await took(health(at('/health')))
          expect(found.status).toBe(200)
          expect(await found.json()).toMatchObject({ status: 'ok', database: 'away' })
          expect(ms).toBeLessThan(500)
          // Nobody waits again for an answer that is late already.
          const again = await took(Promise.all(Array.from({ length: 50 }, () => health(at('/health')))))
          expect(again.ms).toBeLessThan(150)
          for (const answer of again.found) expect(await answer.json()).toMatchObject({ database: 'away' })
        } finally {
          vi.useRealTimers()
        }
      }),
    )
    await vi.waitFor(async () => expect((await getHealth(later())).database).toBe('ok'), { timeout: 10_000 })
  })
})

describe('heartbeats', () => {
  it('are one row a process, and those of processes gone for a day are forgotten', async () => {
    await beat('worker', 'a:1')
    await beat('worker', 'a:1')
    await beat('worker', 'b:2')
    await db().execute(sql`update heartbeat set seen_at = now() - interval '25 hours' where name = 'b:2'`)
    await forgetHeartbeats()
    const rows = await db().execute<{ name: string }>(sql`select name from heartbeat`)
    expect([...rows].map(({ name }) => name)).toEqual(['a:1'])
  })
})
