/** Bringing a list along: from the file one got elsewhere to what one follows, and back. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { newAddress, newVisitor, ownAddress, SHOW, signIn } from '../support/journey'
import { expectSound } from '../support/sound'
import { zipOf } from '../support/zip'

test.describe.configure({ timeout: 180_000 })
test.beforeEach(({ context }) => context.setExtraHTTPHeaders(ownAddress()))

const HEADER = 'created_at,key,s_id,series_name,season_number,is_followed,is_archived,is_for_later'
const ROWS = [
  '2023-01-01 09:00:00,tracking-stats,,,,,,',
  '2023-01-01 09:00:00,watch-episode-a-1,367147,All of Us Are Dead,1,,,',
  '2022-01-01 09:00:00,user-series-a,367147,All of Us Are Dead,,true,false,false',
  '2022-01-01 09:00:00,user-series-b,383275,Squid Game,,true,false,false',
  '2022-01-01 09:00:00,user-series-c,334824,Dark,,true,true,false',
  '2022-01-01 09:00:00,user-series-d,999999,A Show Nobody Made,,true,false,false',
]
const SECRET = 'secret-token-of-the-archive'
/** What TV Time sent its people: a list among files that are nobody's business. */
const ARCHIVE = {
  name: 'tv-time-data.zip',
  mimeType: 'application/zip',
  buffer: zipOf([
    { name: 'gdpr-data/access_token.csv', content: SECRET, packedAs: Buffer.from('not to be opened') },
    { name: 'gdpr-data/tracking-prod-records-v2.csv', content: `${[HEADER, ...ROWS].join('\n')}\n` },
    { name: 'gdpr-data/ip_address.csv', content: SECRET, locked: true },
  ]),
}

const followedLines = (page: Page) => page.getByRole('button', { name: /^Unfollow / })

async function bring(
  page: Page,
  file: Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0],
): Promise<void> {
  await page.goto('/following/import')
  await page.getByLabel('The file').setInputFiles(file)
  await page.getByRole('button', { name: 'Read the file' }).click()
}

/** From the archive to the followed list, and back by undoing. */
async function journey(page: Page, hasScript: boolean): Promise<void> {
  await signIn(page, newAddress())
  await page.getByRole('link', { name: 'bring your list from elsewhere' }).click()
  await expect(page.getByRole('heading', { name: 'Bring your list', level: 1 })).toBeVisible()
  await bring(page, ARCHIVE)
  await expect(page.getByRole('heading', { name: 'Your TV Time list' })).toBeVisible()
  await expect(page.getByText('Nothing is followed yet')).toBeVisible()
  expect(await page.content()).not.toContain(SECRET)
  // Nothing chosen yet: nothing is thrown away.
  await page.getByRole('button', { name: 'Follow what I answered' }).click()
  await expect(page.getByText('for at least one of the 2 questions')).toBeVisible()
  if (!hasScript) await page.getByRole('link', { name: 'Back to the import' }).click()
  const undead = page.getByRole('group', { name: /^All of Us Are Dead/ })
  await undead
    .getByRole('radio', { name: /^All of Us Are Dead/ })
    .first()
    .check()
  await page.getByText('Left out: 1').click()
  await expect(page.getByText('You had stopped watching or following it there.')).toBeVisible()
  await page.getByRole('button', { name: 'Follow what I answered' }).click()
  await expect(page.getByText('You follow one season through this import.')).toBeVisible()
  await expect(page.getByText('One question is still open.')).toBeVisible()
  const here = page.url()
  // It waits where lists are brought, and is answered another time.
  await page.goto('/following/import')
  await page.getByRole('link', { name: 'TV Time, tv-time-data.zip' }).click()
  await page
    .getByRole('group', { name: /^Squid Game/ })
    .getByRole('radio', { name: 'None of these' })
    .check()
  await page.getByRole('button', { name: 'Follow what I answered' }).click()
  await expect(page.getByText('Without a place here: 2')).toBeVisible()

  await page.getByRole('link', { name: 'See what you follow' }).click()
  await expect(page.getByRole('heading', { name: 'Following', level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Unfollow All of Us Are Dead, season 2' })).toBeVisible()
  await expect(followedLines(page)).toHaveCount(1)

  // Brought again it changes nothing: the question is asked again, and what is followed is followed already.
  await page.goto(here)
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await expect(page.getByText('Undone: what this import followed is followed no longer.')).toBeVisible()
  await page.goto('/following')
  await expect(page.getByText('You follow nothing yet.')).toBeVisible()
}

test('an archive of TV Time is brought, questions answered, followed, and undone', async ({ page }) => {
  await journey(page, true)
})

test.describe('on a phone with JavaScript off', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })

  test('an archive of TV Time is brought, questions answered, followed, and undone', async ({ page }) => {
    await journey(page, false)
  })

  test('a file we cannot read is answered with a page that says why', async ({ page }) => {
    await signIn(page, newAddress())
    await bring(page, { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') })
    await expect(page.getByText('We do not know this file.')).toBeVisible()
    await page.getByRole('link', { name: 'Back to importing' }).click()
    await expect(page.getByLabel('The file')).toBeVisible()
  })
})

test('a file we cannot read is refused beside the field, and the next one is read', async ({ page }) => {
  await signIn(page, newAddress())
  await bring(page, {
    name: 'films.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Date,Name,Year,Letterboxd URI\n2026-08-18,A Film,2020,https://boxd.it/x\n'),
  })
  await expect(page.getByRole('alert').filter({ hasText: 'Letterboxd, which keeps films' })).toBeVisible()
  await page.getByLabel('The file').setInputFiles(ARCHIVE)
  await page.getByRole('button', { name: 'Read the file' }).click()
  await expect(page.getByRole('heading', { name: 'Your TV Time list' })).toBeVisible()
})

test('anime is found by its id and followed without a question; what has no place is downloaded', async ({
  page,
}) => {
  await signIn(page, newAddress())
  const anime = (id: number, title: string) =>
    `<anime><series_animedb_id>${id}</series_animedb_id><series_title><![CDATA[${title}]]></series_title><series_type>TV</series_type><my_status>Watching</my_status></anime>`
  const list = `<?xml version="1.0"?><myanimelist>${anime(5525, '07-Ghost')}${anime(99_999_999, '=HYPERLINK("x")')}</myanimelist>`
  await bring(page, { name: 'animelist.xml', mimeType: 'text/xml', buffer: Buffer.from(list) })
  await expect(page.getByRole('heading', { name: 'Your MyAnimeList list' })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download what has no place, as CSV' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toContain(`"'=HYPERLINK(""x"")"`)
  await page.getByRole('button', { name: 'Follow one season' }).click()
  await expect(page.getByText('You follow one season through this import.')).toBeVisible()
  await page.goto('/following')
  await expect(followedLines(page)).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^Unfollow 07-GHOST, if it is revived/i })).toBeVisible()
})

