import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { channel } from '@/db/schema/notice'
import { setting } from '@/db/schema/setting'
import { transaction } from '@/db/transaction'
import type { Follower } from '@/lib/accounts/types'
import * as channels from '@/lib/notices/channels'
import { REAL, type Told } from '@/lib/notices/channels/kind'
import {
  arePushKeys,
  isPushHost,
  type PushKeys,
  push,
  pushPayload,
  pushRequest,
  vapidKeys,
  vapidSubject,
} from '@/lib/notices/channels/push'
import { webhook } from '@/lib/notices/channels/webhook'
import type { NoticeMessage } from '@/lib/notices/types'
import { farSide } from '../support/channels'
import { decryptPush, newBrowserKeys, readVapid } from '../support/push'
import { forgetLimits, SITE } from '../support/readers'

const at = new Date('2026-11-25T18:00:00Z')
const message: NoticeMessage = {
  id: 'notice.1',
  kind: 'dated',
  title: 'Kingdom, season 3: 14 March 2027',
  body: 'Said by Netflix.',
  url: `${SITE}/shows/kingdom`,
  source: null,
  show: 'Kingdom',
  season: 3,
  happenedOn: null,
}

async function newReader(basket = false) {
  const [made] = await db()
    .insert(reader)
    .values({ email: basket ? null : `${randomUUID()}@greenlit.test` })
    .returning({ id: reader.id, email: reader.email })
  return made!
}
const endpoint = () => `https://fcm.googleapis.com/fcm/send/${randomUUID()}`
const subscription = () => ({
  endpoint: endpoint(),
  keys: newBrowserKeys() as PushKeys,
  label: 'Firefox on Linux',
})
const hook = (path = randomUUID()) => ({ url: `https://hooks.example/${path}`, format: 'json', label: '' })
const addPush = (who: Follower | null, { endpoint, keys, label }: ReturnType<typeof subscription>) =>
  channels.addChannel(who, 'push', { endpoint, p256dh: keys.p256dh, auth: keys.auth, label })
const addWebhook = (who: Follower | null, wish: ReturnType<typeof hook>) =>
  channels.addChannel(who, 'webhook', wish)
const deliverPush = (told: Told, means = REAL) => push.deliver(message, told, means)
const deliverWebhook = (told: Told, means = REAL) => webhook.deliver(message, told, means)
const all = () => db().select().from(channel).orderBy(channel.id)

beforeEach(forgetLimits)

