import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import * as confirmDoor from '@/app/api/auth/confirm/route'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as lookedDoor from '@/app/api/me/looked/route'
import * as meDoor from '@/app/api/me/route'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { event } from '@/db/schema/claim'
import { follow } from '@/db/schema/follow'
import { season, show } from '@/db/schema/show'
import type { EventKind } from '@/db/schema/words'
import { viewerOf } from '@/lib/accounts/queries'
import type { Viewer } from '@/lib/accounts/types'
import { followSeason, markLooked, unfollowSeason } from '@/lib/follows/commands'
import { getReaderState, listFollowing } from '@/lib/follows/queries'
import { Browser, forgetLimits, mailedToken, makeShow, signInAs } from '../support/readers'

const html = { Accept: 'text/html' }
let count = 0
let slug = ''
let browser: Browser
let viewer: Viewer

beforeEach(async () => {
  await forgetLimits()
  slug = `show-${++count}`
  await makeShow(slug)
  browser = await signInAs(`reader-${count}@greenlit.test`)
  viewer = (await viewerOf(browser.headers()))!
})

const rows = () => db().select().from(follow).where(eq(follow.readerId, viewer.id))
const wish = (want: 'follow' | 'unfollow', number = 2) => ({ show: slug, season: String(number), want })

async function happened(kind: EventKind, { was = '', became = '', number = 2, ago = 0 } = {}) {
  const [row] = await db()
    .select({ showId: show.id, seasonId: season.id })
    .from(season)
    .innerJoin(show, eq(show.id, season.showId))
    .where(and(eq(show.slug, slug), eq(season.number, number)))
  await db()
    .insert(event)
    .values({
      ...row!,
      kind,
      was,
      became,
      because: [],
      happenedOn: '2026-11-20',
      recordedAt: new Date(Date.now() - ago),
    })
}

describe('following a season', () => {
  it('twice is following it once; unfollowing twice is unfollowing it once', async () => {
    const name = { slug, number: 2 }
    expect(await followSeason(viewer, name)).toEqual({ ok: true, following: true })
    expect(await followSeason(viewer, name)).toEqual({ ok: true, following: true })
    expect(await rows()).toHaveLength(1)
    expect(await unfollowSeason(viewer, name)).toEqual({ ok: true, following: false })
    expect(await unfollowSeason(viewer, name)).toEqual({ ok: true, following: false })
    expect(await rows()).toEqual([])
  })

  it('by fifty clicks at once leaves one follow', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => browser.post(followDoor, '/api/me/follows', wish('follow'))),
    )
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(await rows()).toHaveLength(1)
  })

  it('in two tabs that disagree ends as the last of them said', async () => {
    for (const want of ['follow', 'unfollow', 'follow'] as const)
      await browser.post(followDoor, '/api/me/follows', wish(want))
    expect(await getReaderState(viewer, { slug, number: 2 })).toMatchObject({ following: true })
  })

  it('without JavaScript leads to the reader’s own list, which says what was done', async () => {
    const answer = await browser.post(followDoor, '/api/me/follows', wish('follow'), html)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`/following?followed=${slug}.2`)
  })

  it('as nobody leads to signing in, and is done once one has', async () => {
    const nobody = new Browser()
    const answer = await nobody.post(followDoor, '/api/me/follows', wish('follow'), html)
    expect(answer.status).toBe(303)
    const location = new URL(answer.headers.get('location')!, 'https://greenlit.test')
    expect(location.pathname).toBe('/sign-in')
    const returnTo = location.searchParams.get('returnTo')!
    const email = `late-${count}@greenlit.test`
    await nobody.post(mailDoor, '/api/auth/mail', { email, returnTo })
    const entered = await nobody.post(
      confirmDoor,
      '/api/auth/confirm',
      { token: await mailedToken(email) },
      html,
    )
    expect(entered.headers.get('location')).toBe(`/following?followed=${slug}.2`)
    const somebody = (await viewerOf(nobody.headers()))!
    expect(await getReaderState(somebody, { slug, number: 2 })).toMatchObject({ following: true })
  })

  it.each([
    ['a show nobody knows', { slug: 'unheard-of', number: 1 }],
    ['season 0', { slug: 'show-1', number: 0 }],
    ['season -1', { slug: 'show-1', number: -1 }],
    ['season 10^9', { slug: 'show-1', number: 1e9 }],
    ['half a season', { slug: 'show-1', number: 1.5 }],
    ['a season that is no number', { slug: 'show-1', number: Number.NaN }],
    ['a slug with control characters', { slug: 'show\0', number: 1 }],
    ['a slug of ten kilobytes', { slug: 'x'.repeat(10_000), number: 1 }],
  ])('of %s is refused with a sentence', async (_, name) => {
    expect(await followSeason(viewer, name)).toEqual({
      ok: false,
      reason: 'unknown-season',
      message: 'There is no such season in the catalogue.',
    })
    expect(await rows()).toEqual([])
  })

  it('stops at 2,000, also under ten tries at once', async () => {
    await db().execute(sql`
      with s as (insert into show (slug, title) select ${slug} || '-' || n, 'x' from generate_series(1, 2009) n returning id),
           m as (insert into season (show_id, number) select id, 1 from s returning id)
      insert into follow (reader_id, season_id) select ${viewer.id}, id from m limit 1995`)
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, i) => followSeason(viewer, { slug: `${slug}-${1996 + i}`, number: 1 })),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(5)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'full')).toHaveLength(9)
    expect(await rows()).toHaveLength(2000)
    const [first] = await db().execute<{ slug: string }>(sql`
      select s.slug from follow f join season n on n.id = f.season_id join show s on s.id = n.show_id
       where f.reader_id = ${viewer.id} limit 1`)
    expect(await followSeason(viewer, { slug: first!.slug, number: 1 })).toEqual({
      ok: true,
      following: true,
    })
  })

  it('is asked about in a private answer no cache may keep', async () => {
    await browser.post(followDoor, '/api/me/follows', wish('follow'))
    const answer = await browser.get(meDoor, `/api/me?show=${slug}&season=2`)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('vary')).toBe('Cookie')
    expect(await answer.json()).toEqual({ signedIn: true, following: true, news: 0 })
    const nobody = await new Browser().get(meDoor, `/api/me?show=${slug}&season=2`)
    expect(await nobody.json()).toEqual({ signedIn: false, following: false, news: 0 })
  })
})

