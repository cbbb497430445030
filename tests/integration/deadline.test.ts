import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDb, db } from '@/db/client'
import { remainingMs, setAlarm, withinDeadline } from '@/db/deadline'
import { errorCode } from '@/db/error-code'
import { openQueuePool } from '@/db/queue-pool'
import { transaction } from '@/db/transaction'
import { asOwner } from '../support/database'
import { type Relay, startRelay } from '../support/relay'

/** What became of a query and how long it took: `done` or the code of its error. */
async function fate(work: PromiseLike<unknown>): Promise<{ outcome: string; ms: number }> {
  const begun = performance.now()
  const outcome = await Promise.resolve(work).then(
    () => 'done',
    (error) => errorCode(error) ?? String(error),
  )
  return { outcome, ms: performance.now() - begun }
}

const sleep = (seconds: number) => db().execute(sql`select pg_sleep(${seconds})`)
const write = (what: string) => db().execute(sql`insert into deadline_written (what) values (${what})`)
const written = async () => {
  const rows = await db().execute<{ what: string }>(sql`select what from deadline_written order by what`)
  return rows.map((row) => row.what)
}

const direct = process.env.DATABASE_URL!
let relay: Relay

beforeEach(async () => {
  relay = await startRelay(Number(new URL(direct).port))
  const url = new URL(direct)
  url.port = String(relay.port)
  await closeDb()
  process.env.DATABASE_URL = url.href
  await asOwner((owner) => owner`create table if not exists deadline_written (what text)`)
  await db().execute(sql`delete from deadline_written`)
})

afterEach(async () => {
  delete process.env.DATABASE_POOL
  await closeDb()
  await relay.close()
  process.env.DATABASE_URL = direct
})

describe('a query', () => {
  it('that finds its connection silent is refused within four seconds, and the next one is answered at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => sleep(0.05)))
    relay.fail('silence')
    const { outcome, ms } = await fate(db().execute(sql`select 1`))
    expect(outcome).toBe('GREENLIT_DEADLINE')
    expect(ms).toBeGreaterThan(2_900)
    expect(ms).toBeLessThan(4_800)
    // Not only its own connection was silent: none of the others may cost the next reader four seconds again.
    for (let n = 0; n < 10; n++) {
      const next = await fate(db().execute(sql`select 1`))
      expect(next.outcome).toBe('done')
      expect(next.ms).toBeLessThan(1_500)
    }
  })

  it('is refused at once where too many wait already, and nothing of it is sent', async () => {
    process.env.DATABASE_POOL = '1'
    await closeDb()
    await db().execute(sql`select 1`)
    const busy = fate(sleep(0.5))
    const waiting = Array.from({ length: 100 }, () => fate(db().execute(sql`select 1`)))
    const { outcome, ms } = await fate(write('one too many'))
    expect(outcome).toBe('GREENLIT_BUSY')
    expect(ms).toBeLessThan(400)
    expect((await fate(transaction(() => write('one too many')))).outcome).toBe('GREENLIT_BUSY')
    expect((await busy).outcome).toBe('done')
    expect(new Set((await Promise.all(waiting)).map((one) => one.outcome))).toEqual(new Set(['done']))
    expect(await written()).toEqual([])
  })

  it('is not blamed for this process being too busy to read its answer', async () => {
    const asked = withinDeadline(300, () => fate(sleep(0.05)))
    await new Promise((resolve) => setImmediate(resolve))
    const until = performance.now() + 700
    while (performance.now() < until);
    expect((await asked).outcome).toBe('done')
  })
})

describe('a request', () => {
  it('has one budget for all of its queries', async () => {
    const page = fate(
      withinDeadline(800, async () => {
        for (let n = 0; n < 10; n++) await sleep(0.3)
      }),
    )
    const { outcome, ms } = await page
    expect(outcome).toBe('GREENLIT_DEADLINE')
    expect(ms).toBeLessThan(1_300)
  })

  it('that has used its budget up is refused at once, and nothing is sent', async () => {
    const late = await withinDeadline(100, async () => {
      await fate(sleep(0.3))
      // A timer may ring a millisecond early.
      while (remainingMs() > 0) await new Promise(setImmediate)
      return [await fate(write('late')), await fate(transaction(() => write('late in a transaction')))]
    })
    for (const { outcome, ms } of late) {
      expect(outcome).toBe('GREENLIT_DEADLINE')
      expect(ms).toBeLessThan(100)
    }
    expect(await written()).toEqual([])
  })

  it('inside another keeps the earlier end', async () => {
    withinDeadline(500, () => {
      withinDeadline(60_000, () => expect(remainingMs()).toBeLessThanOrEqual(500))
      withinDeadline(100, () => expect(remainingMs()).toBeLessThanOrEqual(100))
    })
    expect(remainingMs()).toBe(Number.POSITIVE_INFINITY)
  })

  it('has the same clock in every copy of the module that a bundler makes', async () => {
    vi.resetModules()
    const copy = await import('@/db/deadline')
    expect(copy.withinDeadline).not.toBe(withinDeadline)
    copy.withinDeadline(1_000, () => expect(remainingMs()).toBeLessThanOrEqual(1_000))
  })

  it('that gives up while it waits in the queue is never served later', async () => {
    process.env.DATABASE_POOL = '1'
    await closeDb()
    await db().execute(sql`select 1`)
    const busy = fate(sleep(1))
    const { outcome, ms } = await withinDeadline(200, () => fate(write('given up')))
    expect(outcome).toBe('GREENLIT_DEADLINE')
    expect(ms).toBeLessThan(700)
    expect((await busy).outcome).toBe('done')
    expect(await written()).toEqual([])
  })
})

