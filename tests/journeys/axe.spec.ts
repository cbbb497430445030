import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test'
import { ownAddress, SHOW } from '../support/journey'
import { expectSound } from '../support/sound'

const APP = path.join(import.meta.dirname, '../../app')

type Find = (request: APIRequestContext) => Promise<string>

/** The first show of a list, as the API knows it. */
const showWith =
  (query: string): Find =>
  async (request) => {
    const { results } = await (await request.get(`/api/v1/shows?${query}`)).json()
    return `/shows/${results[0].slug}`
  }

/** The least known anime: no genre, no network, nothing said. */
const bareAnime: Find = async (request) => {
  const { results } = await (await request.get('/api/v1/shows?kind=anime&lamp=silent&sort=newest')).json()
  const facts = (show: { genres: string[]; network: string | null }) =>
    show.genres.length + (show.network ? 1 : 0)
  const [barest] = results.toSorted((a: never, b: never) => facts(a) - facts(b))
  return `/shows/${barest.slug}`
}

/** Where the first page of changes goes on. */
const earlierChanges: Find = async (request) => {
  const list = await (await request.get('/changes')).text()
  return /href="(\/changes\/before\/[\w-]+)"/.exec(list)?.[1] ?? '/changes'
}

/** The form for the most popular other show. */
const besideShow: Find = async (request) => {
  const { results } = await (await request.get('/api/v1/shows')).json()
  const other = results.find(({ slug }: { slug: string }) => slug !== SHOW.slug)
  return `/shows/${SHOW.slug}/suggest/${other.slug}`
}

/** Addresses of every page of the app folder; those of one reader are in reader-pages.spec.ts. */
const PAGES: Record<string, Record<string, string | Find> | 'a page of one reader'> = {
  '/': { home: '/' },
  '/about': { about: '/about' },
  '/api': { 'the API': '/api' },
  '/calendar': { calendar: '/calendar' },
  '/calendar/[month]': { 'a month': '/calendar/2026-12', 'a month with nothing in it': '/calendar/2031-02' },
  '/calendar/[month]/estimates': { 'a month with our estimates': '/calendar/2027-06/estimates' },
  '/changes': { changes: '/changes' },
  '/changes/before/[cursor]': {
    'earlier changes': earlierChanges,
    'no such place': '/changes/before/nowhere',
  },
  '/corrections': { corrections: '/corrections' },
  '/corrections/before/[cursor]': { 'no such place among corrections': '/corrections/before/nowhere' },
  '/data': { data: '/data' },
  '/forecasts': { forecasts: '/forecasts' },
  '/search': {
    search: '/search',
    'search with results': '/search?q=dead',
    'search without results': '/search?q=zzqxjv',
    'search for what belongs beside a show': `/search?q=dead&beside=${SHOW.slug}`,
  },
  '/shows': {
    browse: '/shows',
    'browse, filtered': '/shows?genre=horror&country=south-korea&sort=title',
    'a list refused': '/shows?lamp=purple',
    'browse, nothing found': '/shows?genre=horror&person=Nobody+Of+This+Name',
  },
  '/shows/[slug]': {
    'a show ordered': `/shows/${SHOW.slug}`,
    'a show cancelled': showWith('status=cancelled'),
    'a show ended': showWith('status=ended'),
    'an anime of which little is known': bareAnime,
    'no such show': '/shows/nobody-made-this',
  },
  '/shows/[slug]/seasons/[n]': {
    'a season': `/shows/${SHOW.slug}/seasons/${SHOW.season}`,
    'a season past': `/shows/${SHOW.slug}/seasons/1`,
    'no such season': `/shows/${SHOW.slug}/seasons/99`,
  },
  '/shows/[slug]/suggest': {
    'what is named beside a show': `/shows/${SHOW.slug}/suggest`,
    'beside no show': '/shows/nobody-made-this/suggest',
  },
  '/shows/[slug]/suggest/[related]': {
    'naming a show beside another': besideShow,
    'a show beside itself': `/shows/${SHOW.slug}/suggest/${SHOW.slug}`,
  },
  '/sources': { sources: '/sources' },
  '/follow/asked': { 'asked by mail': '/follow/asked' },
  '/follow/confirm/[token]': { 'a confirmation that is none': '/follow/confirm/x' },
  '/unsubscribe/[token]': { 'a link that ends no mail': '/unsubscribe/x' },
  '/following': 'a page of one reader',
  '/following/[slug]/[n]': 'a page of one reader',
  '/following/for-you': 'a page of one reader',
  '/following/import': 'a page of one reader',
  '/following/import/[id]': 'a page of one reader',
  '/mailbox': 'a page of one reader',
  '/settings': 'a page of one reader',
  '/settings/notices': 'a page of one reader',
  '/studio/deliveries': 'a page of one reader',
  '/studio/identity': 'a page of one reader',
  '/studio/sources': 'a page of one reader',
  '/studio/wanted': 'a page of one reader',
  '/sign-in': 'a page of one reader',
  '/sign-in/code': 'a page of one reader',
  '/sign-in/confirm/[token]': 'a page of one reader',
  '/sign-in/finish': 'a page of one reader',
}

/** One tab for all these pages: they keep nothing of each other, and a browser that is new each time reads all scripts anew. */
const test = base.extend<object, { tab: Page }>({
  tab: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: process.env.GREENLIT_URL })
      await use(await context.newPage())
      await context.close()
    },
    { scope: 'worker' },
  ],
})

// The longest file of all: both browsers take their share of it.
test.describe.configure({ mode: 'parallel' })

test('every page of the site is looked at', () => {
  const pages = readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:^|\/)page\.tsx$/.test(file))
    .map((file) => `/${path.posix.dirname(file)}`.replace('/.', '/'))
  expect(Object.keys(PAGES).sort()).toEqual(pages.sort())
})

test.beforeEach(({ tab }) => tab.context().setExtraHTTPHeaders(ownAddress()))

for (const addresses of Object.values(PAGES)) {
  if (typeof addresses === 'string') continue
  for (const [name, address] of Object.entries(addresses))
    test(`${name}: nothing for axe to find, nothing scrolls sideways, everything large enough to press`, async ({
      tab,
      request,
    }) => {
      await tab.goto(typeof address === 'string' ? address : await address(request))
      await expect(tab.getByRole('heading', { level: 1 })).toBeVisible()
      await expectSound(tab, name)
    })
}

test('a suggestion list that is open has nothing for axe to find', async ({ tab }) => {
  await tab.goto('/')
  await tab.getByLabel('Which show?').fill('all of us')
  await expect(tab.getByRole('option').first()).toBeVisible()
  await expectSound(tab, 'suggestions')
})

test('no page that does not exist is a dead end', async ({ tab }) => {
  const answer = await tab.goto('/nothing-here')
  expect(answer?.status()).toBe(404)
  await expect(tab.getByRole('heading', { level: 1 })).toBeVisible()
  await expectSound(tab, 'not found')
  await expect(tab.getByRole('main').getByRole('link').first()).toBeVisible()
})
