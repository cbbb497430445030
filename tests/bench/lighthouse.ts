/**
 * Lighthouse on phone settings, against a running, built site:
 *   GREENLIT_URL=http://localhost:3000 node --import tsx tests/bench/lighthouse.ts [/ /shows/all-of-us-are-dead …]
 * Prints the four scores of each page (the median of LIGHTHOUSE_RUNS, 3 unless told) and what costs points.
 * CHROMIUM_PATH names the browser. Lighthouse itself is fetched when this runs: with what it needs it is a third of
 * all packages, and nothing else wants it.
 */
import { spawnSync } from 'node:child_process'
import os from 'node:os'
import { findOrInstallBrowser } from '../../lib/launcher/browser.mjs'

const LIGHTHOUSE = 'lighthouse@13.5.0'
const site = process.env.GREENLIT_URL ?? 'http://localhost:3000'
const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 3)
const pages = process.argv.slice(2)
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']
const FLAGS = [
  ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** What of a report is read here. */
interface Report {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; displayValue?: string }>
}

function reportOn(address: string, browser: string): Report {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    [
      ...['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', address, '--quiet'],
      ...['--output=json', `--only-categories=${CATEGORIES}`, `--chrome-flags=${FLAGS.join(' ')}`],
    ],
    { env: { ...process.env, CHROME_PATH: browser }, encoding: 'utf8', maxBuffer: 2 ** 27 },
  )
  if (status !== 0) throw new Error(`Lighthouse ended with status ${status}:\n${stderr}`)
  return JSON.parse(stdout)
}

const scoreOf = ({ categories }: Report, category: string) =>
  Math.round((categories[category]?.score ?? 0) * 100)
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/** Audits of a run that cost points, with what they found. */
function costs({ categories, audits }: Report): string[] {
  return CATEGORIES.flatMap((category) =>
    (categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const audit = audits[id]
      if (!audit || weight === 0 || audit.score === null || audit.score >= 0.995) return []
      return [`${category}: ${id} ${audit.score} ${audit.displayValue ?? ''}`.trim()]
    }),
  )
}

const browser = await findOrInstallBrowser(process.cwd(), os.tmpdir(), console.error)
const results: Record<string, unknown> = {}
for (const page of pages.length > 0 ? pages : ['/', '/shows/all-of-us-are-dead']) {
  const runs = Array.from({ length: RUNS }, () => reportOn(`${site}${page}`, browser))
  const scores = Object.fromEntries(
    CATEGORIES.map((category) => [category, median(runs.map((run) => scoreOf(run, category)))]),
  )
  results[page] = { ...scores, costs: [...new Set(runs.flatMap(costs))] }
}
console.log(JSON.stringify(results, null, 2))
