import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET as searchDoor } from '@/app/api/v1/search/route'
import { db, onQuery } from '@/db/client'
import { importCatalogue } from '@/lib/catalogue/commands'
import { importClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { getCalendar } from '@/lib/lists/calendar'
import { getHome } from '@/lib/pages/home'
import { searchRows } from '@/lib/search/queries'
import { windowOf } from '../support/ledger'

const TODAY = '2026-12-01'

const show = (title: string, premieres: (string | null)[], more = {}) =>
  JSON.stringify({
    ids: { test: title },
    title,
    provenance: ['test-list'],
    seasons: premieres.map((premiere, i) => ({ number: i + 1, premiere })),
    ...more,
  })
const said = (title: string, season: number, kind: string, date: string | null, publishedOn: string) =>
  JSON.stringify({
    show: title,
    season,
    kind,
    value: kind === 'release_window' ? (windowOf(date)?.edtf ?? '') : kind,
    date,
    publisher: 'Deadline',
    url: `https://deadline.com/${encodeURIComponent(title)}/${season}/${kind}`,
    published_on: publishedOn,
    source_class: 'trade',
    quote: null,
    who: null,
    status: null,
  })

beforeAll(async () => {
  const shows = [
    show('Fresh Return', ['2024-03-01'], { network: 'HBO' }),
    show('Stale Promise', ['2023-03-01']),
    show('Brand New', []),
    show('Long Ordered', ['2019-05-01', '2020-05-01']),
    show('Gaps on Record', ['2000-05-01', null]),
    show('Stopped Lately', ['2025-02-01']),
  ]
  const claims = [
    said('Fresh Return', 2, 'release_date', '2027-03-14', '2026-11-02'),
    said('Stale Promise', 2, 'release_window', '2027', '2026-05-02'),
    said('Brand New', 1, 'release_date', '2027-01-09', '2026-10-02'),
    said('Long Ordered', 3, 'renewed', null, '2026-09-02'),
    said('Gaps on Record', 3, 'renewed', null, '2026-09-03'),
    said('Stopped Lately', 2, 'cancelled', null, '2026-08-03'),
  ]
  const bad: string[] = []
  await importCatalogue(shows, { report: (line) => bad.push(line), today: TODAY })
  await importClaims(claims, { report: (line) => bad.push(line) })
  expect(bad).toEqual([])
  await deriveStates({ today: TODAY })
})

const titles = (list: { title: string }[]) => list.map(({ title }) => title)

describe('the first page', () => {
  it('shows what comes back before what is new, and nothing of which nobody has spoken for 120 days', async () => {
    const { window, coming } = await getHome(TODAY)
    expect(titles([...window, ...coming])).toEqual(['Fresh Return', 'Brand New'])
    expect(window[0]).toMatchObject({ lamp: 'coming', says: 'Due 14 March 2027', network: 'HBO' })
    const later = await getHome('2027-03-10')
    expect(titles([...later.window, ...later.coming])).toEqual([])
  })

  it('has a shelf of what was ordered and one of what was stopped lately, each with its words', async () => {
    const { ordered, over } = await getHome(TODAY)
    expect(ordered.map(({ title, says }) => [title, says])).toEqual(
      expect.arrayContaining([['Long Ordered', 'Season 3 ordered']]),
    )
    expect(over.map(({ title, says }) => [title, says])).toEqual([
      ['Stopped Lately', 'Cancelled after season 1'],
    ])
  })

  it('counts a wait only from the season before, never across seasons that are not on record', async () => {
    const { waits } = await getHome(TODAY)
    expect(titles(waits)).toContain('Long Ordered')
    expect(titles(waits)).not.toContain('Gaps on Record')
  })
})

describe('the calendar', () => {
  it('tells a month that is over as over', async () => {
    const past = await getCalendar('2025-02', TODAY)
    expect(past.when).toBe('past')
    expect(past.days[0]?.entries).toMatchObject([{ title: 'Stopped Lately', lamp: 'ended' }])
    const ahead = await getCalendar('2027-03', TODAY)
    expect(ahead.when).toBe('ahead')
    expect(ahead.days[0]?.entries).toMatchObject([{ title: 'Fresh Return', lamp: 'coming', word: 'Dated' }])
    expect(ahead.windows).toMatchObject([{ title: 'Stale Promise', word: 'Window given' }])
  })
})

describe('search rows', () => {
  it('say how each show stands, at the cost of one statement however many there are', async () => {
    await searchRows('fresh', 8)
    const queries: string[] = []
    const stop = onQuery((query) => queries.push(query))
    const rows = await searchRows('r', 30)
    stop()
    expect(rows.length).toBeGreaterThan(0)
    expect(queries).toHaveLength(1)
    const [row] = await searchRows('fresh return', 1)
    expect(row).toMatchObject({
      nearness: 'same',
      show: { lamp: 'coming', network: 'HBO', says: 'Due 14 March 2027' },
    })
  })

  it('come with a small drawing where the box asks for one, and without where a program asks', async () => {
    const ask = async (query: string) =>
      (await (await searchDoor(new Request(`https://greenlit.test/api/v1/search?${query}`))).json())
        .results[0]
    const plain = await ask('q=fresh+return&limit=1')
    expect(plain).toEqual({
      slug: 'fresh-return',
      title: 'Fresh Return',
      matched: 'Fresh Return',
      year: 2024,
      nearness: 'same',
      season: null,
      network: 'HBO',
      lamp: 'coming',
      says: 'Due 14 March 2027',
    })
    const { cover, path, facts, ...rest } = await ask('q=fresh+return&limit=1&covers=1')
    expect(rest).toEqual(plain)
    expect([path, facts]).toEqual(['/shows/fresh-return', '2024, HBO'])
    expect(cover).toMatch(/^<svg class="poster p\d+" .*<\/svg>$/)
    expect(cover).not.toContain('Fresh')
  })

  it('lead to the season that was asked for, where the site has a page of it', async () => {
    const season = async (query: string) => (await searchRows(query, 1))[0]?.season
    expect(await season('fresh return season 1')).toBe(1)
    // Claimed, not begun.
    expect(await season('zweite Staffel Fresh Return')).toBe(2)
    expect(await season('fresh return')).toBe(null)
    expect(await season('fresh return season 7')).toBe(null)
    // Nobody has announced another of what was stopped.
    expect(await season('stopped lately season 1')).toBe(1)
    expect(await season('stopped lately season 3')).toBe(null)
  })

  it('are found also where their state cannot be read', async () => {
    await db().execute(sql`delete from show_state using show where show.id = show_id and slug = 'brand-new'`)
    expect(await searchRows('brand new', 1)).toMatchObject([{ title: 'Brand New', show: null }])
  })
})
