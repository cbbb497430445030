/** Who used a browser before, or will after, keeps no key to the account that signs in there. */
import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as signOutDoor from '@/app/api/auth/sign-out/route'
import * as channelDoor from '@/app/api/me/channels/route'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as feedsDoor from '@/app/api/me/feeds/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as pushDoor from '@/app/api/me/push/route'
import * as feedDoor from '@/app/feeds/[token]/feed.json/route'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { channel } from '@/db/schema/notice'
import {
  basketCookieName,
  browserCookieName,
  knownCookieName,
  passkeyCookieName,
} from '@/lib/accounts/cookies'
import { viewerOf } from '@/lib/accounts/queries'
import { getFeedAddresses } from '@/lib/feeds/reader-queries'
import { followerOf } from '@/lib/follows/basket'
import { listFollowing } from '@/lib/follows/queries'
import { listBrought, listChannels } from '@/lib/notices/channels'
import { newBrowserKeys } from '../support/push'
import { Browser, forgetLimits, makeShow, SITE, signInAs } from '../support/readers'

const HOOK = 'https://stranger.example.com/hook'
let count = 0
let address = ''
/** The browser in the library, which a stranger used before. */
let shared: Browser

const follow = (browser: Browser, show: string, season = '1', keep = 'browser') =>
  browser.post(followDoor, '/api/me/follows', { show, season, want: 'follow', keep })
const channelsOf = async (browser: Browser) => {
  const viewer = await viewerOf(browser.headers())
  return db().select().from(channel).where(eq(channel.readerId, viewer!.id)).orderBy(channel.id)
}
/** The secret feed address of whoever this browser is. */
async function feedTokenOf(browser: Browser): Promise<string> {
  expect((await browser.post(feedsDoor, '/api/me/feeds', { want: 'renew' })).status).toBe(200)
  const who = await followerOf(browser.headers())
  const addresses = await getFeedAddresses({ readerId: who!.id })
  return /\/feeds\/([\w-]{43})\//.exec(addresses!.json)![1]!
}
const readFeed = (token: string) =>
  (feedDoor.GET as (request: Request, context: unknown) => Promise<Response>)(
    new Request(`${SITE}/feeds/${token}/feed.json`, { headers: new Browser().headers() }),
    { params: Promise.resolve({ token }) },
  )

beforeAll(async () => {
  for (const slug of ['kingdom', 'dark', 'severance']) await makeShow(slug)
})
beforeEach(async () => {
  await forgetLimits()
  address = `victim-${++count}@greenlit.test`
  shared = new Browser()
  await follow(shared, 'kingdom')
})

describe('a stranger who kept a list without an account in a browser, before its next user signed in there', () => {
  it('reads nothing of the account by the list’s feed address', async () => {
    const token = await feedTokenOf(shared)
    expect((await readFeed(token)).status).toBe(200)
    await signInAs(address, shared)
    expect((await readFeed(token)).status).toBe(404)
    const viewer = await viewerOf(shared.headers())
    expect(await getFeedAddresses({ readerId: viewer!.id })).toBeNull()
    // The account's own is another one.
    expect(await feedTokenOf(shared)).not.toBe(token)
    expect((await readFeed(token)).status).toBe(404)
  })

  it('is told nothing by the webhooks and browsers they left: these arrive turned off', async () => {
    await shared.post(channelDoor, '/api/me/channels', {
      want: 'add',
      url: HOOK,
      format: 'json',
      label: 'calendar',
    })
    const endpoint = `https://fcm.googleapis.com/fcm/send/${count}`
    await shared.post(pushDoor, '/api/me/push', { want: 'subscribe', endpoint, ...newBrowserKeys() })
    await signInAs(address, shared)
    const brought = (await channelsOf(shared)).filter(({ kind }) => kind !== 'mail')
    expect(brought.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ['webhook', false],
      ['push', false],
    ])
    // Nobody else turns them on, and not the cookie of the list that is gone.
    const stranger = await signInAs(`stranger-${count}@greenlit.test`)
    for (const { id } of brought)
      expect(
        (await stranger.post(channelDoor, '/api/me/channels', { want: 'enable', channel: String(id) }))
          .status,
      ).toBe(404)
    expect((await channelsOf(shared)).filter(({ enabled }) => enabled).map(({ kind }) => kind)).toEqual([
      'mail',
    ])
  })

  it('keeps no way in by a copy of the list’s own cookie', async () => {
    const copy = new Browser()
    copy.cookies.set(basketCookieName(), shared.cookies.get(basketCookieName())!)
    expect(await followerOf(copy.headers())).not.toBeNull()
    await signInAs(address, shared)
    expect(await followerOf(copy.headers())).toBeNull()
    expect((await follow(copy, 'dark', '1', '')).status).toBe(401)
  })
})

