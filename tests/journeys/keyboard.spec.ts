import { expect, type Locator, type Page, test } from '@playwright/test'
import { mailedLink, newAddress, ownAddress, SHOW } from '../support/journey'

/** More stops than any page has before what a journey looks for. */
const STOPS_MAX = 150

test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

/** What is wrong with how the focus shows on the element that has it; null when one can see it. */
function focusFault(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return 'nothing has the focus'
    const name = at.outerHTML.slice(0, 120)
    if (!at.matches(':focus-visible')) return `the browser shows no focus on ${name}`
    // A field may wear the ring around itself and its button.
    const ringed = [at, at.parentElement, at.closest('form')].some((element) => {
      if (!element) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
    })
    if (!ringed) return `no ring around ${name}`
    const box = at.getClientRects()[0]
    if (!box || box.width < 1 || box.height < 1) return `the focus is on what cannot be seen: ${name}`
    const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
    if (!inside) return `the focus is outside the window, on ${name}`
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1)
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1)
    const top = document.elementFromPoint(x, y)
    return top && (at.contains(top) || top.contains(at)) ? null : `the focus is covered, on ${name}`
  })
}

const expectVisibleFocus = (page: Page) => expect.poll(() => focusFault(page)).toBeNull()

/** Walks on by Tab until the focus is where it should be; on the way it can always be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    await page.keyboard.press('Tab')
    await expectVisibleFocus(page)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not come to ${target}`)
}

/** Presses what has the focus. */
const press = (page: Page, key = 'Enter') => page.keyboard.press(key)

test('a whole visit by keyboard alone: find, follow, sign in, read on, sign out', async ({ page }) => {
  test.setTimeout(120_000)
  const address = newAddress()
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused()
  await expectVisibleFocus(page)
  await press(page)
  await expect(page.getByRole('main')).toBeFocused()

  // Past the header, the first stop of the page is its question.
  const box = page.getByRole('combobox', { name: 'Which show?' })
  await tabTo(page, box)
  await page.keyboard.type('all of us')
  const options = page.getByRole('option')
  await expect(options.first()).toBeVisible()
  const wanted = await options.evaluateAll((list) =>
    list.findIndex((option) => option.textContent?.startsWith('All of Us Are Dead')),
  )
  expect(wanted).toBeGreaterThanOrEqual(0)
  for (let i = 0; i <= wanted; i++) await page.keyboard.press('ArrowDown')
  await expect(box).toBeFocused()
  await expect(options.nth(wanted)).toHaveAttribute('aria-selected', 'true')
  await expect(box).toHaveAttribute('aria-activedescendant', await options.nth(wanted).evaluate((o) => o.id))
  await press(page)
  await expect(page).toHaveURL(new RegExp(`/shows/${SHOW.slug}$`))

  await tabTo(page, page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }))
  await press(page)
  await expect(page.getByText('To follow All of Us Are Dead, season 2, give an address')).toBeVisible()
  await tabTo(page, page.getByLabel('E-mail address'))
  await page.keyboard.type(address)
  await tabTo(page, page.getByRole('button', { name: 'Or sign in: mail me a link' }))
  await press(page)
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await page.goto(await mailedLink(address))
  await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Sign in' }))
  await press(page, 'Space')
  await expect(page.getByText('You follow All of Us Are Dead, season 2.')).toBeVisible()

  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'All of Us Are Dead' }).first())
  await press(page)
  await expect(page.getByRole('button', { name: `Unfollow season ${SHOW.season}` })).toBeVisible()
  const related = page.getByRole('region', { name: 'Until then' }).getByRole('heading', { level: 3 }).first()
  const title = (await related.textContent())!
  await tabTo(page, related.getByRole('link'))
  await press(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)

  await tabTo(page, page.getByRole('link', { name: 'Following' }))
  await press(page)
  await expect(page.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'All of Us Are Dead' })).toHaveCount(1)
  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'Settings' }))
  await press(page)
  await tabTo(page, page.getByRole('button', { name: 'Sign out' }))
  await press(page)
  await expect(page.getByText('You are signed out.')).toBeVisible()
})

test('Escape closes the suggestions and a second one empties the box; nothing traps the keyboard', async ({
  page,
}) => {
  await page.goto('/')
  const box = page.getByRole('combobox', { name: 'Which show?' })
  await box.focus()
  await page.keyboard.type('kingdom')
  await expect(box).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(box).toHaveAttribute('aria-expanded', 'false')
  await expect(box).toHaveValue('kingdom')
  await page.keyboard.press('Escape')
  await expect(box).toHaveValue('')
  await page.keyboard.type('kingdom')
  await expect(box).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Tab')
  await expect(box).toHaveAttribute('aria-expanded', 'false')
  await expect(box).not.toBeFocused()
})

for (const path of ['/', `/shows/${SHOW.slug}`, '/shows', '/calendar'])
  test(`Tab walks through the whole of ${path} and out again, always to be seen`, async ({ page }) => {
    await page.goto(path)
    const seen = new Set<string>()
    for (let stop = 0; stop < 400; stop++) {
      await page.keyboard.press('Tab')
      const place = await page.evaluate(() => {
        const at = document.activeElement
        if (!at || at === document.body) return null
        return [...document.querySelectorAll('*')].indexOf(at).toString()
      })
      // Past the last stop the focus leaves the page; a place come to twice would be a trap or a new round.
      if (place === null || seen.has(place)) break
      seen.add(place)
      expect(await focusFault(page)).toBeNull()
    }
    // The radios of one question are one stop; between them one walks by arrows.
    const stops = await page.evaluate(() => {
      const pressed = 'a[href], button, input:not([type=hidden]), select, summary'
      return new Set(
        [...document.querySelectorAll<HTMLElement>(pressed)]
          .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0)
          .map((element) => (element.matches('[type=radio]') ? element.getAttribute('name') : element)),
      ).size
    })
    expect(seen.size).toBeGreaterThanOrEqual(stops)
  })
