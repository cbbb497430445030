import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { exportCatalogue, importCatalogue } from '@/lib/catalogue/commands'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { apiShow } from '@/lib/feeds/api'
import { getShowPage } from '@/lib/pages/show'
import type { Day } from '@/lib/shared/day'
import { greenlit } from '../support/command-line'
import { createDatabase, pointAt } from '../support/database'

process.env.GREENLIT_ROLE = 'cli'

const TODAY = '2026-11-22'
const folder = mkdtempSync(path.join(tmpdir(), 'greenlit-facts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const fileOf = (lines: object[]) => {
  const file = path.join(folder, `${crypto.randomUUID()}.ndjson`)
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

const importLines = async (
  lines: (Partial<CatalogueRecord> | string)[],
  provider?: string,
  today: Day = TODAY,
) => {
  const said: string[] = []
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  const report = (problem: string) => said.push(problem)
  const result = await importCatalogue(text, { report, today, ...(provider ? { provider } : {}) })
  expect(said).toEqual([])
  return result
}
const exported = async () => {
  let text = ''
  await exportCatalogue((line) => {
    text += line
  })
  return text
}
const rows = async (query: ReturnType<typeof sql>) =>
  [...(await db().execute(query))] as Record<string, unknown>[]
const facts = () =>
  rows(
    sql`select season, field, provider, value, as_of, seen_on::text, withdrawn_on::text from fact order by 1, 2, 3`,
  )
const seasons = () =>
  rows(
    sql`select number, premiere, premiere_latest::text as latest, finale, episodes, recorded from season order by 1`,
  )
const version = async () =>
  (await rows(sql`select value from setting where key = 'catalogue_version'`))[0]?.value ?? null
const freshDatabase = async () => {
  await closeDb()
  pointAt(await createDatabase())
}

const ids = { tmdb: '1' }
const tvmaze = {
  ids,
  title: 'Signal',
  network: 'tvN',
  country: 'South Korea',
  provenance: ['tvmaze-2025 (CC BY-SA 4.0)'],
  seasons: [{ number: 1, premiere: '2016', episodes: 16 }],
}
const other = {
  ids,
  title: 'Signal',
  network: 'OCN',
  provenance: ['bangumi-data (CC BY 4.0)'],
  seasons: [{ number: 1, premiere: '2016-01-22', finale: '2016-03-12', episodes: 15 }],
}
const listed = (label: string, as_of: string) => ({
  ids,
  title: 'Signal',
  listed: { label, source: 'TVmaze', as_of },
})

beforeEach(freshDatabase)

describe('facts of several providers', () => {
  test('are kept each, and the second importer overwrites nothing of the first', async () => {
    await importLines([tvmaze])
    await importLines([other])
    expect(await seasons()).toEqual([
      {
        number: 1,
        premiere: '2016-01-22',
        latest: '2016-01-22',
        finale: '2016-03-12',
        episodes: 16,
        recorded: true,
      },
      { number: 2, premiere: null, latest: null, finale: null, episodes: null, recorded: false },
    ])
    expect(await facts()).toContainEqual({
      season: 1,
      field: 'episodes',
      provider: 'bangumi-data',
      value: '15',
      as_of: null,
      seen_on: TODAY,
      withdrawn_on: null,
    })
    const page = await getShowPage('signal', TODAY)
    expect(page).toMatchObject({ network: { name: 'tvN' }, country: 'South Korea' })
    expect(page?.givenBy).toEqual([
      {
        field: 'network',
        shown: { value: 'tvN', providers: ['tvmaze'] },
        others: [{ value: 'OCN', providers: ['bangumi-data'] }],
      },
    ])
    expect(page?.seasons[0]).toMatchObject({
      recordedBy: { premiere: ['bangumi-data'], finale: ['bangumi-data'], episodes: ['tvmaze'] },
      givenBy: [{ field: 'episodes', others: [{ value: '15', providers: ['bangumi-data'] }] }],
    })
  })

  test('show the same whichever was imported first', async () => {
    await importLines([tvmaze])
    await importLines([other])
    const [one, factsOfOne] = [await seasons(), await facts()]
    await freshDatabase()
    await importLines([other])
    await importLines([tvmaze])
    expect(await seasons()).toEqual(one)
    expect(await facts()).toEqual(factsOfOne)
  })

  test('may be those of a provider the operator names', async () => {
    const plain = fileOf([{ ids, title: 'Signal', seasons: [{ number: 1, episodes: 14 }] }])
    await importLines([tvmaze])
    expect((await greenlit('import', 'catalogue', plain, '--provider', 'by-hand')).status).toBe(0)
    expect((await seasons())[0]).toMatchObject({ premiere: '2016', episodes: 14 })
    expect(await greenlit('import', 'catalogue', plain, '--provider', ' ')).toEqual({
      status: 2,
      out: '',
      err: expect.stringMatching(/^greenlit: --provider is empty; usage/),
    })
    expect((await greenlit('import', 'catalogue', plain, '--provider', 'a\nb')).status).toBe(2)
  })

  test('imported again change nothing, also on a later day', async () => {
    await importLines([tvmaze, other].map((line) => JSON.stringify(line)))
    const before = [await facts(), await exported(), await version()]
    await importLines([other], undefined, '2027-02-01')
    await importLines([tvmaze], undefined, '2027-02-01')
    const [again] = [await facts()]
    expect(again).toEqual(before[0])
    // The last line's provenance is the record's; the facts and what is shown are untouched.
    expect(await exported()).toContain('"premiere":"2016-01-22","finale":"2016-03-12","episodes":16')
    const now = await version()
    await importLines([tvmaze], undefined, '2027-02-02')
    expect(await version()).toBe(now)
  })
})

describe('a fact taken back', () => {
  test('with null in a line no longer counts, and the others’ word is shown', async () => {
    await importLines([tvmaze])
    await importLines([other])
    await importLines(
      [{ ...tvmaze, network: null, seasons: [{ number: 1, episodes: null }] }],
      undefined,
      '2026-12-01',
    )
    expect((await seasons())[0]).toMatchObject({ premiere: '2016-01-22', episodes: 15 })
    expect(await getShowPage('signal', TODAY)).toMatchObject({ network: { name: 'OCN' } })
    expect((await facts()).filter(({ withdrawn_on }) => withdrawn_on === '2026-12-01')).toMatchObject([
      { field: 'network', provider: 'tvmaze' },
      { field: 'episodes', provider: 'tvmaze', value: '16' },
    ])
  })

  test('leaves the row of a season that nobody else gives, on record no longer', async () => {
    await importLines([tvmaze])
    await importLines(
      [{ ids, title: 'Signal', seasons: [{ number: 2, premiere: '2027', name: 'Two' }] }],
      'mine',
    )
    expect((await seasons())[1]).toMatchObject({ number: 2, premiere: '2027', recorded: true })
    await importLines([{ ids, title: 'Signal', seasons: [{ number: 2, premiere: null }] }], 'mine')
    expect((await seasons())[1]).toEqual({
      number: 2,
      premiere: null,
      latest: null,
      finale: null,
      episodes: null,
      recorded: false,
    })
    expect(await getShowPage('signal', TODAY)).toMatchObject({ status: { nextSeason: 2 } })
  })
})

describe('a label', () => {
  test('becomes a fact of its source with its day, and is shown and given by the API', async () => {
    await importLines([tvmaze, listed('Running', '2024')].map((line) => JSON.stringify(line)))
    const page = (await getShowPage('signal', TODAY))!
    expect(page.labels).toEqual([{ provider: 'TVmaze', label: 'Running', asOf: '2024' }])
    expect(apiShow(page)).toMatchObject({
      labels: [{ provider: 'TVmaze', label: 'Running', as_of: '2024' }],
      newest_source_on: null,
    })
    await importLines([listed('Ended', '2025')])
    expect((await getShowPage('signal', TODAY))?.labels).toEqual([
      { provider: 'TVmaze', label: 'Ended', asOf: '2025' },
    ])
  })

  test('that changes has the show derived again by the import', async () => {
    await greenlit('import', 'catalogue', fileOf([tvmaze]))
    await db().execute(sql`update show_state set answer = 'stale'`)
    await greenlit('import', 'catalogue', fileOf([tvmaze]))
    expect(await rows(sql`select answer from show_state`)).toEqual([{ answer: 'stale' }])
    await greenlit('import', 'catalogue', fileOf([listed('Ended', '2025')]))
    expect(await rows(sql`select answer = 'stale' as stale from show_state`)).toEqual([{ stale: false }])
  })
})

test('a show that is over says by the API when it ended, as precise as that is known', async () => {
  await importLines([tvmaze, listed('Ended', '2025')].map((line) => JSON.stringify(line)))
  expect(apiShow((await getShowPage('signal', TODAY))!)).toMatchObject({
    show_status: 'over',
    ids,
    ended: null,
  })
  await importLines([{ ids, title: 'Signal', seasons: [{ number: 1, finale: '2016-03-12' }] }], 'mine')
  expect(apiShow((await getShowPage('signal', TODAY))!)).toMatchObject({ ended: '2016-03-12' })
})

test('the newest source of a show is kept with its state', async () => {
  await greenlit('import', 'catalogue', fileOf([tvmaze]))
  const claim = (published_on: string, url: string) => ({
    show: 'Signal',
    season: 2,
    kind: 'renewed',
    value: 'Ordered.',
    date: null,
    publisher: 'The Paper',
    url,
    published_on,
    source_class: 'press',
  })
  const claims = [claim('2026-03-11', 'https://example.org/a'), claim('2025-01-01', 'https://example.org/b')]
  expect((await greenlit('import', 'claims', fileOf(claims))).status).toBe(0)
  expect(await rows(sql`select newest_source_on::text as day from show_state`)).toEqual([
    { day: '2026-03-11' },
  ])
  expect(await getShowPage('signal', TODAY)).toMatchObject({ newestSourceOn: '2026-03-11' })
})

test('export and import into an empty database give the same shown values and the same facts', async () => {
  await importLines([tvmaze], undefined, '2026-11-01')
  await importLines([other], undefined, '2026-11-02')
  await importLines([listed('Ended', '2025')], undefined, '2026-11-03')
  await importLines([{ ids, title: 'Signal', seasons: [{ number: 4 }] }], 'mine', '2026-11-04')
  await importLines(
    [{ ids, title: 'Signal', seasons: [{ number: 1, episodes: null }] }],
    'tvmaze',
    '2026-11-05',
  )
  const text = await exported()
  const [shown, given] = [await seasons(), await facts()]
  await importLines(text.trimEnd().split('\n'))
  expect([await seasons(), await facts(), await exported()]).toEqual([shown, given, text])
  await freshDatabase()
  await importLines(text.trimEnd().split('\n'))
  const numbers = (all: Record<string, unknown>[]) => all.filter(({ recorded }) => recorded)
  expect(numbers(await seasons())).toEqual(numbers(shown))
  // The country that a field of the line alone states is seen on the day of the import.
  const words = (all: Record<string, unknown>[]) =>
    all.filter(({ field }) => field !== 'label' && field !== 'country')
  expect(words(await facts())).toEqual(words(given))
  expect(await exported()).toBe(text)
})

describe('greenlit fact withdraw', () => {
  const withdraw = (...words: string[]) => greenlit('fact', 'withdraw', ...words)
  beforeEach(async () => {
    await greenlit('import', 'catalogue', fileOf([tvmaze, other]))
  })

  test('takes a provider’s word back; what the others say is shown', async () => {
    expect(await withdraw('--provider', 'tvmaze', 'signal', '1', 'episodes')).toEqual({
      status: 0,
      err: '',
      out: 'tvmaze no longer gives episodes of season 1 of signal',
    })
    expect((await seasons())[0]).toMatchObject({ episodes: 15 })
    expect((await withdraw('--provider', 'tvmaze', 'signal', 'network')).status).toBe(0)
    expect(await getShowPage('signal', TODAY)).toMatchObject({ network: { name: 'OCN' } })
  })

  test('refuses a wrong call in one line, with status 2', async () => {
    for (const [words, reason] of [
      [['signal', '1', 'episodes'], '--provider is missing'],
      [['--provider', 'tvmaze', 'signal'], 'FIELD is missing'],
      [['--provider', 'tvmaze', 'signal', '1', 'episodes', 'x'], '"x" is one word too many'],
      [['--provider', 'tvmaze', 'signal', '0', 'episodes'], 'SEASON "0" is no number from 1 to 1000'],
      [['--provider', 'tvmaze', 'signal', '1', 'colour'], 'FIELD "colour" is none of counted, premiere,'],
      [['--provider', 'tvmaze', 'signal', 'episodes'], 'episodes is a field of a season: say of which'],
      [['--provider', 'tvmaze', 'signal', '1', 'network'], 'network is a field of the show'],
    ] as [string[], string][]) {
      const { status, out, err } = await withdraw(...words)
      expect(status, words.join(' ')).toBe(2)
      expect(out).toBe('')
      expect(err.split('\n')).toHaveLength(1)
      expect(err).toContain(`greenlit: ${reason}`)
    }
  })

  test('says in one line what is not there to be taken back, with status 1', async () => {
    for (const [words, err] of [
      [['nobody', '1', 'episodes'], 'greenlit: there is no show "nobody"'],
      [['signal', '7', 'episodes'], 'greenlit: tvmaze gives no episodes of season 7'],
      [['signal', '1', 'finale'], 'greenlit: tvmaze gives no finale of season 1; bangumi-data does'],
    ] as [string[], string][])
      expect(await withdraw('--provider', 'tvmaze', ...words)).toEqual({ status: 1, out: '', err })
    await withdraw('--provider', 'tvmaze', 'signal', 'network')
    expect(await withdraw('--provider', 'tvmaze', 'signal', 'network')).toMatchObject({
      status: 1,
      err: 'greenlit: tvmaze took network back on 2026-11-22',
    })
  })

  test('prints one JSON object and nothing else with --json', async () => {
    expect(await withdraw('--provider', 'tvmaze', 'signal', '1', 'premiere', '--json')).toEqual({
      status: 0,
      err: '',
      out: '{"show":"signal","season":1,"field":"premiere","provider":"tvmaze"}',
    })
  })
})
