import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { exportCatalogue, importCatalogue } from '@/lib/catalogue/commands'
import { tasks } from '@/lib/jobs/tasks'
import { exportClaims, recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { politeClient } from '@/lib/sources/client'
import { forgetOverdue } from '@/lib/sources/overdue'
import { providerNamed, withheld } from '@/lib/sources/registry'
import { syncProvider, type Which } from '@/lib/sources/sync'
import type { ProviderName } from '@/lib/sources/types'
import { answerWanted } from '@/lib/wanted/commands'
import { greenlit } from '../support/command-line'
import { createDatabase, pointAt } from '../support/database'
import { aMedia, anAnilistServer, anItem, aTime } from '../support/other-answers'
import { ProviderServer } from '../support/provider-server'
import { syncUnder } from '../support/sync'
import { Clock, days } from '../support/telling'
import { aSeriesAnswer, type SeriesGiven } from '../support/tmdb-answers'
import { aShowAnswer } from '../support/tvmaze-answers'

let server: ProviderServer
let clock: Clock
const BASES = ['TVMAZE_URL', 'TMDB_URL', 'ANILIST_URL', 'WIKIDATA_URL']

beforeAll(async () => {
  server = await ProviderServer.start()
  for (const name of BASES) process.env[name] = server.url
  process.env.WIKIDATA_SPARQL_URL = `${server.url}/sparql`
})
afterAll(async () => {
  for (const name of [...BASES, 'WIKIDATA_SPARQL_URL', 'TMDB_TOKEN']) delete process.env[name]
  await server.stop()
})
beforeEach(async () => {
  await closeDb()
  pointAt(await createDatabase())
  server.clear()
  process.env.TMDB_TOKEN = 'a-token-of-the-tests'
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
})

const sync = (name: ProviderName, which: Which) => syncUnder(clock, name, which)
const rows = async (query: ReturnType<typeof sql>) =>
  [...(await db().execute(query))] as Record<string, unknown>[]
const facts = (provider: string) =>
  rows(
    sql`select season, field, value from fact where provider = ${provider} and withdrawn_on is null order by season, field`,
  )
const exported = async (without: boolean) => {
  const names = new Set(withheld.map(({ name }) => name as string))
  let text = ''
  const line = (one: string) => {
    text += one
  }
  await exportCatalogue(line, without ? { withheld: names } : {})
  await exportClaims(line, without ? { withheld: withheld.map(({ title }) => title) } : {})
  return text
}

const SERIES: SeriesGiven = {
  id: 88,
  imdb: 'tt9990001',
  seasons: [
    { number: 1, air: '2024-03-05' },
    { number: 2, air: '2027-03-14' },
  ],
}
const putSeries = (given = SERIES) => server.put(`/3/tv/${given.id}`, aSeriesAnswer(given))
const putShow = (more = {}) =>
  server.put(
    '/shows/501',
    aShowAnswer({
      id: 501,
      name: 'Harbour Lights',
      imdb: 'tt9990001',
      seasons: [
        { number: 1, premiere: '2024-03-03' },
        { number: 2, premiere: '2027-03-15' },
      ],
      ...more,
    }),
  )

describe('TMDB', () => {
  test('without a token is not asked: one sentence, and nothing is done', async () => {
    delete process.env.TMDB_TOKEN
    const { status, out, err } = await greenlit('sync', 'tmdb', '--ids', '88')
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(err).toBe('greenlit: TMDB is asked with a token: set TMDB_TOKEN (.env.example says which)')
    expect(server.asked).toEqual([])
  })

  test('is asked with the token in the head alone, for all it has at once', async () => {
    putSeries()
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ asked: 1, claims: 1, quarantined: 0 })
    expect(server.heads[0]?.authorization).toBe('Bearer a-token-of-the-tests')
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]).not.toContain('a-token')
  })

  test('adds nothing the second time, and one claim and one event when a premiere changes', async () => {
    putSeries()
    await sync('tmdb', { ids: ['88'] })
    clock.pass(days(9))
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ facts: 0, claims: 0, events: 0 })
    putSeries({
      ...SERIES,
      seasons: [
        { number: 1, air: '2024-03-05' },
        { number: 2, air: '2027-09-05' },
      ],
    })
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ claims: 1, events: 1 })
    expect(await rows(sql`select kind, was, became, happened_on::text as day from event`)).toEqual([
      { kind: 'moved', was: '2027-03-14', became: '2027-09-05', day: '2026-11-11' },
    ])
  })

  test('a token that is refused ends the run with a sentence that does not repeat it', async () => {
    server.put('/3/tv/88', undefined)
    const ask = async () => ({ ok: true as const, status: 401, headers: {}, body: Buffer.from('{}') })
    const tmdb = providerNamed('tmdb')!
    const done = await syncProvider(
      tmdb,
      { ids: ['88'] },
      {
        ask: politeClient(tmdb, { send: ask, nowMs: () => 0, sleep: async () => {} }),
        write: { importCatalogue, recordClaims, deriveStates, answerWanted },
        now: clock.now,
      },
    )
    expect(done).toMatchObject({ asked: 0, says: '127.0.0.1 does not let us in (401)' })
  })

  test('what it says never leaves: not in an export of shows, nor of claims', async () => {
    putShow()
    putSeries()
    await sync('tvmaze', { ids: ['501'] })
    const before = await exported(true)
    await sync('tmdb', { ids: ['88'] })
    putSeries({ ...SERIES, id: 89, name: 'Only There', imdb: null })
    await sync('tmdb', { ids: ['89'] })
    const all = await exported(false)
    expect(all).toContain('"provider":"tmdb"')
    expect(all).toContain('Only There')
    expect(all).toContain('"publisher":"TMDB"')
    const left = await exported(true)
    expect(left).not.toMatch(
      /"provider":"tmdb"|Only There|"publisher":"TMDB"|2024-03-05|Ragna Moe|Hafenlichter/,
    )
    // But for the number it goes by there, which others know too.
    expect(left.replace('"tmdb":"88",', '')).toBe(before)
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'greenlit-withheld-')), 'shows.ndjson')
    expect((await greenlit('export', 'catalogue', file)).status).toBe(0)
    expect(readFileSync(file, 'utf8')).not.toMatch(/Only There|"tmdb","value"/)
    rmSync(path.dirname(file), { recursive: true })
  })
})

