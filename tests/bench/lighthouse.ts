/**
 * Lighthouse on phone settings, against a running, built site:
 *   GREENLIT_URL=http://localhost:3000 npx tsx tests/bench/lighthouse.ts [/ /shows/all-of-us-are-dead …]
 * Prints the four scores of each page (the median of LIGHTHOUSE_RUNS, 3 unless told) and what costs points.
 * CHROMIUM_PATH names the browser.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import lighthouse, { type RunnerResult } from 'lighthouse'
import { findOrInstallBrowser } from '../../lib/cli/browser.mjs'

const site = process.env.GREENLIT_URL ?? 'http://localhost:3000'
const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 3)
const pages = process.argv.slice(2)
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']
const FLAGS = [
  ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]
const WITHIN_MS = 20_000

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** A browser with an open debugging port, and how to be rid of it. */
async function startBrowser() {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'greenlit-lighthouse-'))
  const port = await freePort()
  const browser = spawn(
    await findOrInstallBrowser(process.cwd(), os.tmpdir(), console.error),
    [...FLAGS, `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: 'ignore', detached: true },
  )
  const deadline = Date.now() + WITHIN_MS
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/json/version`)
      break
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
  return {
    port,
    async end() {
      const ended = once(browser, 'exit')
      // The whole group: what it started writes on into its folder.
      if (browser.pid) process.kill(-browser.pid, 'SIGKILL')
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

const scoreOf = (run: RunnerResult, category: string) =>
  Math.round((run.lhr.categories[category]?.score ?? 0) * 100)
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/** Audits of a run that cost points, with what they found. */
function costs({ lhr }: RunnerResult): string[] {
  return CATEGORIES.flatMap((category) =>
    (lhr.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const audit = lhr.audits[id]
      if (!audit || weight === 0 || audit.score === null || audit.score >= 0.995) return []
      return [`${category}: ${id} ${audit.score} ${audit.displayValue ?? ''}`.trim()]
    }),
  )
}

async function main() {
  const results: Record<string, unknown> = {}
  for (const page of pages.length > 0 ? pages : ['/', '/shows/all-of-us-are-dead']) {
    const runs: RunnerResult[] = []
    for (let i = 0; i < RUNS; i++) {
      const browser = await startBrowser()
      try {
        const run = await lighthouse(`${site}${page}`, {
          port: browser.port,
          onlyCategories: CATEGORIES,
          logLevel: 'error',
        })
        if (run) runs.push(run)
      } finally {
        await browser.end()
      }
    }
    const scores = Object.fromEntries(
      CATEGORIES.map((category) => [category, median(runs.map((run) => scoreOf(run, category)))]),
    )
    results[page] = { ...scores, costs: [...new Set(runs.flatMap(costs))] }
  }
  console.log(JSON.stringify(results, null, 2))
}

await main()
