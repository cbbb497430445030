import { expect, test } from '@playwright/test'
import { ageAccount } from '../support/aged'
import { newAddress, newVisitor, ownAddress, SHOW, signIn } from '../support/journey'
import { expectSound } from '../support/sound'

const OTHER = { slug: 'severance', title: 'Severance' }
const show = `/shows/${SHOW.slug}`
const QUESTION = 'Watched something that belongs here?'

test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

test('two readers, one of them without JavaScript, name a show beside another; then it stands there for all', async ({
  page,
  browser,
}) => {
  test.slow()
  const where = { name: `${OTHER.title} beside All of Us Are Dead` }
  const [first, second] = [newAddress(), newAddress()]
  await signIn(page, first)
  await ageAccount(first)
  await page.goto(show)
  await page.getByRole('combobox', { name: QUESTION }).fill('severance')
  await page.getByRole('option').filter({ hasText: OTHER.title }).first().click()
  await expect(page.getByRole('heading', where)).toBeVisible()
  await page.getByLabel('Why would somebody').fill('Both shut people in and let them find out.')
  await page.getByRole('button', { name: 'Name it' }).click()
  const mine = page.getByRole('listitem').filter({ hasText: 'Both shut people in' })
  await expect(mine).toContainText('waits for a second reader')
  await expectSound(page, 'settings with a pair named')

  const plain = await newVisitor(browser, { javaScriptEnabled: false })
  const tab = await plain.newPage()
  await tab.goto(`${show}/suggest/${OTHER.slug}`)
  await tab.getByLabel('Why would somebody').fill('Nobody gets out by the door.')
  await tab.getByRole('button', { name: 'Name it' }).click()
  await expect(tab.getByText('Sign in first')).toBeVisible()
  await signIn(tab, second, show)
  await ageAccount(second)
  const form = tab.getByRole('search', { name: QUESTION })
  await form.getByRole('combobox').fill('severance')
  await form.getByRole('button', { name: 'Find it' }).click()
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('What belongs beside All of Us Are Dead?')
  await tab.getByRole('main').getByRole('link', { name: OTHER.title, exact: true }).first().click()
  await expect(tab.getByRole('heading', where)).toBeVisible()
  await tab.getByLabel('Why would somebody').fill('Nobody gets out by the door.')
  await tab.getByRole('button', { name: 'Name it' }).click()
  await expect(tab.getByRole('listitem').filter({ hasText: 'Nobody gets out' })).toContainText(
    'counts: 2 readers name it',
  )
  // No reason of another reader is read anywhere.
  await expect(tab.getByText('Both shut people in')).toHaveCount(0)

  const stranger = await newVisitor(browser)
  const everybody = await stranger.newPage()
  await expect(async () => {
    await everybody.goto(`${show}/suggest`)
    await expect(everybody.getByText('Named beside it by 2 readers')).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 90_000 })
  await expect(everybody.getByText(/Nobody gets out|Both shut people in/)).toHaveCount(0)

  await page.reload()
  await expect(mine).toContainText('counts: 2 readers name it')
  await page.getByRole('button', { name: `Take back ${OTHER.title} beside All of Us Are Dead` }).click()
  await expect(mine).toHaveCount(0)
  await tab.reload()
  await expect(tab.getByRole('listitem').filter({ hasText: 'Nobody gets out' })).toContainText(
    'waits for a second reader',
  )
  await plain.close()
  await stranger.close()
})

test('who is not signed in is told so beside the form, and loses nothing typed', async ({ page }) => {
  await page.goto(`${show}/suggest`)
  await page.getByRole('combobox', { name: 'Which show belongs here?' }).fill('severance')
  await page.getByRole('option').first().click()
  const reason = page.getByLabel('Why would somebody')
  await reason.fill('Both shut people in and let them find out.')
  await page.getByRole('button', { name: 'Name it' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Sign in first' })).toBeVisible()
  await expect(reason).toHaveValue('Both shut people in and let them find out.')
  await expectSound(page, 'naming a show, refused')
})
