import { expect, type Page, test } from '@playwright/test'
import { newAddress, ownAddress, SHOW, signIn } from '../support/journey'

const show = `/shows/${SHOW.slug}`
const season = `${show}/seasons/${SHOW.season}`

test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

/** The reader's addresses, as the settings show them, by their name there. */
async function addressesOn(page: Page): Promise<Record<string, string>> {
  const section = page.getByRole('region', { name: 'Your feed and your calendar' })
  const found: Record<string, string> = {}
  for (const name of ['Feed (Atom)', 'Feed (JSON Feed)', 'Calendar'])
    found[name] = await section.getByLabel(name).inputValue()
  return found
}

for (const javaScript of [true, false]) {
  const how = javaScript ? '' : ', also without JavaScript'
  test(`a reader makes an address, reads it in any program, and makes another: the old one is dead${how}`, async ({
    browser,
    request,
  }) => {
    const context = await browser.newContext({
      javaScriptEnabled: javaScript,
      extraHTTPHeaders: ownAddress(),
    })
    const page = await context.newPage()
    await signIn(page, newAddress())
    await page.goto(show)
    await page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
    await expect(
      page
        .getByRole('button', { name: /^Unfollow season/ })
        .or(page.getByText('You follow'))
        .first(),
    ).toBeVisible()
    await page.goto('/settings/notices')
    await page.getByRole('button', { name: 'Make the addresses' }).click()
    await expect(page.getByLabel('Feed (Atom)')).toBeVisible()
    const first = await addressesOn(page)
    for (const address of Object.values(first)) {
      const answer = await request.get(address)
      expect(answer.status(), address).toBe(200)
      expect(answer.headers()['referrer-policy']).toBe('no-referrer')
      expect(answer.headers()['cache-control']).toBe('private, no-cache')
      const again = await request.get(address, { headers: { 'If-None-Match': answer.headers().etag! } })
      expect(again.status(), address).toBe(304)
    }
    await page.getByRole('button', { name: /^Make new addresses/ }).click()
    await expect(page.getByLabel('Feed (Atom)')).not.toHaveValue(first['Feed (Atom)']!)
    const second = await addressesOn(page)
    for (const address of Object.values(first)) {
      const answer = await request.get(address)
      expect(answer.status(), address).toBe(404)
      expect(await answer.text()).toMatch(/^Nothing has this address/)
    }
    for (const address of Object.values(second)) expect((await request.get(address)).status()).toBe(200)
    await page.reload()
    expect(await addressesOn(page)).toEqual(second)
    await context.close()
  })
}

test('the feeds and calendars a page announces are there, and programs may ask for them by HEAD', async ({
  page,
  request,
}) => {
  for (const address of [show, season, '/changes', '/corrections', '/', '/calendar']) {
    await page.goto(address)
    const links = await page.locator('link[rel="alternate"][type]').evaluateAll((found) =>
      found.map((link) => ({
        type: (link as HTMLLinkElement).type,
        path: new URL((link as HTMLLinkElement).href).pathname,
        title: (link as HTMLLinkElement).title,
      })),
    )
    expect(new Set(links.map(({ title }) => title)).size, address).toBe(links.length)
    expect(links.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['application/atom+xml', 'application/feed+json', 'text/calendar']),
    )
    for (const { type, path } of links) {
      const answer = await request.fetch(path, { method: 'HEAD' })
      expect(answer.status(), path).toBe(200)
      expect(answer.headers()['content-type'], path).toContain(type)
      expect(answer.headers().etag, path).toBeTruthy()
      expect((await request.fetch(path, { method: 'POST' })).status(), path).toBe(405)
    }
  }
})

test('a reader finds feed and calendar under the button, and a calendar program is handed the address', async ({
  page,
}) => {
  for (const address of [show, season]) {
    await page.goto(address)
    await page.getByText('Or by feed or calendar').click()
    await expect(page.getByRole('link', { name: 'Atom feed' })).toHaveAttribute(
      'href',
      `${address}/feed.atom`,
    )
    await expect(page.getByRole('link', { name: 'Subscribe in a calendar' })).toHaveAttribute(
      'href',
      new RegExp(`^webcal://[^/]+${address}/calendar\\.ics$`),
    )
    await expect(page.getByText('most ask for news every 8 to 24 hours')).toBeVisible()
  }
})

test('corrections have a page of their own, which says what would stand there', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Corrections' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Corrections')
  await expect(
    page.getByText('There is no correction yet.').or(page.getByText('The statement in the ledger')).first(),
  ).toBeVisible()
})
