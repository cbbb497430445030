/**
 * Writers of the ledger side by side:
 *   node --conditions=react-server --import tsx tests/bench/ledger-writers.ts [--writers 16] [--hold-ms 200] [--rounds 3]
 * Starts a durable PostgreSQL of its own. Each writer records one live claim and holds its show's turn for a while
 * before it commits, as an import of many rows, a slow disk or a far database would. In each round the same writers go
 * three ways: each on a show of its own; all on one show (what one lock for everything did to them all); and one after
 * another. Without the pause the work itself is all there is, and as many writers as there are processors can help: the
 * ratio of that is printed too (--hold-ms 0 measures nothing else).
 */
import os from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { startTestServer } from '../support/server'

const { values } = parseArgs({
  options: {
    writers: { type: 'string', default: '16' },
    'hold-ms': { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
  },
})
const [WRITERS, HOLD_MS, ROUNDS] = [values.writers, values['hold-ms'], values.rounds].map(Number) as [
  number,
  number,
  number,
]
const TODAY = '2026-11-22'
const NOW = new Date('2026-11-22T12:00:00Z')

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const timed = async (work: () => Promise<unknown>) => {
  const beganAt = performance.now()
  await work()
  return performance.now() - beganAt
}

async function main(): Promise<void> {
  const server = await startTestServer({ durable: true })
  Object.assign(process.env, {
    DATABASE_URL: server.runningUrl,
    MIGRATION_DATABASE_URL: server.url,
    GREENLIT_ROLE: 'cli',
    DATABASE_POOL: `${WRITERS}`,
  })
  await migrate(server.url, EMBEDDED_RUNNING_ROLE)
  const [{ closeDb, db }, { transaction }, { recordClaims }, { checkClaim }, { deriveStates }] =
    await Promise.all([
      import('@/db/client'),
      import('@/db/transaction'),
      import('@/lib/ledger/commands'),
      import('@/lib/ledger/record'),
      import('@/lib/ledger/derive'),
    ])
  const makeShows = async (count: number, prefix: string) => {
    const rows = await db().execute<{ slug: string }>(sql`
      with made as (insert into show (slug, title) select ${prefix} || '-' || n, ${prefix} || ' ' || n
        from generate_series(1, ${count}::int) n returning id, slug),
        seasons as (insert into season (show_id, number) select id, 1 from made)
      select slug from made`)
    return [...rows].map(({ slug }) => slug)
  }
  let pages = 0
  /** One writer's whole transaction. @returns its milliseconds */
  const write = (slug: string, holdMs: number) =>
    timed(() =>
      transaction(async () => {
        const checked = checkClaim(
          {
            show: `greenlit:${slug}`,
            season: 2,
            kind: 'renewed',
            value: 'A second season.',
            date: null,
            publisher: 'The Daily',
            url: `https://daily.test/${++pages}`,
            published_on: TODAY,
            source_class: 'official',
          },
          TODAY,
        )
        if (!checked.ok) throw new Error(checked.problems.join('; '))
        // The last of those on one show waits for all the others, however long they hold it.
        await db().execute(sql`set local lock_timeout = 0`)
        const done = await recordClaims([checked.claim], { mode: 'live', today: TODAY, now: NOW })
        if (done.added !== 1) throw new Error('a claim was not recorded')
        if (holdMs > 0) await wait(holdMs)
      }),
    )
  /** Fresh shows each time, so that no way finds more on record than another. */
  async function round(name: string, holdMs: number) {
    const own = await makeShows(WRITERS, `${name}-own`)
    const [one] = await makeShows(1, `${name}-one`)
    const after = await makeShows(WRITERS, `${name}-after`)
    await deriveStates({ today: TODAY, now: NOW })
    const beside = await timed(() => Promise.all(own.map((slug) => write(slug, holdMs))))
    const oneShow = await timed(() => Promise.all(own.map(() => write(one!, holdMs))))
    const inTurn = await timed(async () => {
      for (const slug of after) await write(slug, holdMs)
    })
    return { beside, oneShow, inTurn }
  }
  try {
    // The pool's connections and the compiler's first times are nobody's writing.
    await round('warm', 0)
    const measure = async (holdMs: number) => {
      const rounds: Awaited<ReturnType<typeof round>>[] = []
      for (let n = 0; n < ROUNDS; n++) rounds.push(await round(`hold${holdMs}-${n}`, holdMs))
      const of = (key: 'beside' | 'oneShow' | 'inTurn') => median(rounds.map((one) => one[key]))
      const [beside, oneShow, inTurn] = [of('beside'), of('oneShow'), of('inTurn')]
      return {
        holdMs,
        besideMs: Math.round(beside),
        oneShowMs: Math.round(oneShow),
        oneAfterAnotherMs: Math.round(inTurn),
        ratioToOneShow: Number((oneShow / beside).toFixed(1)),
        ratioToOneAfterAnother: Number((inTurn / beside).toFixed(1)),
      }
    }
    const held = HOLD_MS > 0 ? await measure(HOLD_MS) : null
    const workAlone = await measure(0)
    console.log(
      JSON.stringify(
        {
          writers: WRITERS,
          rounds: ROUNDS,
          processors: os.availableParallelism(),
          load: os.loadavg().map((of) => Number(of.toFixed(1))),
          held,
          workAlone,
        },
        null,
        2,
      ),
    )
  } finally {
    await closeDb()
    await server.remove()
  }
}

await main()