describe('a browser', () => {
  it('is told once, however often it asks, and its keys are the last it gave', async () => {
    const who = await newReader()
    const first = subscription()
    const added = await addPush(who, first)
    const keys = newBrowserKeys()
    expect(await addPush(who, { ...first, keys })).toEqual(added)
    const rows = await db().select().from(channel).where(eq(channel.readerId, who.id))
    expect(rows).toMatchObject([
      { kind: 'push', keys: { p256dh: keys.p256dh, auth: keys.auth }, enabled: true },
    ])
  })

  it('tells one reader: whoever turns it on next has it, and nobody else’s can be taken', async () => {
    const [first, second, thief] = [await newReader(), await newReader(), await newReader()]
    const shared = subscription()
    await addPush(first, shared)
    await addPush(thief, { ...shared, keys: newBrowserKeys() })
    expect(await channels.listChannels(first)).toHaveLength(1)
    await addPush(second, shared)
    expect(await channels.listChannels(first)).toEqual([])
    expect(await channels.listChannels(second)).toHaveLength(1)
  })

  it('is refused with a sentence where its push service or its keys are not real', async () => {
    const who = await newReader()
    const good = subscription()
    const notOnCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64url')
    const bad = [
      ...[
        'https://evil.example/x',
        'https://127.0.0.1/x',
        'http://fcm.googleapis.com/x',
        'https://fcm.googleapis.com:8443/x',
      ],
      ...[
        'https://fcm.googleapis.com@evil.example/',
        'https://evilfcm.googleapis.com/',
        'https://push.services.mozilla.com.evil.example/',
      ],
      ...['', 'x', `https://fcm.googleapis.com/${'x'.repeat(1_000)}`],
    ].map((address) => ({ ...good, endpoint: address }))
    const badKeys = [
      { p256dh: '', auth: good.keys.auth },
      { p256dh: notOnCurve, auth: good.keys.auth },
      { p256dh: good.keys.p256dh.slice(1), auth: good.keys.auth },
      { p256dh: good.keys.p256dh, auth: 'AAAA' },
      { p256dh: good.keys.p256dh, auth: 'not base64!' },
    ].map((keys) => ({ ...good, keys }))
    for (const wish of [...bad, ...badKeys]) {
      const result = await addPush(who, wish)
      expect([wish.endpoint, result]).toMatchObject([wish.endpoint, { ok: false, reason: 'channel' }])
      expect(!result.ok && result.message).toMatch(/^[A-Z].{15,}\.$/)
    }
    expect(await channels.listChannels(who)).toEqual([])
  })

  it('is told of by the push services of browsers alone', () => {
    const services = [
      'fcm.googleapis.com',
      'web.push.apple.com',
      'updates.push.services.mozilla.com',
      'wns2-par02p.notify.windows.com',
    ]
    for (const host of services) expect(isPushHost(new URL(`https://${host}/x`))).toBe(true)
    for (const host of [
      'push.services.mozilla.com',
      'notify.windows.com',
      'xnotify.windows.com',
      'a.fcm.googleapis.com',
      'push.apple.com',
    ])
      expect(isPushHost(new URL(`https://${host}/x`))).toBe(false)
  })

  it('can read what it is pushed, and nobody else can', async () => {
    const vapid = await vapidKeys()
    const keys = newBrowserKeys()
    const address = endpoint()
    const { headers, body } = pushRequest({ endpoint: address, keys }, pushPayload(message), vapid)
    expect(JSON.parse(decryptPush(body, keys))).toEqual({
      title: message.title,
      body: message.body,
      url: message.url,
      tag: 'Kingdom 3',
    })
    expect(() => decryptPush(body, newBrowserKeys())).toThrow()
    const claims = readVapid(headers.Authorization!)
    expect(claims).toMatchObject({ aud: 'https://fcm.googleapis.com', sub: SITE, key: vapid.publicKey })
    expect(claims.exp - Date.now() / 1000).toBeLessThan(86_400)
  })

  it('gets what fits, whatever the title', () => {
    for (const title of [
      'x'.repeat(9_999),
      '\0'.repeat(9_999),
      '"'.repeat(9_999),
      '🧟'.repeat(9_999),
      '\ud800'.repeat(9_999),
    ]) {
      const payload = pushPayload({ ...message, title, body: title, show: title })
      expect(Buffer.byteLength(payload)).toBeLessThan(3_900)
    }
  })

  it('that has ended its subscription is told apart from a service that is busy', async () => {
    const keys = { ...newBrowserKeys() }
    const told = { address: endpoint(), keys }
    const outcome = async (status: number, headers = {}) =>
      deliverPush(told, farSide({ status, headers }).means)
    expect(await outcome(201)).toEqual({ outcome: 'sent' })
    for (const status of [404, 410])
      expect(await outcome(status)).toEqual({
        outcome: 'refused',
        reason: 'The browser has ended its subscription.',
        ends: true,
      })
    expect(await outcome(429, { 'retry-after': '60' })).toMatchObject({
      outcome: 'later',
      retryAfterMs: 60_000,
    })
    expect(await outcome(503)).toMatchObject({ outcome: 'later' })
    expect(await outcome(400)).toMatchObject({ outcome: 'refused', ends: false })
    expect(await deliverPush({ ...told, keys: null })).toMatchObject({
      outcome: 'refused',
      ends: true,
    })
  })

  it('is looked at again when it is sent to: a row that leads elsewhere leaves nothing', async () => {
    for (const address of ['https://evil.example/x', 'https://127.0.0.1/', 'http://fcm.googleapis.com/'])
      expect(await deliverPush({ address, keys: { ...newBrowserKeys() } })).toMatchObject({
        outcome: 'refused',
      })
  })
})

