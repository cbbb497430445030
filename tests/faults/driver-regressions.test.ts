/**
 * One fault of the database driver per test, each in its smallest form. They fail, some by hanging, without
 * patches/postgres+3.4.9.patch; POSTGRES_DRIVER runs them against another copy of the driver.
 */
import net from 'node:net'
import postgres from 'postgres'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadDriver } from '../support/driver'

const PATIENCE_MS = 5_000
vi.setConfig({ testTimeout: 6 * PATIENCE_MS, hookTimeout: 6 * PATIENCE_MS })

let driver: typeof postgres
let admin: postgres.Sql
const opened: postgres.Sql[] = []

beforeAll(async () => {
  driver = await loadDriver()
})

beforeEach(async () => {
  admin = postgres(process.env.MIGRATION_DATABASE_URL!, { max: 1, onnotice: () => {} })
  await admin`drop table if exists written`
  await admin`create table written (what text, by xid8 default pg_current_xact_id())`
})

afterEach(async () => {
  await fate(Promise.all(opened.splice(0).map((sql) => sql.end({ timeout: 1 }))))
  await admin.end()
})

function connect(
  options: postgres.Options<Record<string, never>> = {},
  url = process.env.MIGRATION_DATABASE_URL!,
) {
  const sql = driver(url, { connect_timeout: 2, backoff: () => 0.05, onnotice: () => {}, ...options })
  opened.push(sql as unknown as postgres.Sql)
  return sql as unknown as postgres.Sql
}

/** What became of a promise: its value, the code of its error, or 'waiting' when nobody told. */
async function fate(promise: PromiseLike<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const waiting = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, 'waiting')
  })
  const settled = Promise.resolve(promise).then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )
  return Promise.race([settled, waiting]).finally(() => clearTimeout(timer))
}

async function kill(pid: number): Promise<void> {
  await admin`select pg_terminate_backend(${pid}, 2000)`
}

async function pidOf(sql: postgres.Sql | postgres.TransactionSql): Promise<number> {
  const [row] = await sql`select pg_backend_pid() as pid`
  return row!.pid
}

