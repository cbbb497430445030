import { sql } from 'drizzle-orm'
import { XMLParser } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET as apiChanges } from '@/app/api/v1/changes/route'
import { GET as changesAtom } from '@/app/changes.atom/route'
import { GET as changesIcs } from '@/app/changes.ics/route'
import { GET as changesJson } from '@/app/changes.json/route'
import { GET as showIcs } from '@/app/shows/[slug]/calendar.ics/route'
import { GET as showAtom } from '@/app/shows/[slug]/feed.atom/route'
import { GET as seasonIcs } from '@/app/shows/[slug]/seasons/[n]/calendar.ics/route'
import { GET as seasonAtom } from '@/app/shows/[slug]/seasons/[n]/feed.atom/route'
import { GET as seasonJson } from '@/app/shows/[slug]/seasons/[n]/feed.json/route'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { calendarEntries } from '@/lib/feeds/premieres'
import { getFollowedPremieres, getReaderNews } from '@/lib/feeds/reader-queries'
import { dayWords } from '@/lib/feeds/words'
import { followSeason } from '@/lib/follows/commands'
import { listFollowing } from '@/lib/follows/queries'
import { recordClaims, retractClaim } from '@/lib/ledger/commands'
import { getChanges, getCorrections, getPublishedChanges } from '@/lib/ledger/queries'
import { checkClaim } from '@/lib/ledger/record'
import { getShowPage } from '@/lib/pages/show'
import { addDays, dayOf } from '@/lib/shared/day'
import { makeShow } from '../support/readers'

const SITE = 'https://greenlit.test'
const now = new Date()
const today = dayOf(now)
const SLUG = 'kingdom'

let told = 0
/** A statement by the network, as it comes in on a day. */
async function say(kind: string, given: Record<string, unknown> = {}): Promise<void> {
  const checked = checkClaim(
    {
      show: `greenlit:${SLUG}`,
      season: 2,
      kind,
      value: `${kind}, they say (${++told})`,
      publisher: 'The Network',
      url: `https://network.test/${told}`,
      published_on: '2026-10-01',
      source_class: 'official',
      ...given,
    },
    today,
  )
  if (!checked.ok) throw new Error(checked.problems.join('; '))
  const done = await recordClaims([checked.claim], { mode: 'live', today, now: new Date() })
  expect(done.refused).toEqual([])
}

const get = (path: string, headers: Record<string, string> = {}) => new Request(`${SITE}${path}`, { headers })
const inSeason = (n: string, slug = SLUG) => ({ params: Promise.resolve({ slug, n }) })
const inShow = (slug = SLUG) => ({ params: Promise.resolve({ slug }) })

/** The entry of season 2 in a calendar, by name. */
async function appointment(answer: Response | Promise<Response>) {
  const events = new ICAL.Component(ICAL.parse(await (await answer).text())).getAllSubcomponents('vevent')
  const value = (name: string) => String(events[0]!.getFirstPropertyValue(name))
  expect(events).toHaveLength(1)
  return {
    uid: value('uid'),
    day: value('dtstart'),
    status: value('status'),
    sequence: Number(value('sequence')),
    stamp: value('last-modified'),
  }
}
const ofSeason = (windows = false) =>
  appointment(seasonIcs(get(`/x${windows ? '?windows=1' : ''}`), inSeason('2')))

let readerId: string

beforeAll(async () => {
  await makeShow(SLUG)
  await db().execute(sql`
    insert into outside_id (namespace, value, show_id) select 'greenlit', slug, id from show on conflict do nothing`)
  const [made] = await db().insert(reader).values({ email: 'reader@greenlit.test' }).returning()
  readerId = made!.id
})

