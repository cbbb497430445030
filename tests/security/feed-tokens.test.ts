/** S12: a reader's own feed and calendar are found by a secret address, show what is theirs, and end when they say so. */
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as feedsDoor from '@/app/api/me/feeds/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as calendarIcs from '@/app/feeds/[token]/calendar.ics/route'
import * as feedAtom from '@/app/feeds/[token]/feed.atom/route'
import * as feedJson from '@/app/feeds/[token]/feed.json/route'
import { db } from '@/db/client'
import { viewerOf } from '@/lib/accounts/queries'
import { tokenFor } from '@/lib/accounts/reader-tokens'
import { getFeedAddresses } from '@/lib/feeds/reader-queries'
import { randomToken } from '@/lib/shared/secrets'
import { Browser, forgetLimits, makeShow, SITE, signInAs } from '../support/readers'

const FACES = { 'feed.atom': feedAtom, 'feed.json': feedJson, 'calendar.ics': calendarIcs }
type Face = keyof typeof FACES

const ask = (face: Face, token: string, headers: Record<string, string> = {}) =>
  FACES[face].GET(new Request(`${SITE}/feeds/${token}/${face}`, { headers }), {
    params: Promise.resolve({ token }),
  })
/** A face as one text; a folded line of a calendar is one line. */
const read = async (face: Face, token: string) =>
  (await (await ask(face, token)).text()).replaceAll('\r\n ', '')
const everyFace = Object.keys(FACES) as Face[]

/** Something happens to a season, a moment from now: a day is given. */
async function giveDay(slug: string, season: number, day: string): Promise<void> {
  await db().execute(sql`
    insert into event (show_id, season_id, kind, was, became, because, happened_on, recorded_at)
    select show.id, season.id, 'dated', '', ${`words of ${slug} ${season}`}, '{}', current_date, now() + interval '1 second'
    from season join show on show.id = season.show_id where show.slug = ${slug} and season.number = ${season}`)
  await db().execute(sql`
    update season set premiere = ${day}, premiere_earliest = ${day}::date, premiere_latest = ${day}::date
    from show where show.id = season.show_id and show.slug = ${slug} and season.number = ${season}`)
  await db().execute(sql`
    insert into season_state (season_id, show_id, status, because, claim_count, derived_for)
    select season.id, show.id, 'dated', '{}', 0, current_date
    from season join show on show.id = season.show_id where show.slug = ${slug} and season.number = ${season}`)
}

async function tokenOf(browser: Browser): Promise<string> {
  const viewer = await viewerOf(browser.headers())
  const addresses = await getFeedAddresses({ readerId: viewer!.id })
  return /\/feeds\/([^/]+)\//.exec(addresses!.atom)![1]!
}
const renew = (browser: Browser) => browser.post(feedsDoor, '/api/me/feeds', { want: 'renew' })
const tokenRows = () => db().execute(sql`select hash from reader_token`)

let a: Browser
let b: Browser

beforeAll(async () => {
  await makeShow('kingdom')
  await makeShow('dark')
  a = await signInAs('a@greenlit.test')
  b = await signInAs('b@greenlit.test')
  await a.post(followDoor, '/api/me/follows', { show: 'kingdom', season: '2', want: 'follow' })
  await b.post(followDoor, '/api/me/follows', { show: 'dark', season: '3', want: 'follow' })
  await giveDay('kingdom', 1, '2099-01-01')
  await giveDay('kingdom', 2, '2099-02-02')
  await giveDay('dark', 3, '2099-03-03')
  await renew(a)
  await renew(b)
})
beforeEach(forgetLimits)

