/**
 * One official event told to many readers, with the built site served beside it:
 *   node --conditions=react-server --import tsx tests/bench/fan-out.ts [--readers 20000] [--answer-ms 100] [--page /shows/dark]
 * Starts everything itself (a durable PostgreSQL, the starter, a build, site and worker, a mail server that answers each
 * mail after a while) and prints the seconds until all notices are queued, until all are written as mails and until all
 * have left, and the requests per second of a cached public page before and during. The ratio of one run is what counts.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { freePort } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { EMBEDDED_RUNNING_ROLE } from '@/db/roles'
import { buildIfChanged, type House, loadStarterIfNew, startSite } from '@/lib/launcher/steps'
import { MailSink } from '../support/crowd'
import { startTestServer } from '../support/server'

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '20000' },
    'answer-ms': { type: 'string', default: '100' },
    page: { type: 'string', default: '/shows/dark' },
    show: { type: 'string', default: 'all-of-us-are-dead' },
  },
})
const READERS = Number(values.readers)
const ANSWER_MS = Number(values['answer-ms'])
const ROUND_S = 10
const ROUNDS_BEFORE = 3
const ROUNDS_DURING = 6

const say = (line: string) => console.error(line)
const seconds = (ms: number) => Number((ms / 1000).toFixed(1))
const load = () => os.loadavg().map((of) => Number(of.toFixed(1)))

/** In a thread of its own: this one is the mail server, and would ask for fewer pages the more mails come. */
async function fire(url: string): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections: 50,
    duration: ROUND_S,
    workers: 1,
  })
  if (non2xx || errors) say(`${non2xx} answers were not 200, ${errors} errors`)
  return Math.round(requests.average)
}

const mean = (rates: number[]) => Math.round(rates.reduce((sum, rate) => sum + rate, 0) / rates.length)

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'greenlit-fan-out-'))
  const sink = await MailSink.start({ beforeMs: 0, afterMs: ANSWER_MS })
  const server = await startTestServer({ durable: true })
  const port = await freePort()
  const house: House = {
    root: process.cwd(),
    pids: path.join(folder, 'pids'),
    logs: path.join(folder, 'logs'),
    dist: '.next-test',
    databaseUrl: server.runningUrl,
    ownerUrl: server.url,
    port,
    host: '127.0.0.1',
    url: `http://localhost:${port}`,
    secrets: { authSecret: 'a secret of a measurement, of some length', databasePassword: '' },
  } as House
  let site: Awaited<ReturnType<typeof startSite>> | undefined
  Object.assign(process.env, {
    DATABASE_URL: server.runningUrl,
    MIGRATION_DATABASE_URL: server.url,
    SMTP_URL: sink.url,
  })
  process.env.AUTH_SECRET = house.secrets.authSecret
  process.env.AUTH_URL = house.url
  process.env.GREENLIT_ROLE = 'cli'
  const { closeDb, db } = await import('@/db/client')
  try {
    await migrate(server.url, EMBEDDED_RUNNING_ROLE)
    const onStep = () => () => {}
    await loadStarterIfNew(house, onStep, say)
    await buildIfChanged(house, onStep, say)
    site = await startSite(house, say)

    const { sql } = await import('drizzle-orm')
    const { recordClaims } = await import('@/lib/ledger/commands')
    const { checkClaim } = await import('@/lib/ledger/record')
    const { dayOf } = await import('@/lib/shared/day')
    const [season] = await db().execute<{ id: number; number: number; external: string }>(sql`
      select season.id, season.number from season join show on show.id = season.show_id
      where show.slug = ${values.show} order by season.number desc limit 1`)
    await db().execute(sql`
      with made as (insert into reader (email) select 'reader-' || n || '@greenlit.test' from generate_series(1, ${READERS}) n returning id, email),
        reached as (insert into channel (reader_id, kind, address) select id, 'mail', email from made)
      insert into follow (reader_id, season_id, followed_at) select id, ${season!.id}, now() - interval '1 day' from made`)
    await db().execute(sql`analyze`)

    const url = `${house.url}${values.page}`
    const page = await fetch(url)
    if (page.status !== 200) throw new Error(`${values.page} answered ${page.status}`)
    await fire(url)
    const loadBefore = load()
    const before: number[] = []
    for (let round = 0; round < ROUNDS_BEFORE; round++) before.push(await fire(url))

    const now = new Date()
    const checked = checkClaim(
      {
        show: `greenlit:${values.show}`,
        season: season!.number,
        kind: 'release_date',
        date: '2027-08-13',
        value: 'The season arrives on 13 August 2027.',
        who: null,
        publisher: 'Netflix',
        url: 'https://news.test/date',
        published_on: dayOf(now),
        source_class: 'official',
      },
      dayOf(now),
    )
    if (!checked.ok) throw new Error(checked.problems.join('; '))
    const startedAt = Date.now()
    const { refused } = await recordClaims([checked.claim], { mode: 'live', today: dayOf(now), now })
    if (refused.length > 0) throw new Error(refused[0]!.problem)

    const reached: { queued?: number; written?: number; drained?: number } = {}
    const during: { atS: number; perS: number }[] = []
    const measured = async () => {
      const atS = seconds(Date.now() - startedAt)
      during.push({ atS, perS: await fire(url) })
    }
    const watch = async () => {
      while (reached.drained === undefined) {
        const [counts] = await db().execute<{ notices: number; mails: number; sent: number }>(sql`
          select (select count(*)::int from notice) as notices, (select count(*)::int from mail) as mails,
            (select count(*)::int from mail where sent_at is not null) as sent`)
        const at = seconds(Date.now() - startedAt)
        if (counts!.notices >= READERS) reached.queued ??= at
        if (counts!.mails >= READERS) reached.written ??= at
        if (counts!.sent >= READERS) reached.drained ??= at
        if (Math.round(at) % 60 < 2) say(`${at} s: ${JSON.stringify(counts)}`)
        // Counting twenty thousand rows is work for the same database.
        await wait(reached.queued ? 2_000 : 300)
      }
    }
    const watching = watch()
    const loads: number[][] = []
    for (let round = 0; round < ROUNDS_DURING && reached.drained === undefined; round++) {
      await measured()
      loads.push(load())
    }
    // And later on, once a minute: mails are leaving all the time.
    while (reached.drained === undefined) {
      await wait(50_000)
      if (reached.drained === undefined) await measured()
    }
    await watching
    // Each round stands for the time until the next: the first minute is measured more closely than the rest.
    const served = during.reduce(
      (sum, { atS, perS }, i) => sum + perS * ((during[i + 1]?.atS ?? reached.drained!) - atS),
      0,
    )
    const kept = served / (reached.drained! - during[0]!.atS) / mean(before)
    const firstMinute = during.slice(0, ROUNDS_DURING).map(({ perS }) => perS)
    console.log(
      JSON.stringify(
        {
          readers: READERS,
          answer_ms: ANSWER_MS,
          connections: sink.mostOpen,
          notices_queued_s: reached.queued,
          mails_written_s: reached.written,
          drained_s: reached.drained,
          mails_received: sink.taken.length,
          mails_doubled: sink.taken.length - sink.copies().size,
          page: values.page,
          cached_per_s_before: before,
          cached_per_s_during: during,
          ratio_over_time: Number(kept.toFixed(2)),
          ratio_first_minute: Number((mean(firstMinute) / mean(before)).toFixed(2)),
          load_before: loadBefore,
          load_during: loads[0],
          load_after: load(),
        },
        null,
        2,
      ),
    )
  } finally {
    await site?.stop()
    await closeDb()
    await sink.close()
    await server.remove()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

await main()
