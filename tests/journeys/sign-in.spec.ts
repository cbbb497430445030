import { expect, test } from '@playwright/test'
import { HOLDINGS_IN_WORDS } from '../../lib/own-data/holdings'
import { ageSignIn } from '../support/aged'
import {
  askForMail,
  mailedLink,
  newAddress,
  newVisitor,
  ownAddress,
  SHOW,
  signInByPages,
} from '../support/journey'
import { latestMailTo, mailsOnce } from '../support/mails'
import { expectSound } from '../support/sound'

test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

test('a newcomer signs in by mail and is back where they came from', async ({ page }) => {
  const address = newAddress()
  await page.goto('/sign-in?returnTo=/shows')
  await expect(page.getByText(`An account holds ${HOLDINGS_IN_WORDS}.`)).toBeVisible()
  await askForMail(page, address)
  const mail = await latestMailTo(address)
  expect(mail.to).toEqual([address])
  await page.goto(await mailedLink(address))
  await expect(page.getByText(address)).toBeVisible()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/shows$/)
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible()
})

test('a mail scanner that opens the link, and even presses, spends nothing', async ({
  page,
  browser,
  request,
}) => {
  const address = newAddress()
  await page.goto('/sign-in')
  await askForMail(page, address)
  const link = await mailedLink(address)
  for (let i = 0; i < 50; i++) {
    expect((await request.get(link)).status()).toBe(200)
    expect((await request.head(link)).status()).toBe(200)
  }
  const scanner = await newVisitor(browser)
  const opened = await scanner.newPage()
  await opened.goto(link)
  await expect(opened.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
  const pressed = await opened.evaluate(async (token) => {
    const answer = await fetch('/api/auth/confirm', { method: 'POST', body: new URLSearchParams({ token }) })
    return answer.status
  }, link.split('/').at(-1)!)
  expect(pressed).toBe(403)
  await scanner.close()

  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
})

test('a link opened on another device shows a code that signs in the first', async ({ page, browser }) => {
  const address = newAddress()
  await page.goto('/sign-in')
  await askForMail(page, address)
  const phone = await newVisitor(browser)
  const onPhone = await phone.newPage()
  await onPhone.goto(await mailedLink(address))
  const code = await onPhone.getByRole('status').textContent()
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await phone.close()

  await page.getByLabel('Code').fill('ZZZZ-ZZZZ')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'That is not the code' })).toBeVisible()
  await page.getByLabel('Code').fill(code!.toLowerCase())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()
})

test('an address that is none is said so beside the field, and stays there to be mended', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill('me@home')
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not an address we can write to' })).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toHaveValue('me@home')
})

test('a passkey added in the settings signs in without a mail', async ({ page, context }) => {
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const address = newAddress()
  await signInByPages(page, address, '/settings')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('Passkey 1, added on')).toBeVisible()
  const about = (change: string) => (mails: { text: string }[]) =>
    mails.some(({ text }) => text.includes(`a passkey was ${change}`) && text.includes('If it was not you'))
  await mailsOnce(address, about('added'))
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()

  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()
  await page.goto('/settings')
  await expect(page.getByText(address)).toBeVisible()

  // An hour later the session is too old for that: one signs in again, and is back.
  const stale = page.getByRole('button', { name: 'Remove passkey 1' })
  await expect(stale).toBeVisible()
  await ageSignIn(address)
  await stale.click()
  await expect(page.getByRole('alert').filter({ hasText: 'sign in again first' })).toBeVisible()
  await page.reload()
  await expect(stale).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Sign in again to add or remove one' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(/\/settings#passkeys$/)
  await page.getByRole('button', { name: 'Remove passkey 1' }).click()
  await expect(page.getByText('You have none yet.')).toBeVisible()
  await mailsOnce(address, about('removed'))

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'opens no account here' })).toBeVisible()
})

