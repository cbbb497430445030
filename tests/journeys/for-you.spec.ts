import { expect, type Page, test } from '@playwright/test'
import { newAddress, ownAddress, SHOW, signIn } from '../support/journey'
import { expectSound } from '../support/sound'

const PAGE = '/following/for-you'
const SHOWS = [SHOW.slug, 'severance']
const TITLES = ['All of Us Are Dead', 'Severance']

test.describe.configure({ timeout: 180_000 })
test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

const cards = (page: Page) => page.getByRole('region', { name: 'Shows for you' }).getByRole('listitem')
const titles = (page: Page) =>
  page.getByRole('region', { name: 'Shows for you' }).getByRole('heading', { level: 3 }).allTextContents()
const dial = (page: Page, name: string, step: string) =>
  page.getByRole('group', { name }).getByRole('radio', { name: step })
const done = (page: Page) => page.locator('.notice')
const scrolled = (page: Page) => page.evaluate(() => window.scrollY)

const firstTwelve = async (page: Page) => (await titles(page)).slice(0, 12)

async function followBoth(page: Page): Promise<void> {
  for (const slug of SHOWS) {
    await page.goto(`/shows/${slug}`)
    await page.getByRole('button', { name: /^Follow season/ }).click()
    await expect(page.getByRole('button', { name: /^Unfollow season/ })).toBeVisible()
  }
}

/** A mark that a page load would wipe out. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { stayed: true }))
const stayed = (page: Page) => page.evaluate(() => 'stayed' in window)

test('a reader of whom nothing is known is told so, and shown what is written about', async ({ page }) => {
  await signIn(page, newAddress())
  await page.getByRole('main').getByRole('link', { name: 'For you' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'For you' })).toBeVisible()
  await expect(page.getByText('You follow nothing and have seen nothing that we know of')).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: 'browse the shows' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Waited for, and written about' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('radio')).toHaveCount(0)
  await expectSound(page, 'for you, nothing known')
})

test('who follows two shows reads what goes with them and why, waves off, undoes, and keeps their place', async ({
  page,
}) => {
  await signIn(page, newAddress())
  await followBoth(page)
  await page.goto(PAGE)
  await expect(cards(page).first()).toContainText(/Goes with/)
  const before = await titles(page)
  expect(before.length).toBeGreaterThan(11)
  for (const title of TITLES) expect(before).not.toContain(title)
  await expectSound(page, 'for you')

  await mark(page)
  const third = before[2]!
  const notThis = page.getByRole('button', { name: `Not this: ${third}`, exact: true })
  await notThis.scrollIntoViewIfNeeded()
  await notThis.click()
  await expect(done(page)).toContainText(`You waved off ${third}.`)
  await expect(done(page)).toBeFocused()
  expect(await titles(page)).not.toContain(third)
  await done(page)
    .getByRole('button', { name: `Undo: ${third}` })
    .click()
  await expect(done(page)).toContainText(`${third} stands here again.`)
  expect(await titles(page)).toEqual(before)

  const first = before[0]!
  await page.getByRole('button', { name: `Seen it: ${first}`, exact: true }).click()
  await expect(done(page)).toContainText(`You have seen ${first}.`)
  const said = page.getByRole('region', { name: 'Seen and waved off' })
  await expect(said.getByRole('listitem')).toContainText(`${first} seen`)
  await expectSound(page, 'for you, with something seen')
  await said.getByRole('button', { name: `Undo: ${first}` }).click()
  await expect(said).toHaveCount(0)
  expect(await titles(page)).toEqual(before)
  expect(await stayed(page)).toBe(true)
})

test('the dials turn without a reload, and focus and place stay where they are', async ({ page }) => {
  await signIn(page, newAddress())
  await followBoth(page)
  await page.setViewportSize({ width: 360, height: 640 })
  await page.goto(PAGE)
  await expect(cards(page).first()).toBeVisible()
  const before = await firstTwelve(page)
  await mark(page)
  const either = dial(page, 'How well known', 'Either')
  await either.evaluate((radio) => radio.scrollIntoView({ block: 'center' }))
  await either.focus()
  const place = await scrolled(page)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('status').filter({ hasText: 'obscure first' })).toBeVisible()
  await expect(page).toHaveURL(`${PAGE}?fame=-2&length=0`)
  await expect(dial(page, 'How well known', 'Obscure first')).toBeFocused()
  expect(Math.abs((await scrolled(page)) - place)).toBeLessThanOrEqual(2)
  expect(await firstTwelve(page)).not.toEqual(before)
  await dial(page, 'How well known', 'Either').click()
  await expect(page).toHaveURL(`${PAGE}?fame=0&length=0`)
  await expect.poll(() => firstTwelve(page)).toEqual(before)
  expect(await stayed(page)).toBe(true)
  for (const query of ['fame=3', 'length=-9', 'fame=purple']) {
    const refused = await page.goto(`${PAGE}?${query}`)
    expect([query, refused!.status()]).toEqual([query, 404])
    await expect(page.getByRole('heading', { level: 1, name: 'The dials do not go there' })).toBeVisible()
  }
})

test.describe('with JavaScript off and no account', () => {
  test.use({ javaScriptEnabled: false })

  test('one reads, waves off, undoes and turns the dials from a list kept in the browser', async ({
    page,
  }) => {
    const nobody = await page.goto(PAGE)
    expect(new URL(nobody!.url()).pathname).toBe('/sign-in')
    await page.goto(`/shows/${SHOW.slug}`)
    await page.getByRole('button', { name: /^Follow season/ }).click()
    await page.getByRole('button', { name: 'Keep it in this browser' }).click()
    await page.getByRole('main').getByRole('link', { name: 'For you' }).click()
    await expect(cards(page).first()).toContainText('All of Us Are Dead, which you follow.')
    const before = await titles(page)

    const [first] = before as [string]
    await page.getByRole('button', { name: `Not this: ${first}`, exact: true }).click()
    await expect(done(page)).toContainText(`You waved off ${first}.`)
    expect(await titles(page)).not.toContain(first)
    await done(page)
      .getByRole('button', { name: `Undo: ${first}` })
      .click()
    await expect(done(page)).toContainText('stands here again.')
    expect(await titles(page)).toEqual(before)

    await dial(page, 'How long', 'Short first').check()
    await page.getByRole('button', { name: 'Turn the dials' }).click()
    await expect(page).toHaveURL(`${PAGE}?fame=0&length=-2`)
    await expect(dial(page, 'How long', 'Short first')).toBeChecked()
    const short = await titles(page)
    expect(short).not.toEqual(before)
    // A word keeps the dials as they are.
    await page.getByRole('button', { name: `Seen it: ${short[0]}`, exact: true }).click()
    await expect(dial(page, 'How long', 'Short first')).toBeChecked()
  })
})
