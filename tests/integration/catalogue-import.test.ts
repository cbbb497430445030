import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import type postgres from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { closeDb, db } from '@/db/client'
import { exportCatalogue, importCatalogue } from '@/lib/catalogue/commands'
import { canonicalLine } from '@/lib/catalogue/record'
import { checkLine } from '@/lib/catalogue/rules'
import type { CatalogueRecord } from '@/lib/catalogue/types'
import { apiShow } from '@/lib/feeds/api'
import { getShowPage } from '@/lib/pages/show'
import { asOwner, createDatabase, pointAt } from '../support/database'
import { anyRecord } from '../support/records'

// Importing is an operator's work: it has the command line's patience, not a page's.
process.env.GREENLIT_ROLE = 'cli'

const starter = readFileSync(path.join(import.meta.dirname, '../../db/starter/catalogue.ndjson'), 'utf8')
const starterLines = starter.trimEnd().split('\n')

const importLines = async (lines: (string | Partial<CatalogueRecord>)[], lists?: 'unite') => {
  const said: string[] = []
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  const result = await importCatalogue(text, {
    report: (line) => said.push(line),
    ...(lists ? { lists } : {}),
  })
  return { ...result, said }
}
const exported = async () => {
  let text = ''
  await exportCatalogue((line) => {
    text += line
  })
  return text
}
const rows = async (query: ReturnType<typeof sql>) =>
  (await db().execute(query)) as unknown as Record<string, unknown>[]
const freshDatabase = async () => {
  await closeDb()
  pointAt(await createDatabase())
}
const shows = async () =>
  (await exported())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CatalogueRecord)
const version = async () =>
  (await rows(sql`select value from setting where key = 'catalogue_version'`))[0]?.value ?? null

beforeEach(freshDatabase)

describe('the catalogue in and out', () => {
  test('export, empty database, import, export gives the same bytes', { timeout: 120_000 }, async () => {
    // Every sixth show of the starter: the whole of it is loaded for other tests, and takes a minute four times over.
    const sample = starterLines.filter((_, i) => i % 6 === 0)
    const startedAt = performance.now()
    expect(await importLines(sample)).toMatchObject({ added: sample.length, failed: 0, said: [] })
    console.log(`imported ${sample.length} shows in ${Math.round(performance.now() - startedAt)} ms`)
    const first = await exported()
    expect(first === `${sample.join('\n')}\n`).toBe(true)
    const before = await version()
    expect(await importLines(sample)).toMatchObject({ added: 0, updated: sample.length, failed: 0 })
    expect(await version(), 'nothing changed, so nothing needs to be built anew').toBe(before)
    await freshDatabase()
    await importLines(first.trimEnd().split('\n').reverse())
    expect((await exported()) === first).toBe(true)
  })

  test('any records come back as they were, also into an empty database', async () => {
    const empty = (owner: postgres.Sql) => owner`truncate show, outside_id restart identity cascade`
    await asOwner((owner) =>
      fc.assert(
        fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 6 }), async (records) => {
          await empty(owner)
          await importLines(records)
          const first = await exported()
          await empty(owner)
          await importLines(first.trimEnd().split('\n'))
          expect(await exported()).toBe(first)
          await importLines(first.trimEnd().split('\n'))
          expect(await exported()).toBe(first)
        }),
        { numRuns: 40 },
      ),
    )
  })

  test('every show has the season its readers wait for', async () => {
    await importLines([
      { ids: { x: '1' }, title: 'Two so far', seasons: [{ number: 1 }, { number: 2, premiere: '2024' }] },
      { ids: { x: '2' }, title: 'None so far' },
    ])
    const waited = sql`select s.title, e.number from season e join show s on s.id = e.show_id where not recorded order by 1`
    expect(await rows(waited)).toEqual([
      { title: 'None so far', number: 1 },
      { title: 'Two so far', number: 3 },
    ])
    await importLines([
      { ids: { x: '1' }, title: 'Two so far', seasons: [{ number: 3, premiere: '2026-01' }] },
    ])
    expect(
      await rows(sql`select number, recorded, premiere_earliest::text as earliest, premiere_latest::text as latest
      from season e join show s on s.id = e.show_id where s.title = 'Two so far' and number > 2 order by number`),
    ).toEqual([
      { number: 3, recorded: true, earliest: '2026-01-01', latest: '2026-01-31' },
      { number: 4, recorded: false, earliest: null, latest: null },
    ])
  })
})

