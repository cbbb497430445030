/**
 * What the database driver does on a connection that has gone silent, one fault per test, each in its smallest form.
 * They fail, some by hanging, without patches/postgres+3.4.9.patch; POSTGRES_DRIVER runs them against another copy.
 */
import net from 'node:net'
import postgres from 'postgres'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadDriver } from '../support/driver'
import { type Relay, startRelay } from '../support/relay'

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

describe('a query that nobody waits for any longer', () => {
  /** What the patch adds: the driver's types do not know it. */
  type Abandoning = postgres.Sql & { abandon(query: unknown, error: Error, doubt?: boolean): void }
  const enough = () => Object.assign(new Error('enough'), { code: 'ENOUGH' })
  let relay: Relay

  beforeEach(async () => {
    relay = await startRelay(Number(new URL(process.env.MIGRATION_DATABASE_URL!).port))
  })
  afterEach(() => relay.close())

  const through = (options: postgres.Options<Record<string, never>> = {}) => {
    const url = new URL(process.env.MIGRATION_DATABASE_URL!)
    url.port = String(relay.port)
    return connect({ max: 1, ...options }, url.href) as Abandoning
  }
  /** The driver takes a query up a moment after it was made. */
  const handedOver = () => new Promise((resolve) => setImmediate(resolve))
  const settled = async (count: number) => {
    await expect.poll(() => relay.count(), { timeout: PATIENCE_MS }).toBe(count)
  }

  it('frees the place of a connection that fell silent, and the next one connects anew', async () => {
    const sql = through()
    await sql`select 1`
    relay.fail('silence')
    const query = sql`select 1`
    const told = fate(query)
    await handedOver()
    sql.abandon(query, enough())
    expect(await told).toBe('ENOUGH')
    expect(await fate(sql`select 1`)).toBe('done')
    await settled(1)
  })

  it('is never sent where it was still in the queue', async () => {
    const sql = through()
    await sql`select 1`
    const before = fate(sql.begin((tx) => tx`select pg_sleep(0.3)`))
    const query = sql`insert into written (what) values ('queued')`
    const told = fate(query)
    await handedOver()
    sql.abandon(query, enough())
    expect(await told).toBe('ENOUGH')
    expect(await before).toBe('done')
    expect(await fate(sql`select 1`)).toBe('done')
    expect(await written()).toEqual([])
  })

  it('is never sent where its connection was still being made, and that connection serves others', async () => {
    const sql = through()
    relay.fail('latency')
    const query = sql`insert into written (what) values ('early')`
    const told = fate(query)
    await settled(1)
    sql.abandon(query, enough())
    expect(await told).toBe('ENOUGH')
    relay.heal()
    expect(await fate(sql`insert into written (what) values ('later')`)).toBe('done')
    expect(await written()).toEqual(['later'])
  })

  it('takes the idle connections with it where they are in doubt, too', async () => {
    const sql = through({ max: 4 })
    await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.1)`))
    await settled(4)
    relay.fail('silence')
    const query = sql`select 1`
    const told = fate(query)
    await handedOver()
    sql.abandon(query, enough(), true)
    expect(await told).toBe('ENOUGH')
    await settled(0)
    for (let n = 0; n < 4; n++) expect(await fate(sql`select 1`)).toBe('done')
  })

  it('is never sent where it is given up before the driver took it up', async () => {
    const sql = through()
    await sql`select 1`
    const query = sql`insert into written (what) values ('early')`
    const told = fate(query)
    sql.abandon(query, enough())
    expect(await told).toBe('ENOUGH')
    expect(await fate(sql`select 1`)).toBe('done')
    expect(await written()).toEqual([])
  })

  it('ends its whole transaction, wherever that stands', async () => {
    const sql = through()
    const begin = sql.begin as unknown as (
      options: string,
      work: (tx: postgres.TransactionSql) => unknown,
      onQuery: (query: unknown) => void,
    ) => Promise<unknown>
    const ready = gate()
    let first: unknown
    const outcome = fate(
      begin(
        '',
        async (tx) => {
          await tx`insert into written (what) values ('half')`
          relay.fail('silence')
          ready.open()
          await tx`insert into written (what) values ('whole')`
        },
        (query) => {
          first = query
        },
      ),
    )
    await ready.opened
    sql.abandon(first, enough())
    expect(await outcome).toMatch(/^(ENOUGH|CONNECTION_CLOSED)$/)
    expect(await fate(sql`select 1`)).toBe('done')
    expect(await written()).toEqual([])
  })
})

describe('when a connection falls silent', () => {
  let relay: Relay
  let url: URL

  beforeEach(async () => {
    relay = await startRelay(Number(new URL(process.env.MIGRATION_DATABASE_URL!).port))
    url = new URL(process.env.MIGRATION_DATABASE_URL!)
    url.port = String(relay.port)
  })
  afterEach(() => relay.close())

  it('closing it when it has been idle for long does not cost its place in the pool', async () => {
    const sql = connect({ max: 1, idle_timeout: 0.2 }, url.href)
    await sql`select 1`
    relay.fail('silence')
    await expect.poll(() => relay.count(), { timeout: PATIENCE_MS }).toBe(0)
    expect(await fate(sql`select 1`)).toBe('done')
  })

  it('between the greeting and the list of types, whoever waits is told as at any other time', async () => {
    // Greets like a server, once, and then says nothing more.
    const greeting = Buffer.from('5200000008000000005a0000000549', 'hex')
    const mute = net.createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.write(greeting))
    })
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const port = (mute.address() as net.AddressInfo).port
    const sql = connect({ max: 1 }, `postgres://a:b@127.0.0.1:${port}/c`)
    expect(await fate(sql`select 1`)).toBe('CONNECT_TIMEOUT')
    mute.close()
  })
})
