/** What a sync makes of shows and seasons that may be ones we have: joined, asked about, kept apart, counted as here. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDb, db } from '@/db/client'
import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { importCatalogue } from '@/lib/catalogue/commands'
import { decidePair, partId, undoDecision } from '@/lib/identity/commands'
import { getIdentityOverview } from '@/lib/identity/queries'
import { HAVING_ONE } from '@/lib/identity/rules'
import { providers } from '@/lib/sources/registry'
import type { Which } from '@/lib/sources/sync'
import type { ProviderName } from '@/lib/sources/types'
import { createDatabase, pointAt } from '../support/database'
import { apart, everyRow, mergeShows, NOTHING } from '../support/identity'
import { ProviderServer } from '../support/provider-server'
import { syncUnder } from '../support/sync'
import { Clock, days } from '../support/telling'
import { aSeriesAnswer, type SeriesGiven } from '../support/tmdb-answers'
import { anEpisode, aShowAnswer, type ShowGiven, seconds } from '../support/tvmaze-answers'

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
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
})

const sync = (name: ProviderName, which: Which) => syncUnder(clock, name, which)
const rows = async (query: ReturnType<typeof sql>) =>
  [...(await db().execute(query))] as Record<string, unknown>[]
const slugs = async () => (await rows(sql`select slug from show order by slug`)).map(({ slug }) => slug)
const idsOf = async (slug: string) =>
  (
    await rows(sql`select namespace || ':' || value as id from outside_id join show on show.id = show_id
    where slug = ${slug} order by 1`)
  ).map(({ id }) => id)
const open = async () => (await getIdentityOverview(AT_THE_MACHINE))!.open
const decide = (pair: number, verdict: 'same' | 'two') =>
  decidePair(AT_THE_MACHINE, { pair, verdict }, clock.now())
const bring = (line: object) => importCatalogue([JSON.stringify(line)], { today: '2026-11-01' })
const quiet = (found: string[]) => found.filter((line) => !/^(source_look|sync_state|quarantine) /.test(line))

const HARBOUR: ShowGiven = {
  id: 501,
  name: 'Harbour Lights',
  seasons: [{ number: 1, premiere: '2024-03-03', order: 8 }],
  akas: [['Havnelys', 'Norway']],
}
const put = (more: Partial<ShowGiven> = {}) => {
  const given = { ...HARBOUR, ...more }
  server.put(`/shows/${given.id}`, aShowAnswer(given))
  server.put('/updates/shows', { [given.id]: given.updated ?? seconds('2026-11-01T08:00:00Z') })
}
/** A show here that began in the same year, of which more is not known. */
const namesake = { ids: { imdb: 'tt8' }, title: 'Harbour Lights', seasons: [{ number: 1, premiere: '2024' }] }

