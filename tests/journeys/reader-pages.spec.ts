import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { askForMail, mailedLink, newAddress, newVisitor, ownAddress, SHOW, signIn } from '../support/journey'

const SIZES = [
  { width: 360, height: 780 },
  { width: 1280, height: 800 },
]

test.describe.configure({ timeout: 180_000 })
test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

async function isSound(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const size of SIZES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(size)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]),
        `${name}, ${colorScheme}, ${size.width} px`,
      ).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${name} at ${size.width} px scrolls sideways`).toBeLessThanOrEqual(0)
    }
}

test('the pages of signing in have nothing for axe to find', async ({ page, browser }) => {
  const address = newAddress()
  await page.goto('/sign-in')
  await isSound(page, 'sign in')
  await page.getByLabel('E-mail address').fill('me@home')
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not an address' })).toBeVisible()
  await isSound(page, 'sign in, refused')
  await askForMail(page, address)
  await isSound(page, 'check your mail')
  const link = await mailedLink(address)
  const elsewhere = await newVisitor(browser)
  const other = await elsewhere.newPage()
  await other.goto(link)
  await isSound(other, 'the code')
  await elsewhere.close()
  await page.goto(link)
  await isSound(page, 'confirm')
  await page.goto('/sign-in/confirm/never-mailed')
  await isSound(page, 'no such link')
})

test('the pages of a reader have nothing for axe to find', async ({ page }) => {
  await signIn(page, newAddress())
  await isSound(page, 'following nothing')
  await page.goto(`/shows/${SHOW.slug}`)
  await page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
  await expect(page.getByRole('button', { name: /^Unfollow season/ })).toBeVisible()
  await page.goto('/following')
  await isSound(page, 'following')
  await page.goto('/settings')
  await isSound(page, 'settings')
  await page.goto('/settings/notices')
  await isSound(page, 'what you are told')
  await page.goto(`/following/${SHOW.slug}/${SHOW.season}`)
  await isSound(page, 'what you are told of a season')
  await page.goto('/sign-in')
  await isSound(page, 'signed in already')
})