describe('the list of what I follow', () => {
  it('stands by the earliest day each season could come, the dateless last', async () => {
    const dates = [
      ['b', '2027-03-14', '2027-03-14', '2027-03-14'],
      ['a', null, null, null],
      ['c', '2027', '2027-01-01', '2027-12-31'],
      ['d', '2027-21', '2027-03-01', '2027-05-31'],
    ] as const
    for (const [name, edtf, earliest, latest] of dates) {
      await makeShow(`${slug}-${name}`, 1)
      await db().execute(sql`
        update season set premiere = ${edtf}, premiere_earliest = ${earliest}, premiere_latest = ${latest}
          from show where show.id = season.show_id and show.slug = ${`${slug}-${name}`}`)
      await followSeason(viewer, { slug: `${slug}-${name}`, number: 1 })
    }
    const { seasons } = await listFollowing(viewer)
    expect(seasons.map((line) => line.slug)).toEqual(['c', 'd', 'b', 'a'].map((name) => `${slug}-${name}`))
    expect(seasons[0]!.premiere).toEqual({ edtf: '2027', earliest: '2027-01-01', latest: '2027-12-31' })
    expect(seasons[3]!.premiere).toBeNull()
  })

  it('tells what happened since I followed, and nothing older', async () => {
    await happened('renewed', { ago: 60_000 })
    await followSeason(viewer, { slug, number: 2 })
    await happened('moved', { was: '2026', became: '2027-21' })
    await happened('trailer', { number: 1 })
    const { seasons } = await listFollowing(viewer)
    expect(seasons[0]!.news.map((line) => line.text)).toEqual(['Premiere moved from 2026 to spring 2027'])
  })

  it('marks nothing as read by being read, and everything up to a moment when told so', async () => {
    await followSeason(viewer, { slug, number: 2 })
    await happened('filming-started')
    const first = await listFollowing(viewer)
    const second = await listFollowing(viewer)
    expect(second.seasons[0]!.news).toHaveLength(1)
    await happened('trailer', { ago: -60_000 })
    const answer = await browser.post(lookedDoor, '/api/me/looked', { until: first.readAt })
    expect(answer.status).toBe(200)
    const third = await listFollowing(viewer)
    expect(third.seasons[0]!.news.map((line) => line.text)).toEqual(['A trailer is out'])
  })

  it('cannot be marked as read into the future or back into the past', async () => {
    await markLooked(viewer, new Date('2099-01-01'), new Date())
    const looked = async () =>
      (await db().select().from(reader).where(eq(reader.id, viewer.id)))[0]!.lastLookedAt!
    const now = await looked()
    expect(now.getTime()).toBeLessThanOrEqual(Date.now())
    await markLooked(viewer, new Date('2000-01-01'), new Date())
    expect(await looked()).toEqual(now)
  })
})
