import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { ownAddress, SHOW } from '../support/journey'
import { SIZES } from '../support/sound'

const HTML_GZIP_BYTES = 14_000
const SCRIPT_GZIP_BYTES = 8_000
const show = `/shows/${SHOW.slug}`
const PAGES = [
  '/',
  '/shows',
  show,
  `${show}/seasons/${SHOW.season}`,
  '/search?q=dead',
  '/calendar',
  '/changes',
]

test.use({ extraHTTPHeaders: ownAddress() })

interface Loaded {
  url: string
  type: string
  bytes: Buffer
}

/** Everything a first visit to a page loads until nothing more comes, its own document among it. */
async function firstVisit(page: Page, address: string): Promise<Loaded[]> {
  const answers: Promise<Loaded>[] = []
  page.on('response', (answer) => {
    const type = answer.request().resourceType()
    answers.push(
      answer.body().then(
        (bytes) => ({ url: answer.url(), type, bytes }),
        () => ({ url: answer.url(), type, bytes: Buffer.alloc(0) }),
      ),
    )
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  // Down and up again: what is loaded when it comes into sight is loaded too.
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.waitForLoadState('networkidle')
  return Promise.all(answers)
}

test('the page of All of Us Are Dead is at most 14 KB, with at most 8 KB of script', async ({ page }) => {
  const loaded = await firstVisit(page, show)
  const html = loaded.find(({ type }) => type === 'document')!
  expect(gzipSync(html.bytes).length).toBeLessThanOrEqual(HTML_GZIP_BYTES)
  const scripts = loaded.filter(({ type, url }) => type === 'script' || /\.m?js(?:\?|$)/.test(url))
  expect(scripts.length).toBeGreaterThan(0)
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script.bytes).length, 0)
  expect(bytes).toBeLessThanOrEqual(SCRIPT_GZIP_BYTES)
})

for (const address of ['/shows', '/', show])
  test(`the covers of ${address} are drawn in the page: no image is asked for`, async ({ page }) => {
    const loaded = await firstVisit(page, address)
    // The browser's own wish for an icon of the tab is no cover.
    const images = loaded.filter(({ type, url }) => type === 'image' && !url.includes('/lamps/'))
    expect(images.map(({ url }) => url)).toEqual([])
    await expect(page.getByRole('main').locator('svg:visible').first()).toBeVisible()
  })

for (const { width, height } of SIZES)
  for (const address of PAGES)
    test(`${address} loads from this site alone, and nothing moves, however late its letters come, ${width} px wide`, async ({
      page,
      baseURL,
    }) => {
      await page.setViewportSize({ width, height })
      // Typefaces reach a slow line after the words: here, after the page has been drawn without them.
      const late = page.waitForFunction(
        () => performance.getEntriesByName('first-contentful-paint').length > 0,
      )
      await page.route('**/*.woff2', async (route) => {
        await late
        await route.continue()
      })
      await page.addInitScript(() => {
        const shifts: string[] = []
        Object.assign(window, { shifts })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value, sources } = entry as PerformanceEntry & {
              value: number
              sources?: { node?: Element }[]
            }
            const moved = sources?.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName) ?? []
            shifts.push(`${value.toFixed(5)}: ${moved.join(' | ')}`)
          }
        }).observe({ type: 'layout-shift', buffered: true })
      })
      const loaded = await firstVisit(page, address)
      await page.evaluate(() => document.fonts.ready)
      // Two frames: a shift of the last paint is reported after it.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([])
      const site = new URL(baseURL!).host
      const elsewhere = loaded.filter(({ url }) => !url.startsWith('data:') && new URL(url).host !== site)
      expect(elsewhere.map(({ url }) => url)).toEqual([])
    })

for (const address of [...PAGES, '/about', '/api', '/sources', '/corrections', `${show}/suggest/severance`])
  test(`${address} comes whole, the first time too, with no script of React's and leave for none but files`, async ({
    request,
  }) => {
    const answer = await request.get(address)
    const html = await answer.text()
    expect(answer.headers()['content-security-policy']).toContain("; script-src 'self'; ")
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
    expect(scripts.filter((tag) => !tag.includes('application/ld+json'))).toEqual([
      '<script type="module" src="/islands/start.js" async="">',
      '<script src="/theme.js">',
    ])
    expect(html).not.toContain('rel="expect"')
  })

test('a show page that was made once is served from what is kept, a hundred times', async ({ request }) => {
  await request.get(show)
  for (let i = 0; i < 100; i++) {
    const answer = await request.get(show)
    expect(answer.status()).toBe(200)
    expect(answer.headers()['x-cache']).toBe('HIT')
    expect(answer.headers()['cache-control']).toMatch(/s-maxage=\d+/)
    expect(answer.headers()['set-cookie']).toBeUndefined()
  }
})