describe('a provider’s show that may be one of ours', () => {
  it('is put before a person with both sides and reasons, and neither joined nor doubled meanwhile', async () => {
    await bring(namesake)
    put()
    const before = await everyRow()
    expect(await sync('tvmaze', 'updated')).toMatchObject({ asked: 1, quarantined: 1, facts: 0 })
    expect(apart(quiet(before), quiet(await everyRow()))).toEqual(NOTHING)
    const [pair, ...others] = await open()
    expect(others).toEqual([])
    expect(pair?.sides).toMatchObject([
      { title: 'Harbour Lights', slug: 'harbour-lights', year: '2024', ids: ['imdb:tt8'] },
      {
        title: 'Harbour Lights',
        slug: null,
        year: '2024',
        country: 'Norway',
        network: 'Fjordvision',
        ids: ['tvmaze:501'],
      },
    ])
    expect(pair?.reasons.map(({ code }) => code)).toEqual(['title', 'year'])
    await sync('tvmaze', { ids: ['501'] })
    expect(await open()).toHaveLength(1)
  })

  it('said to be the same, comes in with the next run, though nothing changed there since', async () => {
    await bring(namesake)
    put()
    await sync('tvmaze', 'updated')
    const [pair] = await open()
    expect(await decide(pair!.id, 'same')).toEqual({ ok: true })
    server.put('/updates/shows', {})
    clock.pass(days(1))
    expect(await sync('tvmaze', 'updated')).toMatchObject({ asked: 1, quarantined: 0 })
    expect(await slugs()).toEqual(['harbour-lights'])
    expect(await idsOf('harbour-lights')).toEqual(['imdb:tt8', 'tvmaze:501'])
    expect(await sync('tvmaze', 'updated')).toMatchObject({ asked: 0 })
  })

  it('said to be another, becomes a show of its own, and is never asked about again', async () => {
    await bring(namesake)
    put()
    await sync('tvmaze', 'updated')
    const [pair] = await open()
    expect(await decide(pair!.id, 'two')).toEqual({ ok: true })
    expect(await sync('tvmaze', 'updated')).toMatchObject({ asked: 1, quarantined: 0 })
    expect(await slugs()).toEqual(['harbour-lights', 'harbour-lights-2024'])
    await sync('tvmaze', { ids: ['501'] })
    expect(await open()).toEqual([])
  })

  it('taken back, leaves nothing of what it said, and the pair waits again', async () => {
    await bring(namesake)
    put()
    await sync('tvmaze', 'updated')
    const [pair] = await open()
    await decide(pair!.id, 'same')
    await sync('tvmaze', { ids: ['501'] })
    expect(await undoDecision(AT_THE_MACHINE, { pair: pair!.id }, clock.now())).toEqual({ ok: true })
    expect(await idsOf('harbour-lights')).toEqual(['imdb:tt8'])
    expect(
      await rows(sql`select field from fact where provider = 'tvmaze' and withdrawn_on is null`),
    ).toEqual([])
    expect(await open()).toHaveLength(1)
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 1 })
    expect(await slugs()).toEqual(['harbour-lights'])
  })

  it('known here under another of its names and begun on the same day, is that show', async () => {
    await bring({
      ids: { imdb: 'tt8' },
      title: 'Havnelys',
      country: 'Norway',
      seasons: [{ number: 1, premiere: '2024-03-03' }],
    })
    put()
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 0 })
    expect(await idsOf('havnelys')).toEqual(['imdb:tt8', 'tvmaze:501'])
  })

  it('of which two of ours may be it, is asked about with both', async () => {
    for (const imdb of ['tt8', 'tt9'])
      await bring({
        ids: { imdb },
        title: 'Harbour Lights',
        seasons: [{ number: 1, premiere: '2024-03-03' }],
      })
    put()
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 1, facts: 0 })
    expect((await open()).map(({ reasons }) => reasons.at(-1)?.code)).toEqual(['namesakes', 'namesakes'])
  })
})

describe('two of ours that one answer knows as one', () => {
  it('are put before a person; made one, the answer is read', async () => {
    await bring({ ids: { imdb: 'tt9990001' }, title: 'One' })
    await bring({ ids: { tvdb: '77' }, title: 'Two' })
    put({ imdb: 'tt9990001', tvdb: 77 })
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 1 })
    const [pair] = await open()
    expect(pair?.reasons[0]).toMatchObject({ code: 'shared-id', what: 'tvmaze:501' })
    expect(
      await decidePair(AT_THE_MACHINE, { pair: pair!.id, verdict: 'same', keep: 'two' }, clock.now()),
    ).toEqual({ ok: true })
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 0 })
    expect(await idsOf('two')).toEqual([
      'greenlit:one',
      'greenlit:two',
      'imdb:tt9990001',
      'tvdb:77',
      'tvmaze:501',
    ])
  })

  it('that a provider has twice, are read by one of its ids, so that no day goes there and back', async () => {
    put({
      seasons: [
        { number: 1, premiere: '2024-03-03' },
        { number: 2, premiere: '2027-03-14' },
      ],
    })
    put({
      id: 502,
      name: 'Hafenlichter',
      seasons: [
        { number: 1, premiere: '2024-03-03' },
        { number: 2, premiere: '2027-05-14' },
      ],
    })
    await sync('tvmaze', { ids: ['501', '502'] })
    const { result } = await mergeShows({ from: 'hafenlichter', into: 'harbour-lights' }, clock.now())
    expect(result).toEqual({ ok: true })
    clock.pass(days(1))
    expect(await sync('tvmaze', { ids: ['501', '502'] })).toMatchObject({
      asked: 2,
      quarantined: 1,
      claims: 0,
      events: 0,
    })
    server.put('/updates/shows', {
      501: seconds('2026-11-03T08:00:00Z'),
      502: seconds('2026-11-03T08:00:00Z'),
    })
    expect(await sync('tvmaze', 'updated')).toMatchObject({ asked: 1, events: 0 })
    expect(await slugs()).toEqual(['harbour-lights'])
    expect(HAVING_ONE).toEqual(providers.filter(({ hasSeveral }) => !hasSeveral).map(({ name }) => name))
  })
})

