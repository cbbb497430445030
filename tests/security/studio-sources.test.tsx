/** The operator's page on asking providers of facts: what it shows, to whom, and what it makes of nonsense. */
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import SourcesAskedPage from '@/app/studio/sources/page'
import { Providers } from '@/app/studio/sources/providers'
import { db, onQuery } from '@/db/client'
import { setRole } from '@/lib/accounts/commands'
import { viewerOf } from '@/lib/accounts/queries'
import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { MINUTE, nextRunAt } from '@/lib/sources/hourly'
import {
  getSourcesOverview,
  LISTED_MAX,
  readAsideCursor,
  type SourcesOverview,
  writeAsideCursor,
} from '@/lib/sources/overview'
import { providers } from '@/lib/sources/registry'
import { Browser, makeShow, signInAs } from '../support/readers'

const here = vi.hoisted(() => ({ cookies: new Map<string, string>() }))
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => (here.cookies.has(name) ? { name, value: here.cookies.get(name) } : undefined),
    has: (name: string) => here.cookies.has(name),
  }),
}))

const NOW = new Date('2026-11-22T10:00:00Z')
/** What Next makes a page of status 404 of. */
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }

let operator: Browser

/** The page as a browser gets it. */
async function seenBy(browser: Browser, before?: string | string[]): Promise<string> {
  here.cookies = browser.cookies
  const searchParams = Promise.resolve(before === undefined ? {} : { before })
  return renderToStaticMarkup(await SourcesAskedPage({ searchParams }))
}

const asked = async (before: string | null = null, now = NOW): Promise<SourcesOverview> => {
  const overview = await getSourcesOverview(AT_THE_MACHINE, {
    before: before === null ? null : readAsideCursor(before),
    now,
  })
  if (!overview) throw new Error('the machine was refused')
  return overview
}
const tvmazeOf = ({ providers: all }: SourcesOverview) => all.find(({ name }) => name === 'tvmaze')!

beforeAll(async () => {
  operator = await signInAs('ops@greenlit.test')
  await setRole('ops@greenlit.test', 'operator')
})
afterEach(() => {
  delete process.env.GREENLIT_SYNC
  delete process.env.TMDB_TOKEN
})

describe('before anything was asked', () => {
  it('the page names every provider with its terms, and says what fills it', async () => {
    const page = await seenBy(operator)
    for (const { name, title, terms } of providers) {
      expect(page).toContain(`<h2 id="${name}">${title}</h2>`)
      expect(page).toContain(`“${terms.attribution}”, <a href="${terms.url}">${terms.licence}</a>`)
      expect(page).toContain(`Never asked. <code>npm run greenlit -- sync ${name}</code> fills this.`)
    }
    expect(page).toContain('Kept for 180 days without asking again, never exported, never learnt from.')
    expect(page).toContain('Kept for as long as we like, exported, may be learnt from.')
    expect(page.match(/Nothing is set aside\./g)).toHaveLength(providers.length)
  })

  it('a provider that lacks its token says so, and is not asked by itself though it is switched on', async () => {
    process.env.GREENLIT_SYNC = 'tmdb'
    const page = await seenBy(operator)
    expect(page).toContain('TMDB is asked with a token: set TMDB_TOKEN')
    expect(page).toContain('<code>GREENLIT_SYNC</code> names no provider that can be.')
    process.env.TMDB_TOKEN = 'a-token-of-the-tests'
    const { providers: all } = await asked()
    expect(all.map(({ name, lacks, nextRunAt: at }) => [name, lacks, at])).toContainEqual([
      'tmdb',
      null,
      '2026-11-22T10:41:00.000Z',
    ])
    expect(await seenBy(operator)).not.toContain('a-token-of-the-tests')
  })
})

it('the next run is the first such minute after now, within the hour', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (now) => {
        const waitMs = nextRunAt(now).getTime() - now.getTime()
        expect(waitMs).toBeGreaterThan(0)
        expect(waitMs).toBeLessThanOrEqual(3_600_000)
        expect(nextRunAt(now).getUTCMinutes()).toBe(MINUTE)
        expect(nextRunAt(now).getTime() % 60_000).toBe(0)
      },
    ),
  )
})

