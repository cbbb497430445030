/** A provider is read after a window's end and has no premiere: then, and only then, its silence makes "missed". */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDb, db, onQuery } from '@/db/client'
import { importCatalogue } from '@/lib/catalogue/commands'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { deriveShows } from '@/lib/ledger/states'
import { getShowPage } from '@/lib/pages/show'
import { dayOf } from '@/lib/shared/day'
import { send } from '@/lib/shared/http'
import { politeClient } from '@/lib/sources/client'
import { syncProvider } from '@/lib/sources/sync'
import { tvmaze } from '@/lib/sources/tvmaze/client'
import { answerWanted } from '@/lib/wanted/commands'
import { createDatabase, pointAt } from '../support/database'
import { ProviderServer } from '../support/provider-server'
import { Clock, days, said } from '../support/telling'
import { anEpisode, aShowAnswer, type ShowGiven } from '../support/tvmaze-answers'

const SLUG = 'harbour-lights'
let server: ProviderServer
let clock: Clock

beforeAll(async () => {
  server = await ProviderServer.start()
  process.env.TVMAZE_URL = server.url
})
afterAll(async () => {
  delete process.env.TVMAZE_URL
  await server.stop()
})
beforeEach(async () => {
  await closeDb()
  pointAt(await createDatabase())
  server.clear()
  clock = new Clock(new Date('2026-04-02T10:00:00Z'))
})

const BEGUN: ShowGiven['seasons'] = [{ number: 1, premiere: '2024-03-03', end: '2024-04-07', order: 2 }]
const put = (seasons: ShowGiven['seasons'], more: Partial<ShowGiven> = {}) =>
  server.put(
    '/shows/501',
    aShowAnswer({
      id: 501,
      name: 'Harbour Lights',
      seasons,
      episodes: [anEpisode(1, 1, '2024-03-03'), anEpisode(1, 2, '2024-04-07')],
      ...more,
    }),
  )
const look = async () => {
  const ask = politeClient(tvmaze, { send, nowMs: () => clock.now().getTime(), sleep: async () => {} })
  const write = { importCatalogue, recordClaims, deriveStates, answerWanted }
  const done = await syncProvider(tvmaze, { ids: ['501'] }, { ask, write, now: clock.now })
  expect(done).toMatchObject({ asked: 1, quarantined: 0, says: null })
}
/** The worker's nightly look at the calendar. */
const night = () => deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
const season2 = async () => {
  const page = await getShowPage(SLUG, dayOf(clock.now()))
  return page!.seasons.find(({ number }) => number === 2)!.state
}
const missedOn = async () =>
  [
    ...(await db().execute<{ day: string }>(
      sql`select happened_on::text as day from event where kind = 'window-missed' order by id`,
    )),
  ].map(({ day }) => day)

/** A trade's word that season 2 comes this spring, while TVmaze has the season without a day or not at all. */
async function springIsSaid(seasons: ShowGiven['seasons'], more: Partial<ShowGiven> = {}) {
  put(seasons, more)
  await look()
  await said({ show: SLUG, kind: 'release_window', date: '2026-21', sourceClass: 'trade' }, clock)
}

for (const [how, seasons] of [
  ['has the season without a day', [...BEGUN, { number: 2 }]],
  ['does not have the season', BEGUN],
] as const)
  test(`it ${how}: the window is missed from the first look after its end on, and once`, async () => {
    await springIsSaid(seasons as ShowGiven['seasons'])
    clock.pass(days(75))
    await night()
    expect(await season2()).toMatchObject({ premiereState: 'not_confirmed', missed: [] })
    await look()
    await night()
    const first = await season2()
    expect(first).toMatchObject({
      premiereState: 'missed',
      missed: [{ lookedOn: '2026-06-16', by: null }],
      changedOn: '2026-06-16',
    })
    expect(await missedOn()).toEqual(['2026-06-16'])
    clock.pass(days(9))
    await look()
    expect((await night()).changed).toEqual([])
    expect(await season2()).toMatchObject({ missed: first.missed, changedOn: '2026-06-16' })
    expect(await missedOn()).toEqual(['2026-06-16'])
  })

test('it gives the premiere at that look: the window was kept', async () => {
  await springIsSaid([...BEGUN!, { number: 2 }])
  clock.pass(days(75))
  put([...BEGUN!, { number: 2, premiere: '2026-05-08', order: 6 }])
  await look()
  await night()
  expect(await season2()).toMatchObject({ premiereState: 'premiered', missed: [] })
  expect(await missedOn()).toEqual([])
})

test('it numbers seasons otherwise than we do: what it does not have says nothing', async () => {
  await springIsSaid(
    [
      { number: 2019, premiere: '2019-03-03' },
      { number: 2024, premiere: '2024-03-03' },
    ],
    {
      episodes: [],
    },
  )
  clock.pass(days(75))
  await look()
  await night()
  expect(await season2()).toMatchObject({ premiereState: 'not_confirmed', missed: [] })
})

test('an anime is told by nobody’s silence: a second part is a season to some and none to others', async () => {
  await springIsSaid(BEGUN)
  clock.pass(days(75))
  await look()
  await db().execute(sql`update show set kind = 'anime' where slug = ${SLUG}`)
  await night()
  expect(await season2()).toMatchObject({ premiereState: 'not_confirmed', missed: [] })
})

test('what knows no seasons, or only some, says nothing of those it does not have', async () => {
  await springIsSaid(BEGUN)
  clock.pass(days(75))
  await db().execute(sql`
    insert into source_look (provider, outside_id, show_id, checked_at, changed_at)
    select x.provider, '1', show.id, ${clock.now().toISOString()}::timestamptz, ${clock.now().toISOString()}::timestamptz
    from show, (values ('wikidata'), ('anilist'), ('tmdb')) x(provider) where slug = ${SLUG}`)
  await db().execute(sql`
    insert into fact (show_id, season, field, provider, value, seen_on)
    select id, 0, 'seasons', 'wikidata', '1', ${dayOf(clock.now())}::date from show where slug = ${SLUG}`)
  await night()
  expect(await season2()).toMatchObject({ premiereState: 'not_confirmed', missed: [] })
})

test('deriving a show costs three queries, as it did before anybody looked', async () => {
  await springIsSaid(BEGUN)
  const [{ id } = { id: 0 }] = await db().execute<{ id: number }>(
    sql`select id from show where slug = ${SLUG}`,
  )
  const queries: string[] = []
  const stop = onQuery((query) => queries.push(query))
  try {
    await deriveShows([id], dayOf(clock.now()))
  } finally {
    stop()
  }
  expect(queries).toHaveLength(3)
})
