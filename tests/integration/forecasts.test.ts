import { sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as api } from '@/app/api/v1/shows/[slug]/route'
import CalendarWithEstimates, { generateMetadata as layerHead } from '@/app/calendar/[month]/estimates/page'
import CalendarMonth from '@/app/calendar/[month]/page'
import Forecasts from '@/app/forecasts/page'
import { GET as record } from '@/app/forecasts.json/route'
import { GET as answer } from '@/app/shows/[slug]/answer.txt/route'
import { GET as calendar } from '@/app/shows/[slug]/calendar.ics/route'
import { GET as atom } from '@/app/shows/[slug]/feed.atom/route'
import { GET as feed } from '@/app/shows/[slug]/feed.json/route'
import ShowRoute, { generateMetadata } from '@/app/shows/[slug]/page'
import { GET as seasonCalendar } from '@/app/shows/[slug]/seasons/[n]/calendar.ics/route'
import { GET as seasonAtom } from '@/app/shows/[slug]/seasons/[n]/feed.atom/route'
import SeasonRoute, { generateMetadata as seasonHead } from '@/app/shows/[slug]/seasons/[n]/page'
import { db } from '@/db/client'
import { seasonCard, showCard } from '@/lib/feeds/card'
import { showLd } from '@/lib/feeds/json-ld'
import { makeForecasts, scoreForecasts } from '@/lib/forecast/commands'
import { readEstimatesOfMonth, readRecord } from '@/lib/forecast/queries'
import { ESTIMATE_TITLE } from '@/lib/forecast/words'
import { recordClaims } from '@/lib/ledger/commands'
import { checkClaimLine } from '@/lib/ledger/record'
import { getShowPage } from '@/lib/pages/show'
import type { Day } from '@/lib/shared/day'
import { seeded } from '@/lib/shared/random'
import { noteReads } from '@/lib/shared/reads'
import { asOwner, useStarter } from '../support/database'

/** The starter's lists reach to spring 2026. */
const DAY = '2026-12-01'
const SITE = 'https://greenlit.test'
/** `npm run drill:faces` walks 500. */
const WALKED = Number(process.env.GREENLIT_FACES ?? 40)

const get = (path: string) => new Request(`${SITE}${path}`)
const at = <T extends object>(params: T) => ({ params: Promise.resolve(params) })
const textOf = async (response: Response | Promise<Response>) => (await response).text()
const rowsOf = (query: string) => asOwner((owner) => owner.unsafe(query))
const count = async (table: string) =>
  (await rowsOf(`select count(*)::int as n from ${table}`))[0]!.n as number

/** A network gives a season's day, on that day or on one before it. */
async function announce(slug: string, season: number, day: Day, today: Day) {
  const line = {
    show: `greenlit:${slug}`,
    season,
    kind: 'release_date',
    date: day,
    value: `It begins on ${day}.`,
    publisher: 'Netflix',
    url: 'https://about.netflix.com/news/one',
    published_on: day < today ? day : today,
    source_class: 'official',
  }
  const claim = checkClaimLine(JSON.stringify(line), today)
  if (!claim.ok) throw new Error(claim.problems.join())
  const now = new Date(`${today}T12:00:00Z`)
  const { refused } = await recordClaims([claim.claim], { mode: 'backfill', today, now })
  expect(refused).toEqual([])
}

interface Faces {
  /** What may carry an estimate. */
  page: string
  season: string
  api: { seasons: { number: number; forecast: unknown }[] }
  /** What never does. */
  others: Record<string, string>
}

async function facesOf(slug: string): Promise<Faces> {
  const show = (await getShowPage(slug, DAY))!
  const n = String(show.status.nextSeason)
  const path = `/shows/${slug}`
  const hasSeason = show.seasons.some(({ number }) => String(number) === n)
  const others = {
    head: JSON.stringify(await generateMetadata(at({ slug }))),
    ld: JSON.stringify(showLd(show, SITE)),
    card: JSON.stringify(showCard(show)),
    answer: await textOf(answer(get(`${path}/answer.txt`), at({ slug }))),
    atom: await textOf(atom(get(`${path}/feed.atom`), at({ slug }))),
    feed: await textOf(feed(get(`${path}/feed.json`), at({ slug }))),
    calendar: await textOf(calendar(get(`${path}/calendar.ics?windows=1`), at({ slug }))),
  }
  const ofSeason = hasSeason && {
    seasonHead: JSON.stringify(await seasonHead(at({ slug, n }))),
    seasonCard: JSON.stringify(seasonCard(show, Number(n))),
    seasonAtom: await textOf(seasonAtom(get(`${path}/seasons/${n}/feed.atom`), at({ slug, n }))),
    seasonCalendar: await textOf(
      seasonCalendar(get(`${path}/seasons/${n}/calendar.ics?windows=1`), at({ slug, n })),
    ),
  }
  return {
    page: renderToStaticMarkup(await ShowRoute(at({ slug }))),
    season: hasSeason ? renderToStaticMarkup(await SeasonRoute(at({ slug, n }))) : '',
    api: JSON.parse(await textOf(api(get(`/api/v1${path}`), at({ slug })))),
    others: { ...others, ...ofSeason },
  }
}

