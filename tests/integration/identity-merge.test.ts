/** Two shows that turn out to be one, and two again: what their readers, addresses and statements come to. */
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { closeDb, db } from '@/db/client'
import { importCatalogue } from '@/lib/catalogue/commands'
import { addressFinder, movedPath } from '@/lib/edge/moved'
import { retractClaim } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { dayOf } from '@/lib/shared/day'
import { createDatabase, pointAt } from '../support/database'
import { apart, everyRow, mergeShows, NOTHING, undo } from '../support/identity'
import { aFollower, Clock, days, Inbox, minutes, said, work } from '../support/telling'

let clock: Clock
let inbox: Inbox

beforeEach(async () => {
  await closeDb()
  pointAt(await createDatabase())
  clock = new Clock(new Date('2026-11-02T10:00:00Z'))
  inbox = new Inbox()
})

type Line = Record<string, unknown> & { slug: string }
async function bring(...lines: Line[]): Promise<void> {
  const { failed } = await importCatalogue(
    lines.map((line) => JSON.stringify(line)),
    { today: dayOf(clock.now()) },
  )
  expect(failed).toBe(0)
  await deriveStates({ today: dayOf(clock.now()), now: clock.now() })
}
const lanterns = (more: Partial<Line> = {}): Line => ({
  slug: 'lanterns',
  ids: { tvmaze: '11' },
  title: 'Lanterns of the Quay',
  provenance: ['tvmaze (CC BY-SA)'],
  seasons: [{ number: 1, premiere: '2024-03-05', episodes: 8 }],
  ...more,
})
const laternen = (more: Partial<Line> = {}): Line => ({
  slug: 'laternen-am-kai',
  ids: { imdb: 'tt77' },
  title: 'Laternen am Kai',
  aliases: ['Lanterns'],
  genres: ['Drama'],
  provenance: ['tmdb (own)'],
  seasons: [{ number: 1, premiere: '2024-03-05', episodes: 8 }],
  ...more,
})
const rows = async <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) => [
  ...(await db().execute<T>(query)),
]
const followed = (address: string) =>
  rows<{ slug: string; number: number }>(sql`
    select show.slug, season.number from follow join reader on reader.id = follow.reader_id
    join season on season.id = follow.season_id join show on show.id = season.show_id where reader.email = ${address}
    order by show.slug, season.number`)
const toGerman = { from: 'laternen-am-kai', into: 'lanterns' }
const settle = async () => {
  clock.pass(minutes(31))
  await work(clock, inbox)
}

