import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { checkClaim } from '@/lib/ledger/record'
import { ensureSources } from '@/lib/ledger/sources'
import { deriveShows } from '@/lib/ledger/states'
import { takeTurns } from '@/lib/ledger/turn'
import { tellEvents } from '@/lib/notices/tell'
import { makeShow } from '../support/readers'
import { aFollower, aShow, Clock, minutes, said } from '../support/telling'

const TODAY = '2026-11-22'
const NOW = new Date('2026-11-22T12:00:00Z')

let made = 0
/** A show with a state, by a slug nobody else has. */
async function aNewShow(): Promise<{ slug: string; id: number }> {
  const slug = `show-${++made}`
  await makeShow(slug, 2)
  const id = await idOf(slug)
  await deriveStates({ showIds: [id], today: TODAY, now: NOW })
  return { slug, id }
}

async function idOf(slug: string): Promise<number> {
  const [row] = await db().execute<{ id: number }>(sql`select id from show where slug = ${slug}`)
  return row!.id
}

const saying = (slug: string, change: object = {}) => {
  const checked = checkClaim(
    {
      show: `greenlit:${slug}`,
      season: 2,
      kind: 'renewed',
      value: 'A second season.',
      date: null,
      publisher: 'The Daily',
      url: `https://daily.test/${slug}`,
      published_on: '2026-11-20',
      source_class: 'official',
      ...change,
    },
    TODAY,
  )
  if (!checked.ok) throw new Error(checked.problems.join('; '))
  return checked.claim
}
const record = (...claims: ReturnType<typeof saying>[]) =>
  recordClaims(claims, { mode: 'live', today: TODAY, now: NOW })

/** A transaction that does `work` and then stays open until it is let go. */
async function heldOpen(work: () => Promise<unknown>): Promise<() => Promise<void>> {
  let letGo!: () => void
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let ended!: Promise<void>
  await new Promise<void>((begun, failed) => {
    ended = transaction(async () => {
      await work()
      begun()
      await released
    })
    ended.catch(failed)
  })
  return async () => {
    letGo()
    await ended
  }
}

/** Comes back once so many wait for a turn in this database. */
async function untilWaiting(count: number): Promise<void> {
  for (const end = performance.now() + 5_000; performance.now() < end; ) {
    const [row] = await db().execute<{ waiting: number }>(sql`
      select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`)
    if (row!.waiting >= count) return
  }
  throw new Error(`nobody waits, or fewer than ${count}`)
}