describe('six months after TMDB was last asked', () => {
  const forget = () =>
    forgetOverdue(providerNamed('tmdb')!, { now: clock.now(), write: { importCatalogue, deriveStates } })
  const kept = async () => [...(await facts('tmdb')), ...(await facts('TMDB'))].length

  test('what it said is gone, values and all; what others say stays', async () => {
    putShow()
    putSeries()
    putSeries({ ...SERIES, id: 89, name: 'Only There', imdb: null })
    await sync('tvmaze', { ids: ['501'] })
    const before = await exported(true)
    await sync('tmdb', { ids: ['88', '89'] })
    clock.pass(days(179))
    expect(await forget()).toBe(0)
    expect(await kept()).toBeGreaterThan(5)
    clock.pass(days(2))
    expect(await forget()).toBe(2)
    expect(await rows(sql`select provider from fact where provider in ('tmdb', 'TMDB')`)).toEqual([])
    expect(
      await rows(
        sql`select person.name from credit join person on person.id = person_id where role = 'creator'`,
      ),
    ).toEqual([])
    expect((await exported(true)).replace('"tmdb":"88",', '')).toBe(before)
    expect(await forget()).toBe(0)
  })

  test('asked again meanwhile it may stay', async () => {
    putSeries()
    await sync('tmdb', { ids: ['88'] })
    clock.pass(days(170))
    await sync('tmdb', { ids: ['88'] })
    clock.pass(days(20))
    expect(await forget()).toBe(0)
  })
})