test('a list kept in this browser comes along, what it told others stays off, and signing out leaves no key', async ({
  page,
  context,
}) => {
  const address = newAddress()
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(`/shows/${SHOW.slug}?follow=${SHOW.season}`)}`)
  await page.getByRole('button', { name: 'Keep it in this browser' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.goto('/settings/notices')
  await page.getByLabel('Address', { exact: true }).fill('https://stranger.example.com/hook')
  await page.getByLabel('What you call it').fill('calendar')
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  await expect(page.getByRole('button', { name: 'Turn off calendar' })).toBeVisible()

  await signInByPages(page, address, '/shows')
  await expect(page.getByRole('heading', { name: 'This browser’s list is your account’s now' })).toBeVisible()
  await expect(page.getByText('the webhook calendar at stranger.example.com')).toBeVisible()
  await expectSound(page, 'what a list brought')
  await page.getByRole('link', { name: 'where you are told' }).click()
  await expect(page.getByText('off until you turn it on')).toBeVisible()
  await page.getByRole('button', { name: 'Turn on calendar' }).click()
  await expect(page.getByRole('button', { name: 'Turn off calendar' })).toBeVisible()
  await page.goto('/following?brought=channels&on=%2Fshows')
  await expect(page.getByRole('heading', { name: 'This browser’s list is your account’s now' })).toHaveCount(
    0,
  )

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  // All that stays is a mark by which this browser gets its own share of sign-in mails; it opens nothing.
  const left = (await context.cookies()).map(({ name }) => name).filter((name) => name.includes('greenlit-'))
  expect(left).toEqual(['greenlit-known'])
})

test('a stranger cannot make an account by a passkey', async ({ request }) => {
  const headers = { Origin: process.env.GREENLIT_URL! }
  const form = { for: 'register', email: newAddress() }
  expect((await request.post('/api/auth/passkey/options', { headers, form })).status()).toBe(401)
  const old = '/api/auth/webauthn-options/passkey?action=register&email=me%40journeys.example'
  expect((await request.get(old)).status()).toBe(404)
})

test('what is mine can be taken away and deleted, and then nothing of it is left', async ({
  page,
  browser,
}) => {
  const address = newAddress()
  await signInByPages(page, address, '/settings')
  const elsewhere = await newVisitor(browser)
  const other = await elsewhere.newPage()
  await other.goto('/sign-in')
  await askForMail(other, address)
  await other.goto(await mailedLink(address, 2))
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()

  await page.reload()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download it' }).click()
  expect((await download).suggestedFilename()).toBe('greenlit-export.json')

  await page.getByLabel('I am sure').check()
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await expect(page.getByText('Your account and everything that was yours is deleted.')).toBeVisible()
  await other.reload()
  await expect(other.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await elsewhere.close()
})

test('a session ended from another browser is over there at once', async ({ page, browser }) => {
  const address = newAddress()
  await signInByPages(page, address, '/settings')
  const elsewhere = await newVisitor(browser)
  const other = await elsewhere.newPage()
  await other.goto('/sign-in')
  await askForMail(other, address)
  await other.goto(await mailedLink(address, 2))
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: 'End all others' }).click()
  await expect(page.getByRole('button', { name: 'End all others' })).toHaveCount(0)
  await other.reload()
  await expect(other.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await elsewhere.close()
})

test('pages of one reader are kept by nobody and found by no search engine', async ({ page, request }) => {
  await signInByPages(page, newAddress())
  for (const path of ['/sign-in', '/sign-in/code', '/sign-in/confirm/x', '/following', '/settings']) {
    const answer = await page.goto(path)
    expect(answer!.headers()['cache-control'], path).toContain('no-store')
    await expect(page.locator('meta[name=robots]').first()).toHaveAttribute('content', /noindex/)
    if (path.startsWith('/sign-in')) expect(answer!.headers()['referrer-policy']).toBe('no-referrer')
  }
  const nobody = await request.get('/settings', { maxRedirects: 0 })
  expect(nobody.status()).toBe(307)
  expect(nobody.headers().location).toBe('/sign-in?returnTo=/settings')
})

test('the local mailbox is nowhere to be found where mail is really sent', async ({ request }) => {
  expect((await request.get('/mailbox')).status()).toBe(404)
})

test('a forged host never reaches a mail, whatever proxy header carries it', async ({ request, baseURL }) => {
  const forgeries: Record<string, string>[] = [
    { 'X-Forwarded-Host': 'evil.example' },
    { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' },
    { Forwarded: 'host=evil.example;proto=https' },
    { Host: 'evil.example' },
  ]
  for (const forged of forgeries) {
    const address = newAddress()
    const answer = await request.post('/api/auth/mail', {
      form: { email: address },
      headers: { Origin: new URL(baseURL!).origin, Accept: 'application/json', ...ownAddress(), ...forged },
    })
    expect(answer.status()).toBe(200)
    expect(await answer.text()).not.toContain('evil.example')
    expect(new URL(await mailedLink(address)).origin).toBe(new URL(baseURL!).origin)
  }
})