/** A promise and the function that fulfils it. */
function gate() {
  let open!: () => void
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

async function written(): Promise<string[]> {
  return (await admin`select what from written order by what`).map((row) => row.what)
}

const LOST = /^(CONNECTION_CLOSED|ECONNRESET|EPIPE)$/

describe('when the server ends the connection of a transaction', () => {
  it('its later statements, its commit and its rollback never reach the connection that replaces it', async () => {
    const sql = connect({ max: 1 })
    const lost = gate()
    const replaced = gate()
    let late: unknown
    const first = sql.begin(async (tx) => {
      await tx`insert into written (what) values ('first, before')`
      const pid = await pidOf(tx)
      lost.open()
      await kill(pid)
      await replaced.opened
      late = await fate(tx`insert into written (what) values ('first, after')`)
    })
    const firstFate = fate(first)
    await lost.opened
    const second = sql.begin(async (tx) => {
      await tx`insert into written (what) values ('second')`
      replaced.open()
      await tx`select pg_sleep(0.2)`
      throw new Error('second thoughts')
    })
    expect(await fate(second)).toBe('second thoughts')
    expect(await firstFate).toMatch(LOST)
    expect(late).toMatch(LOST)
    expect(await written()).toEqual([])
  })

  it('every statement that waits inside it is refused', async () => {
    const sql = connect({ max: 2 })
    const inside: PromiseLike<unknown>[] = []
    const outcome = await fate(
      sql.begin(async (tx) => {
        const pid = await pidOf(tx)
        for (let n = 0; n < 5; n++)
          inside.push(fate(tx`insert into written (what) select ${n}::text from pg_sleep(0.5)`))
        await kill(pid)
        await Promise.all(inside)
      }),
    )
    expect(outcome).toMatch(LOST)
    for (const one of await Promise.all(inside)) expect(one).toMatch(LOST)
    expect(await written()).toEqual([])
  })

  it('a savepoint inside it cannot carry on elsewhere', async () => {
    const sql = connect({ max: 1 })
    const outcome = await fate(
      sql.begin(async (tx) => {
        const pid = await pidOf(tx)
        await tx
          .savepoint(async (inner) => {
            await kill(pid)
            await inner`insert into written (what) values ('inner')`
          })
          .catch(() => {})
        await tx`insert into written (what) values ('outer')`
      }),
    )
    expect(outcome).toMatch(LOST)
    expect(await written()).toEqual([])
  })

  it('the next reader of the same connection does not get its error', async () => {
    const sql = connect({ max: 1 })
    for (let n = 0; n < 5; n++) {
      const pid = await pidOf(sql)
      const asleep = fate(sql`select pg_sleep(5)`)
      await kill(pid)
      expect(await asleep).toMatch(LOST)
      expect(await fate(sql`select 1`)).toBe('done')
    }
  })

  it('statements that waited for a free connection run on a new one', async () => {
    const sql = connect({ max: 1 })
    const ready = gate()
    let pid = 0
    const first = fate(
      sql.begin(async (tx) => {
        pid = await pidOf(tx)
        ready.open()
        await tx`select pg_sleep(5)`
      }),
    )
    await ready.opened
    const waiting = [1, 2, 3].map((n) => fate(sql`insert into written (what) values (${n}::text)`))
    await kill(pid)
    expect(await first).toMatch(LOST)
    expect(await Promise.all(waiting)).toEqual(['done', 'done', 'done'])
    expect(await written()).toEqual(['1', '2', '3'])
  })

  it('the pool can still be closed', async () => {
    const sql = connect({ max: 1 })
    const pid = await pidOf(sql)
    const asleep = fate(sql`select pg_sleep(5)`)
    await kill(pid)
    await asleep
    expect(await fate(sql.end())).toBe('done')
  })

  it('a pool that is being closed meanwhile does close', async () => {
    const sql = connect({ max: 1 })
    const pid = await pidOf(sql)
    const asleep = fate(sql`select pg_sleep(5)`)
    const ended = fate(sql.end())
    await kill(pid)
    await asleep
    expect(await ended).toBe('done')
  })
})

describe('when the server ends a reserved connection', () => {
  it('its holder is told, may release it, and the next one gets a working connection', async () => {
    const sql = connect({ max: 1 })
    const reserved = await sql.reserve()
    await kill(await pidOf(reserved as unknown as postgres.Sql))
    expect(await fate(reserved`select 1`)).toMatch(LOST)
    expect(await fate(reserved`insert into written (what) values ('late')`)).toMatch(LOST)
    reserved.release()
    const again = (await Promise.race([sql.reserve(), fate(new Promise(() => {}))])) as postgres.ReservedSql
    expect(await fate(again`insert into written (what) values ('again')`)).toBe('done')
    again.release()
    expect(await fate(sql`select 1`)).toBe('done')
    expect(await written()).toEqual(['again'])
  })

  it.each([true, false])(
    'those who wait to reserve one are served (types fetched: %s)',
    async (fetch_types) => {
      const sql = connect({ max: 1, fetch_types })
      const reserved = await sql.reserve()
      const pid = await pidOf(reserved as unknown as postgres.Sql)
      const waiting = [0, 1].map(async () => {
        const mine = await sql.reserve()
        await mine`select 1`
        mine.release()
      })
      await kill(pid)
      for (const one of waiting) expect(await fate(one)).toBe('done')
      expect(await fate(sql`select 1`)).toBe('done')
    },
  )
})

describe('when the server cannot be reached', () => {
  it('a server that hangs up during the greeting is reported, not asked for ever', async () => {
    let calls = 0
    const rude = net.createServer((socket) => {
      calls++
      socket.on('error', () => {})
      socket.once('data', () => socket.end())
    })
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
    const sql = connect({ max: 1 }, `postgres://a:b@127.0.0.1:${(rude.address() as net.AddressInfo).port}/c`)
    expect(await fate(sql`select 1`)).toBe('CONNECTION_CLOSED')
    expect(calls).toBeLessThan(10)
    rude.close()
  })

  it('everyone who waits is told at once, however many they are', async () => {
    const sql = connect({ max: 2, backoff: () => 1 }, 'postgres://a:b@127.0.0.1:1/c')
    const fates = await Promise.all([
      ...Array.from({ length: 200 }, () => fate(sql`select 1`)),
      ...Array.from({ length: 20 }, () => fate(sql.begin((tx) => tx`select 1`))),
      ...Array.from({ length: 20 }, () => fate(sql.reserve())),
    ])
    expect(new Set(fates)).toEqual(new Set(['ECONNREFUSED']))
  })
})

describe('a transaction', () => {
  it('that has been rolled back takes no statement that comes late', async () => {
    const sql = connect({ max: 1 })
    const over = gate()
    let late: Promise<unknown> | undefined
    const outcome = await fate(
      sql.begin(async (tx) => {
        late = over.opened.then(() => fate(tx`insert into written (what) values ('late')`))
        await tx`insert into written (what) values ('early')`
        throw new Error('no')
      }),
    )
    over.open()
    expect(outcome).toBe('no')
    expect(await late).toBe('TRANSACTION_ENDED')
    expect(await written()).toEqual([])
  })

  it('keeps its connection to itself also when it begins behind a full pipeline', async () => {
    // The driver knows the option, its types do not.
    const behindOne = { max: 1, max_pipeline: 1 }
    const sql = connect(behindOne)
    await sql`select 1`
    const before = fate(sql`select pg_sleep(0.1)`.execute())
    const first = sql.begin(async (tx) => {
      await tx`insert into written (what) values ('first')`
      await tx`select pg_sleep(0.2)`
      throw new Error('no')
    })
    const others = [1, 2, 3].map((n) => fate(sql`insert into written (what) values (${n}::text)`))
    expect(await fate(first)).toBe('no')
    expect(await before).toBe('done')
    expect(await Promise.all(others)).toEqual(['done', 'done', 'done'])
    expect(await written()).toEqual(['1', '2', '3'])
  })
})

it('a value that cannot be sent is the error of the one who sent it, and of nobody else', async () => {
  const sql = connect({ max: 1 })
  await sql`select 1`
  const first = fate(sql`select pg_sleep(0.1)`)
  const wrong = fate(sql`select ${undefined as unknown as string}`)
  const third = fate(sql`select 1`)
  expect([await first, await wrong, await third]).toEqual(['done', 'UNDEFINED_VALUE', 'done'])
  expect(await fate(sql`select 1`)).toBe('done')
})