describe('a secret address', () => {
  it('is made by a button, not by looking: reading the settings writes nothing', async () => {
    const c = await signInAs('c@greenlit.test')
    const viewer = await viewerOf(c.headers())
    const before = (await tokenRows()).length
    expect(await getFeedAddresses({ readerId: viewer!.id })).toBeNull()
    expect(await getFeedAddresses({ readerId: viewer!.id })).toBeNull()
    expect((await tokenRows()).length).toBe(before)
    expect((await renew(c)).status).toBe(200)
    expect(await getFeedAddresses({ readerId: viewer!.id })).not.toBeNull()
  })

  it('shows what its owner follows, and nothing of another’s', async () => {
    const [ofA, ofB] = [await tokenOf(a), await tokenOf(b)]
    for (const face of everyFace) {
      const [mine, theirs] = [await read(face, ofA), await read(face, ofB)]
      expect([face, mine.includes('kingdom'), mine.includes('dark')]).toEqual([face, true, false])
      expect([face, theirs.includes('kingdom'), theirs.includes('dark')]).toEqual([face, false, true])
      expect(mine).not.toContain('season 1')
    }
  })

  it('holds no mail address and no name, in itself or in what it answers', async () => {
    const viewer = await viewerOf(a.headers())
    for (const face of everyFace) {
      const answer = await ask(face, await tokenOf(a))
      const told = `${await tokenOf(a)}\n${[...answer.headers].join('\n')}\n${await answer.text()}`
      expect(told).not.toContain('a@greenlit')
      expect(told).not.toContain(viewer!.id)
      expect(told).not.toMatch(/[^\s<>"]+@(?!greenlit\.test\b)[a-z]/)
    }
  })

  it('is the owner’s alone: no shared cache keeps it, no search engine lists it, no other site is told', async () => {
    for (const face of everyFace) {
      const answer = await ask(face, await tokenOf(a))
      expect(answer.headers.get('cache-control')).toBe('private, no-cache')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
  })

  it('answers 304 to a program that has the answer', async () => {
    for (const face of everyFace) {
      const token = await tokenOf(a)
      const etag = (await ask(face, token)).headers.get('etag')!
      const again = await ask(face, token, { 'if-none-match': `W/${etag}` })
      expect([face, again.status, await again.text()]).toEqual([face, 304, ''])
      expect((await ask(face, token, { 'if-none-match': '"other"' })).status).toBe(200)
    }
  })

  it('cut short, changed, made up, or made for another purpose leads to a sentence and nothing else', async () => {
    const viewer = await viewerOf(a.headers())
    const token = await tokenOf(a)
    const others = await Promise.all(
      (['unsubscribe', 'basket'] as const).map((purpose) =>
        tokenFor(purpose, { readerId: viewer!.id, seasonId: null }),
      ),
    )
    const swapped = token.slice(1) + token[0]
    const wrong = [...others, token.slice(0, -1), `${token}x`, swapped, token.toLowerCase(), randomToken()]
    for (const text of [
      ...wrong,
      '',
      'x',
      '../settings',
      `${token}\u0000`,
      `${token}\n`,
      ' ',
      "'--",
      'x'.repeat(10_000),
    ])
      for (const face of everyFace) {
        const answer = await ask(face, encodeURI(text) === text ? text : encodeURIComponent(text))
        expect([text.slice(0, 50), answer.status]).toEqual([text.slice(0, 50), 404])
        expect(await answer.text()).toMatch(/^Nothing has this address.*\.\n$/)
        expect(answer.headers.get('cache-control')).toBe('no-store')
      }
  })

  it('is dead the moment its owner makes another, and only theirs is', async () => {
    const [before, other] = [await tokenOf(a), await tokenOf(b)]
    expect((await renew(a)).status).toBe(200)
    const after = await tokenOf(a)
    expect(after).not.toBe(before)
    for (const face of everyFace) {
      expect((await ask(face, before)).status).toBe(404)
      expect((await ask(face, after)).status).toBe(200)
      expect((await ask(face, other)).status).toBe(200)
    }
    expect(await (await ask('feed.atom', after)).text()).toContain('kingdom')
  })

  it('keeps its entries’ ids and its feed’s through a change of address', async () => {
    const ids = async () =>
      [...(await (await ask('feed.atom', await tokenOf(a))).text()).matchAll(/<id>([^<]+)/g)].map(
        ([, id]) => id,
      )
    const before = await ids()
    await renew(a)
    expect(await ids()).toEqual(before)
  })

  it('is not made by another site, by nobody, or without being asked', async () => {
    const before = await tokenRows()
    expect((await new Browser().post(feedsDoor, '/api/me/feeds', { want: 'renew' })).status).toBe(401)
    const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    expect((await a.post(feedsDoor, '/api/me/feeds', { want: 'renew' }, foreign)).status).toBe(403)
    for (const fields of [{ want: 'end' }, {}, { want: '' }])
      expect((await a.post(feedsDoor, '/api/me/feeds', fields as Record<string, string>)).status).toBe(400)
    expect(await tokenRows()).toEqual(before)
  })

  it('works without JavaScript: the form leads back to the settings', async () => {
    const answer = await a.post(feedsDoor, '/api/me/feeds', { want: 'renew' }, { Accept: 'text/html' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/settings/notices'])
  })

  it('is asked thirty times a minute at most, and another’s is not slowed by it', async () => {
    const [mine, theirs] = [await tokenOf(a), await tokenOf(b)]
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask('feed.json', mine)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30)
    const slow = answers.find(({ status }) => status === 429)!
    expect(Number(slow.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await slow.text()).toMatch(/more than 30 times in a minute/)
    expect((await ask('feed.json', theirs)).status).toBe(200)
  })

  it('is renewed ten times an hour at most, and the refused try leaves the present one alive', async () => {
    for (let i = 0; i < 10; i++) expect((await renew(a)).status).toBe(200)
    const token = await tokenOf(a)
    expect((await renew(a)).status).toBe(429)
    expect((await ask('feed.atom', token)).status).toBe(200)
  })

  it('goes with the account it belonged to', async () => {
    const d = await signInAs('d@greenlit.test')
    await renew(d)
    const token = await tokenOf(d)
    await db().execute(sql`delete from reader where email = 'd@greenlit.test'`)
    for (const face of everyFace) expect((await ask(face, token)).status).toBe(404)
  })
})