const historyOf = async (id: number) => [
  ...(await db().execute(sql`
    select season_id - (select min(id) from season where show_id = ${id}) as season, kind, was, became,
      happened_on::text as happened_on, ordinal, telling, cardinality(because) as because
    from event where show_id = ${id} order by happened_on, kind`)),
]
const stateOf = async (id: number) => {
  const [row] = await db().execute<{ answer: string; claim_count: number; changed_on: string | null }>(
    sql`select answer, claim_count, changed_on::text as changed_on from show_state where show_id = ${id}`,
  )
  return row!
}
const deadlocks = async () => {
  await db().execute(sql`select pg_stat_force_next_flush()`)
  const [row] = await db().execute<{ n: number }>(
    sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`,
  )
  return row!.n
}

beforeEach(async () => {
  await ensureSources(['The Daily', 'The Weekly'])
})

describe('two who write about one show at the same moment', () => {
  it('are both on record, and the history is that of one after the other', async () => {
    const [beside, after] = [await aNewShow(), await aNewShow()]
    const both = (slug: string) => [
      saying(slug),
      saying(slug, { kind: 'release_date', date: '2027-03-14', published_on: '2026-11-21' }),
    ]
    for (const one of both(after.slug)) await record(one)

    const letGo = await heldOpen(() => takeTurns([beside.id]))
    const writing = both(beside.slug).map((one) => record(one))
    await untilWaiting(2)
    await letGo()
    expect((await Promise.all(writing)).map(({ added }) => added)).toEqual([1, 1])

    expect(await historyOf(beside.id)).toEqual(await historyOf(after.id))
    expect((await historyOf(beside.id)).map(({ kind }) => kind)).toEqual(['renewed', 'dated'])
    const state = await stateOf(beside.id)
    expect(state).toMatchObject({ claim_count: 2, answer: expect.stringContaining('14 March 2027') })
    const [show] = await deriveShows([beside.id], TODAY)
    expect(show?.status.answer).toBe(state.answer)
  })

  it('who says the same thing twice at once has said it once', async () => {
    const { slug, id } = await aNewShow()
    const letGo = await heldOpen(() => takeTurns([id]))
    const writing = [record(saying(slug)), record(saying(slug)), record(saying(slug))]
    await untilWaiting(3)
    await letGo()
    const done = await Promise.all(writing)
    expect(done.map(({ added }) => added).sort()).toEqual([0, 0, 1])
    expect(done.map(({ events }) => events).sort()).toEqual([0, 0, 1])
    expect(await historyOf(id)).toHaveLength(1)
  })

  it('what is said while the clock waits to look is seen by it', async () => {
    const { slug, id } = await aNewShow()
    const letGo = await heldOpen(() => record(saying(slug)))
    const derived = deriveStates({ showIds: [id], today: TODAY, now: NOW })
    await untilWaiting(1)
    await letGo()
    await derived
    expect(await stateOf(id)).toMatchObject({ claim_count: 1 })
    expect(await historyOf(id)).toHaveLength(1)
  })

  it('news that is taken back while its telling waits is not told', async () => {
    const clock = new Clock(NOW)
    await aShow('flip', clock)
    await aFollower('flip@greenlit.test', 'flip', 2, clock)
    await said({ show: 'flip', kind: 'renewed', on: '2026-11-21' }, clock)
    clock.pass(minutes(31))
    const letGo = await heldOpen(() =>
      said({ show: 'flip', kind: 'cancelled', by: 'The Network', sourceClass: 'official' }, clock),
    )
    const telling = tellEvents(clock.now())
    await untilWaiting(1)
    await letGo()
    await telling
    const rows = await db().execute(sql`
      select kind, telling from event where show_id = ${await idOf('flip')} and kind = 'renewed'`)
    expect([...rows]).toEqual([{ kind: 'renewed', telling: 'withdrawn' }])
  })
})

describe('those who write about different shows', () => {
  it('do not wait: one is done while another is in the middle of its own', async () => {
    const [a, b] = [await aNewShow(), await aNewShow()]
    const letGo = await heldOpen(() => record(saying(b.slug)))
    // Both are news: each wakes the teller, expires pages and counts its events.
    expect(await record(saying(a.slug))).toMatchObject({ added: 1, events: 1 })
    await deriveStates({ showIds: [a.id], today: TODAY, now: NOW, tell: true })
    expect(await historyOf(b.id)).toEqual([])
    await letGo()
    expect(await historyOf(b.id)).toHaveLength(1)
  })

  it('eight at once all succeed, each with the same new source and with one whose address others want', async () => {
    const shows = await Promise.all(Array.from({ length: 8 }, aNewShow))
    const done = await Promise.all(
      shows.map(({ slug }, n) =>
        record(
          saying(slug, { publisher: 'The Brand New Paper' }),
          // All of these would be "odd-paper" in an address.
          saying(slug, { publisher: `Odd Paper${'!'.repeat(n)}`, kind: 'filming_started' }),
        ),
      ),
    )
    expect(done.map(({ added, refused }) => [added, refused])).toEqual(shows.map(() => [2, []]))
    const slugs = await db().execute<{ slug: string }>(
      sql`select slug from source where name like 'Odd Paper%' or name = 'The Brand New Paper' order by slug`,
    )
    expect([...slugs].map(({ slug }) => slug)).toEqual([
      ...['odd-paper', 'odd-paper-2', 'odd-paper-3', 'odd-paper-4', 'odd-paper-5', 'odd-paper-6'],
      ...['odd-paper-7', 'odd-paper-8', 'the-brand-new-paper'],
    ])
    for (const { id } of shows) expect((await stateOf(id)).claim_count).toBe(2)
  })

  it('and who writes about several, in whatever order, never waits in a ring', async () => {
    const shows = await Promise.all(Array.from({ length: 4 }, aNewShow))
    const before = await deadlocks()
    const orders = Array.from({ length: 12 }, (_, n) => {
      const turned = [...shows.slice(n % 4), ...shows.slice(0, n % 4)]
      return n % 2 ? turned.reverse() : turned
    })
    const done = await Promise.all(
      orders.map((order, n) =>
        record(...order.map(({ slug }) => saying(slug, { url: `https://daily.test/${slug}/${n}` }))),
      ),
    )
    expect(done.map(({ added }) => added)).toEqual(orders.map(() => 4))
    expect(await deadlocks()).toBe(before)
    for (const { id } of shows) expect((await stateOf(id)).claim_count).toBe(12)
  })
})

it('a batch of the clock leaves the shows that are not its own alone', async () => {
  const [a, b] = [await aNewShow(), await aNewShow()]
  const letGo = await heldOpen(() => takeTurns([a.id]))
  await deriveStates({ showIds: [b.id], today: '2026-11-23', now: NOW })
  await letGo()
})
