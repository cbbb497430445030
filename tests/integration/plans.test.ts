import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { importCatalogue } from '@/lib/catalogue/commands'
import { countSitemap } from '@/lib/feeds/queries'
import { importClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { getChanges, getCorrections } from '@/lib/ledger/queries'
import { type BrowseFilter, writeCursor } from '@/lib/lists/browse'
import { getCalendar } from '@/lib/lists/calendar'
import { browseShows, getFacets } from '@/lib/lists/queries'
import { getEpisodes } from '@/lib/pages/episodes'
import { getHome } from '@/lib/pages/home'
import { getShowPage } from '@/lib/pages/show'
import { searchBeyond } from '@/lib/search/beyond-names'
import { searchRows } from '@/lib/search/queries'
import { keepValues } from '@/lib/shared/kept'
import { asOwner } from '../support/database'
import { grow } from '../support/grow'
import { rowsRead } from '../support/rows-read'

/** From this size on the planner reads a few shows by an index, as it does at any larger one. */
const SHOWS = 15_000
/** A table of so many rows is large: nothing that a reader asks for may read it from one end to the other. */
const LARGE = 5_000
/** Nor more rows of it than these, an eighth of the shows: a page prints some dozens, and chooses them among more. */
const READ_MAX = 2_000
/** For a row that is printed it looks at so many of one table. */
const READ_FOR_ONE = 5

const TODAY = '2026-12-01'

/** What of a page's reading would grow with the catalogue, in words; none where nothing does. */
async function growing(page: () => Promise<unknown>, printed = 0): Promise<string[]> {
  // What a process keeps it reads once.
  await page()
  return (await rowsRead(page)).flatMap(({ table, rows, sequentially, byIndex }) => {
    if (rows < LARGE) return []
    if (sequentially > 0) return [`${table}: ${sequentially} of ${rows} rows one after the other`]
    return byIndex > READ_MAX + READ_FOR_ONE * printed
      ? [`${table}: ${byIndex} of ${rows} rows by an index`]
      : []
  })
}

/** Of the starter's claims and shows every so manieth, and the shows that those claims are about. */
const EVERY = { claim: 6, show: 80 }
async function loadDonors(): Promise<void> {
  const linesOf = (name: string) => readFileSync(`db/starter/${name}`, 'utf8').trim().split('\n')
  const claims = linesOf('claims.ndjson').filter((_, place) => place % EVERY.claim === 0)
  const spokenOf = new Set(claims.map((line) => (JSON.parse(line) as { show: string }).show))
  const shows = linesOf('catalogue.ndjson').filter((line, place) => {
    const { title, slug } = JSON.parse(line) as { title: string; slug: string }
    return place % EVERY.show === 0 || spokenOf.has(title) || spokenOf.has(`greenlit:${slug}`)
  })
  await importCatalogue(shows, { report: () => {}, today: TODAY })
  await importClaims(claims, { report: () => {} })
  await deriveStates({ today: TODAY })
}

let slug = ''
let season = 1
let person = ''
let title = ''

describe(`at ${SHOWS} shows`, () => {
  beforeAll(async () => {
    process.env.DATABASE_POOL = '1'
    await loadDonors()
    // Small beside the shows, so that it is made in seconds; large beside what a page may read.
    const measures = {
      ...{ seasons: 2, names: 1.5, credits: 3, episodes: 3, claims: 3, follows: 1 },
      ...{ people: 1, readers: 0.3 },
    }
    await asOwner(async (owner) => {
      await grow(owner, {
        shows: SHOWS,
        measures,
        report: process.env.GREENLIT_REPORT ? console.log : () => {},
      })
      await owner`insert into related (show_id, rank, related_show_id, score, reasons)
        select i, k, 1 + (i * 7 + k * 131) % ${SHOWS}, 0.5, '[]' from generate_series(1, ${SHOWS}) i, generate_series(1, 3) k
        on conflict do nothing`
      await owner`vacuum analyze`
    })
    keepValues()
    const [show] = await db().execute<{ slug: string; season: number; title: string }>(sql`
      select show.slug, season.number as season, show.title from show join season on season.show_id = show.id
      where exists (select from episode where season_id = season.id)
        and (select count(*) from claim where show_id = show.id) > 3 order by show.id limit 1`)
    slug = show!.slug
    season = show!.season
    title = show!.title
    const [known] = await db().execute<{ name: string }>(sql`
      select person.name from credit join person on person.id = person_id group by person.id having count(*) between 2 and 20
      order by person.id limit 1`)
    person = known!.name
  }, 300_000)
  afterAll(() => {
    delete process.env.DATABASE_POOL
  })

  it('the count that the promise rests on tells a table that is read whole', async () => {
    const read = await rowsRead(() => db().execute(sql`select max(length(title)) from show`))
    expect(read).toEqual([{ table: 'show', rows: SHOWS, sequentially: SHOWS, byIndex: 0 }])
  })

  it('the first page reads no large table whole', async () => {
    expect(await growing(() => getHome(TODAY))).toEqual([])
  })

  it('nor does the page of a show, or of a season', async () => {
    expect(await growing(() => getShowPage(slug))).toEqual([])
    const ofSeason = () => Promise.all([getShowPage(slug, TODAY, season), getEpisodes(slug, season, TODAY)])
    expect(await growing(ofSeason)).toEqual([])
  })

  it('nor a list in any order, by any filter, at any page', async () => {
    const sorts = ['popular', 'title', 'newest', 'next'] as const
    const filters: Partial<BrowseFilter>[] = [
      {},
      { genre: 'drama' },
      { country: 'japan', kind: 'anime' },
      { status: 'returning' },
      { lamp: 'coming' },
      { year: '2020' },
      { person },
    ]
    for (const sort of sorts)
      for (const filter of filters) {
        const list = () => Promise.all([browseShows({ ...filter, sort }), getFacets({ ...filter, sort })])
        expect([filter, sort, await growing(list)]).toEqual([filter, sort, []])
      }
    const cursor = { key: '20', id: 900, direction: 'next' as const }
    expect(await growing(() => browseShows({ sort: 'popular', cursor }))).toEqual([])
    expect(writeCursor(cursor)).not.toBe('')
  }, 60_000)

  it('nor a search for a name, for half of one, for a person, or for nothing', async () => {
    for (const query of [title, title.slice(0, 3), `${title.slice(1)}x`, person, 'qqqq zzzz'])
      expect([query, await growing(() => Promise.all([searchRows(query, 30), searchBeyond(query)]))]).toEqual(
        [query, []],
      )
  })

  it('nor a month of the calendar, behind us or ahead', async () => {
    for (const month of ['2010-03', '2024-05', '2026-12', '2027-06']) {
      const { days, windows } = await getCalendar(month, TODAY)
      const printed = days.reduce((sum, { entries }) => sum + entries.length, windows.length)
      expect([month, await growing(() => getCalendar(month, TODAY), printed)]).toEqual([month, []])
    }
  })

  it('nor what changed, and what was corrected', async () => {
    expect(await growing(() => getChanges({}))).toEqual([])
    expect(await growing(() => getChanges({ since: '2026-11-01' }))).toEqual([])
    expect(await growing(() => getCorrections({}))).toEqual([])
  })

  it('what is counted is what is there, whatever came, changed and went', async () => {
    const counts = async () => (await getHome(TODAY)).counts
    const counted = async () => {
      const [row] = await db().execute<Record<string, number>>(sql`
        select (select count(*)::int from show) as shows, (select count(*)::int from season where recorded) as seasons,
          (select count(published_on)::int from claim) as dated,
          (select (count(*) - count(published_on))::int from claim) as undated`)
      return row
    }
    const flat = async () => {
      const { shows, seasons, claims } = await counts()
      return { shows, seasons, ...claims }
    }
    expect(await flat()).toEqual(await counted())
    await db().execute(
      sql`insert into show (slug, title) values ('counted-one', 'One'), ('counted-two', 'Two')`,
    )
    await db().execute(sql`insert into season (show_id, number, recorded)
      select id, n, n = 1 from show, generate_series(1, 2) n where slug like 'counted-%'`)
    expect(await flat()).toEqual(await counted())
    await db().execute(sql`update season set recorded = not recorded
      where show_id in (select id from show where slug = 'counted-one') or number = 2 and show_id <= 5`)
    expect(await flat()).toEqual(await counted())
    await db().execute(sql`delete from show where slug like 'counted-%'`)
    const { foldTally } = await import('@/lib/catalogue/tally')
    await foldTally()
    expect(await flat()).toEqual(await counted())
    expect(await countSitemap()).toMatchObject({ shows: SHOWS })
  })
})
