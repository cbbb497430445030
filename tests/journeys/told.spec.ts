import { expect, request, test } from '@playwright/test'
import { newAddress, ownAddress, signIn, signInByPages } from '../support/journey'
import { latestMailTo, mailsTo } from '../support/mails'
import { greenlit, makersSay, onceTold, QUIET_SHOW } from '../support/newsroom'
import { expectSound } from '../support/sound'

const { slug, title, season } = QUIET_SHOW
const seasonName = `${title}, season ${season}`

// One show, one ledger: what is said in one of these is news in the next.
test.describe.configure({ mode: 'serial' })
test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

test('following by mail without an account, from the form to the last mail', async ({ page, browser }) => {
  const address = newAddress()
  await page.goto(`/shows/${slug}`)
  // Listed as ended, and nobody speaks of another season: what is offered is to hear of one after all.
  await page.getByRole('button', { name: 'Tell me if it is revived', exact: true }).click()
  await expect(page.getByText(`To be told if ${title} is revived, give an address.`)).toBeVisible()
  await page.getByLabel('E-mail address').fill(address)
  await page.getByRole('button', { name: 'Tell me by mail' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()

  const asked = await latestMailTo(address)
  expect(asked.text).toContain(`${title}, if it is revived`)
  const confirm = asked.links.find((link) => link.includes('/follow/confirm/'))!
  // Opened on another device, and by a scanner before: nothing happens until the button is pressed.
  await page.request.get(confirm)
  const phone = await browser.newPage()
  await phone.goto(confirm)
  await expect(phone.getByText(`${title}, if it is revived`)).toBeVisible()
  await phone.getByRole('button', { name: 'Yes, tell me' }).click()
  await expect(phone.getByRole('heading', { name: 'You will be told' })).toBeVisible()

  makersSay('renewed', QUIET_SHOW)
  const news = await latestMailTo(address, 2)
  expect(news.raw).toContain(`Subject: ${seasonName}: something changed`)
  expect(news.text).toContain('Renewed.')
  expect(news.text).toContain('https://makers.example/')
  expect(news.raw).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/)

  // As a mail program does it: a POST without a cookie, without an origin.
  const oneClick = /List-Unsubscribe:\s*<([^>]+)>/.exec(news.raw.replace(/\r?\n\s/g, ''))![1]!
  const mailProgram = await request.newContext()
  // A connection kept from before may just be closing: then it asks again, as such programs do.
  const ended = await mailProgram.post(oneClick, { form: { 'List-Unsubscribe': 'One-Click' }, maxRetries: 2 })
  expect(ended.status()).toBe(200)
  await mailProgram.dispose()
  makersSay('release_date', QUIET_SHOW, '2030-05-05')
  await onceTold()
  const link = news.links.find((one) => one.includes('/unsubscribe/') && !one.includes('/api/'))!
  await phone.goto(link)
  await expect(phone.getByRole('status')).toContainText(`Nothing is mailed about ${seasonName} any more`)
  await phone.getByRole('button', { name: 'Send me mail again' }).click()
  await expect(phone.getByText('You get mail again.')).toBeVisible()
  makersSay('release_date', QUIET_SHOW, '2030-06-06')
  const moved = await latestMailTo(address, 3)
  expect(moved.text).toContain('6 June 2030')
  expect(
    (await mailsTo(address)).some(({ text }) => text.includes('5 May 2030') && !text.includes('6 June')),
  ).toBe(false)
  await phone.close()

  // Signing in with the address finds everything.
  await signIn(page, address)
  await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible()
})

test('a list kept in the browser becomes the account’s, and only its feed gets a new address', async ({
  page,
}) => {
  const address = newAddress()
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(`/shows/${slug}?follow=${season}`)}`)
  await page.getByRole('button', { name: 'Keep it in this browser' }).click()
  await expect(page.getByText(`You follow ${seasonName}.`)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'This list lives in this browser' })).toBeVisible()
  await page.goto('/settings/notices')
  await page.getByRole('button', { name: 'Make the addresses' }).click()
  const old = await page.getByLabel('Feed (Atom)').inputValue()
  expect((await page.request.get(old)).status()).toBe(200)
  await page.goto(`/shows/${slug}`)
  await expect(page.getByRole('button', { name: `Unfollow season ${season}`, exact: true })).toBeVisible()

  await signInByPages(page, address)
  await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'This list lives in this browser' })).toBeHidden()
  // Whoever used this browser before may have kept the old address.
  expect((await page.request.get(old)).status()).toBe(404)
  await expect(page.getByText('Its old feed and calendar addresses no longer work.')).toBeVisible()
  await page.getByRole('link', { name: 'Your account’s own' }).click()
  await page.getByRole('button', { name: 'Make the addresses' }).click()
  const feed = await page.getByLabel('Feed (Atom)').inputValue()
  expect(feed).not.toBe(old)
  makersSay('release_date', QUIET_SHOW, '2030-07-07')
  const kept = async () => (await page.request.get(feed, { maxRetries: 2 })).text()
  await expect.poll(kept).toContain('7 July 2030')
})

test('what one is told is chosen, for everything and for one season, with JavaScript off', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, extraHTTPHeaders: ownAddress() })
  const page = await context.newPage()
  await signIn(page, newAddress(), `/shows/${slug}?follow=${season}`)
  await page.goto('/settings/notices')
  await page.getByRole('checkbox', { name: /Trailers/ }).check()
  await page.getByLabel('How often').selectOption('weekly')
  await page.getByLabel('Your time zone').selectOption('Asia/Seoul')
  await page.getByLabel('Quiet from').selectOption('22')
  await page.getByRole('button', { name: 'Save' }).click()
  // What was chosen comes back with the sentence, to be mended and sent again.
  await expect(page.getByLabel(/^Quiet from/)).toHaveValue('22')
  await expect(page.getByLabel(/^Quiet from/)).toHaveAccessibleDescription(/quiet hours/)
  await page.getByLabel(/^Quiet until/).fill('7')
  await page.getByRole('button', { name: 'Send it again' }).click()
  await expect(page.getByRole('status')).toHaveText('Saved.')
  await expect(page.getByRole('checkbox', { name: /Trailers/ })).toBeChecked()
  await expect(page.getByLabel('Your time zone')).toHaveValue('Asia/Seoul')
  await expect(page.getByLabel('Quiet until')).toHaveValue('7')

  await page.goto('/following')
  await page.getByRole('link', { name: `What you are told of ${seasonName}` }).click()
  await page.getByRole('checkbox', { name: /Mute/ }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status')).toHaveText('Saved.')
  await page.goto('/following')
  await expect(page.getByText('Muted')).toBeVisible()
  await context.close()
})

test('a browser without an account remembers what it has seen of a show, and says what is new', async ({
  page,
}) => {
  await page.goto(`/shows/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
  await expect
    .poll(() => page.evaluate((name) => localStorage.getItem(name), `greenlit.looked.${slug}`))
    .not.toBeNull()
  makersSay('filming_started', QUIET_SHOW)
  // Looking is remembered: the page is opened only once it has the news.
  await expect
    .poll(async () => (await page.request.get(`/shows/${slug}`)).text())
    .toContain(`Season ${season}: Filming started`)
  await page.reload()
  const since = page.getByRole('complementary', { name: /since you last looked/ })
  await expect(since.getByRole('listitem')).toHaveText([`Season ${season}: Filming started`])
  await since.getByRole('button', { name: 'Close' }).click()
  await expect(since).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
  await expect(since).toHaveCount(0)
})

test('deliveries are shown to an operator and to nobody else', async ({ page }) => {
  const address = newAddress()
  await signIn(page, address)
  const refused = await page.goto('/studio/deliveries')
  expect(await refused!.text()).not.toContain('Telling runs')
  greenlit('role', address, 'operator')
  await page.goto('/studio/deliveries')
  await expect(page.getByRole('heading', { name: 'Deliveries' })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText('@')
  await expectSound(page, 'this page')
  await page.goto('/studio/sources')
  await expect(page.getByRole('heading', { name: 'Providers of facts' })).toBeVisible()
  await expectSound(page, 'how providers stand')
  greenlit('role', address, 'reader')
})