describe('a transaction', () => {
  it('that runs out of time is ended as a whole: nothing of it stays, and others go on', async () => {
    const outcome = await withinDeadline(600, () =>
      fate(
        transaction(async () => {
          await write('first half')
          await sleep(2)
          await write('second half')
        }),
      ),
    )
    expect(outcome.outcome).toBe('GREENLIT_DEADLINE')
    expect(outcome.ms).toBeLessThan(1_200)
    expect((await fate(write('another'))).outcome).toBe('done')
    expect(await written()).toEqual(['another'])
  })

  it('that swallows the refusal does not commit what it had written before', async () => {
    const outcome = await withinDeadline(300, () =>
      fate(
        transaction(async () => {
          await write('before')
          await sleep(1).catch(() => {})
        }),
      ),
    )
    expect(outcome.outcome).toBe('GREENLIT_DEADLINE')
    expect(await written()).toEqual([])
  })

  it('whose commit is not answered is an error, for nobody knows whether it happened', async () => {
    const { outcome, ms } = await fate(
      transaction(async () => {
        await write('perhaps')
        relay.fail('silence')
      }),
    )
    expect(outcome).toBe('GREENLIT_DEADLINE')
    expect(ms).toBeLessThan(5_000)
    expect((await fate(transaction(() => write('afterwards')))).outcome).toBe('done')
    expect(await written()).toContain('afterwards')
  })

  it('is not begun again once the time for its repeats is over', async () => {
    relay.fail('deaf')
    await closeDb()
    const { outcome, ms } = await fate(transaction(() => write('repeated'), { idempotent: true }))
    expect(outcome).toMatch(/^(CONNECT_TIMEOUT|GREENLIT_DEADLINE)$/)
    expect(ms).toBeLessThan(5_000)
  })

  it('goes on in a savepoint, and takes one back, under the same clock', async () => {
    const kept = await withinDeadline(2_000, () =>
      fate(
        db().transaction(async (tx) => {
          await tx.execute(sql`insert into deadline_written (what) values ('outer')`)
          await tx
            .transaction(async (inner) => {
              await inner.execute(sql`insert into deadline_written (what) values ('taken back')`)
              throw new Error('no')
            })
            .catch(() => {})
        }),
      ),
    )
    expect(kept.outcome).toBe('done')
    expect(await written()).toEqual(['outer'])
    const lost = await withinDeadline(300, () =>
      fate(db().transaction((tx) => tx.transaction((inner) => inner.execute(sql`select pg_sleep(2)`)))),
    )
    expect(lost.outcome).toBe('GREENLIT_DEADLINE')
    expect(lost.ms).toBeLessThan(900)
  })
})

describe('the job queue', () => {
  it('gives a silent connection up, and its next statement is answered on a new one', async () => {
    const pool = openQueuePool(process.env.DATABASE_URL!, 2, 500)
    try {
      await pool.query('select 1')
      relay.fail('silence')
      const { outcome, ms } = await fate(pool.query('select 1'))
      expect(outcome).toBe('GREENLIT_DEADLINE')
      expect(ms).toBeLessThan(1_500)
      expect((await fate(pool.query('select 1'))).outcome).toBe('done')
      // As the queue does it: taken out, used, and given back whatever came of it.
      const client = await pool.connect()
      relay.fail('silence')
      expect((await fate(client.query('select 1'))).outcome).toBe('GREENLIT_DEADLINE')
      client.release()
      expect((await fate(pool.query('select 1'))).outcome).toBe('done')
    } finally {
      await pool.end()
    }
  })
})

it('an alarm that is called off does not ring', async () => {
  const rung: string[] = []
  const off = setAlarm(10, () => rung.push('off'))
  off()
  await new Promise<void>((resolve) => setAlarm(30, resolve))
  expect(rung).toEqual([])
})
