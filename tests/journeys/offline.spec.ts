import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { newAddress, ownAddress, SHOW, signIn, signInByPages } from '../support/journey'

const TITLE = 'All of Us Are Dead'

test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

/** Everything this browser keeps in Cache Storage, as a page of the site can read it. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const found: { address: string; text: string }[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        found.push({
          address: new URL(request.url).pathname,
          text: await (await cache.match(request))!.text(),
        })
    }
    return found
  })

const isKept = (page: Page) =>
  expect.poll(async () => (await kept(page)).filter(({ address }) => address === '/following').length)

/** Signs in, follows, and looks at the list until the browser has a copy of it. */
async function keepList(page: Page): Promise<void> {
  await signIn(page, newAddress())
  await page.goto(`/shows/${SHOW.slug}`)
  await page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
  await expect(page.getByRole('button', { name: /^Unfollow season/ })).toBeVisible()
  await page.goto('/following')
  await expect(page.getByRole('main').getByRole('link', { name: TITLE, exact: true })).toBeVisible()
  await isKept(page).toBe(1)
  await expect.poll(async () => (await kept(page)).some(({ text }) => text.includes(TITLE))).toBe(true)
}

/** Without a network, the list cannot be read in this browser. */
async function expectNothing(page: Page, context: BrowserContext): Promise<void> {
  await context.setOffline(true)
  await expect(page.goto('/following')).rejects.toThrow(/ERR_/)
  await context.setOffline(false)
}

test('the list is there without a network, says from when it is, and keeps nothing else', async ({
  page,
  context,
}) => {
  await keepList(page)
  await context.setOffline(true)
  await page.goto('/following')
  await expect(page.getByText('There is no connection. This is a copy from')).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: TITLE, exact: true })).toBeVisible()
  // It looks as it always does.
  const face = await page.evaluate(async () => {
    await document.fonts.ready
    const loaded = [...document.fonts].filter(({ status }) => status === 'loaded').length
    return { family: getComputedStyle(document.querySelector('h1')!).fontFamily, loaded }
  })
  expect(face.family).toContain('display')
  expect(face.loaded).toBeGreaterThan(0)
  // No other address is answered with it.
  for (const address of ['/settings', `/shows/${SHOW.slug}`, '/following/'])
    await expect(page.goto(address)).rejects.toThrow(/ERR_/)
  await context.setOffline(false)
  await page.goto('/following')
  await expect(page.getByText('There is no connection.')).toHaveCount(0)
  for (const { address } of await kept(page))
    expect(address).toMatch(/^\/(following|theme\.js|_next\/static\/.+\.(css|woff2))$/)
})

test('after signing out, nothing of the list can be read in this browser', async ({ page, context }) => {
  await keepList(page)
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  expect(await kept(page)).toEqual([])
  await expectNothing(page, context)
})

test('nor after signing out on a page the worker does not have in its hands', async ({ page, context }) => {
  await keepList(page)
  await page.goto('/settings')
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setBypassServiceWorker', { bypass: true })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await cdp.send('Network.setBypassServiceWorker', { bypass: false })
  await expect.poll(() => kept(page)).toEqual([])
  await expectNothing(page, context)
})

test('nor after the account is deleted', async ({ page, context }) => {
  await keepList(page)
  await page.goto('/settings')
  await page.getByLabel('I am sure').check()
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await expect(page.getByText('everything that was yours is deleted')).toBeVisible()
  expect(await kept(page)).toEqual([])
  await expectNothing(page, context)
})

test('nor once the site says that the session is over', async ({ page, context }) => {
  await keepList(page)
  await context.clearCookies()
  await page.goto('/following')
  await expect(page.getByText('Nothing is followed in this browser.')).toBeVisible()
  await expect.poll(() => kept(page)).toEqual([])
  await expectNothing(page, context)
})

test('the next reader of the same browser finds nothing of the last', async ({ page, context }) => {
  await keepList(page)
  await context.clearCookies() // the first one's session ends without a word to the browser
  await signInByPages(page, newAddress())
  await context.setOffline(true)
  const answer = await page.goto('/following').catch(() => null)
  if (answer) await expect(page.getByText(TITLE)).toHaveCount(0)
  await context.setOffline(false)
  for (const { text } of await kept(page)) expect(text).not.toContain(TITLE)
})

test('who only reads public pages gets no worker and keeps nothing', async ({ page }) => {
  for (const address of ['/', `/shows/${SHOW.slug}`, '/shows', '/sign-in']) await page.goto(address)
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  expect(await kept(page)).toEqual([])
})

test('the worker is asked for afresh, and the site can be installed', async ({ page, request }) => {
  const worker = await request.get('/sw.js')
  expect(worker.headers()['cache-control']).toBe('no-cache')
  expect(worker.headers()['content-type']).toMatch(/javascript/)
  await page.goto('/')
  const manifest = await request.get((await page.locator('link[rel=manifest]').getAttribute('href'))!)
  const { icons, start_url, display } = await manifest.json()
  expect([start_url, display]).toEqual(['/following', 'standalone'])
  for (const { src } of icons) expect((await request.get(src)).headers()['content-type']).toBe('image/png')
})