describe('the keys push services know this site by', () => {
  it('are made once, whoever asks first', async () => {
    await db().delete(setting).where(eq(setting.key, 'vapid'))
    const made = await Promise.all(Array.from({ length: 20 }, () => vapidKeys({} as NodeJS.ProcessEnv)))
    expect(new Set(made.map(({ publicKey }) => publicKey)).size).toBe(1)
    expect(Buffer.from(made[0]!.publicKey, 'base64url')).toHaveLength(65)
  })

  it('put a push off where an operator wrote them wrong, and end no browser', async () => {
    process.env.VAPID_PUBLIC_KEY = 'x'
    process.env.VAPID_PRIVATE_KEY = 'y'
    try {
      const told = { address: endpoint(), keys: { ...newBrowserKeys() } }
      expect(await deliverPush(told)).toMatchObject({ outcome: 'later' })
    } finally {
      delete process.env.VAPID_PUBLIC_KEY
      delete process.env.VAPID_PRIVATE_KEY
    }
  })

  it('name whom Apple lets a push service complain to: no local name, no display name', () => {
    const subject = (env: Record<string, string>) => vapidSubject(env as unknown as NodeJS.ProcessEnv)
    expect(subject({ AUTH_URL: 'https://greenlit.test' })).toBe('https://greenlit.test')
    const MAIL_FROM = 'Greenlit <news@greenlit.test>'
    for (const AUTH_URL of [
      'http://greenlit.test',
      'https://localhost:3000',
      'https://nas.local',
      'https://[::1]',
      'https://192.0.2.7',
    ])
      expect(subject({ AUTH_URL, MAIL_FROM }), AUTH_URL).toBe('mailto:news@greenlit.test')
    for (const from of ['', 'greenlit@localhost', 'Greenlit <x@nas.local>'])
      expect(subject({ AUTH_URL: 'http://localhost:3000', MAIL_FROM: from }), from).toBe(
        'mailto:nobody@example.com',
      )
  })

  it('are the environment’s where it has them', async () => {
    const env = { VAPID_PUBLIC_KEY: 'a', VAPID_PRIVATE_KEY: 'b' } as unknown as NodeJS.ProcessEnv
    expect(await vapidKeys(env)).toEqual({ publicKey: 'a', privateKey: 'b' })
  })

  it('decrypt by the example of RFC 8291', () => {
    const body = Buffer.from(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
      'base64url',
    )
    const keys = {
      privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    }
    expect(arePushKeys(keys)).toBe(true)
    expect(decryptPush(body, keys)).toBe('When I grow up, I want to be a watermelon')
  })
})

describe('a webhook', () => {
  it('keeps its secret when it is added again, and shows it to nobody but its owner', async () => {
    const [who, other] = [await newReader(), await newReader(true)]
    const wish = hook()
    const added = await addWebhook(who, wish)
    if (!added.ok) throw new Error(added.message)
    const secret = await channels.getChannelSecret(who, added.id)
    expect(secret).toMatch(/^whsec_/)
    expect(await addWebhook(who, { ...wish, format: 'slack', label: ' Mine ' })).toEqual(added)
    expect(await channels.getChannelSecret(who, added.id)).toBe(secret)
    expect(await channels.getChannelSecret(other, added.id)).toBeNull()
    const [line] = await channels.listChannels(who)
    expect(line).toMatchObject({ label: 'Mine', beside: 'slack at hooks.example' })
    expect(JSON.stringify(line)).not.toContain(secret!.slice(6, 20))
    expect(JSON.stringify(line)).not.toContain(wish.url)
  })

  it('is refused with a sentence where it leads inside, or says nothing we know', async () => {
    const who = await newReader()
    const wishes = [
      ...[
        'http://hooks.example/',
        'https://localhost/',
        'https://10.0.0.1/',
        'https://hooks.example:22/',
        'x',
        '',
      ].map((url) => ({ url })),
      ...['xml', '', '__proto__', 'JSON'].map((format) => ({ format })),
      { format: 'ntfy', url: 'https://ntfy.sh/' },
      { label: 'x'.repeat(61) },
      { label: '\u202egnp' },
      { url: `https://hooks.example/${'x'.repeat(1_000)}` },
    ]
    for (const wish of wishes) {
      const result = await addWebhook(who, { ...hook(), ...wish })
      expect([wish, result]).toMatchObject([wish, { ok: false, reason: 'channel' }])
      expect(!result.ok && result.message).toMatch(/^[A-Z].{15,}\.?$/)
    }
    expect(await channels.listChannels(who)).toEqual([])
  })

  it('that is gone for good is told apart from one that is busy', async () => {
    const told = { address: 'https://hooks.example/x', keys: { format: 'json', secret: 'whsec_AAAA' } }
    const { got, means } = farSide({ status: 204 })
    expect(await deliverWebhook(told, means)).toEqual({ outcome: 'sent' })
    expect(got).toMatchObject([{ url: told.address, method: 'POST', headers: { 'webhook-id': 'notice.1' } }])
    const outcome = (status: number) => deliverWebhook(told, farSide({ status }).means)
    expect(await outcome(410)).toMatchObject({ outcome: 'refused', ends: true })
    expect(await outcome(404)).toMatchObject({ outcome: 'refused', ends: false })
    expect(await outcome(302)).toEqual({
      outcome: 'refused',
      reason: 'hooks.example answered 302.',
      ends: false,
    })
    expect(await outcome(500)).toMatchObject({ outcome: 'later' })
    expect(await deliverWebhook({ ...told, keys: { format: 'x' } })).toMatchObject({
      outcome: 'refused',
    })
    expect(await deliverWebhook({ ...told, address: 'https://127.0.0.1/' })).toMatchObject({
      outcome: 'refused',
    })
  })
})