describe('a file with bad lines', () => {
  test('is reported line by line, applies nothing of a bad line and all of the rest', async () => {
    const { said, ...result } = await importLines([
      { ids: { x: '1' }, title: 'Good' },
      '{"ids":{"x":"2"},"title":"Bad date","network":"Nowhere","seasons":[{"number":1,"premiere":"2026-13-45"}]}',
      { ids: { x: '3' }, title: 'Reversed \u202e title' },
      '',
      { ids: { x: '4' }, title: '<img src=x onerror=alert(1)>' },
      '{"ids":{"x":"5"},"title":"Half a li',
    ])
    expect(result).toEqual({ lines: 6, added: 2, updated: 0, failed: 3 })
    expect(said).toEqual([
      'line 2: seasons.0.premiere: 2026-13-45 is not a date: there is no month 13',
      'line 3: title: has a control or text-direction character, U+202E',
      'line 6: the line is cut off: it is half of a JSON object',
    ])
    expect((await shows()).map(({ title }) => title).sort()).toEqual(['<img src=x onerror=alert(1)>', 'Good'])
    expect(await rows(sql`select name from network`)).toEqual([])
  })

  test('loses no show for its specials or for seasons called by their year: those are left out and named', async () => {
    const seasons = [
      { number: 0, name: 'Specials', premiere: '2020-12-24' },
      { number: 1, episodes: 8 },
      { number: 2024 },
    ]
    const { said, ...result } = await importLines([{ ids: { x: '1' }, title: 'Specials', seasons }])
    expect(result).toEqual({ lines: 1, added: 1, updated: 0, failed: 0 })
    expect(said).toEqual([
      'line 1: seasons.0: season 0, the specials, was left out: the seasons of a show begin with 1',
      'line 1: seasons.2: season 2024 was left out: a year is no number of a season',
    ])
    expect((await shows())[0]!.seasons).toEqual([{ number: 1, episodes: 8 }])
  })

  test('cannot tie two shows together or give one a second id of a kind', async () => {
    await importLines([
      { ids: { tmdb: '1' }, title: 'Dark' },
      { ids: { mal: '2' }, title: 'Kingdom' },
    ])
    const before = await exported()
    expect((await importLines([{ ids: { tmdb: '1', mal: '2' }, title: 'Both' }])).said).toEqual([
      'line 1: ids: belong to different shows: tmdb:1 is dark, mal:2 is kingdom',
    ])
    expect((await importLines([{ ids: { tmdb: '1', anilist: '7' }, title: 'Dark' }])).failed).toBe(0)
    expect((await importLines([{ ids: { tmdb: '1', anilist: '8' }, title: 'Dark' }])).said).toEqual([
      'line 1: ids.anilist: dark is known as 7, not 8',
    ])
    expect((await importLines([{ ids: { new: '1' }, slug: 'dark', title: 'Dark' }])).said).toEqual([
      'line 1: slug: dark is the address of another show, which shares no id with this one',
    ])
    expect((await exported()).replace('"anilist":"7",', '')).toBe(before)
  })

  test('keeps both pages where a newer list knows two shows to be one, and says so', async () => {
    await importLines([
      { ids: { greenlit: 'answer-1988' }, slug: 'answer-1988', title: 'Answer 1988' },
      { ids: { greenlit: 'reply-1988' }, slug: 'reply-1988', title: 'Reply 1988' },
    ])
    const one = { ids: { greenlit: ['answer-1988', 'reply-1988'] }, slug: 'reply-1988', title: 'Reply 1988' }
    const { said, ...result } = await importLines([{ ...one, network: 'tvN' }])
    expect(result).toEqual({ lines: 1, added: 0, updated: 1, failed: 0 })
    expect(said).toEqual([
      'line 1: ids.greenlit: answer-1988 is a show of its own here and keeps its page beside reply-1988',
    ])
    expect((await shows()).map(({ title, network }) => [title, network])).toEqual([
      ['Answer 1988', undefined],
      ['Reply 1988', 'tvN'],
    ])
  })

  test('tells two lines about one show as one show, the later line last', async () => {
    await importLines([
      { ids: { tmdb: '1' }, title: 'First name', country: 'Japan' },
      { ids: { tmdb: '1', mal: '2' }, title: 'Second name' },
    ])
    expect(await shows()).toEqual([
      {
        ids: { mal: '2', tmdb: '1' },
        slug: 'first-name',
        title: 'Second name',
        kind: 'scripted',
        country: 'Japan',
      },
    ])
  })
})