describe('once two shows are one', () => {
  it('names, ids, seasons and genres of both are those of the one that stays, under its title', async () => {
    await bring(lanterns(), laternen({ seasons: [{ number: 1 }, { number: 2, premiere: '2026-01-09' }] }))
    expect((await mergeShows(toGerman, clock.now())).result).toEqual({ ok: true })
    const [show] = await rows(sql`
      select title, array(select text from show_title where show_id = show.id order by position) as names,
        array(select namespace || ':' || value from outside_id where show_id = show.id order by 1) as ids,
        array(select number from season where show_id = show.id and recorded order by number) as seasons from show`)
    expect(show).toEqual({
      title: 'Lanterns of the Quay',
      names: ['Lanterns of the Quay', 'Laternen am Kai', 'Lanterns'],
      ids: ['greenlit:lanterns', 'greenlit:laternen-am-kai', 'imdb:tt77', 'tvmaze:11'],
      seasons: [1, 2],
    })
  })

  it('the address of the one that went leads to the other, and no new show is ever given it', async () => {
    await bring(lanterns(), laternen())
    await mergeShows(toGerman, clock.now())
    const find = addressFinder(process.env.DATABASE_URL!)
    expect(await find('laternen-am-kai', null)).toEqual({ slug: 'lanterns', season: null })
    const stranger = {
      ids: { tvmaze: '99' },
      title: 'Laternen am Kai',
      seasons: [{ number: 1, premiere: '1987' }],
    }
    await importCatalogue([JSON.stringify(stranger)])
    expect((await rows(sql`select slug from show order by slug`)).map(({ slug }) => slug)).toEqual([
      'lanterns',
      'laternen-am-kai-1987',
    ])
  })

  it('a list that still knows both brings neither back', async () => {
    await bring(lanterns(), laternen())
    await mergeShows(toGerman, clock.now())
    await bring(lanterns(), { ...laternen(), slug: 'laternen-am-kai' })
    expect(await rows(sql`select slug from show`)).toEqual([{ slug: 'lanterns' }])
  })

  it('who followed the one follows the same season of the other, and who followed both follows once', async () => {
    await bring(lanterns(), laternen())
    await aFollower('ana@greenlit.test', 'laternen-am-kai', 2, clock)
    await aFollower('bo@greenlit.test', 'laternen-am-kai', 2, clock)
    await aFollower('bo@greenlit.test', 'lanterns', 2, clock)
    await mergeShows(toGerman, clock.now())
    for (const address of ['ana@greenlit.test', 'bo@greenlit.test'])
      expect(await followed(address)).toEqual([{ slug: 'lanterns', number: 2 }])
  })

  it('seasons that are counted otherwise there go to those that begin on the same day', async () => {
    await bring(
      lanterns({
        seasons: [
          { number: 1, premiere: '2021-01-08' },
          { number: 2, premiere: '2021-06-11' },
          { number: 3, premiere: '2023-10-05' },
        ],
      }),
      laternen({
        seasons: [
          { number: 1, premiere: '2021-01-08' },
          { number: 2, premiere: '2023-10-05' },
        ],
      }),
    )
    await aFollower('ana@greenlit.test', 'laternen-am-kai', 3, clock)
    await said({ show: 'laternen-am-kai', season: 3, kind: 'renewed' }, clock)
    await settle()
    await mergeShows(toGerman, clock.now())
    expect(await followed('ana@greenlit.test')).toEqual([{ slug: 'lanterns', number: 4 }])
    expect(
      await rows(sql`select season.number from claim join season on season.id = claim.season_id`),
    ).toEqual([{ number: 4 }])
    const find = addressFinder(process.env.DATABASE_URL!)
    expect(await movedPath('/shows/laternen-am-kai/seasons/2/feed.atom?x=1', find)).toBe(
      '/shows/lanterns/seasons/3/feed.atom?x=1',
    )
    expect(await movedPath('/shows/laternen-am-kai/calendar.ics', find)).toBe('/shows/lanterns/calendar.ics')
  })

  it('a statement known under the old address is not recorded a second time', async () => {
    await bring(lanterns(), laternen())
    await said({ show: 'laternen-am-kai', kind: 'renewed', by: 'Variety' }, clock)
    const [claim] = await rows<{ url: string }>(sql`select url from claim`)
    await settle()
    await mergeShows(toGerman, clock.now())
    const { importClaims } = await import('@/lib/ledger/commands')
    const line = (show: string) =>
      JSON.stringify({
        show,
        season: 2,
        kind: 'renewed',
        value: 'Variety says renewed',
        date: null,
        publisher: 'Variety',
        url: claim!.url,
        published_on: '2026-11-02',
        source_class: 'press',
      })
    for (const show of ['greenlit:laternen-am-kai', 'greenlit:lanterns', 'imdb:tt77'])
      expect(await importClaims([line(show)], { today: '2026-11-02' })).toMatchObject({ added: 0, known: 1 })
  })

  it('nobody is told of it, nor a second time of what they knew, and of what comes then everybody once', async () => {
    await bring(lanterns(), laternen())
    await aFollower('ana@greenlit.test', 'laternen-am-kai', 2, clock)
    await aFollower('bo@greenlit.test', 'lanterns', 2, clock)
    await aFollower('cy@greenlit.test', 'lanterns', 2, clock)
    await aFollower('cy@greenlit.test', 'laternen-am-kai', 2, clock)
    clock.pass(minutes(1))
    await said({ show: 'lanterns', kind: 'release_window', date: '2027-03', sourceClass: 'official' }, clock)
    clock.pass(minutes(1))
    await said(
      { show: 'laternen-am-kai', kind: 'release_date', date: '2027-03-14', sourceClass: 'official' },
      clock,
    )
    await settle()
    const told = inbox.mails.length
    expect(told).toBeGreaterThan(0)
    await mergeShows(toGerman, clock.now())
    await settle()
    clock.pass(days(1))
    // The next word of anybody about it makes the ledger look at everything again.
    await said({ show: 'lanterns', kind: 'trailer', by: 'Kino', sourceClass: 'fan' }, clock)
    await settle()
    expect(
      inbox.mails
        .slice(told)
        .map(({ text }) => text)
        .join('\n'),
    ).not.toContain('14 March 2027')
    expect(inbox.mails).toHaveLength(told)
    clock.pass(days(1))
    await said({ show: 'lanterns', kind: 'release_date', date: '2027-05-02', sourceClass: 'official' }, clock)
    await settle()
    for (const address of ['ana@greenlit.test', 'bo@greenlit.test', 'cy@greenlit.test'])
      expect(
        inbox.mails.slice(told).filter(({ recipient }) => recipient === address),
        address,
      ).toHaveLength(1)
  })

  it('a premiere of which the clock told the followers of one is not told them again', async () => {
    await bring(lanterns(), laternen())
    await aFollower('ana@greenlit.test', 'laternen-am-kai', 2, clock)
    await aFollower('bo@greenlit.test', 'lanterns', 2, clock)
    for (const show of ['lanterns', 'laternen-am-kai'])
      await said({ show, kind: 'release_date', date: '2026-11-04', sourceClass: 'official' }, clock)
    await settle()
    clock.set('2026-11-04T12:00:00Z')
    const { tellPremieres } = await import('@/lib/notices/tell')
    await tellPremieres(clock.now())
    await settle()
    const told = inbox.mails.length
    await mergeShows(toGerman, clock.now())
    await tellPremieres(clock.now())
    await settle()
    expect(inbox.mails).toHaveLength(told)
  })
})

