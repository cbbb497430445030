/**
 * What a show page costs, measured on a running, built site:
 *   GREENLIT_URL=http://localhost:3000 npx tsx tests/bench/page.ts [/shows/all-of-us-are-dead]
 * Requests per second cached and uncached in turn within one run (the ratio is what counts), size of the HTML and
 * of its scripts after gzip, and, with DATABASE_URL, how many table reads a hundred requests caused, warm and uncached.
 * Uncached is the same page in Next's draft mode, which passes by every cache: its table reads prove it, and where
 * there are none the measurement is refused. GREENLIT_DIST names the folder of the build (`.next`).
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import autocannon from 'autocannon'
import postgres from 'postgres'

const site = process.env.GREENLIT_URL ?? 'http://localhost:3000'
const path = process.argv[2] ?? '/shows/all-of-us-are-dead'
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const ROUND_S = Number(process.env.BENCH_ROUND_S ?? 5)

const { preview } = JSON.parse(
  readFileSync(`${process.env.GREENLIT_DIST ?? '.next'}/prerender-manifest.json`, 'utf8'),
) as {
  preview: { previewModeId: string }
}

const uncachedHeaders = { cookie: `__prerender_bypass=${preview.previewModeId}` }

async function fire(headers: Record<string, string>) {
  const result = await autocannon({ url: `${site}${path}`, connections: 50, duration: ROUND_S, headers })
  if (result.non2xx || result.errors)
    throw new Error(`${result.non2xx} answers were not 200, ${result.errors} errors`)
  return { perSecond: result.requests.average, p50Ms: result.latency.p50, p99Ms: result.latency.p99 }
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

async function tableReads(sql: postgres.Sql): Promise<number> {
  const [row] = await sql`
    select sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::int as reads from pg_stat_user_tables
     where relname in ('show', 'claim', 'season', 'related', 'credit')`
  return row!.reads
}

/** Statistics are written when a backend goes idle for a moment: read until two readings agree. */
async function settledReads(sql: postgres.Sql): Promise<number> {
  let last = -1
  for (;;) {
    await sql`select pg_stat_clear_snapshot(), pg_sleep(1.2)`
    const now = await tableReads(sql)
    if (now === last) return now
    last = now
  }
}

async function readsOfHundred(sql: postgres.Sql, headers: Record<string, string>): Promise<number> {
  const before = await settledReads(sql)
  for (let i = 0; i < 100; i++) await (await fetch(`${site}${path}`, { headers })).text()
  return (await settledReads(sql)) - before
}

async function main() {
  const page = await fetch(`${site}${path}`)
  if (page.status !== 200) throw new Error(`${path} answered ${page.status}`)
  const html = await page.text()
  const scripts = new Set(
    [...html.matchAll(/<script\b(?![^>]*noModule)[^>]*\bsrc="([^"]+)"/gi)].map(
      ([, src]) => new URL(src!, site).href,
    ),
  )
  let scriptBytes = 0
  // The set grows by what a module imports while it is walked.
  for (const script of scripts) {
    const text = await (await fetch(script)).text()
    scriptBytes += gzipSync(text).length
    for (const [, name] of text.matchAll(/\bfrom '(\.[^']+)'/g)) scripts.add(new URL(name!, script).href)
  }

  const cached: number[] = []
  const uncached: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const warm = await fire({})
    const cold = await fire(uncachedHeaders)
    cached.push(warm.perSecond)
    uncached.push(cold.perSecond)
    console.error(
      `round ${round}: cached ${warm.perSecond}/s p99 ${warm.p99Ms} ms, uncached ${cold.perSecond}/s p99 ${cold.p99Ms} ms`,
    )
  }

  let warmReads: number | null = null
  let uncachedReads: number | null = null
  if (process.env.DATABASE_URL) {
    const sql = postgres(process.env.DATABASE_URL, { max: 1, onnotice: () => {} })
    warmReads = await readsOfHundred(sql, {})
    uncachedReads = await readsOfHundred(sql, uncachedHeaders)
    await sql.end()
    if (uncachedReads === 0) throw new Error('the uncached page read no table: something kept it after all')
  }
  console.log(
    JSON.stringify(
      {
        path,
        cache: page.headers.get('x-nextjs-cache'),
        cached_per_s: median(cached),
        uncached_per_s: median(uncached),
        ratio: Number((median(cached) / median(uncached)).toFixed(1)),
        html_gz_bytes: gzipSync(html).length,
        script_gz_bytes: scriptBytes,
        table_reads_of_100_warm_requests: warmReads,
        table_reads_of_100_uncached_requests: uncachedReads,
      },
      null,
      2,
    ),
  )
}

await main()
