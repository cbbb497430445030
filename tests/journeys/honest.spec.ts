import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { addDays } from '../../lib/shared/day'
import { parseEdtf } from '../../lib/shared/edtf'
import { datesIn, datesOfClaim, datesOfRecord, edtfParts, isGiven, starterOf } from '../support/dates'
import { ownAddress, SHOW } from '../support/journey'

interface ApiSeason {
  number: number
  status: string
  because: string[]
  premiere: { edtf: string } | null
  claims: {
    id: string
    kind: string
    value: string
    edtf: string | null
    source: string
    url: string
    published_on: string | null
    state: string
  }[]
}
interface ApiShow {
  genres: string[]
  tags: string[]
  kind: string
  seasons: ApiSeason[]
  related: { slug: string; title: string; reasons: { kind: string; text: string }[] }[]
  checked_at: string
  changed_at: string
}

const page = `/shows/${SHOW.slug}`
const seasonPage = `${page}/seasons/${SHOW.season}`
const starter = starterOf(SHOW.slug)
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
const NO_DRAMA = /talk|news|reality|variety|game show|award/i

/** The pages are made at most a day before they are read. */
const today = new Date().toISOString().slice(0, 10)
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

const apiShow = async (request: APIRequestContext, slug: string): Promise<ApiShow> => {
  const answer = await request.get(`/api/v1/shows/${slug}`)
  expect(answer.status()).toBe(200)
  return answer.json()
}
const seasonTwo = (show: ApiShow) => show.seasons.find(({ number }) => number === SHOW.season)!

/** Every date somebody gave for the show: claims, record, story so far, and the days on which pages are made. */
function givenDates(): Set<string> {
  const { record, claims, story } = starter
  return new Set([
    ...claims.flatMap(datesOfClaim),
    ...datesOfRecord(record),
    ...datesIn(story.join(' ')),
    today,
    yesterday,
  ])
}

/** A feed tells on which day a window had passed: the one after its last. */
const daysAfterWindows = () =>
  starter.claims.flatMap(({ date }) => {
    const read = date ? parseEdtf(date) : null
    return read?.ok ? [addDays(read.window.latest, 1)] : []
  })

/** Years of the shows that stand beside this one. */
const yearsBeside = (slugs: string[]) =>
  slugs.flatMap((slug) => {
    const beside = starter.shows.get(slug)
    return beside ? datesOfRecord(beside).map((date) => date.slice(0, 4)) : []
  })