describe('channels', () => {
  it('stop at five webhooks and ten browsers, also for many wishes at once', async () => {
    const who = await newReader()
    const lines = async (kind: string) =>
      (await channels.listChannels(who)).filter((line) => line.kind === kind)
    // A wish that waits too long for its turn is refused; the next round makes up for it.
    const wish = async (kind: string, most: number, add: () => Promise<unknown>) => {
      do {
        await forgetLimits()
        await Promise.allSettled(Array.from({ length: most + 5 }, add))
      } while ((await lines(kind)).length < most)
      expect(await lines(kind)).toHaveLength(most)
    }
    await wish('webhook', 5, () => addWebhook(who, hook()))
    await wish('push', 10, () => addPush(who, subscription()))
    await forgetLimits()
    expect(await addWebhook(who, hook())).toMatchObject({ ok: false, reason: 'full' })
    expect(await addPush(who, subscription())).toMatchObject({ ok: false, reason: 'full' })
  })

  it('are their owner’s alone: no other reader, and nobody, changes or tests one', async () => {
    const [who, other] = [await newReader(), await newReader()]
    const added = await addWebhook(who, hook())
    if (!added.ok) throw new Error(added.message)
    const before = await all()
    const { got, means } = farSide({ status: 200 })
    for (const stranger of [other, null]) {
      const expected = { ok: false, reason: stranger ? 'no-channel' : 'signed-out' }
      expect(await channels.removeChannel(stranger, added.id)).toMatchObject(expected)
      expect(await channels.enableChannel(stranger, added.id)).toMatchObject(expected)
      expect(await channels.disableChannel(stranger, added.id)).toMatchObject(expected)
      expect(await channels.testChannel(stranger, added.id, means)).toMatchObject(expected)
    }
    expect(got).toEqual([])
    expect(await all()).toEqual(before)
  })

  it('are turned off and on again, also after a refusal for good', async () => {
    const who = await newReader()
    const added = await addWebhook(who, hook())
    if (!added.ok) throw new Error(added.message)
    const state = async () => (await channels.listChannels(who))[0]!
    await channels.disableChannel(who, added.id)
    await channels.disableChannel(who, added.id)
    expect(await state()).toMatchObject({ enabled: false })
    const refused = await channels.testChannel(who, added.id, farSide({ status: 410 }).means)
    expect(refused).toMatchObject({ ok: false, reason: 'undelivered' })
    expect(await state()).toMatchObject({
      suspendedAt: at.toISOString(),
      lastRefusal: 'hooks.example answered 410.',
      lastDeliveredAt: null,
    })
    await channels.enableChannel(who, added.id)
    expect(await state()).toMatchObject({ enabled: true, suspendedAt: null })
    expect(await channels.testChannel(who, added.id, farSide({ status: 200 }).means)).toMatchObject({
      ok: true,
    })
    expect(await state()).toMatchObject({ lastDeliveredAt: at.toISOString() })
    expect(await channels.removeChannel(who, added.id)).toMatchObject({ ok: true })
    expect(await channels.removeChannel(who, added.id)).toMatchObject({ ok: false, reason: 'no-channel' })
  })

  it('are tested ten times in ten minutes, and never inside a transaction', async () => {
    const who = await newReader()
    const added = await addWebhook(who, hook())
    if (!added.ok) throw new Error(added.message)
    const { got, means } = farSide({ status: 200 })
    const tries = await Promise.all(
      Array.from({ length: 40 }, () => channels.testChannel(who, added.id, means)),
    )
    expect(tries.filter(({ ok }) => ok)).toHaveLength(10)
    expect(got).toHaveLength(10)
    expect(tries.find(({ ok }) => !ok)).toMatchObject({
      reason: 'limit',
      retryAfterSeconds: expect.any(Number),
    })
    await expect(transaction(() => channels.testChannel(who, added.id, means))).rejects.toThrow(
      /inside a transaction/,
    )
  })

  it('go with the account', async () => {
    const who = await newReader()
    await addWebhook(who, hook())
    await addPush(who, subscription())
    await db().delete(reader).where(eq(reader.id, who.id))
    expect(await channels.listChannels(who)).toEqual([])
    expect(await addWebhook(who, hook())).toMatchObject({ ok: false, reason: 'signed-out' })
  })
})
