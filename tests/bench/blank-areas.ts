/**
 * Holes over 400 px and covers of one drawing side by side, on show pages of a running site:
 *   CHROMIUM_PATH=… npx tsx tests/bench/blank-areas.ts [http://localhost:3000] [--shows 40] [--seed 1] [--seasons] [--json]
 * Opens the golden shows and so many drawn by chance, wide and narrow; with --seasons the page of each one's newest
 * season too. A line for each finding, then the count of the pages; exit status 1 when anything was found.
 */
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { seeded } from '../../lib/shared/random'
import { holesOf, repeatedCovers } from '../support/blank'

const GOLDEN = [
  ...['all-of-us-are-dead', 'severance', 'squid-game', 'dark', 'the-last-of-us', 'slow-horses'],
  ...['saturday-night-live', 'survivor', 'jeopardy', 'friends', 'succession', 'the-simpsons', 'one-piece'],
]
const WINDOWS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shows: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    seasons: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const site = positionals[0] ?? process.env.GREENLIT_URL ?? 'http://localhost:3000'

async function draw(count: number, seed: number): Promise<string[]> {
  const map = await (await fetch(`${site}/sitemap.xml`)).text()
  const slugs = [...map.matchAll(/\/shows\/([a-z0-9-]+)<\/loc>/g)].map(([, slug]) => slug!).sort()
  const next = seeded(seed)
  const drawn = new Set<string>()
  while (drawn.size < Math.min(count, slugs.length)) drawn.add(slugs[Math.floor(next() * slugs.length)]!)
  return [...drawn]
}

async function newestSeason(slug: string): Promise<string[]> {
  const answer = await fetch(`${site}/api/v1/shows/${slug}`)
  if (!answer.ok) return []
  const { seasons } = (await answer.json()) as { seasons: { number: number }[] }
  const last = seasons.at(-1)
  return last ? [`/shows/${slug}/seasons/${last.number}`] : []
}

async function main() {
  const slugs = [...new Set([...GOLDEN, ...(await draw(Number(values.shows), Number(values.seed)))])]
  const paths = slugs.map((slug) => `/shows/${slug}`)
  if (values.seasons) paths.push(...(await Promise.all(slugs.map(newestSeason))).flat())
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const found: { path: string; width: number; kind: 'hole' | 'covers'; what: string }[] = []
  for (const viewport of WINDOWS) {
    const page = await browser.newPage({ viewport })
    // What names the functions that this program's loader sends along.
    await page.addInitScript('globalThis.__name = (named) => named')
    for (const path of paths) {
      const answer = await page.goto(`${site}${path}`)
      if (answer?.status() !== 200) throw new Error(`${path} answered ${answer?.status()}`)
      const at = { path, width: viewport.width }
      for (const what of await holesOf(page)) found.push({ ...at, kind: 'hole', what })
      for (const what of await repeatedCovers(page)) found.push({ ...at, kind: 'covers', what })
    }
    await page.close()
  }
  await browser.close()
  const count = (kind: string) => found.filter((one) => one.kind === kind).length
  const sum = { pages: paths.length, holes: count('hole'), covers: count('covers') }
  if (values.json) console.log(JSON.stringify({ ...sum, found }))
  else {
    for (const { path, width, what } of found) console.log(`${path}, ${width} px: ${what}`)
    console.log(
      `${sum.pages} pages, ${WINDOWS.length} widths: ${sum.holes} holes, ${sum.covers} covers repeated`,
    )
  }
  process.exitCode = found.length > 0 ? 1 : 0
}

await main()