/** Addresses hold numbers that are no dates of ours. */
const withoutAddresses = (text: string) =>
  text.replace(/https?:\/\/[^\s"'<>\\]+/g, ' ').replace(/\/(?:shows|_next)\/[^\s"'<>\\]+/g, ' ')

test.use({ extraHTTPHeaders: ownAddress() })

test('the second season of All of Us Are Dead rests on claims that each name their source', async ({
  request,
}) => {
  const season = seasonTwo(await apiShow(request, SHOW.slug))
  expect(season.claims.length).toBeGreaterThanOrEqual(8)
  const known = new Map(starter.claims.map((claim) => [`${claim.url} ${claim.value}`, claim]))
  for (const claim of season.claims) {
    expect(claim.source, claim.value).not.toBe('')
    expect(claim.url).toMatch(/^https?:\/\//)
    const line = known.get(`${claim.url} ${claim.value}`)
    expect(line, `a claim nobody made: ${claim.value}`).toBeDefined()
    expect(edtfParts(claim.edtf)).toEqual(edtfParts(line!.date))
    expect(claim.published_on).toBe(line!.published_on)
  }
  const ids = new Set(season.claims.map(({ id }) => id))
  expect(season.because.length).toBeGreaterThan(0)
  expect(season.because.filter((id) => !ids.has(id))).toEqual([])
})

test('the window of late 2023 or early 2024 stands as missed, and no date takes its place', async ({
  request,
  page: browser,
}) => {
  const season = seasonTwo(await apiShow(request, SHOW.slug))
  const missed = season.claims.filter(({ state, edtf }) => state === 'missed' && edtf === '2023-10/2024-03')
  expect(missed.length).toBeGreaterThan(0)
  expect(missed.some(({ value }) => value.includes('late 2023 or early 2024'))).toBe(true)
  expect(season.premiere).toBeNull()
  await browser.goto(page)
  const standing = browser.getByRole('main').getByText(/late 2023 or early 2024/i)
  await expect(standing.first()).toBeVisible()
  await expect(
    browser
      .getByRole('main')
      .getByText(/missed|passed/i)
      .first(),
  ).toBeVisible()
  await browser.goto(seasonPage)
  for (const { id } of missed) await expect(browser.locator(`[id="${id}"]`)).toContainText(/missed/i)
})

test('no face of the show prints a date that no claim and no record gave', async ({
  request,
  page: browser,
}) => {
  const show = await apiShow(request, SHOW.slug)
  const given = givenDates()
  const beside = new Set([...given, ...yearsBeside(show.related.map(({ slug }) => slug))])
  const strange = (text: string, allowed = given) =>
    datesIn(withoutAddresses(text)).filter((date) => !isGiven(date, allowed))

  const files = ['feed.atom', 'feed.json', 'calendar.ics', 'calendar.ics?windows=1']
  const faces = [
    `${page}/answer.txt`,
    ...[page, seasonPage].flatMap((at) => files.map((file) => `${at}/${file}`)),
  ]
  for (const face of [...faces, `/api/v1/shows/${SHOW.slug}`]) {
    const answer = await request.get(face)
    expect(answer.status(), face).toBe(200)
    // When we wrote a change down is the day of the import, and an entry ends the day after its last day. Of all faces
    // the API alone gives our estimate, in a field of its own.
    const text = (await answer.text()).replaceAll(
      /<updated>[^<]*|"date_published":"[^"]*|(?:DTSTAMP|LAST-MODIFIED|DTEND)[^\r]*|"forecast":\{[^}]*\}/g,
      '',
    )
    const allowed = face.includes('feed.') ? new Set([...given, ...daysAfterWindows()]) : given
    // An identifier's own year (RFC 4151) says when the name was coined.
    expect(strange(text.replaceAll(/tag:[^,]+,\d{4}:/g, ''), allowed), face).toEqual([])
  }

  for (const address of [page, seasonPage]) {
    await browser.goto(address)
    const said = await browser.evaluate(() => {
      // What is our estimate stands in a block that says so, and nowhere else.
      const estimate = document.querySelector('[aria-labelledby="estimate"]')
      if (estimate?.querySelector('h2')?.textContent === 'Our estimate, not an announcement')
        estimate.remove()
      const told = [
        ...document.querySelectorAll('[datetime], [content], [aria-label], [title], [alt]'),
      ].flatMap((element) =>
        ['datetime', 'content', 'aria-label', 'title', 'alt'].map((name) => element.getAttribute(name)),
      )
      const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')]
      const body = document.body.cloneNode(true) as HTMLElement
      for (const element of body.querySelectorAll('script, style, template')) element.remove()
      // What stands in blocks of its own is not one text: Black Summer, of 2019, is no summer.
      for (const block of body.querySelectorAll('p, li, h1, h2, h3, dt, dd, td, th, div, section, summary'))
        block.append(' · ')
      for (const element of body.querySelectorAll('span, a, time, b')) element.append(' ')
      return {
        title: document.title,
        attributes: told.filter((text) => text !== null),
        data: scripts.map((script) => script.textContent ?? ''),
        text: body.textContent ?? '',
      }
    })
    expect(said.data.length, `${address} has structured data`).toBeGreaterThan(0)
    expect(strange(`${said.title} · ${said.attributes.join(' · ')}`), `${address}, attributes`).toEqual([])
    expect(strange(said.data.join(' ')), `${address}, structured data`).toEqual([])
    expect(strange(said.text, beside), `${address}, text`).toEqual([])
    const raw = withoutAddresses(await (await request.get(address)).text())
    const days = [...raw.matchAll(/\b(?:19|20)\d{2}-\d{2}-\d{2}\b/g)].map(([day]) => day)
    expect(
      days.filter((day) => !isGiven(day, given)),
      `${address}, days anywhere in its bytes`,
    ).toEqual([])
  }
})

test('each note of the ledger prints only dates of its own claim', async ({ request, page: browser }) => {
  const season = seasonTwo(await apiShow(request, SHOW.slug))
  await browser.goto(seasonPage)
  const printed = await browser.locator('[id^="c_"]').evaluateAll((notes) =>
    notes.map((note) => {
      const times = [...note.querySelectorAll('time')].map((time) => time.dateTime)
      return { id: note.id, text: `${note.textContent} · ${times.join(' · ')}` }
    }),
  )
  expect(printed.map(({ id }) => id).sort()).toEqual(season.claims.map(({ id }) => id).sort())
  for (const { id, text } of printed) {
    const claim = season.claims.find((candidate) => candidate.id === id)!
    const line = starter.claims.find(({ url, value }) => url === claim.url && value === claim.value)!
    const own = datesOfClaim(line)
    expect(
      datesIn(withoutAddresses(text)).filter((date) => !isGiven(date, own)),
      claim.value,
    ).toEqual([])
  }
})

test('structured data and calendars give the second season no start that nobody announced', async ({
  request,
}) => {
  for (const address of [page, seasonPage]) {
    const html = await (await request.get(address)).text()
    const data = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      ([, json]) => JSON.parse(json!),
    )
    const all = data.flatMap((item) => [item, ...(item.containsSeason ?? [])])
    expect(all.filter((item) => item['@type'] === 'TVSeries').length).toBeGreaterThan(0)
    const second = all.filter((item) => item['@type'] === 'TVSeason' && item.seasonNumber === SHOW.season)
    expect(second.length).toBeGreaterThan(0)
    for (const season of second) expect(Object.keys(season)).not.toContain('startDate')
  }
  const calendar = await (await request.get(`${page}/calendar.ics`)).text()
  expect(calendar).not.toMatch(/season 2/)
})