describe('once a provider was asked', () => {
  beforeAll(async () => {
    for (const slug of ['followed', 'dated-soon', 'dated-late', 'never-read', 'not-there'])
      await makeShow(slug)
    const ids = { followed: 1, 'dated-soon': 2, 'dated-late': 3, 'never-read': 4 }
    for (const [slug, id] of Object.entries(ids))
      await db().execute(sql`insert into outside_id (show_id, namespace, value)
        select id, 'tvmaze', ${String(id)} from show where slug = ${slug}`)
    const dates = { 'dated-soon': '2026-12-24', 'dated-late': '2027-03-01', 'never-read': '2026-11-30' }
    for (const [slug, day] of Object.entries(dates))
      await db().execute(sql`
        insert into show_state (show_id, status, because, next_season, next_status, next_edtf, next_earliest, next_latest,
          answer, lamp, claim_count, derived_for)
        select id, 'returning', '{}', 2, 'dated', ${day}, ${day}::date, ${day}::date, '', 'green', 0, '2026-11-22'
        from show where slug = ${slug}`)
    await db().execute(sql`
      insert into follow (reader_id, season_id) select r.id, season.id from reader r, season join show on show.id = season.show_id
      where r.email = 'ops@greenlit.test' and show.slug = 'followed' and season.number = 2`)
    const looks = { 1: '2026-11-20T08:00:00Z', 2: '2026-11-01T08:00:00Z', 3: '2026-02-01T08:00:00Z' }
    for (const [id, at] of Object.entries(looks))
      await db().execute(sql`
        insert into source_look (provider, outside_id, show_id, checked_at, changed_at)
        select 'tvmaze', value, show_id, ${at}::timestamptz, ${at}::timestamptz from outside_id
        where namespace = 'tvmaze' and value = ${id}`)
    await db().execute(sql`
      insert into sync_state (provider, read_until, started_at, ended_at, asked, "left", says)
      values ('tvmaze', '2026-11-19T09:41:00Z', '2026-11-22T09:41:00Z', '2026-11-22T09:43:00Z', 70, 4, 'api.tvmaze.com answered 503')`)
    // 120 answers, five to an instant, of shows nobody has here but one.
    await db().execute(sql`
      insert into quarantine (provider, outside_id, reason, first_seen_at, seen_at)
      select 'tvmaze', n::text, 'name: is missing <b>' || n, '2026-11-01T00:00:00Z',
        '2026-11-10T00:00:00.000123Z'::timestamptz + (n / 5) * interval '1 minute' from generate_series(4, 123) n`)
    await db().execute(sql`
      insert into quarantine (provider, outside_id, reason, first_seen_at, seen_at)
      values ('wikidata', 'Q7', 'labels: there is none', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')`)
  })

  it('its last run, its reach and the oldest look at what matters now are told', async () => {
    expect(tvmazeOf(await asked())).toMatchObject({
      run: {
        startedAt: '2026-11-22T09:41:00Z',
        endedAt: '2026-11-22T09:43:00Z',
        asked: 70,
        left: 4,
        says: 'api.tvmaze.com answered 503',
      },
      readUntil: '2026-11-19T09:41:00Z',
      known: 4,
      looked: 3,
      // The show that is dated for March is not counted, old though the look at it is.
      watched: 3,
      watchedUnread: 1,
      oldestLookAt: '2026-11-01T08:00:00Z',
      setAside: 120,
    })
    process.env.GREENLIT_SYNC = 'tvmaze'
    const page = renderToStaticMarkup(<Providers overview={await asked()} isEarlier={false} />)
    expect(page).toContain('The worker asks TVmaze next at <time dateTime="2026-11-22T10:41:00.000Z">')
    expect(page).toContain('3 weeks ago, of the shows followed or dated within 60 days')
    expect(page).toContain('70 shows asked, 4 left. It ended early: api.tvmaze.com answered 503.')
    expect(page).toContain('3 of 4 shows that bear its id')
    expect(page).toContain('1 of 3 never looked at')
    expect(page).toContain('120 answers')
  })

  it('all of it costs two queries, however much is set aside, and none for a stranger', async () => {
    const queries: string[] = []
    const stop = onQuery((query) => queries.push(query))
    try {
      await asked()
      expect(queries).toHaveLength(2)
      await getSourcesOverview(null, { before: null, now: NOW })
      expect(queries).toHaveLength(2)
    } finally {
      stop()
    }
  })

  it('an answer set aside leads to its page there, and to our show where one bears the id', async () => {
    const lines: SourcesOverview['providers'][number]['aside'] = []
    for (let next: string | null = null, pages = 0; pages < 10; pages++) {
      const one: SourcesOverview['providers'][number] = tvmazeOf(await asked(next))
      lines.push(...one.aside)
      if (!one.next) break
      next = writeAsideCursor(one.next)
    }
    expect(lines.find(({ id }) => id === '4')).toEqual({
      id: '4',
      page: 'https://www.tvmaze.com/shows/4',
      reason: 'name: is missing <b>4',
      firstSeenAt: '2026-11-01T00:00:00Z',
      seenAt: '2026-11-10T00:00:00Z',
      show: { slug: 'never-read', title: 'Title of never-read' },
    })
    // Each once, the newest first, over pages whose bounds fall among answers of one instant.
    expect(lines).toHaveLength(120)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(120)
    expect(lines.map(({ seenAt }) => seenAt)).toEqual(
      lines
        .map(({ seenAt }) => seenAt)
        .sort()
        .reverse(),
    )
  })

  it('more of it than fits is on pages of its own, of that provider alone', async () => {
    const first = await seenBy(operator)
    expect(first.match(/href="https:\/\/www\.tvmaze\.com\/shows\/\d+"/g)).toHaveLength(LISTED_MAX)
    expect(first).toContain('href="https://www.wikidata.org/wiki/Q7"')
    expect(first).toContain('name: is missing &lt;b&gt;')
    const [, address] = /href="\/studio\/sources\?before=([^"]+)"/.exec(first)!
    const second = await seenBy(operator, decodeURIComponent(address!))
    expect(second.match(/href="https:\/\/www\.tvmaze\.com\/shows\/\d+"/g)).toHaveLength(LISTED_MAX)
    expect(second).not.toContain('Q7')
    expect(second).toContain('href="/studio/sources#tvmaze"')
    const last = await seenBy(operator, 'tvmaze~2026-11-10T00:00:00.000000Z~1')
    expect(last).toContain('Nothing was set aside before that.')
  })
})