describe('before that', () => {
  it('news that is on its way to readers is waited for', async () => {
    await bring(lanterns(), laternen())
    await aFollower('ana@greenlit.test', 'laternen-am-kai', 2, clock)
    clock.pass(minutes(1))
    await said({ show: 'laternen-am-kai', kind: 'renewed' }, clock)
    const before = await everyRow()
    const { pair, result } = await mergeShows(toGerman, clock.now())
    expect(result).toMatchObject({ ok: false, reason: 'identity' })
    expect(apart(before, await everyRow())).toEqual(NOTHING)
    await settle()
    const { decidePair } = await import('@/lib/identity/commands')
    const { AT_THE_MACHINE } = await import('@/lib/accounts/rules')
    const again = () => decidePair(AT_THE_MACHINE, { pair, verdict: 'same', keep: 'lanterns' }, clock.now())
    expect(await again()).toEqual({ ok: true })
    const merged = await everyRow()
    expect(await again()).toEqual({ ok: true })
    expect(apart(merged, await everyRow())).toEqual(NOTHING)
  })
})

describe('undone', () => {
  it('what came since stays with the one that stayed: its follows, its statements, its names', async () => {
    await bring(lanterns(), laternen())
    await aFollower('ana@greenlit.test', 'laternen-am-kai', 2, clock)
    await aFollower('bo@greenlit.test', 'laternen-am-kai', 2, clock)
    const { pair } = await mergeShows(toGerman, clock.now())
    await aFollower('cy@greenlit.test', 'lanterns', 2, clock)
    await db().execute(
      sql`delete from follow using reader where reader.id = follow.reader_id and reader.email = 'bo@greenlit.test'`,
    )
    await said({ show: 'lanterns', kind: 'renewed' }, clock)
    await bring(
      lanterns({
        aliases: ['Lanterns of the Quay', 'Laternen am Kai', 'Lanterns', 'Kailichter'],
        genres: ['Mystery'],
      }),
    )
    await settle()
    expect(await undo(pair, clock.now())).toEqual({ ok: true })
    expect(await followed('ana@greenlit.test')).toEqual([{ slug: 'laternen-am-kai', number: 2 }])
    expect(await followed('bo@greenlit.test')).toEqual([])
    expect(await followed('cy@greenlit.test')).toEqual([{ slug: 'lanterns', number: 2 }])
    expect(await rows(sql`select show.slug from claim join show on show.id = claim.show_id`)).toEqual([
      { slug: 'lanterns' },
    ])
    expect(
      await rows(sql`select show.slug, array_agg(text order by position) as names from show_title
        join show on show.id = show_id where text <> show.title group by show.slug order by show.slug`),
    ).toEqual([
      { slug: 'lanterns', names: ['Lanterns of the Quay', 'Kailichter'].slice(1) },
      { slug: 'laternen-am-kai', names: ['Lanterns'] },
    ])
    const find = addressFinder(process.env.DATABASE_URL!)
    expect(await find('laternen-am-kai', null)).toBeNull()
  })

  it('twice changes nothing the second time, and the pair waits for a decision again', async () => {
    await bring(lanterns(), laternen())
    const { pair } = await mergeShows(toGerman, clock.now())
    await undo(pair, clock.now())
    const before = await everyRow()
    expect(await undo(pair, clock.now())).toEqual({ ok: true })
    expect(apart(before, await everyRow())).toEqual(NOTHING)
    expect((await mergeShows(toGerman, clock.now())).result).toEqual({ ok: true })
  })

  it('a merge into a show that went into a third is undone after that one', async () => {
    await bring(lanterns(), laternen(), { slug: 'third', ids: { imdb: 'tt3' }, title: 'Lanternes' })
    const before = await everyRow()
    const first = await mergeShows(toGerman, clock.now())
    const second = await mergeShows({ from: 'lanterns', into: 'third' }, clock.now())
    const find = addressFinder(process.env.DATABASE_URL!)
    for (const slug of ['lanterns', 'laternen-am-kai'])
      expect(await find(slug, 2)).toEqual({ slug: 'third', season: 2 })
    expect(await undo(first.pair, clock.now())).toMatchObject({ ok: false, reason: 'identity' })
    expect(await undo(second.pair, clock.now())).toEqual({ ok: true })
    expect(await undo(first.pair, clock.now())).toEqual({ ok: true })
    expect(apart(before, await everyRow())).toEqual(NOTHING)
  })

  it('a reader who left in between is in nothing that comes back', async () => {
    await bring(lanterns(), laternen())
    await aFollower('bo@greenlit.test', 'laternen-am-kai', 2, clock)
    await aFollower('bo@greenlit.test', 'lanterns', 2, clock)
    const { pair } = await mergeShows(toGerman, clock.now())
    await db().execute(sql`delete from reader where email = 'bo@greenlit.test'`)
    expect(await rows(sql`select id from show_merge_row where reader_id is not null`)).toEqual([])
    expect(await undo(pair, clock.now())).toEqual({ ok: true })
    expect(await rows(sql`select id from follow`)).toEqual([])
  })
})