test('a show of several ids in a namespace is known by each, and they come out as they went in', async () => {
  await importLines([{ ids: { mal: ['52991', '59978'], tmdb: '209867' }, title: 'Frieren' }])
  expect((await importLines([{ ids: { mal: '59978' }, title: 'Frieren' }])).added).toBe(0)
  await importLines([{ ids: { mal: ['59978', '7'] }, title: 'Frieren' }])
  const ids = { mal: ['52991', '59978', '7'], tmdb: '209867' }
  expect((await shows()).map((show) => show.ids)).toEqual([ids])
  expect(apiShow((await getShowPage('frieren'))!).ids).toEqual(ids)
})

describe('addresses of imported shows', () => {
  test('namesakes get their own, and an address never changes', async () => {
    const kingdom = (x: string, year: string, country: string) => ({
      ids: { x },
      title: 'Kingdom',
      country,
      seasons: [{ number: 1, premiere: year }],
    })
    await importLines([
      kingdom('1', '2019', 'South Korea'),
      kingdom('2', '2014-10-08', 'United States'),
      kingdom('3', '2014', 'United Kingdom'),
      kingdom('4', '2014', 'United Kingdom'),
      { ids: { x: '5' }, title: '進撃の巨人' },
    ])
    const slugs = async () => (await shows()).map(({ ids, slug }) => `${ids.x} ${slug}`).sort()
    const first = await slugs()
    expect(first).toEqual([
      '1 kingdom',
      '2 kingdom-2014',
      '3 kingdom-2014-united-kingdom',
      '4 kingdom-2',
      '5 show-x-5',
    ])
    await importLines([{ ids: { x: '1' }, slug: 'other', title: 'Another name' }])
    expect(await slugs()).toEqual(first)
  })

  test('united lists keep what an operator added', async () => {
    const line = { ids: { x: '1' }, title: 'A', aliases: ['Theirs'], tags: ['heist'] }
    await importLines([line])
    await importLines([{ ids: { x: '1', mine: '9' }, title: 'A', aliases: ['Theirs', 'Ours'] }])
    await importLines([line], 'unite')
    expect(await shows()).toEqual([
      {
        ids: { mine: '9', x: '1' },
        slug: 'a',
        title: 'A',
        aliases: ['Theirs', 'Ours'],
        kind: 'scripted',
        tags: ['heist'],
      },
    ])
  })
})

describe('what an import tells the rest of the house', () => {
  test('the catalogue has changed, and which cached pages are stale', async () => {
    await importLines([{ ids: { x: '1' }, title: 'A' }])
    const first = Number(await version())
    await importLines([{ ids: { x: '1' }, title: 'A' }])
    expect(Number(await version())).toBe(first)
    await importLines([{ ids: { x: '1' }, title: 'B' }])
    expect(Number(await version())).toBe(first + 1)
    const expired = await rows(sql`select distinct tag from cache_expiry order by tag`)
    expect(expired.map(({ tag }) => tag)).toEqual(['card:a', 'catalogue', 'seasons:a', 'show:a'])
  })

  test('a record read from the file is the record exported', async () => {
    const line = starterLines.find((text) => text.includes('"slug":"all-of-us-are-dead"')) as string
    await importLines([line])
    const read = checkLine(line)
    expect(await exported()).toBe(read.ok ? `${canonicalLine(read.record)}\n` : '')
  })
})