describe('the door', () => {
  it.each([
    ['no place', 'x'],
    ['a cursor of another list', 'WzEsIngiLDFd'],
    ['nothing', ''],
    ['two places', ['tvmaze~2026-11-10T00:00:00.000000Z~1', 'tvmaze~2026-11-10T00:00:00.000000Z~1']],
    ['a provider there is not', 'imdb~2026-11-10T00:00:00.000000Z~1'],
    ['a day there is not', 'tvmaze~2026-02-30T00:00:00.000000Z~1'],
    ['a year no database has', 'tvmaze~0000-01-01T00:00:00.000000Z~1'],
    ['an id that is none', "tvmaze~2026-11-10T00:00:00.000000Z~1' or true"],
    ['a byte no text may hold', 'tvmaze~2026-11-10T00:00:00.000000Z~\0'],
    ['too much', 'tvmaze~2026-11-10T00:00:00.000000Z~1~1'],
  ])('%s for a place in the list is not found', async (_, before) => {
    await expect(seenBy(operator, before)).rejects.toMatchObject(NOT_FOUND)
  })

  it('whatever stands in the address is read back as it was written, or not at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const read = readAsideCursor(text)
        if (read) expect(writeAsideCursor(read)).toBe(text)
      }),
    )
    const place = { provider: 'wikidata', seenAt: '2026-11-10T00:00:00.000123Z', id: 'Q7' } as const
    expect(readAsideCursor(writeAsideCursor(place))).toEqual(place)
  })

  it('nobody finds it, with a place in the list or without', async () => {
    for (const before of [undefined, 'tvmaze~2026-11-10T00:00:00.000000Z~1'])
      await expect(seenBy(new Browser(), before)).rejects.toMatchObject(NOT_FOUND)
  })

  it('readers and editors do not find it, nor an operator whose role was taken away', async () => {
    const browser = await signInAs('ana@greenlit.test')
    expect(await setRole('ana@greenlit.test', 'operator')).toBeTruthy()
    expect(await seenBy(browser)).toContain('Providers of facts')
    for (const role of ['reader', 'editor'] as const) {
      await setRole('ana@greenlit.test', role)
      await expect(seenBy(browser)).rejects.toMatchObject(NOT_FOUND)
      const viewer = await viewerOf(browser.headers())
      expect(viewer?.role).toBe(role)
      expect(await getSourcesOverview(viewer, { before: null, now: NOW })).toBeNull()
    }
    for (const nobody of [null, {} as never, { role: 'Operator' } as never])
      expect(await getSourcesOverview(nobody, { before: null, now: NOW })).toBeNull()
  })
})