describe('two providers of one show', () => {
  test('are one show by an id they share; each keeps its own word, and the more trusted one is shown', async () => {
    putShow()
    putSeries()
    await sync('tvmaze', { ids: ['501'] })
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ quarantined: 0 })
    expect(await rows(sql`select slug, title from show`)).toEqual([
      { slug: 'harbour-lights', title: 'Harbour Lights' },
    ])
    expect(await rows(sql`select number, premiere from season where recorded order by number`)).toEqual([
      { number: 1, premiere: '2024-03-03' },
      { number: 2, premiere: '2027-03-15' },
    ])
    expect(await facts('tmdb')).toContainEqual({ season: 2, field: 'premiere', value: '2027-03-14' })
  })

  test('where the less trusted one moves a date, nobody is told of a date that is not shown', async () => {
    putShow()
    putSeries()
    await sync('tvmaze', { ids: ['501'] })
    await sync('tmdb', { ids: ['88'] })
    clock.pass(days(1))
    putSeries({
      ...SERIES,
      seasons: [
        { number: 1, air: '2024-03-05' },
        { number: 2, air: '2027-09-05' },
      ],
    })
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ claims: 1, events: 0 })
    putShow({
      seasons: [
        { number: 1, premiere: '2024-03-03' },
        { number: 2, premiere: '2027-04-04' },
      ],
    })
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ claims: 1, events: 1 })
  })

  test('one of them failing leaves the other as it is', async () => {
    putShow()
    await sync('tvmaze', { ids: ['501'] })
    server.fail('/shows/501', 'html')
    putSeries()
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 1 })
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ quarantined: 0, facts: expect.any(Number) })
  })
})

describe('AniList', () => {
  const first = aMedia({
    id: 5,
    english: 'Sea Lights',
    start: [2025, 4, 6],
    end: [2025, 6, 29],
    status: 'FINISHED',
    episodes: 12,
    mal: 50,
    relations: [['SEQUEL', 6, 'TV']],
  })
  const second = (more = {}) =>
    aMedia({
      id: 6,
      english: 'Sea Lights Season 2',
      mal: 60,
      relations: [['PREQUEL', 5, 'TV']],
      quarter: ['SPRING', 2027],
      ...more,
    })
  const known = {
    ids: { anilist: ['5', '6'], mal: ['50', '60'] },
    title: 'Sea Lights',
    kind: 'anime',
    provenance: ['by-hand'],
  }

  test('each entry is the season its name says, of one show that is known by both ids', async () => {
    await importCatalogue([JSON.stringify(known)], { today: '2026-11-01' })
    server.onPost = anAnilistServer([first, second()])
    expect(await sync('anilist', { ids: ['5', '6'] })).toMatchObject({ asked: 2, quarantined: 0, claims: 1 })
    expect(await facts('anilist')).toEqual([
      { season: 0, field: 'country', value: 'Japan' },
      { season: 1, field: 'counted', value: 'yes' },
      { season: 1, field: 'episodes', value: '12' },
      { season: 1, field: 'finale', value: '2025-06-29' },
      { season: 1, field: 'premiere', value: '2025-04-06' },
      { season: 2, field: 'counted', value: 'yes' },
      { season: 2, field: 'premiere', value: '2027-04/2027-06' },
    ])
    expect(await facts('AniList')).toEqual([{ season: 0, field: 'label', value: 'NOT_YET_RELEASED' }])
    expect(await sync('anilist', { ids: ['5', '6'] })).toMatchObject({ facts: 0, claims: 0, events: 0 })
  })

  test('a quarter that becomes a day is given, another quarter moved', async () => {
    await importCatalogue([JSON.stringify(known)], { today: '2026-11-01' })
    server.onPost = anAnilistServer([second()])
    await sync('anilist', { ids: ['6'] })
    clock.pass(days(1))
    server.onPost = anAnilistServer([second({ next: { at: '2027-04-05T15:30:00Z', episode: 1 } })])
    expect(await sync('anilist', { ids: ['6'] })).toMatchObject({ claims: 1, events: 1 })
    clock.pass(days(1))
    server.onPost = anAnilistServer([second({ quarter: ['FALL', 2027] })])
    expect(await sync('anilist', { ids: ['6'] })).toMatchObject({ claims: 1, events: 1 })
    expect(await rows(sql`select kind, was, became from event order by id`)).toEqual([
      { kind: 'dated', was: '2027-04/2027-06', became: '2027-04-06' },
      { kind: 'moved', was: '2027-04-06', became: '2027-10/2027-12' },
    ])
  })

  test('an entry that is no season is set aside with the reason', async () => {
    server.onPost = anAnilistServer([aMedia({ id: 9, format: 'MOVIE' })])
    expect(await sync('anilist', { ids: ['9'] })).toMatchObject({ quarantined: 1 })
    expect(await rows(sql`select slug from show`)).toEqual([])
  })
})

