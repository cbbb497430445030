/** Signing in, in a journey, as a person does it: by the mail that really arrived. */
import { randomInt, randomUUID } from 'node:crypto'
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import { mailsOnce, type ReceivedMail } from './mails'

/** The show and season the journeys follow. */
export const SHOW = { slug: 'all-of-us-are-dead', season: 2 } as const

/** An address nobody else in this run has. */
export const newAddress = () => `reader-${randomUUID()}@journeys.example`

/** Headers of a visitor from an address of their own, as the proxy in front of the journeys' site writes them. */
export const ownAddress = () => ({
  'X-Forwarded-For': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`,
})

/** A browser of its own, at an address of its own. */
export const newVisitor = (browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) =>
  browser.newContext({ extraHTTPHeaders: ownAddress(), ...options })

/** Asks for a sign-in mail on the sign-in page that is open. */
export async function askForMail(page: Page, address: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(address)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
}

/** The sign-in link in the newest sign-in mail to an address, once at least `count` of them have come. */
export async function mailedLink(address: string, count = 1): Promise<string> {
  const linkIn = ({ links }: ReceivedMail) => links.find((link) => link.includes('/sign-in/confirm/'))
  const mails = await mailsOnce(address, (all) => all.filter(linkIn).length >= count)
  return mails.flatMap((mail) => linkIn(mail) ?? []).at(-1)!
}

/**
 * Signs a browser in by the same doors as the pages do, without drawing them, and opens where it was to lead: for
 * journeys that are about something else.
 */
export async function signIn(page: Page, address: string, returnTo = '/following'): Promise<void> {
  const headers = { origin: process.env.GREENLIT_URL!, accept: 'text/html' }
  const press = async (door: string, form: Record<string, string>) => {
    const answer = await page.request.post(door, { form, headers, maxRedirects: 0 })
    expect(answer.status(), await answer.text()).toBe(303)
    return answer.headers().location!
  }
  await press('/api/auth/mail', { email: address, returnTo })
  const token = new URL(await mailedLink(address)).pathname.split('/').at(-1)!
  await page.goto(await press('/api/auth/confirm', { token }))
}

/** Signs a page in as a person does, and waits until it has arrived. */
export async function signInByPages(page: Page, address: string, returnTo = '/following'): Promise<void> {
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`)
  await askForMail(page, address)
  await page.goto(await mailedLink(address))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** The Cookie header of a signed-in browser, for requests without one. */
export async function cookieOf(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
}
