import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { exportCatalogue, importCatalogue } from '@/lib/catalogue/commands'
import { exportClaims } from '@/lib/ledger/commands'
import { getShowPage } from '@/lib/pages/show'
import { dayOf } from '@/lib/shared/day'
import type { Writers } from '@/lib/sources/land'
import type { SyncOptions, Which } from '@/lib/sources/sync'
import { tvmaze } from '@/lib/sources/tvmaze/client'
import { createDatabase, pointAt } from '../support/database'
import { ProviderServer } from '../support/provider-server'
import { clientUnder, syncUnder, WRITERS } from '../support/sync'
import { aFollower, Clock, days, Inbox, minutes, morning, newsOf, work } from '../support/telling'
import { anEpisode, aShowAnswer, type ShowGiven, seconds } from '../support/tvmaze-answers'

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
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
})

const client = () => clientUnder(clock, tvmaze)
const sync = (which: Which, more: Partial<SyncOptions> = {}) => syncUnder(clock, 'tvmaze', which, more)
const put = (given: ShowGiven) => server.put(`/shows/${given.id}`, aShowAnswer(given))

const rows = async (query: ReturnType<typeof sql>) =>
  [...(await db().execute(query))] as Record<string, unknown>[]
const events = () =>
  rows(sql`select season.number as season, event.kind, was, became, telling, happened_on::text as day from event
    join season on season.id = event.season_id order by event.id`)
const claims = () =>
  rows(sql`select season.number as season, claim.kind, claim.edtf, claim.published_on::text as published, source_class, url
    from claim join season on season.id = claim.season_id order by claim.recorded_at, claim.id`)
const facts = () =>
  rows(
    sql`select season, field, provider, value, withdrawn_on::text as gone from fact order by season, field, provider`,
  )
/** Everything but the instants at which somebody looked. */
const everything = async () => {
  const text: string[] = []
  const line = (one: string) => void text.push(one)
  await exportCatalogue(line)
  await exportClaims(line)
  text.push(JSON.stringify(await facts()), JSON.stringify(await events()))
  return text.join('')
}

const HARBOUR: ShowGiven = {
  id: 501,
  name: 'Harbour Lights',
  imdb: 'tt9990001',
  cast: [[31, 'Ingrid Aas', 'Keeper']],
  akas: [['Havnelys', 'Norway']],
  seasons: [
    { number: 1, premiere: '2024-03-03', end: '2024-04-07', order: 2 },
    { number: 2, premiere: '2027-03-14', order: 8 },
  ],
  episodes: [anEpisode(1, 1, '2024-03-03'), anEpisode(1, 2, '2024-04-07')],
}