describe('a premiere, from its first day to its end, in every calendar that has it', () => {
  const numbers: number[] = []

  it('is entered when a day is given, as the same entry in the season’s, the show’s, a reader’s and everybody’s', async () => {
    expect((await followSeason({ id: readerId, email: null }, { slug: SLUG, number: 2 })).ok).toBe(true)
    await say('renewed', { published_on: '2026-01-05' })
    await say('release_date', { date: '2099-03-14', published_on: addDays(today, -9) })
    const season = await ofSeason()
    expect(season).toMatchObject({ day: '2099-03-14', status: 'CONFIRMED' })
    expect(await appointment(showIcs(get('/x'), inShow()))).toEqual(season)
    expect(await appointment(changesIcs(get('/changes.ics')))).toEqual(season)
    const mine = calendarEntries(await getFollowedPremieres(readerId), SITE, { today, windows: false })
    expect(mine).toMatchObject([
      { uid: season.uid.replace('localhost', 'greenlit.test'), first: '2099-03-14' },
    ])
    expect(mine[0]!.description).toContain(
      `The Network, ${dayWords(addDays(today, -9))}: https://network.test/2`,
    )
    numbers.push(season.sequence)
  })

  it('is stamped with when it changed, however often it is asked for', async () => {
    const asked = await seasonIcs(get('/x'), inSeason('2'))
    const again = await seasonIcs(get('/x', { 'if-none-match': asked.headers.get('etag')! }), inSeason('2'))
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('moves with a higher number', async () => {
    const before = await ofSeason()
    await say('release_date', { date: '2099-06-01', published_on: addDays(today, -6) })
    const after = await ofSeason()
    expect(after).toMatchObject({ uid: before.uid, day: '2099-06-01', status: 'CONFIRMED' })
    numbers.push(after.sequence)
  })

  it('stays, called off, when the season is cancelled', async () => {
    await say('cancelled', { published_on: addDays(today, -3) })
    const after = await ofSeason()
    expect(after).toMatchObject({ day: '2099-06-01', status: 'CANCELLED' })
    expect(await appointment(showIcs(get('/x'), inShow()))).toEqual(after)
    expect(await appointment(changesIcs(get('/changes.ics')))).toEqual(after)
    numbers.push(after.sequence)
  })

  it('stands again when that is taken back, with a higher number still', async () => {
    const [{ id }] = (await db().execute<{ id: string }>(
      sql`select id from claim where kind = 'cancelled'`,
    )) as unknown as [{ id: string }]
    expect(await retractClaim(id, 'It was another show.', { today, now })).toEqual({ ok: true })
    const after = await ofSeason()
    expect(after).toMatchObject({ day: '2099-06-01', status: 'CONFIRMED' })
    numbers.push(after.sequence)
  })

  it('never has a lower number, also when an event is withdrawn before anybody was told', async () => {
    await db().execute(sql`update event set telling = 'withdrawn' where kind = 'moved'`)
    numbers.push((await ofSeason()).sequence)
    await db().execute(sql`update event set telling = 'silent' where kind = 'moved'`)
    expect(numbers).toEqual([...numbers].sort((x, y) => x - y))
    expect(new Set(numbers.slice(0, 4)).size).toBe(4)
  })
})

describe('what was taken back before anybody was told', () => {
  const kinds = async () => ({
    changes: (await getChanges({})).items.map(({ kind }) => kind),
    api: (await (await apiChanges(get('/api/v1/changes'))).json()).results.map(
      ({ kind }: { kind: string }) => kind,
    ),
    show: (await getShowPage(SLUG))!.events.map(({ kind }) => kind),
    reader: (await getReaderNews(readerId)).changes.map(({ kind }) => kind),
    following: (await listFollowing({ id: readerId, email: null })).seasons[0]!.news.map(({ text }) => text),
    all: (await getPublishedChanges(100)).map(({ kind }) => kind),
  })

  it('is in no feed, no list of changes, no answer of the API and on nobody’s list', async () => {
    const before = await kinds()
    for (const list of [before.changes, before.api, before.show, before.reader, before.all])
      expect(list).toContain('moved')
    expect(before.following.join()).toContain('moved')
    await db().execute(sql`update event set telling = 'withdrawn' where kind = 'moved'`)
    const after = await kinds()
    for (const list of [after.changes, after.api, after.show, after.reader, after.all])
      expect(list).not.toContain('moved')
    expect(after.following.join()).not.toContain('moved')
    await db().execute(sql`update event set telling = 'silent' where kind = 'moved'`)
  })

  it('is not in a feed while it is held, and is when its time is over', async () => {
    await db().execute(
      sql`update event set telling = 'held', held_until = now() + interval '30 minutes' where kind = 'moved'`,
    )
    expect((await kinds()).reader).not.toContain('moved')
    expect((await kinds()).show).not.toContain('moved')
    await db().execute(sql`update event set held_until = now() - interval '1 second' where kind = 'moved'`)
    expect((await kinds()).reader).toContain('moved')
    await db().execute(sql`update event set telling = 'silent', held_until = null where kind = 'moved'`)
  })
})

describe('feeds', () => {
  it('of a season, a show and all changes hold the same entries under the same ids, corrections among them', async () => {
    const atom = async (answer: Promise<Response>) => {
      const parsed = new XMLParser({ isArray: (name) => name === 'entry' }).parse(await (await answer).text())
      return parsed.feed.entry.map(({ id }: { id: string }) => id)
    }
    const json = async (answer: Promise<Response>) =>
      (await (await answer).json()).items.map(({ id }: { id: string }) => id)
    const all = await atom(changesAtom(get('/changes.atom')))
    expect(all.length).toBeGreaterThan(3)
    expect(await json(changesJson(get('/changes.json')))).toEqual(all)
    expect(await atom(showAtom(get('/x'), inShow()))).toEqual(all)
    expect(await atom(seasonAtom(get('/x'), inSeason('2')))).toEqual(all)
    expect(await json(seasonJson(get('/x'), inSeason('2')))).toEqual(all)
    const text = await (await changesAtom(get('/changes.atom'))).text()
    expect(text).toContain('<title>Title of kingdom: a correction</title>')
  })

  it('are dated by the day we recorded a change, not by the day it happened', async () => {
    const text = await (await seasonAtom(get('/x'), inSeason('2'))).text()
    const stamps = [...text.matchAll(/<updated>([^<]+)/g)].map(([, stamp]) => stamp!.slice(0, 10))
    for (const stamp of stamps) expect(stamp >= today && stamp <= dayOf(new Date())).toBe(true)
    expect(text).toContain('As of 5 January 2026.')
  })

  it('of a reader begin with their follow: what was recorded before it is not told again', async () => {
    const [late] = await db().insert(reader).values({ email: 'late@greenlit.test' }).returning()
    await db().execute(sql`
      insert into follow (reader_id, season_id, followed_at) select ${late!.id}, season_id, now() + interval '1 second'
      from follow where reader_id = ${readerId}`)
    expect((await getReaderNews(late!.id)).changes).toEqual([])
    const { changes, corrections, since } = await getReaderNews(readerId)
    // The renewal of January was recorded after the follow, but it is the past.
    expect(changes.map(({ happenedOn }) => happenedOn)).not.toContain('2026-01-05')
    expect(corrections).toHaveLength(1)
    expect(since).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })

  it('keep a muted season: a feed is asked, it does not push', async () => {
    const before = await getReaderNews(readerId)
    await db().execute(sql`update follow set muted = true where reader_id = ${readerId}`)
    expect(await getReaderNews(readerId)).toEqual(before)
  })

  it('of what does not exist say so in a sentence', async () => {
    const nonsense = [
      '0',
      '-1',
      '1000000000',
      '1e9',
      '99',
      'abc',
      '',
      '01',
      '1.5',
      '\u0000',
      '٢',
      'x'.repeat(10_000),
    ]
    for (const face of [seasonAtom, seasonJson, seasonIcs]) {
      for (const n of nonsense) {
        const answer = await face(get('/x'), inSeason(n))
        expect([n.slice(0, 20), answer.status]).toEqual([n.slice(0, 20), 404])
        expect(await answer.text()).toMatch(/^No season has this address\. .*\n$/)
      }
      for (const slug of ['no-such-show', '../etc', 'A', '\u0000', 'x'.repeat(10_000)])
        expect((await face(get('/x'), inSeason('2', slug))).status).toBe(404)
    }
  })
})

describe('the list of corrections', () => {
  it('names the show, the season and the page of the statement', async () => {
    const { items, next } = await getCorrections({})
    expect(next).toBeNull()
    expect(items).toMatchObject([
      {
        season: 2,
        publishedOn: today,
        show: { slug: SLUG, title: 'Title of kingdom' },
        claimId: expect.stringMatching(/^c_/),
        source: { name: 'The Network' },
      },
    ])
    expect(items[0]!.text).toMatch(/no longer counts: .* It was another show\.$/)
  })

  it('goes on page by page, newest first, and no place that was never given out is one', async () => {
    await db().execute(sql`
      insert into correction (show_id, text, published_on)
      select show.id, 'Wrong ' || n, date '2026-01-01' + n from show, generate_series(1, 24) as n`)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof getCorrections>> = await getCorrections({ cursor, limit: 10 })
      seen.push(...page.items.map(({ publishedOn, id }) => `${publishedOn} ${id}`))
      cursor = page.next
    } while (cursor)
    expect(new Set(seen).size).toBe(25)
    expect(seen).toEqual([...seen].sort().reverse())
    for (const wrong of ['x', '2026-13-01.1', '2026-01-01', '\u0000', '-1'])
      expect(await getCorrections({ cursor: wrong })).toEqual({ items: [], next: null, broken: true })
  })
})