test('the first six related titles share a premise, say why, and are all stories', async ({ request }) => {
  const show = await apiShow(request, SHOW.slug)
  const six = show.related.slice(0, 6)
  expect(six).toHaveLength(6)
  for (const { slug, title, reasons } of six) {
    const other = await apiShow(request, slug)
    expect(reasons.length, title).toBeGreaterThanOrEqual(2)
    const premises = other.tags.filter((tag) => show.tags.includes(tag))
    expect(premises.length, `${title} shares a premise`).toBeGreaterThan(0)
    expect([...other.genres, other.kind].join(' '), title).not.toMatch(NO_DRAMA)
    for (const { kind, text } of reasons)
      if (kind === 'tag')
        expect(
          other.tags.some((tag) => text.endsWith(tag)),
          `${title}: ${text}`,
        ).toBe(true)
  }
  for (const { slug, title } of show.related) {
    const other = starter.shows.get(slug) as { genres?: string[]; kind?: string } | undefined
    expect([...(other?.genres ?? []), other?.kind].join(' '), title).not.toMatch(NO_DRAMA)
  }
})

for (const [reader, headers] of [
  ['a reader', {}],
  ['a search engine', { 'User-Agent': GOOGLEBOT }],
] as const)
  test(`what does not exist is a real 404 the first time ${reader} asks`, async ({ request }) => {
    const show = await apiShow(request, SHOW.slug)
    const last = Math.max(...show.seasons.map(({ number }) => number))
    const never = randomUUID().slice(0, 8)
    const seasons = [
      '0',
      '-1',
      '1e9',
      '1000000000',
      'abc',
      '01',
      '1.5',
      '%31%20',
      String(last + 1),
      String(last + 2),
    ]
    const addresses = [
      `/shows/never-made-${never}`,
      `/shows/${never}/seasons/1`,
      `/shows/${never.toUpperCase()}`,
      `/shows/${SHOW.slug}-${never}`,
      `/shows/%EC%A7%80-${never}`,
      `/calendar/2026-13`,
      `/calendar/${never}`,
      `/sources/never-wrote-${never}`,
      `/changes/before/${never}`,
      `/corrections/before/${never}`,
      `/never-there-${never}`,
      ...seasons.map((season) => `/shows/${SHOW.slug}/seasons/${season}`),
    ]
    for (const address of addresses)
      for (const visit of ['first', 'second']) {
        const answer = await request.get(address, { headers: { ...headers } })
        expect(answer.status(), `${address}, ${visit} visit`).toBe(404)
        expect(await answer.text(), address).toMatch(/<meta name="robots" content="noindex/)
      }
  })

test('search engines are sent to one address a page, and kept from seasons nobody spoke about', async ({
  request,
  baseURL,
}) => {
  const canonical = async (address: string) => {
    const html = await (await request.get(address)).text()
    return {
      link: /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1],
      robots: /<meta name="robots" content="([^"]+)"/.exec(html)?.[1] ?? 'index',
    }
  }
  for (const address of [
    '/',
    '/shows',
    page,
    seasonPage,
    '/calendar',
    '/changes',
    '/corrections',
    '/sources',
    '/about',
    '/api',
  ]) {
    const { link } = await canonical(`${address}?utm_source=somewhere`)
    expect(new URL(link!).href, address).toBe(new URL(address, baseURL).href)
    expect((await canonical(address)).robots, address).not.toContain('noindex')
  }
  const show = await apiShow(request, SHOW.slug)
  for (const season of show.seasons) {
    const { robots } = await canonical(`${page}/seasons/${season.number}`)
    expect(robots.includes('noindex'), `season ${season.number}`).toBe(season.claims.length === 0)
  }
  const read = async (file: string) => (await request.get(new URL(file).pathname)).text()
  let listed = await read(`${baseURL}/sitemap.xml`)
  // A sitemap that has grown says where its parts are.
  if (listed.includes('<sitemapindex')) {
    const parts = [...listed.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, part]) => read(part!))
    listed = (await Promise.all(parts)).join('\n')
  }
  for (const season of show.seasons)
    expect(
      listed.includes(`${page}/seasons/${season.number}<`),
      `season ${season.number} in the sitemap`,
    ).toBe(season.claims.length > 0)
  expect(listed).toContain(`${page}<`)
})

test('every show has its preview image, and no page says it was changed on a day nothing changed', async ({
  request,
}) => {
  const show = await apiShow(request, SHOW.slug)
  for (const address of [page, seasonPage]) {
    const html = await (await request.get(address)).text()
    const image = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1]
    expect(image, address).toBeDefined()
    const answer = await request.get(new URL(image!.replaceAll('&amp;', '&')).pathname)
    expect(answer.status()).toBe(200)
    expect(answer.headers()['content-type']).toContain('image/png')
    const modified = [...html.matchAll(/"dateModified":"([^"]+)"/g)].map(([, day]) => day!)
    const said = starter.claims.flatMap(datesOfClaim)
    for (const day of modified)
      expect(isGiven(day, [...said, ...datesOfRecord(starter.record)]), `modified ${day}`).toBe(true)
  }
  expect(show.changed_at <= show.checked_at).toBe(true)
})