describe('a show that TVmaze lists', () => {
  test('comes in with its facts, and with a date that was there before we looked as no news', async () => {
    put(HARBOUR)
    const done = await sync({ ids: ['501'] })
    expect(done).toMatchObject({ asked: 1, claims: 1, events: 0, quarantined: 0, says: null })
    expect(await facts()).toEqual([
      { season: 0, field: 'country', provider: 'tvmaze', value: 'Norway', gone: null },
      { season: 0, field: 'label', provider: 'TVmaze', value: 'Running', gone: null },
      { season: 0, field: 'network', provider: 'tvmaze', value: 'Fjordvision', gone: null },
      { season: 0, field: 'seasons', provider: 'tvmaze', value: '1', gone: null },
      { season: 1, field: 'counted', provider: 'tvmaze', value: 'yes', gone: null },
      { season: 1, field: 'episodes', provider: 'tvmaze', value: '2', gone: null },
      { season: 1, field: 'finale', provider: 'tvmaze', value: '2024-04-07', gone: null },
      { season: 1, field: 'premiere', provider: 'tvmaze', value: '2024-03-03', gone: null },
      { season: 2, field: 'counted', provider: 'tvmaze', value: 'yes', gone: null },
      { season: 2, field: 'episodes', provider: 'tvmaze', value: '8', gone: null },
      { season: 2, field: 'premiere', provider: 'tvmaze', value: '2027-03-14', gone: null },
    ])
    expect(done.facts).toBe((await facts()).length)
    expect(await claims()).toEqual([
      {
        season: 2,
        kind: 'release_date',
        edtf: '2027-03-14',
        published: null,
        source_class: 'aggregator',
        url: 'https://www.tvmaze.com/seasons/50102/a-show-season-2',
      },
    ])
    const [state] = await rows(sql`select answer, status from show_state`)
    expect(state?.answer).toBe('Season 2 premieres on 14 March 2027.')
  })

  test('changes nothing when it answers the same a second time, but the instant of looking', async () => {
    put(HARBOUR)
    await sync({ ids: ['501'] })
    const [looked] = await rows(
      sql`select checked_at::text as checked, changed_at::text as changed from source_look`,
    )
    const before = await everything()
    clock.pass(days(3))
    const again = await sync({ ids: ['501'] })
    expect(again).toMatchObject({ asked: 1, facts: 0, claims: 0, events: 0, quarantined: 0 })
    expect(await everything()).toBe(before)
    const page = await getShowPage('harbour-lights', dayOf(clock.now()))
    expect(page).toMatchObject({ checkedOn: '2026-11-05', changedOn: null })
    const [later] = await rows(
      sql`select checked_at::text as checked, changed_at::text as changed from source_look`,
    )
    expect(later?.changed).toBe(looked?.changed)
    expect(later?.checked).not.toBe(looked?.checked)
  })

  test('tells its follower once when its premiere moves: one claim, one event, one mail', async () => {
    put(HARBOUR)
    await sync({ ids: ['501'] })
    const inbox = new Inbox()
    const [{ slug } = {}] = await rows(sql`select slug from show`)
    await aFollower('ana@greenlit.test', slug as string, 2, clock)
    clock.pass(days(2))
    await morning(clock, inbox)
    expect(inbox.mails).toEqual([])
    const moved = structuredClone(HARBOUR)
    moved.seasons![1]!.premiere = '2027-04-18'
    moved.updated = seconds('2026-11-04T07:00:00Z')
    put(moved)
    expect(await sync({ ids: ['501'] })).toMatchObject({ claims: 1, events: 1 })
    expect(await events()).toEqual([
      {
        season: 2,
        kind: 'moved',
        was: '2027-03-14',
        became: '2027-04-18',
        telling: 'held',
        day: '2026-11-04',
      },
    ])
    clock.pass(minutes(31))
    await work(clock, inbox)
    await sync({ ids: ['501'] })
    clock.pass(days(1))
    await morning(clock, inbox)
    expect(inbox.mails.map(({ text }) => newsOf(text))).toEqual([
      ['Harbour Lights, season 2: Premiere moved from 14 March 2027 to 18 April 2027.'],
    ])
    expect((await claims()).map(({ edtf, published }) => [edtf, published])).toEqual([
      ['2027-03-14', null],
      ['2027-04-18', '2026-11-04'],
    ])
  })

  test('whose day is taken back has none again; given anew it is news, and the same day again is not', async () => {
    put(HARBOUR)
    await sync({ ids: ['501'] })
    const open = structuredClone(HARBOUR)
    open.seasons![1]!.premiere = null
    put(open)
    clock.pass(days(1))
    expect(await sync({ ids: ['501'] })).toMatchObject({ claims: 0, events: 0 })
    expect((await facts()).filter(({ season, gone }) => season === 2 && gone === null)).toEqual([])
    const [state] = await rows(sql`select status, premiere_edtf from season_state
      join season on season.id = season_state.season_id where season.number = 2`)
    expect(state).toEqual({ status: 'unannounced', premiere_edtf: null })
    const anew = structuredClone(HARBOUR)
    anew.seasons![1]!.premiere = '2027-05-02'
    put(anew)
    clock.pass(days(1))
    expect(await sync({ ids: ['501'] })).toMatchObject({ claims: 1, events: 1 })
    clock.pass(days(1))
    expect(await sync({ ids: ['501'] })).toMatchObject({ facts: 0, claims: 0, events: 0 })
  })

  test('and of which it lists a season without a day is not said to be done with it', async () => {
    const seasons = [
      { number: 1, premiere: '2024-03-03', end: '2024-04-07' },
      { number: 2, premiere: null },
    ]
    put({ ...HARBOUR, seasons })
    expect(await sync({ ids: ['501'] })).toMatchObject({ claims: 1, events: 0 })
    expect(await claims()).toMatchObject([{ season: 2, kind: 'announced', edtf: null, published: null }])
    const states = await rows(sql`select season.number as season, status from season_state
      join season on season.id = season_state.season_id order by 1`)
    expect(states).toMatchObject([
      { season: 1, status: 'complete' },
      { season: 2, status: 'unannounced' },
    ])
  })

  test('with specials, seasons called by their year and a season of nought has no seasons of that kind here', async () => {
    put({
      id: 502,
      name: 'Evening Post',
      type: 'Talk Show',
      premiered: '2015-09-28',
      seasons: [
        { number: 2015, premiere: '2015-09-28', end: '2015-12-17' },
        { number: 2016, premiere: '2016-01-04' },
        { number: 0, premiere: '2015-01-01' },
      ],
      episodes: [anEpisode(2015, 1, '2015-09-28'), anEpisode(2015, null, '2015-12-24')],
    })
    expect(await sync({ ids: ['502'] })).toMatchObject({ asked: 1, quarantined: 0 })
    const given = (await facts()).filter(({ season }) => (season as number) > 0)
    expect(given).toEqual([
      { season: 1, field: 'counted', provider: 'tvmaze', value: 'yes', gone: null },
      { season: 1, field: 'premiere', provider: 'tvmaze', value: '2015-09-28', gone: null },
    ])
  })

  test('leaves what others say of a show alone, and fills in only what nobody had said', async () => {
    const known = {
      ids: { tvmaze: '501', imdb: 'tt7777777' },
      title: 'Havnelys',
      kind: 'scripted',
      genres: ['Crime'],
      cast: [{ person: 'Somebody Else' }],
      provenance: ['by-hand'],
      seasons: [{ number: 1, premiere: '2024-03-03' }],
    }
    await importCatalogue([JSON.stringify(known)], { today: '2026-11-01' })
    put(HARBOUR)
    expect(await sync({ ids: ['501'] })).toMatchObject({ quarantined: 0 })
    let line = ''
    await exportCatalogue((one) => {
      line += one
    })
    expect(JSON.parse(line)).toMatchObject({
      // What another service calls it there is somebody's slip, and no reason to leave the rest unread.
      ids: { tvmaze: '501', imdb: 'tt7777777' },
      title: 'Havnelys',
      aliases: ['Harbour Lights'],
      genres: ['Crime'],
      cast: [{ person: 'Somebody Else' }],
      language: 'Norwegian',
      provenance: ['by-hand', 'tvmaze (CC BY-SA 4.0)'],
    })
  })
})