describe('the worker', () => {
  const run = () => tasks['sync-sources']!({}, { addJob: async () => {} } as never)
  afterAll(() => {
    delete process.env.GREENLIT_SYNC
  })

  test('asks nobody by itself, and whom an operator switched on for what has changed', async () => {
    putShow()
    server.put('/updates/shows', { '501': 1_793_500_000 })
    await run()
    expect(server.asked).toEqual([])
    process.env.GREENLIT_SYNC = 'tvmaze, tmdb'
    delete process.env.TMDB_TOKEN
    await run()
    expect(await rows(sql`select slug from show`)).toEqual([{ slug: 'harbour-lights' }])
    // TMDB lacks its token: it is passed over, and the others are asked all the same.
    expect(server.asked.some((line) => line.includes('/3/'))).toBe(false)
    expect(await rows(sql`select provider from sync_state where read_until is not null`)).toEqual([
      { provider: 'tvmaze' },
    ])
  })
})

describe('Wikidata', () => {
  const item = anItem('Q77', 'Harbour Lights', [
    ['P8600', '501'],
    ['P4983', '88'],
    ['P449', { id: 'Q1' }],
    ['P580', aTime('2024-03-00', 10)],
  ])
  const list = (rows: [string, string, string][]) => ({
    results: {
      bindings: rows.map(([id, namespace, value]) => ({
        item: { type: 'uri', value: `http://www.wikidata.org/entity/${id}` },
        namespace: { type: 'literal', value: namespace },
        value: { type: 'literal', value },
        modified: { type: 'literal', value: '2026-10-30T07:00:00Z' },
      })),
    },
  })

  test('is asked who is who, and then for the items of shows that are here; these learn their other ids', async () => {
    putShow()
    await sync('tvmaze', { ids: ['501'] })
    server.put(
      '/sparql',
      list([
        ['Q77', 'tvmaze', '501'],
        ['Q77', 'tmdb', '88'],
        ['Q78', 'tvmaze', '999'],
      ]),
    )
    server.put('/wiki/Special:EntityData/Q77.json', item)
    server.put('/w/api.php', anItem('Q1', 'Fjordvision'))
    expect(await sync('wikidata', 'updated')).toMatchObject({ asked: 1, quarantined: 0, says: null })
    expect(await rows(sql`select namespace, value from outside_id order by 1`)).toEqual([
      { namespace: 'imdb', value: 'tt9990001' },
      { namespace: 'tmdb', value: '88' },
      { namespace: 'tvmaze', value: '501' },
      { namespace: 'wikidata', value: 'Q77' },
    ])
    expect(await facts('wikidata')).toContainEqual({ season: 1, field: 'premiere', value: '2024-03' })
    // TVmaze's day is more precise and more trusted: it stays shown.
    expect(await rows(sql`select premiere from season where number = 1`)).toEqual([
      { premiere: '2024-03-03' },
    ])
    expect(await sync('wikidata', 'updated')).toMatchObject({ asked: 0 })
    // And so TMDB's answer, which names no other id, finds its show.
    putSeries({ ...SERIES, imdb: null })
    await sync('tmdb', { ids: ['88'] })
    expect(await rows(sql`select slug from show`)).toHaveLength(1)
  })
})
