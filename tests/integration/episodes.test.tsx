import { sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import SeasonRoute from '@/app/shows/[slug]/seasons/[n]/page'
import { closeDb, db, onQuery } from '@/db/client'
import { exportCatalogue } from '@/lib/catalogue/commands'
import { getEpisodes } from '@/lib/pages/episodes'
import { forgetOverdue } from '@/lib/sources/overdue'
import { providerNamed } from '@/lib/sources/registry'
import type { ProviderName } from '@/lib/sources/types'
import { createDatabase, pointAt } from '../support/database'
import { ProviderServer } from '../support/provider-server'
import { syncUnder, WRITERS } from '../support/sync'
import { Clock, days } from '../support/telling'
import { aSeriesAnswer, type SeriesGiven } from '../support/tmdb-answers'
import { anEpisode, aShowAnswer } from '../support/tvmaze-answers'

let server: ProviderServer
let clock: Clock

beforeAll(async () => {
  server = await ProviderServer.start()
  process.env.TVMAZE_URL = server.url
  process.env.TMDB_URL = server.url
  process.env.TMDB_TOKEN = 'a-token-of-the-tests'
})
afterAll(async () => {
  for (const name of ['TVMAZE_URL', 'TMDB_URL', 'TMDB_TOKEN']) delete process.env[name]
  await server.stop()
})
beforeEach(async () => {
  await closeDb()
  pointAt(await createDatabase())
  server.clear()
  clock = new Clock(new Date('2026-11-10T10:00:00Z'))
})

const sync = (name: ProviderName, id: string) => syncUnder(clock, name, { ids: [id] })
const rows = async (query: ReturnType<typeof sql>) =>
  [...(await db().execute(query))] as Record<string, unknown>[]
const onRecord = () =>
  rows(sql`select season.number as season, provider, episode.number, episode.name, day::text, minutes from episode
    join season on season.id = season_id order by season.number, provider, episode.number`)
/** The version of every row: it changes whenever the row is written or locked, though it be with the same words. */
const versions = async () =>
  new Map(
    (
      await rows(sql`select season.number || '/' || episode.number as key, concat(episode.xmin, episode.xmax, episode.ctid) as version
        from episode join season on season.id = season_id`)
    ).map(({ key, version }) => [key, version]),
  )
const expired = async () =>
  (await rows(sql`select tag from cache_expiry where tag like 'season:%' order by tag`)).map(({ tag }) => tag)

const EVENING = { airtime: '20:00', airstamp: '2026-11-08T19:00:00+00:00' }
const listed = () => [
  anEpisode(1, 1, '2024-03-03', { name: 'The Lamp' }),
  anEpisode(1, 2, '2024-03-10', { name: 'Salt', runtime: null }),
  anEpisode(1, null, '2024-12-24', { name: 'A Christmas Light' }),
  anEpisode(2, 1, '2026-11-08', { name: 'Landfall', ...EVENING }),
  anEpisode(2, 2, '2026-11-15', { name: 'The Keeper Dies' }),
  anEpisode(2, 3, '', { name: 'TBA' }),
]
const put = (episodes: object[] = listed()) =>
  server.put(
    '/shows/501',
    aShowAnswer({
      id: 501,
      name: 'Harbour Lights',
      imdb: 'tt9990001',
      seasons: [
        { number: 1, premiere: '2024-03-03', end: '2024-03-10', order: 2 },
        { number: 2, premiere: '2026-11-08', order: 8 },
      ],
      episodes,
    }),
  )
const putSeries = (more: Partial<SeriesGiven> = {}) =>
  server.put(
    '/3/tv/88',
    aSeriesAnswer({
      id: 88,
      imdb: 'tt9990001',
      seasons: [
        { number: 1, air: '2024-03-05' },
        { number: 2, air: '2026-11-08' },
      ],
      last: { season: 1, number: 2, air: '2024-03-12' },
      ...more,
    }),
  )

describe('the episodes that TVmaze lists', () => {
  test('come in with the show: number, name, day, length; a special has no number and stays out', async () => {
    put()
    expect(await sync('tvmaze', '501')).toMatchObject({ asked: 1, quarantined: 0 })
    const of = (
      season: number,
      number: number,
      name: string | null,
      day: string | null,
      minutes: number | null,
    ) => ({
      season,
      provider: 'tvmaze',
      number,
      name,
      day,
      minutes,
    })
    expect(await onRecord()).toEqual([
      of(1, 1, 'The Lamp', '2024-03-03', 45),
      of(1, 2, 'Salt', '2024-03-10', null),
      of(2, 1, 'Landfall', '2026-11-08', 45),
      of(2, 2, 'The Keeper Dies', '2026-11-15', 45),
      of(2, 3, null, null, 45),
    ])
  })

  test('are not written again when they are listed the same a second time', async () => {
    put()
    await sync('tvmaze', '501')
    const [before, said] = [await versions(), await expired()]
    clock.pass(days(3))
    await sync('tvmaze', '501')
    expect(before.size).toBe(5)
    expect(await versions()).toEqual(before)
    expect(await expired()).toEqual(said)
    const looked = await rows(sql`select changed_at < checked_at as still from source_look`)
    expect(looked).toEqual([{ still: true }])
  })

  test('one that is renamed is written anew alone, and only its season’s page expires', async () => {
    put()
    await sync('tvmaze', '501')
    const before = await versions()
    await db().execute(sql`delete from cache_expiry`)
    put(listed().map((one) => (one.name === 'Salt' ? { ...one, name: 'Salt and Smoke' } : one)))
    expect(await sync('tvmaze', '501')).toMatchObject({ facts: 0, claims: 0, events: 0 })
    const after = await versions()
    expect([...after].filter(([key, version]) => before.get(key) !== version).map(([key]) => key)).toEqual([
      '1/2',
    ])
    expect(await expired()).toEqual(['season:harbour-lights/1'])
    expect((await onRecord())[1]).toMatchObject({ number: 2, name: 'Salt and Smoke' })
  })

  test('one that is listed no more is gone; the others stay as they are', async () => {
    put()
    await sync('tvmaze', '501')
    const before = await versions()
    put(listed().filter(({ name }) => name !== 'TBA'))
    await sync('tvmaze', '501')
    before.delete('2/3')
    expect(await versions()).toEqual(before)
  })

  test('say nothing of when a season ends: the finale stays as TVmaze states it', async () => {
    put()
    await sync('tvmaze', '501')
    expect(await rows(sql`select number, finale from season where recorded order by number`)).toEqual([
      { number: 1, finale: '2024-03-10' },
      { number: 2, finale: null },
    ])
    expect(await rows(sql`select kind from claim`)).toEqual([])
  })

  test('an answer that is set aside leaves them as they were', async () => {
    put()
    await sync('tvmaze', '501')
    const before = await versions()
    server.fail('/shows/501', 'html')
    expect(await sync('tvmaze', '501')).toMatchObject({ quarantined: 1 })
    expect(await versions()).toEqual(before)
  })

  test('a number that is listed twice is one episode, the first; a length or day that cannot be is none', async () => {
    put([
      anEpisode(1, 1, '2024-03-03', { name: 'The Lamp', runtime: 100_000 }),
      anEpisode(1, 1, '2024-03-04', { name: 'The Other Lamp' }),
      anEpisode(1, 2, '0000-01-01', { name: 'Salt' }),
    ])
    expect(await sync('tvmaze', '501')).toMatchObject({ quarantined: 0 })
    expect(await onRecord()).toMatchObject([
      { number: 1, name: 'The Lamp', day: '2024-03-03', minutes: null },
      { number: 2, name: 'Salt', day: null, minutes: 45 },
    ])
  })
})

describe('the page of a season', () => {
  // The page asks what day it is.
  const printed = async (n: string) => {
    vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })
    try {
      return renderToStaticMarkup(
        await SeasonRoute({ params: Promise.resolve({ slug: 'harbour-lights', n }) }),
      )
    } finally {
      vi.useRealTimers()
    }
  }
  const page = (season: number) => getEpisodes('harbour-lights', season, '2026-11-10')

  test('lists what was shown with names, and what is to come without, in one query', async () => {
    put()
    await sync('tvmaze', '501')
    const asked: string[] = []
    const stop = onQuery((query) => void asked.push(query))
    const list = await page(2).finally(stop)
    expect(asked).toHaveLength(1)
    expect(list).toEqual({
      provider: 'tvmaze',
      isWhole: true,
      episodes: [
        { number: 1, name: 'Landfall', day: '2026-11-08', at: '2026-11-08T20:00:00+01:00', minutes: 45 },
        { number: 2, name: null, day: '2026-11-15', at: null, minutes: 45 },
        { number: 3, name: null, day: null, at: null, minutes: 45 },
      ],
    })
    // On its day, and not the evening before.
    const named = async (today: `${number}-${number}-${number}`) =>
      (await getEpisodes('harbour-lights', 2, today))?.episodes[1]?.name
    expect([await named('2026-11-14'), await named('2026-11-15')]).toEqual([null, 'The Keeper Dies'])
  })

  test('prints them with names folded one by one, and no name of what is to come', async () => {
    put()
    await sync('tvmaze', '501')
    const html = await printed('2')
    const section = /<section aria-labelledby="episodes">.*?<\/section>/s.exec(html)?.[0] ?? ''
    expect(section).toMatch(
      /<details><summary>Episode 1, <time dateTime="2026-11-08">8 Nov 2026<\/time>, <time dateTime="2026-11-08T20:00:00\+01:00">20:00 UTC\+1<\/time>, 45 min<\/summary><p>Landfall<\/p><\/details>/,
    )
    expect(section.replaceAll(/<details.*?<\/details>/gs, '')).toContain('Episode 3, 45 min')
    expect(html.replaceAll(/<details.*?<\/details>/gs, '')).not.toContain('Landfall')
    expect(html).not.toMatch(/Keeper Dies|TBA|Christmas/)
    expect(section).toContain('From TVmaze. 3 of 8 are listed. Names are folded')
  })

  test('prints nothing of them where nobody lists any', async () => {
    put([])
    await sync('tvmaze', '501')
    expect(await printed('1')).not.toMatch(/id="episodes"|Names are folded/)
  })

  test('lists nothing where nobody gives any, of no show and of no season', async () => {
    put([])
    await sync('tvmaze', '501')
    expect([await page(1), await page(7), await getEpisodes('nobody-made-this', 1)]).toEqual([
      null,
      null,
      null,
    ])
    expect(await getEpisodes('No/Slug', 1)).toBeNull()
  })

  test('of two providers that list some the more trusted one is followed, and the other where it has none', async () => {
    put()
    putSeries()
    await sync('tmdb', '88')
    expect(await page(1)).toMatchObject({
      provider: 'tmdb',
      isWhole: false,
      episodes: [{ number: 2, name: 'Home' }],
    })
    await sync('tvmaze', '501')
    expect((await page(1))?.provider).toBe('tvmaze')
    expect(await onRecord()).toContainEqual(expect.objectContaining({ provider: 'tmdb', name: 'Home' }))
    put([])
    await sync('tvmaze', '501')
    expect((await page(1))?.provider).toBe('tmdb')
  })
})

describe('what TMDB lists', () => {
  test('is gone six months after it was last asked, leaves in no export, and takes nobody else’s with it', async () => {
    put()
    putSeries()
    await sync('tvmaze', '501')
    await sync('tmdb', '88')
    let text = ''
    await exportCatalogue((line) => {
      text += line
    })
    expect(text).not.toMatch(/Landfall|"Home"/)
    await db().execute(sql`delete from cache_expiry`)
    clock.pass(days(181))
    expect(await forgetOverdue(providerNamed('tmdb')!, { now: clock.now(), write: WRITERS })).toBe(1)
    expect(await rows(sql`select provider, count(*)::int as count from episode group by 1`)).toEqual([
      { provider: 'tvmaze', count: 5 },
    ])
    expect(await expired()).toContain('season:harbour-lights/1')
  })
})

test('episodes go with their season', async () => {
  put()
  await sync('tvmaze', '501')
  await db().execute(sql`delete from season where number = 1`)
  expect((await onRecord()).map(({ season }) => season)).toEqual([2, 2, 2])
})