describe('which show is meant', () => {
  const first = { seasons: [{ number: 1, premiere: '2024-03-03' }] }

  test('a show that an older list of TVmaze gave without its id, with the same name and first day, is that show', async () => {
    const listed = {
      ids: { tmdb: '88' },
      title: 'Harbour Lights',
      provenance: ['tvmaze-2025-10 (CC BY-SA 4.0)'],
      ...first,
    }
    await importCatalogue([JSON.stringify(listed)], { today: '2026-11-01' })
    put(HARBOUR)
    await sync({ ids: ['501'] })
    expect(await rows(sql`select slug from show`)).toHaveLength(1)
    expect(await rows(sql`select namespace, value from outside_id where namespace = 'tvmaze'`)).toEqual([
      { namespace: 'tvmaze', value: '501' },
    ])
  })

  test('a namesake that may be it is never merged silently: the answer is set aside with the reason', async () => {
    const namesake = {
      ids: { tmdb: '88' },
      title: 'Harbour Lights',
      provenance: ['by-hand'],
      seasons: [{ number: 1, premiere: '2024' }],
    }
    await importCatalogue([JSON.stringify(namesake)], { today: '2026-11-01' })
    const before = await everything()
    put(HARBOUR)
    const said: string[] = []
    expect(await sync({ ids: ['501'] }, { report: (line) => said.push(line) })).toMatchObject({
      quarantined: 1,
      facts: 0,
    })
    expect(said).toEqual(['tvmaze:501: may be harbour-lights, and shares no id with it'])
    expect(await everything()).toBe(before)
  })

  test('a namesake of another year or country is another show', async () => {
    const namesake = {
      ids: { tmdb: '88' },
      title: 'Harbour Lights',
      seasons: [{ number: 1, premiere: '1994' }],
    }
    await importCatalogue([JSON.stringify(namesake)], { today: '2026-11-01' })
    put(HARBOUR)
    expect(await sync({ ids: ['501'] })).toMatchObject({ quarantined: 0 })
    expect(await rows(sql`select slug from show order by slug`)).toEqual([
      { slug: 'harbour-lights' },
      { slug: 'harbour-lights-2024' },
    ])
  })

  test('ids of one answer that belong to different shows here are not guessed about', async () => {
    for (const [title, ids] of [
      ['One', { imdb: 'tt9990001' }],
      ['Two', { tvdb: '77' }],
    ] as const)
      await importCatalogue([JSON.stringify({ ids, title })], { today: '2026-11-01' })
    put({ ...HARBOUR, tvdb: 77 })
    expect(await sync({ ids: ['501'] })).toMatchObject({ quarantined: 1 })
    const [held] = await rows(sql`select reason from quarantine`)
    expect(held?.reason).toBe('its ids belong to different shows here: one, two')
  })
})