const SHOWS = ['lanterns', 'laternen-am-kai'] as const
const anyStep = fc.oneof(
  fc.record({
    do: fc.constant('follow' as const),
    who: fc.constantFrom('ana', 'bo', 'cy'),
    show: fc.constantFrom(...SHOWS),
    season: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant('say' as const),
    show: fc.constantFrom(...SHOWS),
    season: fc.integer({ min: 2, max: 3 }),
    kind: fc.constantFrom('renewed', 'cancelled', 'release_date', 'release_window', 'trailer'),
    date: fc.constantFrom('2026-11-20', '2027-03-14', '2027-05', '2027'),
    sourceClass: fc.constantFrom('official', 'press'),
  }),
  fc.record({
    do: fc.constant('verdict' as const),
    who: fc.constantFrom('ana', 'bo'),
    show: fc.constantFrom(...SHOWS),
    word: fc.constantFrom('seen', 'not-this'),
  }),
  fc.record({
    do: fc.constant('forecast' as const),
    show: fc.constantFrom(...SHOWS),
    day: fc.constantFrom('2026-11-01', '2026-11-02'),
  }),
  fc.record({ do: fc.constant('retract' as const), show: fc.constantFrom(...SHOWS) }),
  fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    do: fc.constant('list' as const),
    show: fc.constantFrom(...SHOWS),
    provider: fc.constantFrom('tvmaze', 'tmdb'),
    premiere: fc.constantFrom('2026-02-01', '2026-02-03', '2027-03-14'),
  }),
)
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never