describe('an id that was wrongly joined', () => {
  it('is taken off with what was said under it; the next sync and the next list join it no more', async () => {
    await bring({ ids: { tvmaze: '501', tmdb: '88' }, title: 'Harbour Lights' })
    const series: SeriesGiven = {
      id: 88,
      name: 'Harbour Lights',
      seasons: [{ number: 1, air: '2011-05-05' }],
    }
    server.put('/3/tv/88', aSeriesAnswer(series))
    put()
    await sync('tmdb', { ids: ['88'] })
    await sync('tvmaze', { ids: ['501'] })
    const part = () =>
      partId(AT_THE_MACHINE, { slug: 'harbour-lights', namespace: 'tmdb', value: '88' }, clock.now())
    expect(await part()).toEqual({ ok: true })
    expect(await part()).toEqual({ ok: true })
    expect(
      await rows(sql`select field from fact where lower(provider) = 'tmdb' and withdrawn_on is null`),
    ).toEqual([])
    await bring({ ids: { tvmaze: '501', tmdb: '88' }, title: 'Harbour Lights' })
    expect(await idsOf('harbour-lights')).toEqual(['tvmaze:501'])
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ quarantined: 0 })
    expect(await slugs()).toEqual(['harbour-lights', 'harbour-lights-2011'])
    await bring({ ids: { tvmaze: '501', tmdb: '88' }, title: 'Harbour Lights' })
    expect(await idsOf('harbour-lights')).toEqual(['tvmaze:501'])
  })
})

