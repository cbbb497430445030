import { expect, test } from '@playwright/test'
import { holesOf, repeatedCovers } from '../support/blank'
import { ownAddress, SHOW } from '../support/journey'

test.use({ extraHTTPHeaders: ownAddress() })

/** A long ledger, a short one, one of other seasons alone, none, and a record of fifty seasons. */
const SHOWS = [SHOW.slug, 'severance', 'friends', 'dark', 'saturday-night-live']
const SEASONS = [`/shows/${SHOW.slug}/seasons/${SHOW.season}`, '/shows/dark/seasons/1']

for (const path of [...SHOWS.map((slug) => `/shows/${slug}`), ...SEASONS])
  for (const width of [1280, 390])
    test(`${path} leaves nothing empty, and no cover repeats the drawing beside it, ${width} px wide`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      expect(await holesOf(page)).toEqual([])
      expect(await repeatedCovers(page)).toEqual([])
    })

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('every statement about a show stands on a page that its page leads to, and each link to one finds it', async ({
    page,
    request,
  }) => {
    const show = await (await request.get(`/api/v1/shows/${SHOW.slug}`)).json()
    const claims: string[] = show.seasons.flatMap((season: { claims: { id: string }[] }) =>
      season.claims.map(({ id }) => id),
    )
    expect(claims.length).toBeGreaterThan(30)
    await page.goto(`/shows/${SHOW.slug}`)
    const links = await page
      .getByRole('main')
      .locator('a[href*="/seasons/"], a[href^="#c_"]')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href')!))
    const ids = async () => page.locator('[id^="c_"]').evaluateAll((notes) => notes.map(({ id }) => id))
    const printed = new Map([['', await ids()]])
    for (const path of new Set(links.map((href) => href.split('#')[0]!).filter(Boolean))) {
      await page.goto(path)
      printed.set(path, await ids())
    }
    expect(claims.filter((id) => ![...printed.values()].flat().includes(id))).toEqual([])
    for (const [path, id] of links.map((href) => href.split('#') as [string, string | undefined]))
      if (id?.startsWith('c_')) expect(printed.get(path)).toContain(id)
  })
})
