import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { importCatalogue } from '@/lib/catalogue/commands'
import { exportClaims, importClaims, recordClaims, retractClaim } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { getChanges, getSources } from '@/lib/ledger/queries'
import { checkClaim } from '@/lib/ledger/record'
import { getShowPage } from '@/lib/pages/show'
import type { Day } from '@/lib/shared/day'
import { asOwner, createDatabase, pointAt } from '../support/database'

const TODAY = '2026-11-22'
const NOW = new Date('2026-11-22T12:00:00Z')
const starter = path.join(import.meta.dirname, '../../db/starter/claims.ndjson')

const shows = [
  {
    ids: { test: '1' },
    slug: 'all-of-us-are-dead',
    title: 'All of Us Are Dead',
    seasons: [{ number: 1, premiere: '2022-01-28', episodes: 12 }],
  },
  {
    ids: { test: '2' },
    slug: 'kingdom',
    title: 'Kingdom',
    country: 'South Korea',
    seasons: [{ number: 1, premiere: '2019-01-25' }],
  },
  {
    ids: { test: '3' },
    slug: 'kingdom-2012',
    title: 'Kingdom',
    country: 'Japan',
    seasons: [{ number: 1, premiere: '2012-06-04' }],
  },
  {
    ids: { test: '4' },
    slug: 'signal',
    title: 'Signal',
    aliases: ['Sigeuneol'],
    seasons: [{ number: 1, premiere: '2016-01-22' }],
  },
  {
    ids: { test: '5' },
    slug: 'quiet',
    title: 'The Quiet Show',
    seasons: [{ number: 1, premiere: '2026-12-01' }],
  },
  {
    ids: { test: '6' },
    slug: 'told',
    title: 'The Told Show',
    seasons: [{ number: 1, premiere: '2024-01-01' }],
  },
]