describe('two providers that count seasons differently', () => {
  const LUPIN: ShowGiven = {
    ...HARBOUR,
    imdb: 'tt9990001',
    seasons: [
      { number: 1, premiere: '2021-01-08', order: 5 },
      { number: 2, premiere: '2021-06-11', order: 5 },
      { number: 3, premiere: '2023-10-05', order: 7 },
    ],
  }
  const series = (more: Partial<SeriesGiven> = {}) =>
    server.put(
      '/3/tv/88',
      aSeriesAnswer({
        id: 88,
        imdb: 'tt9990001',
        seasons: [
          { number: 1, air: '2021-01-08', count: 10 },
          { number: 2, air: '2023-10-05', count: 7 },
        ],
        ...more,
      }),
    )
  const premieres = (provider: string) =>
    rows(
      sql`select season, value from fact where provider = ${provider} and field = 'premiere' and withdrawn_on is null order by season`,
    )
  const numbers = () => rows(sql`select theirs, ours, through, reason from season_number order by theirs`)

  it('end in one season: Lupin’s third part is the other’s second season, today and at every sync after', async () => {
    put(LUPIN)
    series()
    await sync('tvmaze', { ids: ['501'] })
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ quarantined: 0 })
    const there = [
      { season: 1, value: '2021-01-08' },
      { season: 3, value: '2023-10-05' },
    ]
    expect(await premieres('tmdb')).toEqual(there)
    expect(await numbers()).toEqual([
      { theirs: 1, ours: 1, through: 2, reason: 'day' },
      { theirs: 2, ours: 3, through: 3, reason: 'day' },
    ])
    clock.pass(days(9))
    const before = await everyRow()
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ facts: 0, claims: 0, events: 0 })
    expect(apart(quiet(before), quiet(await everyRow()))).toEqual(NOTHING)
    // A day that moves there is the same season's day here.
    series({
      seasons: [
        { number: 1, air: '2021-01-08' },
        { number: 2, air: '2023-10-26' },
      ],
    })
    await sync('tmdb', { ids: ['88'] })
    expect(await premieres('tmdb')).toEqual([there[0], { season: 3, value: '2023-10-26' }])
  })

  it('a date of the season to come is a claim about the one it is here, and moved it is one event', async () => {
    put({ ...LUPIN, seasons: [...LUPIN.seasons!, { number: 4 }] })
    await sync('tvmaze', { ids: ['501'] })
    const next = (air: string) =>
      series({
        seasons: [
          { number: 1, air: '2021-01-08' },
          { number: 2, air: '2023-10-05' },
          { number: 3, air },
        ],
      })
    next('2027-03-14')
    await sync('tmdb', { ids: ['88'] })
    clock.pass(days(3))
    next('2027-05-02')
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ claims: 1, events: 1 })
    expect(
      await rows(sql`select season.number, kind, became from event join season on season.id = season_id`),
    ).toEqual([{ number: 4, kind: 'moved', became: '2027-05-02' }])
  })

  it('the episodes of a part go on after those before it', async () => {
    series()
    await sync('tmdb', { ids: ['88'] })
    put({
      ...LUPIN,
      episodes: [
        ...[1, 2, 3, 4, 5].map((number) => anEpisode(1, number, '2021-01-08')),
        ...[1, 2, 3, 4, 5].map((number) => anEpisode(2, number, '2021-06-11')),
        anEpisode(3, 1, '2023-10-05'),
      ],
    })
    // What the first list does not say is how long its season was on.
    await db().execute(
      sql`update fact set value = '2021-06-11' where provider = 'tmdb' and field = 'finale' and season = 1`,
    )
    await db().execute(sql`insert into fact (show_id, season, field, provider, value, seen_on)
      select id, 1, 'episodes', 'by-hand', '10', '2026-11-02' from show on conflict do nothing`)
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 0 })
    expect(await premieres('tvmaze')).toEqual([
      { season: 1, value: '2021-01-08' },
      { season: 2, value: '2023-10-05' },
    ])
    expect(
      await rows(sql`select season.number as season, count(*)::int as count, max(episode.number)::int as last from episode
        join season on season.id = season_id group by season.number order by 1`),
    ).toEqual([
      { season: 1, count: 10, last: 10 },
      { season: 2, count: 1, last: 1 },
    ])
  })

  it('seasons called by years are ours that begin with them', async () => {
    series({
      seasons: [
        { number: 1, air: '2015-09-28' },
        { number: 2, air: '2016-01-04' },
      ],
    })
    await sync('tmdb', { ids: ['88'] })
    put({
      imdb: 'tt9990001',
      premiered: '2015-09-28',
      seasons: [
        { number: 2015, premiere: '2015-09-28' },
        { number: 2016, premiere: '2016-01-05' },
      ],
      episodes: [anEpisode(2016, 1, '2016-01-05')],
    })
    expect(await sync('tvmaze', { ids: ['501'] })).toMatchObject({ quarantined: 0 })
    expect(await premieres('tvmaze')).toEqual([
      { season: 1, value: '2015-09-28' },
      { season: 2, value: '2016-01-05' },
    ])
    expect(await rows(sql`select season.number from episode join season on season.id = season_id`)).toEqual([
      { number: 2 },
    ])
  })

  it('a season nobody can place is set aside with the reason, and the others come in', async () => {
    put({
      ...LUPIN,
      seasons: [
        { number: 1, premiere: '2021-01-08' },
        { number: 2, premiere: '2023-10-05' },
      ],
    })
    await sync('tvmaze', { ids: ['501'] })
    series({
      seasons: [
        { number: 1, air: '2021-01-08', count: 5 },
        { number: 2, air: '2021-06-11', count: 5 },
        { number: 3, air: '2023-10-05', count: 7 },
      ],
    })
    expect(await sync('tmdb', { ids: ['88'] })).toMatchObject({ asked: 1, quarantined: 1 })
    expect(await rows(sql`select outside_id, reason from quarantine`)).toEqual([
      {
        outside_id: '88',
        reason: 'season 2 has seasons around it that are counted otherwise here',
      },
    ])
    expect(await premieres('tmdb')).toEqual([
      { season: 1, value: '2021-01-08' },
      { season: 2, value: '2023-10-05' },
    ])
    expect(await numbers()).toContainEqual({
      theirs: 2,
      ours: null,
      through: null,
      reason: 'unclear-neighbours',
    })
  })
})