test('what one follows goes out as a file and comes back from it', async ({ page }) => {
  await signIn(page, newAddress())
  await page.goto(`/shows/${SHOW.slug}`)
  await page.getByRole('button', { name: `Follow season ${SHOW.season}`, exact: true }).click()
  await expect(page.getByRole('button', { name: /^Unfollow season/ })).toBeVisible()
  await page.goto('/following/import')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV', exact: true }).click(),
  ])
  const file = await download.path()
  await page.goto('/following')
  await page.getByRole('button', { name: /^Unfollow / }).click()
  await expect(page.getByText('You follow nothing yet.')).toBeVisible()
  await bring(page, {
    name: path.basename(download.suggestedFilename()),
    mimeType: 'text/csv',
    buffer: readFileSync(file),
  })
  await page.getByRole('button', { name: 'Follow one season' }).click()
  await expect(page.getByText('You follow one season through this import.')).toBeVisible()
})

test('another reader’s import is not there, and nobody is asked to sign in first', async ({
  page,
  browser,
}) => {
  await signIn(page, newAddress())
  await bring(page, ARCHIVE)
  await expect(page.getByRole('heading', { name: 'Your TV Time list' })).toBeVisible()
  const address = page.url()
  const elsewhere = await newVisitor(browser)
  const other = await elsewhere.newPage()
  await other.goto(address)
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await signIn(other, newAddress())
  await other.goto(address)
  await expect(other.getByText('Squid Game')).toHaveCount(0)
  await expect(other.getByRole('heading', { name: 'Your TV Time list' })).toHaveCount(0)
  await elsewhere.close()
})

test('the pages of importing have nothing for axe to find, at any size, light or dark', async ({ page }) => {
  await signIn(page, newAddress())
  await page.goto('/following/import')
  await expectSound(page, 'bring')
  await bring(page, ARCHIVE)
  await expect(page.getByRole('heading', { name: 'Your TV Time list' })).toBeVisible()
  await expectSound(page, 'draft')
  await page
    .getByRole('radio', { name: /^All of Us Are Dead/ })
    .first()
    .check()
  await page.getByRole('button', { name: 'Follow what I answered' }).click()
  await expect(page.getByText('You follow one season through this import.')).toBeVisible()
  await expectSound(page, 'done')
})