const line = (change: object = {}) => ({
  show: 'Signal',
  season: 2,
  kind: 'renewed',
  value: 'A second season is ordered.',
  date: null,
  publisher: 'The Daily',
  url: 'https://daily.test/signal',
  published_on: '2026-11-20',
  source_class: 'press',
  ...change,
})
const parsed = (change: object = {}) => {
  const checked = checkClaim(line(change), TODAY)
  if (!checked.ok) throw new Error(checked.problems.join('; '))
  return checked.claim
}
const count = async (table: string) => {
  const [row] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)}`,
  )
  return row!.n
}
const importLines = async (lines: (object | string)[], mode: 'live' | 'backfill' = 'backfill') => {
  const report: string[] = []
  const text = lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  const result = await importClaims(text, {
    mode,
    today: TODAY,
    now: NOW,
    report: (problem) => void report.push(problem),
  })
  return { result, report }
}
const reasonOf = async (work: Promise<unknown>) => {
  try {
    await work
    return 'it was allowed'
  } catch (error) {
    let deepest = error as Error
    while (deepest.cause instanceof Error) deepest = deepest.cause
    return deepest.message
  }
}

beforeAll(async () => {
  await importCatalogue(shows.map((show) => JSON.stringify(show)))
  await deriveStates({ today: TODAY, now: NOW })
})

describe('All of Us Are Dead on record', () => {
  it('has its sourced claims, its missed window and no premiere', async () => {
    const lines = readFileSync(starter, 'utf8')
      .split('\n')
      .filter((text) => text.includes('"All of Us Are Dead"'))
    const first = await importLines(lines)
    expect(first.result).toMatchObject({ lines: 67, added: 67, known: 0, failed: 0 })
    const show = await getShowPage('all-of-us-are-dead', TODAY)
    const second = show?.seasons.find(({ number }) => number === 2)
    expect(second?.claims.length).toBeGreaterThanOrEqual(8)
    expect(second?.state.premiere).toBeNull()
    expect(second?.state.missed.map(({ window }) => window.edtf)).toContain('2023-10/2024-03')
    expect(second?.claims.filter(({ edtf }) => edtf === '2023-10/2024-03').map(({ state }) => state)).toEqual(
      ['missed', 'missed'],
    )
    const [state] = await db().execute(sql`
      select s.status, s.premiere_edtf, s.claim_count, h.answer, h.lamp from season_state s join season on season.id = s.season_id
      join show on show.id = s.show_id join show_state h on h.show_id = show.id
      where show.slug = 'all-of-us-are-dead' and season.number = 2`)
    expect(state).toMatchObject({ status: 'wrapped', premiere_edtf: null, claim_count: 67, lamp: 'ordered' })
    expect(state?.answer).toBe(show?.status.answer)
  })

  it('is the same after being imported again', async () => {
    const before = [await count('claim'), await count('event'), await count('source')]
    const lines = readFileSync(starter, 'utf8')
      .split('\n')
      .filter((text) => text.includes('"All of Us Are Dead"'))
    expect((await importLines(lines)).result).toMatchObject({ added: 0, known: 67, failed: 0, events: 0 })
    expect([await count('claim'), await count('event'), await count('source')]).toEqual(before)
  })

  it('told nobody: filling in the past is no news', async () => {
    expect(await count('outbox')).toBe(0)
  })
})

describe('bad lines', () => {
  it('are reported by number and field, change nothing, and do not stop the rest', async () => {
    const before = await count('claim')
    const { result, report } = await importLines([
      line({ value: 'The good line.' }),
      line({ date: '2026-13-45' }),
      '{"show": "Signal", "season": 2, "kind": "ren',
      line({ show: 'No Such Show' }),
      line({ show: 'Kingdom' }),
      line({ show: 'greenlit:kingdom', value: 'Said of the Korean one.' }),
      line({ show: 'test:3', value: 'Said of the Japanese one.' }),
      line({ value: 'Turned \u202e round.' }),
      line({ show: 'test:99' }),
      line({ season: 57 }),
      line({ show: 'SIGEUNEOL', value: 'Said under an alias.' }),
      '',
    ])
    expect(result).toMatchObject({ lines: 12, added: 4, failed: 7 })
    expect(
      [...report].sort((a, b) => Number.parseInt(a.slice(5), 10) - Number.parseInt(b.slice(5), 10)),
    ).toEqual([
      'line 2: date: 2026-13-45 is not a date: there is no month 13',
      'line 3: the line is cut off: it is half of a JSON object',
      'line 4: show: no show here is called "No Such Show"',
      'line 5: show: 2 shows are called "Kingdom": say which, as greenlit:kingdom, greenlit:kingdom-2012',
      'line 8: value: has control or text-direction characters',
      'line 9: show: no show here has the id "test:99"',
      'line 10: season: 57 is too far past season 1, the last on record',
    ])
    expect(await count('claim')).toBe(before + 4)
  })
})

describe('the ledger remembers', () => {
  it('refuses to change or delete a claim', async () => {
    expect(await reasonOf(db().execute(sql`update claim set value = 'something else'`))).toBe(
      'the ledger is append-only: UPDATE on claim refused',
    )
    expect(await reasonOf(db().execute(sql`delete from claim`))).toBe(
      'the ledger is append-only: DELETE on claim refused',
    )
  })

  it('records a claim, its status, its event and the news of it together or not at all', async () => {
    await asOwner(async (owner) => {
      await owner`create function no_event() returns trigger language plpgsql as 'begin raise exception ''the disk is full''; end'`
      await owner`create trigger no_event before insert on event for each row execute function no_event()`
    })
    const told = parsed({ show: 'The Told Show', value: 'Ordered at last.' })
    const before = [await count('claim'), await count('season'), await count('source'), await count('outbox')]
    const work = () => recordClaims([told], { mode: 'live', today: TODAY, now: NOW })
    expect(await reasonOf(work())).toBe('the disk is full')
    expect([
      await count('claim'),
      await count('season'),
      await count('source'),
      await count('outbox'),
    ]).toEqual(before)
    expect((await getShowPage('told', TODAY))?.status.status).toBe('unknown')
    await asOwner((owner) => owner`drop trigger no_event on event`)
    expect(await work()).toMatchObject({ added: 1, events: 1 })
    expect((await getShowPage('told', TODAY))?.status).toMatchObject({ status: 'returning', nextSeason: 2 })
    expect(await count('outbox')).toBe(before[3]! + 1)
  })

  it('tells a second source of the same happening nobody a second time', async () => {
    const before = await count('outbox')
    const again = parsed({
      show: 'The Told Show',
      value: 'It is ordered.',
      publisher: 'The Weekly',
      url: 'https://weekly.test/',
      published_on: '2026-11-21',
    })
    expect(await recordClaims([again], { mode: 'live', today: TODAY, now: NOW })).toMatchObject({
      added: 1,
      events: 0,
    })
    expect(await count('outbox')).toBe(before)
  })

  it('tells nobody of what a page of last year brings up', async () => {
    const before = await count('outbox')
    const old = parsed({
      show: 'The Told Show',
      kind: 'filming_started',
      value: 'Cameras rolled.',
      published_on: '2025-10-01',
    })
    expect(await recordClaims([old], { mode: 'live', today: TODAY, now: NOW })).toMatchObject({
      added: 1,
      // That it is filmed, and so that it is in the making.
      events: 2,
    })
    expect(await count('outbox')).toBe(before)
  })

  it('takes a claim back in public: marked, corrected, and no longer counted', async () => {
    const [one] = await db().execute<{ id: string }>(
      sql`select id from claim where kind = 'filming_started' and value = 'Cameras rolled.'`,
    )
    expect((await getShowPage('told', TODAY))?.seasons.find(({ number }) => number === 2)?.state.status).toBe(
      'filming',
    )
    const take = () => retractClaim(one!.id, 'The page spoke of another show.', { today: TODAY, now: NOW })
    expect(await take()).toEqual({ ok: true })
    expect(await take()).toEqual({ ok: true })
    const show = await getShowPage('told', TODAY)
    const second = show?.seasons.find(({ number }) => number === 2)
    expect(second?.state.status).toBe('announced')
    expect(second?.claims.find(({ id }) => id === one!.id)?.state).toBe('retracted')
    expect(show?.corrections).toHaveLength(1)
    expect(show?.corrections[0]?.text).toMatch(
      /^A statement by The Daily of 1 October 2025 about season 2 no longer counts:/,
    )
    expect(await retractClaim('c_00000000000000000000', 'No.', { today: TODAY, now: NOW })).toMatchObject({
      ok: false,
    })
  })

  it('and does not quote in public what may give an ending away', async () => {
    const plot = parsed({
      show: 'The Told Show',
      kind: 'plot_official',
      value: 'The mayor is back from the sea.',
    })
    await recordClaims([plot], { mode: 'live', today: TODAY, now: NOW })
    const [one] = await db().execute<{ id: string }>(
      sql`select id from claim where value = 'The mayor is back from the sea.'`,
    )
    await retractClaim(one!.id, 'It was a joke.', { today: TODAY, now: NOW })
    const texts = (await getShowPage('told', TODAY))!.corrections.map(({ text }) => text).join(' ')
    expect(texts).toContain('It was a joke.')
    expect(texts).not.toContain('mayor')
  })
})

describe('the clock', () => {
  it('turns a day into a premiere, and tells it once', async () => {
    const stateOn = async (today: Day) => {
      await deriveStates({ today, now: NOW, tell: true })
      const [row] = await db().execute<{ status: string }>(sql`
        select season_state.status from season_state join season on season.id = season_id join show on show.id = season.show_id
        where slug = 'quiet' and number = 1`)
      return row?.status
    }
    expect(await stateOn('2026-11-30')).toBe('dated')
    expect(await stateOn('2026-12-01')).toBe('airing')
    expect(await stateOn('2026-12-01')).toBe('airing')
    const { items } = await getChanges({ limit: 100 })
    expect(items.filter(({ show, kind }) => show.slug === 'quiet' && kind === 'premiered')).toHaveLength(1)
    expect((await deriveStates({ today: '2026-12-01', now: NOW })).changed).toEqual([])
  })
})

describe('reading the ledger', () => {
  it('pages through all changes without a gap or a repeat', async () => {
    const { items: all } = await getChanges({ limit: 500 })
    const paged: number[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof getChanges>> = await getChanges({ cursor, limit: 3 })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor)
    expect(paged).toEqual(all.map(({ id }) => id))
    expect(all.every((change, i) => i === 0 || change.happenedOn <= all[i - 1]!.happenedOn)).toBe(true)
    const since = await getChanges({ since: '2026-01-01', limit: 500 })
    expect(since.items.map(({ id }) => id)).toEqual(
      all.filter(({ happenedOn }) => happenedOn >= '2026-01-01').map(({ id }) => id),
    )
  })

  it('calls a broken cursor broken', async () => {
    expect(await getChanges({ cursor: "' or true --" })).toEqual({ items: [], next: null, broken: true })
  })

  it('counts for each source how its dates fared', async () => {
    const sources = await getSources(TODAY)
    const [counted] = await db().execute<{ n: number }>(sql`select count(*)::int as n from claim`)
    expect(sources.reduce((sum, { claims }) => sum + claims, 0)).toBe(counted!.n)
    expect(sources.find(({ name }) => name === 'The Mary Sue')).toMatchObject({
      cameTrue: 0,
      missed: 1,
      site: 'themarysue.com',
    })
    expect(sources.find(({ name }) => name === 'India TV')).toMatchObject({
      missed: 0,
      open: 1,
      classes: ['press'],
    })
  })

  it('exports what another database imports to the same bytes', async () => {
    const write = async () => {
      let text = ''
      const claims = await exportClaims((one) => {
        text += one
      })
      return { text, claims }
    }
    const here = await write()
    expect(here.claims).toBe((await count('claim')) - (await count('retraction')))
    const { closeDb } = await import('@/db/client')
    const home = process.env.MIGRATION_DATABASE_URL!
    await closeDb()
    pointAt(await createDatabase())
    try {
      await importCatalogue(shows.map((show) => JSON.stringify(show)))
      expect((await importLines(here.text.trim().split('\n'))).result).toMatchObject({
        added: here.claims,
        failed: 0,
      })
      expect(await write()).toEqual(here)
    } finally {
      await closeDb()
      pointAt(home)
    }
  })
})
