/**
 * What a show page weighs, measured on a running, built site:
 *   GREENLIT_URL=http://localhost:3000 npx tsx tests/bench/page.ts [/shows/all-of-us-are-dead]
 * Size of the HTML and of its scripts after gzip, and, with DATABASE_URL, how many table reads a hundred requests
 * caused. How fast it is sent: tests/bench/edge.ts.
 */
import { gzipSync } from 'node:zlib'
import postgres from 'postgres'

const site = process.env.GREENLIT_URL ?? 'http://localhost:3000'
const path = process.argv[2] ?? '/shows/all-of-us-are-dead'

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

async function readsOfHundred(sql: postgres.Sql): Promise<number> {
  const before = await settledReads(sql)
  for (let i = 0; i < 100; i++) await (await fetch(`${site}${path}`)).text()
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

  let warmReads: number | null = null
  if (process.env.DATABASE_URL) {
    const sql = postgres(process.env.DATABASE_URL, { max: 1, onnotice: () => {} })
    warmReads = await readsOfHundred(sql)
    await sql.end()
  }
  console.log(
    JSON.stringify(
      {
        path,
        cache: page.headers.get('x-cache'),
        html_gz_bytes: gzipSync(html).length,
        script_gz_bytes: scriptBytes,
        table_reads_of_100_warm_requests: warmReads,
      },
      null,
      2,
    ),
  )
}

await main()
