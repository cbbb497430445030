/** The ways to a list and to one's settings, on a phone and on a desk, with and without JavaScript. */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { newAddress, newVisitor, ownAddress, SHOW, signIn } from '../support/journey'
import { latestMailTo } from '../support/mails'

/** A show that is over, which no other journey follows. */
const OVER = { slug: 'succession', title: 'Succession' }
const PHONE = { width: 320, height: 700 }
const DESK = { width: 1280, height: 800 }

/** A link a thumb can press without scrolling sideways for it. */
async function expectReachable(page: Page, link: Locator): Promise<void> {
  await expect(link).toBeVisible()
  const box = (await link.boundingBox())!
  expect(box.height).toBeGreaterThanOrEqual(44)
  expect(box.width).toBeGreaterThanOrEqual(44)
  expect(box.x + box.width).toBeLessThanOrEqual(page.viewportSize()!.width)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

for (const [where, viewport, javaScriptEnabled] of [
  ['on a phone', PHONE, true],
  ['on a phone without JavaScript', PHONE, false],
  ['on a desk', DESK, true],
  ['on a desk without JavaScript', DESK, false],
] as const)
  test(`${where} a reader without an account finds the list, follows with one field, and meets it again`, async ({
    browser,
  }) => {
    const context = await newVisitor(browser, { viewport, javaScriptEnabled })
    const page = await context.newPage()
    const header = page.getByRole('banner')
    await page.goto(`/shows/${OVER.slug}`)
    await expectReachable(page, header.getByRole('link', { name: 'Sign in' }))
    const following = header.getByRole('link', { name: 'Following' })
    await expectReachable(page, following)
    await following.click()
    await expect(page.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()
    await expect(page.getByLabel('Which show?')).toBeVisible()
    await expect(page.getByLabel('E-mail address')).toBeVisible()

    await page.goto(`/shows/${SHOW.slug}`)
    await page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
    // One field; an address that is none stays in it, with the sentence beside it.
    const field = page.getByLabel('E-mail address')
    await expect(field).toHaveCount(1)
    await field.fill('me@home')
    await page.getByRole('button', { name: 'Tell me by mail' }).click()
    await expect(field).toHaveAccessibleDescription(/not an address we can write to/)
    await expect(field).toHaveValue('me@home')
    const address = newAddress()
    await field.fill(address)
    await page.getByRole('button', { name: javaScriptEnabled ? 'Tell me by mail' : 'Send it again' }).click()
    await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
    expect((await latestMailTo(address)).text).toContain('All of Us Are Dead, season 2')

    await page.goto(`/shows/${OVER.slug}`)
    await page.getByRole('button', { name: 'Tell me if it is revived' }).click()
    await page.getByRole('button', { name: 'Keep it in this browser' }).click()
    const line = page.getByRole('main').getByRole('listitem')
    await expect(line.getByRole('heading')).toHaveText(`${OVER.title}, if it is revived`)
    await expect(line).not.toContainText('season 5')
    if (javaScriptEnabled) {
      await page.goto(`/shows/${OVER.slug}`)
      await page.getByRole('button', { name: 'No longer tell me' }).click()
      await expect(page.getByRole('button', { name: 'Tell me if it is revived' })).toBeVisible()
    }
    await context.close()
  })

for (const [where, viewport] of [
  ['a phone', PHONE],
  ['a desk', DESK],
] as const)
  test(`signed in on ${where}, Following and Settings are in the header, and what was typed outlives the session`, async ({
    page,
    context,
  }) => {
    await context.setExtraHTTPHeaders(ownAddress())
    await page.setViewportSize(viewport)
    const address = newAddress()
    await signIn(page, address, `/shows/${SHOW.slug}/suggest/dark`)
    const header = page.getByRole('banner')
    await expectReachable(page, header.getByRole('link', { name: 'Following' }))
    await expectReachable(page, header.getByRole('link', { name: 'Settings' }))

    const reason = 'Children who find out what the grown-ups have done to their town.'
    await page.getByLabel(/^Why would somebody/).fill(reason)
    await context.clearCookies()
    await page.getByRole('button', { name: 'Name it' }).click()
    const said = page.getByRole('alert').filter({ hasText: 'Sign in first' })
    await expect(said.getByRole('link', { name: 'Sign in in another tab' })).toHaveAttribute(
      'href',
      /^\/sign-in\?returnTo=/,
    )
    await expect(page.getByLabel(/^Why would somebody/)).toHaveValue(reason)
    const answer = await page.request.post('/api/me/pairs', {
      form: { slug: SHOW.slug, related: 'dark', reason },
      headers: { origin: process.env.GREENLIT_URL!, accept: 'text/html' },
    })
    expect(answer.status()).toBe(401)
    // Without JavaScript the door's own page holds what was typed.
    expect(await answer.text()).toContain(`name="reason" value="${reason}"`)
  })