describe('the reader who signs in', () => {
  const signInTo = async (returnTo: string) => {
    const [mailDoor, confirmDoor, { mailedToken }] = await Promise.all([
      import('@/app/api/auth/mail/route'),
      import('@/app/api/auth/confirm/route'),
      import('../support/readers'),
    ])
    await shared.post(mailDoor, '/api/auth/mail', { email: address, returnTo })
    const answer = await shared.post(confirmDoor, '/api/auth/confirm', { token: await mailedToken(address) })
    return ((await answer.json()) as { location: string }).location
  }

  it('has what the list followed, and goes straight on where it brought nothing else', async () => {
    expect(await signInTo('/shows')).toBe('/shows')
    const viewer = await viewerOf(shared.headers())
    expect((await listFollowing(viewer!)).seasons.map(({ slug }) => slug)).toEqual(['kingdom'])
    expect(shared.cookies.has(basketCookieName())).toBe(false)
  })

  it('is told on the next page what came and is off, and can go on from there', async () => {
    await shared.post(channelDoor, '/api/me/channels', {
      want: 'add',
      url: HOOK,
      format: 'json',
      label: 'calendar',
    })
    expect(await signInTo('/shows')).toBe('/following?brought=channels&on=%2Fshows')
    const viewer = await viewerOf(shared.headers())
    const [line] = await listBrought(viewer!, new Date())
    expect(line).toMatchObject({
      kind: 'webhook',
      label: 'calendar',
      phrase: 'the webhook calendar at stranger.example.com',
      enabled: false,
    })
    // Turned on by its owner, it is theirs and needs no word any more.
    const id = String(line!.id)
    expect((await shared.post(channelDoor, '/api/me/channels', { want: 'enable', channel: id })).status).toBe(
      200,
    )
    expect(await listBrought(viewer!, new Date())).toEqual([])
    expect((await listChannels(viewer!)).find(({ kind }) => kind === 'webhook')).toMatchObject({
      enabled: true,
      broughtAt: null,
    })
  })

  it('is told that the list’s feed addresses ended, also when a follow was wanted', async () => {
    await feedTokenOf(shared)
    expect(await signInTo('/shows/dark?follow=2')).toBe('/following?followed=dark.2&brought=feeds')
  })

  it('keeps a webhook of their own as it was, if the list had the same', async () => {
    const home = await signInAs(address)
    for (const browser of [home, shared])
      await browser.post(channelDoor, '/api/me/channels', {
        want: 'add',
        url: HOOK,
        format: 'json',
        label: 'mine',
      })
    await signInAs(address, shared)
    expect((await channelsOf(home)).filter(({ kind }) => kind === 'webhook')).toMatchObject([
      { enabled: true },
    ])
  })
})

describe('whoever uses the browser after signing out', () => {
  it('finds no cookie that opens anything', async () => {
    await signInAs(address, shared)
    for (const name of [basketCookieName(), browserCookieName(), passkeyCookieName()])
      shared.cookies.set(name, 'x'.repeat(43))
    await shared.post(signOutDoor, '/api/auth/sign-out', {})
    // What stays is a mark for this browser's share of sign-in mails: it is no session, no list and no key.
    expect([...shared.cookies.keys()]).toEqual([knownCookieName()])
    expect(await viewerOf(shared.headers())).toBeNull()
    expect(await followerOf(shared.headers())).toBeNull()
  })

  it('nor after the account was deleted', async () => {
    await signInAs(address, shared)
    shared.cookies.set(basketCookieName(), 'x'.repeat(43))
    expect((await shared.post(deleteDoor, '/api/me/delete', { sure: 'delete' })).status).toBe(200)
    expect([...shared.cookies]).toEqual([])
    expect(await db().select().from(reader).where(eq(reader.email, address))).toEqual([])
  })
})

it('a notice that was on its way to a stranger’s webhook is not sent', async () => {
  await shared.post(channelDoor, '/api/me/channels', { want: 'add', url: HOOK, format: 'json', label: '' })
  await db().execute(sql`
    insert into notice (reader_id, channel_id, about, kind, season_id, due_at)
    select c.reader_id, c.id, 'premiere:1:2030-01-01', 'premiere', (select season_id from follow where reader_id = c.reader_id), now()
    from channel c where c.address = ${HOOK} order by c.id desc limit 1`)
  await signInAs(address, shared)
  const { deliverDirect } = await import('@/lib/notices/deliver-direct')
  const sent: string[] = []
  await deliverDirect({
    now: () => new Date(),
    post: async (address) => {
      sent.push(address)
      return { ok: true, status: 204, headers: {}, body: Buffer.alloc(0) }
    },
  })
  expect(sent).toEqual([])
  const viewer = await viewerOf(shared.headers())
  const notices = await db().execute<{ state: string; outcome: string }>(
    sql`select state, outcome from notice where reader_id = ${viewer!.id}`,
  )
  expect([...notices]).toEqual([{ state: 'skipped', outcome: 'the channel is turned off' }])
})