const isHere = async ({ show, season }: { show: string; season: number }) =>
  (
    await rows(sql`select from season join show on show.id = season.show_id
    where show.slug = ${show} and season.number = ${season}`)
  ).length > 0

async function take(step: Step): Promise<void> {
  if (step.do === 'follow' && (await isHere(step)))
    await aFollower(`${step.who}@greenlit.test`, step.show, step.season, clock)
  if (step.do === 'say')
    await said({ ...step, date: step.kind.startsWith('release') ? step.date : null }, clock)
  if (step.do === 'verdict')
    await db().execute(sql`
      insert into verdict (reader_id, show_id, word, at) select reader.id, show.id, ${step.word}, ${clock.now().toISOString()}::timestamptz
      from reader, show where reader.email = ${`${step.who}@greenlit.test`} and show.slug = ${step.show} on conflict do nothing`)
  if (step.do === 'forecast')
    await db().execute(sql`
      with made as (insert into forecast (season_id, made_on, model, model_hash, inputs_hash, class, milestone, counted_from, renewal,
        median, low50, high50, low80, high80, low95, high95, reasons)
      select season.id, ${step.day}::date, 'm', 'h', 'i', 'c', 'none', '2024-03-05', 0.5, '2027-03-05', '2027-03-05', '2027-03-05',
        '2027-03-05', '2027-03-05', '2027-03-05', '2027-03-05', '[]' from season join show on show.id = season.show_id
      where show.slug = ${step.show} and season.number = 2 on conflict do nothing returning id)
      insert into forecast_outcome (forecast_id, known_on, returned) select id, '2026-11-02', false from made`)
  if (step.do === 'retract') {
    const [claim] = await rows<{ id: string }>(sql`
      select claim.id from claim join show on show.id = claim.show_id where show.slug = ${step.show} order by claim.id limit 1`)
    if (claim) await retractClaim(claim.id, 'we misread it', { today: dayOf(clock.now()), now: clock.now() })
  }
  if (step.do === 'list')
    await bring({
      ...(step.show === 'lanterns' ? lanterns() : laternen()),
      provenance: [`${step.provider} (x)`],
      seasons: [
        { number: 1, premiere: '2024-03-05' },
        { number: 2, premiere: step.premiere },
      ],
    })
  if (step.do === 'pass') clock.pass(step.hours * 3_600_000)
  await work(clock, inbox)
}

const DAY_MS = 86_400_000
const MORNING_MS = 4 * 3_600_000

it('whatever happened before, a merge and its undoing leave the database as it was, and tell nobody', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 3, maxLength: 12 }),
      fc.constantFrom(...SHOWS),
      async (steps, into) => {
        await closeDb()
        pointAt(await createDatabase())
        clock = new Clock(new Date('2026-11-02T10:00:00Z'))
        inbox = new Inbox()
        await bring(lanterns(), laternen())
        for (const step of steps) await take(step)
        await settle()
        // From a morning on, so that no midnight falls between what is compared: states say for which day they were derived.
        clock.pass(MORNING_MS + DAY_MS - (clock.now().getTime() % DAY_MS))
        await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
        await settle()
        const before = await everyRow()
        const told = inbox.mails.length
        const from = SHOWS.find((one) => one !== into)!
        const { pair, result } = await mergeShows({ from, into }, clock.now())
        expect(result).toEqual({ ok: true })
        await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
        expect(await rows(sql`select id from event where telling = 'held'`)).toEqual([])
        await work(clock, inbox)
        expect(await undo(pair, clock.now())).toEqual({ ok: true })
        expect(apart(before, await everyRow())).toEqual(NOTHING)
        await deriveStates({ today: dayOf(clock.now()), now: clock.now(), tell: true })
        await work(clock, inbox)
        expect(inbox.mails.length).toBe(told)
      },
    ),
    { numRuns: 12 },
  )
}, 240_000)
