import { expect, test } from '@playwright/test'
import { askForMail, mailedLink, newAddress, ownAddress, SHOW } from '../support/journey'

test.use({ javaScriptEnabled: false })
test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

test('a whole visit with JavaScript off: find, follow, sign in, read on, sign out', async ({ page }) => {
  const address = newAddress()
  await page.goto('/')
  await page.getByLabel('Which show?').fill('all of us are ded')
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
  await expect(page).toHaveURL(/\/search\?q=/)
  await page.getByRole('main').getByRole('link', { name: 'All of Us Are Dead' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('All of Us Are Dead')

  await page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
  await expect(page.getByText('To follow All of Us Are Dead, season 2, give an address')).toBeVisible()
  await askForMail(page, address)
  await page.goto(await mailedLink(address))
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('You follow All of Us Are Dead, season 2.')).toBeVisible()

  await page.getByRole('main').getByRole('link', { name: 'All of Us Are Dead' }).first().click()
  const related = page.getByRole('region', { name: 'Until then' }).getByRole('heading', { level: 3 }).first()
  const title = (await related.textContent())!
  await related.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)

  await page.getByRole('link', { name: 'Following' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'All of Us Are Dead' })).toHaveCount(1)
  await page.getByRole('main').getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByText(address)).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
})

test('lists are filtered and paged by forms and links alone', async ({ page }) => {
  await page.goto('/shows')
  const first = page.getByRole('main').getByRole('listitem').getByRole('link').first()
  await expect(first).toBeVisible()
  await page
    .getByRole('link', { name: /next|more/i })
    .first()
    .click()
  await expect(page).toHaveURL(/cursor=/)
  await page.goto('/calendar')
  await page.getByRole('navigation', { name: 'Months' }).getByRole('link').last().click()
  await expect(page).toHaveURL(/\/calendar\/\d{4}-\d{2}/)
})

test('what is folded can be opened, and nothing gives an ending away before it is', async ({ page }) => {
  await page.goto(`/shows/${SHOW.slug}`)
  const returns = page.getByRole('region', { name: 'Who returns for season 2' })
  await expect(returns.getByText('Yoon Chan-young', { exact: true })).toBeHidden()
  await expect(returns.getByText('Lee Min-jae', { exact: true })).toBeVisible()
  await returns.getByText(/may give away how season 1 ended/).click()
  await expect(returns.getByText('Yoon Chan-young', { exact: true })).toBeVisible()
  const plot = page.getByRole('region', { name: 'What season 2 is expected to tell' })
  await expect(plot.getByText('On-jo, now at university')).toBeHidden()
  await expect(plot.getByText(/^Plot, .*: may give away how season 1 ended$/).first()).toBeVisible()
  const recap = page.getByRole('region', { name: 'The story so far' }).locator('details').first()
  await expect(recap).not.toHaveAttribute('open')
  await recap.locator('summary').first().click()
  await expect(recap).toHaveAttribute('open', '')
})

for (const address of ['/shows/no-such-show', '/shows?genre=!'])
  test(`${address}, where nothing stands, says so and leads on, with JavaScript off`, async ({ page }) => {
    const answer = await page.goto(address)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.getByRole('link', { name: 'Search' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Search' })).toBeVisible()
  })