describe('a run over what has changed', () => {
  const many = Array.from({ length: 12 }, (_, at) => at + 1)
  const show = (id: number): ShowGiven => ({
    id,
    name: `Lighthouse ${id}`,
    seasons: [
      { number: 1, premiere: `2026-0${1 + (id % 9)}-11`, order: 6 },
      { number: 2, premiere: '2027-02-07' },
    ],
    updated: seconds('2026-10-20T10:00:00Z') + id,
  })
  const updates = (ids: number[], more: Record<string, number> = {}) =>
    server.put('/updates/shows', {
      ...Object.fromEntries(ids.map((id) => [String(id), show(id).updated!])),
      ...more,
    })
  const putAll = () => {
    for (const id of many) put(show(id))
    updates(many)
  }

  test('takes in everything the first time, and then asks only for what bears another stamp', async () => {
    putAll()
    expect(await sync('updated')).toMatchObject({ asked: 12, quarantined: 0, says: null })
    server.asked.length = 0
    clock.pass(minutes(60))
    expect(await sync('updated')).toMatchObject({ asked: 0 })
    expect(server.asked).toEqual(['GET /updates/shows?since=day'])
    clock.pass(minutes(60))
    put({ ...show(7), updated: show(7).updated! + 9, status: 'Ended' })
    updates(many, { '7': show(7).updated! + 9 })
    expect(await sync('updated')).toMatchObject({ asked: 1, facts: expect.any(Number) })
    expect(server.asked.at(-1)).toContain('/shows/7?')
  })

  test('asks for everything again by --all, whatever the stamps say', async () => {
    putAll()
    await sync('updated')
    expect(await sync('all')).toMatchObject({ asked: 12, facts: 0, claims: 0 })
  })

  test('sends the ETag of the answer we have, and takes "not modified" for an answer', async () => {
    putAll()
    await sync('updated')
    updates(many, { '3': show(3).updated! + 1 })
    clock.pass(minutes(60))
    expect(await sync('updated')).toMatchObject({ asked: 1, facts: 0 })
    expect(server.heads.at(-1)).toMatchObject({ 'if-none-match': expect.stringMatching(/^W\//) })
    expect(await sync('updated')).toMatchObject({ asked: 0 })
  })

  test('asks first for what readers follow, and last for what could not be used before', async () => {
    putAll()
    await sync({ ids: ['9', '4'] })
    server.fail('/shows/1', 'html')
    await sync({ ids: ['1'] })
    const [{ slug } = {}] = await rows(
      sql`select slug from show join outside_id on show_id = show.id where value = '9'`,
    )
    await aFollower('ana@greenlit.test', slug as string, 2, clock)
    server.asked.length = 0
    await sync('updated')
    const ids = server.asked.flatMap((line) => /\/shows\/(\d+)\?/.exec(line)?.[1] ?? [])
    expect([ids[0], ids[1], ids.at(-1)]).toEqual(['9', '4', '1'])
  })

  test.each([1, 2, 40])(
    'killed at any point, is taken up by the next, and ends at the same (%i to a transaction)',
    async (together) => {
      putAll()
      await sync('updated')
      const whole = await everything()
      for (const at of [1, 5, 11]) {
        await closeDb()
        pointAt(await createDatabase())
        let asked = 0
        const ask = client()
        const dying: SyncOptions['ask'] = (...words) => {
          if (asked++ === at) throw new Error('killed')
          return ask(...words)
        }
        await expect(sync('updated', { ask: dying, together })).rejects.toThrow('killed')
        expect(await rows(sql`select read_until from sync_state where read_until is not null`)).toEqual([])
        expect(await sync('updated')).toMatchObject({ says: null, quarantined: 0 })
        expect(await everything()).toBe(whole)
      }
    },
  )

  test('killed between two writes, leaves all of a transaction or nothing', async () => {
    putAll()
    let writes = 0
    const dying: Writers = {
      ...WRITERS,
      recordClaims: (...words) => {
        if (++writes === 2) throw new Error('killed')
        return WRITERS.recordClaims(...words)
      },
    }
    await expect(sync('updated', { write: dying, together: 4 })).rejects.toThrow('killed')
    const [there] =
      await rows(sql`select (select count(*)::int from show) as shows, (select count(*)::int from source_look) as looks,
      (select count(*)::int from claim) as claims`)
    expect(there?.looks).toBe(there?.shows)
    expect(there?.claims).toBe(there?.shows)
    expect(await sync('updated')).toMatchObject({ asked: 12 - (there?.shows as number) })
  })

  test('two runs at once write everything once', async () => {
    putAll()
    const both = await Promise.all([sync('updated', { together: 3 }), sync('updated', { together: 3 })])
    expect(both.map(({ quarantined, says }) => [quarantined, says])).toEqual([
      [0, null],
      [0, null],
    ])
    const [there] = await rows(
      sql`select (select count(*)::int from show) as shows, (select count(*)::int from claim) as claims`,
    )
    expect(there).toEqual({ shows: 12, claims: 12 })
    const before = await everything()
    expect(await sync('all')).toMatchObject({ facts: 0, claims: 0, events: 0 })
    expect(await everything()).toBe(before)
  })

  test('ends where the provider falls silent, with a sentence; what was written stands', async () => {
    putAll()
    let asked = 0
    const ask = client()
    const silent: SyncOptions['ask'] = async (...words) =>
      ++asked > 4 ? { ok: false, kind: 'unreachable', reason: 'it sleeps', closed: true } : ask(...words)
    expect(await sync('updated', { ask: silent })).toMatchObject({ asked: 3, says: 'it sleeps' })
    expect(await rows(sql`select slug from show`)).toHaveLength(3)
    expect(await sync('updated')).toMatchObject({ asked: 9, says: null })
  })
})
