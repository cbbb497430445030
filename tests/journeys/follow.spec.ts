import { expect, test } from '@playwright/test'
import { askForMail, mailedLink, newAddress, ownAddress, SHOW, signIn } from '../support/journey'

const show = `/shows/${SHOW.slug}`
const followButton = { name: `Follow season ${SHOW.season}`, exact: true }
const unfollowButton = { name: `Unfollow season ${SHOW.season}`, exact: true }

test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

test('a newcomer presses Follow, signs in, and follows', async ({ page }) => {
  const address = newAddress()
  await page.goto(show)
  await page.getByRole('button', followButton).click()
  await expect(page.getByText('To follow All of Us Are Dead, season 2, give an address')).toBeVisible()
  await askForMail(page, address)
  await page.goto(await mailedLink(address))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('You follow All of Us Are Dead, season 2.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Unfollow All of Us Are Dead, season 2' })).toBeVisible()

  await page.goto(show)
  await expect(page.getByRole('button', unfollowButton)).toBeVisible()
})

test('double clicks and two tabs end in one state, the one that is shown', async ({ page, context }) => {
  await signIn(page, newAddress())
  await page.goto(show)
  await page.getByRole('button', followButton).dblclick()
  await expect(page.getByRole('button', unfollowButton)).toBeVisible()
  const tab = await context.newPage()
  await tab.goto(show)
  await expect(tab.getByRole('button', unfollowButton)).toBeVisible()
  await tab.getByRole('button', unfollowButton).click()
  await expect(tab.getByRole('button', followButton)).toBeVisible()
  await page.bringToFront()
  await page.reload()
  await expect(page.getByRole('button', followButton)).toBeVisible()
  await page.getByRole('button', followButton).click()
  await expect(page.getByRole('button', unfollowButton)).toBeVisible()
  await page.goto('/following')
  await expect(page.getByRole('listitem').filter({ hasText: 'All of Us Are Dead' })).toHaveCount(1)
})

test('following by keyboard alone keeps the place on the page', async ({ page }) => {
  await signIn(page, newAddress())
  await page.goto(show)
  const button = page.getByRole('button', followButton)
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', unfollowButton)).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', followButton)).toBeFocused()
})

test('the button moves nothing when it learns who is looking', async ({ page }) => {
  await signIn(page, newAddress())
  await page.goto(show)
  await page.getByRole('button', followButton).click()
  await expect(page.getByRole('button', unfollowButton)).toBeVisible()
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(show)
  await expect(page.getByRole('button', unfollowButton)).toBeVisible()
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.01)
})

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false })

  test('one signs in, follows, reads the list, unfollows and signs out', async ({ page }) => {
    const address = newAddress()
    await page.goto(show)
    await page.getByRole('button', followButton).click()
    await expect(page.getByText('To follow All of Us Are Dead, season 2, give an address')).toBeVisible()
    await askForMail(page, address)
    await page.goto(await mailedLink(address))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('You follow All of Us Are Dead, season 2.')).toBeVisible()

    // The page is the same for everybody: pressing Follow again is harmless.
    await page.goto(show)
    await page.getByRole('button', followButton).click()
    await expect(page.getByRole('button', { name: 'Unfollow All of Us Are Dead, season 2' })).toHaveCount(1)
    await page.getByRole('button', { name: 'Unfollow All of Us Are Dead, season 2' }).click()
    await expect(page.getByText('You no longer follow All of Us Are Dead, season 2.')).toBeVisible()
    await expect(page.getByText('You follow nothing yet.')).toBeVisible()

    await page.goto('/settings')
    await expect(page.getByText(address)).toBeVisible()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByText('You are signed out.')).toBeVisible()
    await page.goto('/following')
    await expect(page.getByText('Nothing is followed in this browser.')).toBeVisible()
  })

  test('a wrong code is answered with a page that says so', async ({ page }) => {
    await page.goto('/sign-in')
    await askForMail(page, newAddress())
    await page.getByLabel('Code').fill('ZZZZ-ZZZZ')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('That is not the code.')).toBeVisible()
    await page.getByRole('link', { name: 'Type it again' }).click()
    await expect(page.getByLabel('Code')).toBeVisible()
  })
})