/** A page without the block that an estimate stands in. */
const without = (page: string) => page.replace(/<section aria-labelledby="estimate".*?<\/section>/s, '')

let walked: string[]
let before: Map<string, Faces>

beforeAll(async () => {
  await useStarter()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${DAY}T12:00:00Z`) })
  const slugs = await db().execute<{ slug: string; asked: boolean }>(sql`
    select show.slug, show_state.status in ('unknown', 'returning', 'final-season')
      and show_state.last_premiere > '2023-12-01' as asked
    from show join show_state on show_state.show_id = show.id order by show.slug`)
  const random = seeded(18)
  const drawn = (some: { slug: string }[], n: number) =>
    some
      .map(({ slug }) => ({ slug, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, n)
      .map(({ slug }) => slug)
  const known = [
    'all-of-us-are-dead',
    'stranger-things',
    'severance',
    'friends',
    'frieren-beyond-journeys-end',
  ]
  const asked = [...slugs].filter((row) => row.asked)
  const rest = [...slugs].filter((row) => !row.asked)
  walked = [...new Set([...known, ...drawn(asked, WALKED / 2), ...drawn(rest, WALKED / 2)])].slice(0, WALKED)
  before = new Map()
  for (const slug of walked) before.set(slug, await facesOf(slug))
  await makeForecasts(DAY)
}, 1_800_000)

afterAll(() => {
  vi.useRealTimers()
})

describe('forecasts of a day', () => {
  it('are made of hundreds of seasons of the starter, and none of a dated or finished one', async () => {
    expect(await count('forecast')).toBeGreaterThan(300)
    const wrong = await rowsOf(`
      select show.slug from forecast join season on season.id = forecast.season_id
      join show on show.id = season.show_id join show_state on show_state.show_id = show.id
      where show_state.lamp not in ('silent', 'ordered') or show_state.next_season <> season.number`)
    expect(wrong).toEqual([])
  })

  it('are made once: a second run adds nothing and changes nothing, and the same day gives the same rows', async () => {
    const all = () => rowsOf(`select * from forecast order by season_id`)
    const first = await all()
    expect(await makeForecasts(DAY)).toMatchObject({ made: 0 })
    expect(await all()).toEqual(first)
    await asOwner(async (owner) => {
      await owner`alter table forecast disable trigger forecast_frozen`
      await owner`delete from forecast where season_id % 7 = 0`
      await owner`alter table forecast enable trigger forecast_frozen`
    })
    await makeForecasts(DAY)
    const strip = (rows: readonly object[]) => rows.map((row) => ({ ...row, id: 0 }))
    expect(strip(await all())).toEqual(strip(first))
  })

  it('are not made anew within the week', async () => {
    expect(await makeForecasts('2026-12-07')).toMatchObject({ made: 0 })
  })

  it('are frozen: nobody changes or removes one, nor what became of it', async () => {
    await expect(asOwner((owner) => owner`update forecast set renewal = 0.5`)).rejects.toThrow(/frozen/)
    await expect(asOwner((owner) => owner`delete from forecast`)).rejects.toThrow(/frozen/)
    const [row] = await rowsOf('select id from forecast where renewal is not null order by id limit 1')
    const seasonId = row!.id as number
    await db().execute(sql`
      insert into forecast_outcome (forecast_id, known_on, returned) values (${seasonId}, ${DAY}, false)`)
    await expect(asOwner((owner) => owner`update forecast_outcome set returned = true`)).rejects.toThrow(
      /frozen/,
    )
    await expect(asOwner((owner) => owner`delete from forecast_outcome`)).rejects.toThrow(/frozen/)
  })
})

describe('an estimate stands where it may, and nowhere else', () => {
  it(`of ${WALKED} shows every feed, calendar, head, preview, line and structured data is as if none were made`, async () => {
    let estimated = 0
    for (const slug of walked) {
      const was = before.get(slug)!
      const is = await facesOf(slug)
      expect(is.others, slug).toEqual(was.others)
      expect(without(is.page), slug).toBe(was.page)
      expect(without(is.season), slug).toBe(was.season)
      const { estimate } = (await getShowPage(slug, DAY))!
      expect(is.page.includes(ESTIMATE_TITLE), slug).toBe(estimate !== null)
      const given = is.api.seasons.filter(({ forecast }) => forecast !== null)
      expect(given.length, slug).toBe(estimate?.kind === 'made' ? 1 : 0)
      for (const season of is.api.seasons) season.forecast = null
      expect(is.api, slug).toEqual(was.api)
      if (estimate?.kind === 'made') estimated++
    }
    console.log(`faces: ${walked.length} shows walked, ${estimated} with an estimate`)
    expect(estimated).toBeGreaterThan(3)
  }, 900_000)

  it('All of Us Are Dead, filmed and undated: a window and no chance, with the record and its link', async () => {
    const { page, season, api: body } = await facesOf('all-of-us-are-dead')
    for (const html of [page, season]) {
      expect(html).toContain(ESTIMATE_TITLE)
      expect(html).toContain('Season 2 is filmed and has no date. Half of the waits like this one end by')
      expect(html).toContain('<a href="/forecasts">')
      expect(html).toMatch(/<table>.*4 in 5/s)
    }
    expect(body.seasons.find(({ number }) => number === 2)!.forecast).toMatchObject({
      made_on: DAY,
      renewal: null,
      class: 'netflix',
      window80: expect.stringMatching(/^\d{4}-\d\d\/\d{4}-\d\d$/),
    })
  })

  it.each(['stranger-things', 'friends'])('%s has ended: none', async (slug) => {
    expect((await facesOf(slug)).page).not.toContain(ESTIMATE_TITLE)
  })

  it('Severance, of a kind we know too little of: it says so, and gives no number', async () => {
    const { page, api: body } = await facesOf('severance')
    expect(page).toContain('We make none: we know too few shows of this kind')
    expect(body.seasons.every(({ forecast }) => forecast === null)).toBe(true)
  })

  it('has its pages made anew where one was made, and the record with them', async () => {
    const { tags } = await noteReads(() => getShowPage('all-of-us-are-dead', DAY))
    const { tags: ofRecord } = await noteReads(() => readRecord())
    const expired = (await rowsOf('select tag from cache_expiry')).map(({ tag }) => tag)
    expect(tags.some((tag) => expired.includes(tag))).toBe(true)
    expect(ofRecord.some((tag) => expired.includes(tag))).toBe(true)
  })
})

describe('the layer of estimates on the calendar', () => {
  const month = '2027-06'
  const ofMonth = () => readEstimatesOfMonth('2027-06-01', '2027-06-30', DAY)

  it('shows what the pages of its shows say, and nothing they do not', async () => {
    const estimates = await ofMonth()
    expect(estimates.length).toBeGreaterThan(5)
    for (const { slug, season, renewal, low50 } of estimates)
      expect((await getShowPage(slug, DAY))!.estimate, slug).toMatchObject({
        kind: 'made',
        number: season,
        renewal,
        low50,
      })
  })

  it('stands on its own address alone, is told apart, and is found by no search engine', async () => {
    const plain = renderToStaticMarkup(await CalendarMonth(at({ month })))
    expect(plain).not.toContain(ESTIMATE_TITLE)
    expect(plain).toContain(`/calendar/${month}/estimates`)
    const layered = renderToStaticMarkup(await CalendarWithEstimates(at({ month })))
    expect(layered).toContain(ESTIMATE_TITLE)
    expect((await layerHead(at({ month }))).robots).toMatchObject({ index: false })
  })

  it('says of a month that is over only what is on record, and refuses a month that is none', async () => {
    const past = renderToStaticMarkup(await CalendarWithEstimates(at({ month: '2024-03' })))
    expect(past).toContain('told by its records alone')
    await expect(CalendarWithEstimates(at({ month: '2027-13' }))).rejects.toThrow()
  })

  it('is made anew when a season on it gets a date, which then stands there no more', async () => {
    const [first] = await ofMonth()
    const { tags } = await noteReads(ofMonth)
    expect(tags).toContain(`card:${first!.slug}`)
    await announce(first!.slug, first!.season, '2027-06-11', DAY)
    expect((await ofMonth()).map(({ slug }) => slug)).not.toContain(first!.slug)
  })
})

describe('what became of forecasts', () => {
  it('is written once: a premiere ends the wait, and a second run adds nothing', async () => {
    const scoredBefore = await count('forecast_outcome')
    vi.setSystemTime(new Date('2027-02-06T12:00:00Z'))
    await announce('all-of-us-are-dead', 2, '2027-02-05', '2027-02-06')
    const page = (await getShowPage('all-of-us-are-dead', '2027-02-06'))!
    expect(page.estimate).toBeNull()
    await scoreForecasts('2027-02-06')
    const scored = await count('forecast_outcome')
    const [outcome] = await rowsOf(`
      select outcome.premiered_on::text, outcome.returned from forecast_outcome outcome
      join forecast on forecast.id = outcome.forecast_id join season on season.id = forecast.season_id
      join show on show.id = season.show_id where show.slug = 'all-of-us-are-dead'`)
    expect(outcome).toEqual({ premiered_on: '2027-02-05', returned: false })
    expect(scored).toBeGreaterThan(scoredBefore)
    expect(await scoreForecasts('2027-02-06')).toEqual({ scored: 0 })
  })

  it('is told on the page of the record and as data', async () => {
    const live = await readRecord()
    expect(live.reduce((sum, { made }) => sum + made, 0)).toBe(await count('forecast'))
    const html = renderToStaticMarkup(await Forecasts())
    expect(html).toContain('Made here')
    expect(html).toContain('Does a chance mean what it says?')
    const data = JSON.parse(await textOf(record(get('/forecasts.json'))))
    expect(data.scored.map(({ show }: { show: string }) => show)).toContain('all-of-us-are-dead')
    expect(data.backtest.all.renewal.n).toBeGreaterThan(1000)
  })
})
