/** S1: every personal door, tried as nobody, as one reader on another's things, and with nonsense. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as authDoor from '@/app/api/auth/[...nextauth]/route'
import * as codeDoor from '@/app/api/auth/code/route'
import * as confirmDoor from '@/app/api/auth/confirm/route'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as passkeyOptionsDoor from '@/app/api/auth/passkey/options/route'
import * as passkeyRegisterDoor from '@/app/api/auth/passkey/register/route'
import * as passkeySignInDoor from '@/app/api/auth/passkey/sign-in/route'
import * as signOutDoor from '@/app/api/auth/sign-out/route'
import * as providerDoor from '@/app/api/auth/with/[provider]/route'
import * as channelDoor from '@/app/api/me/channels/route'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as exportDoor from '@/app/api/me/export/route'
import * as feedsDoor from '@/app/api/me/feeds/route'
import * as followExportDoor from '@/app/api/me/follows/export/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as forYouDoor from '@/app/api/me/for-you/route'
import * as importConfirmDoor from '@/app/api/me/imports/confirm/route'
import * as importDoor from '@/app/api/me/imports/route'
import * as importUndoDoor from '@/app/api/me/imports/undo/route'
import * as unmatchedDoor from '@/app/api/me/imports/unmatched/route'
import * as lookedDoor from '@/app/api/me/looked/route'
import * as pairsDoor from '@/app/api/me/pairs/route'
import * as passkeyDoor from '@/app/api/me/passkeys/route'
import * as pushKeyDoor from '@/app/api/me/push/key/route'
import * as pushDoor from '@/app/api/me/push/route'
import * as meDoor from '@/app/api/me/route'
import * as sessionDoor from '@/app/api/me/sessions/route'
import * as verdictDoor from '@/app/api/me/verdicts/route'
import * as wantedDoor from '@/app/api/me/wanted/route'
import * as wishesDoor from '@/app/api/me/wishes/route'
import { db } from '@/db/client'
import { authenticator } from '@/db/schema/account'
import { channel } from '@/db/schema/notice'
import { wanted } from '@/db/schema/wanted'
import { viewerOf } from '@/lib/accounts/queries'
import { hashToken } from '@/lib/shared/secrets'
import { newBrowserKeys } from '../support/push'
import { Browser, forgetLimits, makeShow, SITE, signInAs } from '../support/readers'

/** Every handler under app/api/me and app/api/auth; a new one without a row here fails. */
const DOORS: Record<string, { door: Record<string, unknown>; needsReader: boolean }> = {
  'auth/[...nextauth]': { door: authDoor, needsReader: false },
  'auth/code': { door: codeDoor, needsReader: false },
  'auth/confirm': { door: confirmDoor, needsReader: false },
  'auth/mail': { door: mailDoor, needsReader: false },
  'auth/passkey/options': { door: passkeyOptionsDoor, needsReader: false },
  'auth/passkey/register': { door: passkeyRegisterDoor, needsReader: true },
  'auth/passkey/sign-in': { door: passkeySignInDoor, needsReader: false },
  'auth/sign-out': { door: signOutDoor, needsReader: false },
  'auth/with/[provider]': { door: providerDoor, needsReader: false },
  me: { door: meDoor, needsReader: false },
  'me/channels': { door: channelDoor, needsReader: true },
  'me/delete': { door: deleteDoor, needsReader: true },
  'me/export': { door: exportDoor, needsReader: true },
  'me/feeds': { door: feedsDoor, needsReader: true },
  'me/follows': { door: followDoor, needsReader: true },
  'me/follows/export': { door: followExportDoor, needsReader: true },
  'me/for-you': { door: forYouDoor, needsReader: true },
  'me/imports': { door: importDoor, needsReader: true },
  'me/imports/confirm': { door: importConfirmDoor, needsReader: true },
  'me/imports/undo': { door: importUndoDoor, needsReader: true },
  'me/imports/unmatched': { door: unmatchedDoor, needsReader: true },
  'me/looked': { door: lookedDoor, needsReader: true },
  'me/pairs': { door: pairsDoor, needsReader: true },
  'me/passkeys': { door: passkeyDoor, needsReader: true },
  'me/push': { door: pushDoor, needsReader: true },
  'me/push/key': { door: pushKeyDoor, needsReader: true },
  'me/sessions': { door: sessionDoor, needsReader: true },
  'me/verdicts': { door: verdictDoor, needsReader: true },
  'me/wanted': { door: wantedDoor, needsReader: true },
  'me/wishes': { door: wishesDoor, needsReader: true },
}

const GOOD: Record<string, Record<string, string>> = {
  'auth/passkey/register': { answer: '{}' },
  'me/channels': { want: 'add', url: 'https://hooks.example/a', format: 'json', label: '' },
  'me/delete': { sure: 'delete' },
  'me/feeds': { want: 'renew' },
  'me/follows': { show: 'kingdom', season: '1', want: 'follow' },
  'me/imports': { file: 'title' },
  'me/imports/confirm': { import: '00000000-0000-4000-8000-000000000000' },
  'me/imports/undo': { import: '00000000-0000-4000-8000-000000000000' },
  'me/looked': { until: new Date().toISOString() },
  'me/pairs': { slug: 'kingdom', related: 'dark', reason: 'Both are slow and cold.' },
  'me/passkeys': { remove: 'a2V5' },
  'me/push': { want: 'subscribe', endpoint: 'https://fcm.googleapis.com/fcm/send/a', ...newBrowserKeys() },
  'me/sessions': { end: 'others' },
  'me/verdicts': { slug: 'kingdom', word: 'seen' },
  'me/wanted': { words: 'A Show of the Future' },
  'me/wishes': {
    timeZone: 'UTC',
    leadDays: '0',
    cadence: 'now',
    digestHour: '8',
    digestWeekday: '1',
    wants: 'dates',
    quietFrom: '',
    quietTo: '',
  },
}

const NONSENSE: [string, string][] = [
  ['nothing', ''],
  ['unknown fields', 'x=1&y=2'],
  ['negative, zero and huge numbers', 'show=kingdom&season=-1&want=follow&end=0&until=0&code=-1'],
  ['season 10^9', 'show=kingdom&season=1000000000&want=follow'],
  [
    'a slug that climbs',
    'slug=../../etc/passwd&word=seen&show=../../etc/passwd&season=1&want=follow&end=../x&remove=../x',
  ],
  [
    'SQL',
    `slug=x'%3Bdrop table verdict--&word=seen&show=x'%3Bdrop table reader--&season=1&want=follow&end='or'1'='1&remove='or'1'='1&token=';--`,
  ],
  [
    'control and bidi characters',
    'show=%00%1b%E2%80%AE&season=%0d%0a&want=%00&end=%00&remove=%00&email=%00&code=%00&token=%00&until=%00&sure=%00',
  ],
  ['broken percent signs', '%=%&%E0%A4=%'],
  [
    'a field ten kilobytes long',
    `email=${'x'.repeat(10_000)}&token=${'x'.repeat(10)}&show=${'x'.repeat(10)}`,
  ],
  ['a thousand fields', Array.from({ length: 1000 }, (_, i) => `f${i}=1`).join('&')],
  [
    'addresses inside, unknown formats and keys that are none',
    'want=add&url=https://127.0.0.1/&format=xml&label=&channel=0&endpoint=https://evil.example/&p256dh=x&auth=x',
  ],
  ['a subscription to nowhere', 'want=subscribe&endpoint=https://localhost/&p256dh=x&auth=x&channel=1e9'],
  ['a date that is none', 'until=2026-13-45T99:99:99Z'],
  ['a word that is none', 'slug=kingdom&word=loved&season=x'],
  ['proto', 'slug=kingdom&word=__proto__&__proto__=1&constructor=1&show=__proto__&season=1&want=__proto__'],
]

/** Sends anything; returns status and sentence, with everything a refusal owes checked. */
async function refusal(answer: Response) {
  const type = answer.headers.get('content-type') ?? ''
  expect(answer.headers.get('cache-control')).toMatch(/no-store/)
  const sentence = type.includes('json')
    ? ((await answer.json()) as { detail?: string }).detail
    : await answer.text()
  return { status: answer.status, sentence }
}

let a: Browser
let b: Browser

const everything = async () => {
  const [row] = await db().execute<{ all: string }>(sql`
    select concat((select string_agg(r.id::text || r.last_looked_at::text, ',' order by r.id) from reader r),
      (select string_agg(f.reader_id::text || f.season_id, ',' order by f.id) from follow f),
      (select string_agg(hash || coalesce(revoked_at::text, ''), ',' order by hash) from reader_token),
      (select string_agg(session_token, ',' order by session_token) from session),
      (select string_agg(credential_id, ',' order by credential_id) from authenticator),
      (select string_agg(v::text, ',' order by v.reader_id, v.show_id) from pair_voice v),
      (select string_agg(c::text, ',' order by c.id) from channel c),
      (select string_agg(w::text, ',' order by w.id) from wanted w),
      (select string_agg(v::text, ',' order by v.reader_id, v.show_id) from verdict v)) as all`)
  return row!.all
}

beforeAll(async () => {
  await makeShow('kingdom')
  await makeShow('dark')
  a = await signInAs('a@greenlit.test')
  b = await signInAs('b@greenlit.test')
  await b.post(followDoor, '/api/me/follows', { show: 'kingdom', season: '2', want: 'follow' })
  await b.post(verdictDoor, '/api/me/verdicts', GOOD['me/verdicts']!)
  await b.post(channelDoor, '/api/me/channels', GOOD['me/channels']!)
  await b.post(pushDoor, '/api/me/push', GOOD['me/push']!)
  await b.post(pairsDoor, '/api/me/pairs', GOOD['me/pairs']!)
  await b.post(wantedDoor, '/api/me/wanted', GOOD['me/wanted']!)
  const owner = await viewerOf(b.headers())
  await db().insert(authenticator).values({
    credentialID: 'Yi1rZXk=',
    userId: owner!.id,
    providerAccountId: 'Yi1rZXk=',
    credentialPublicKey: 'eA==',
    counter: 0,
    credentialDeviceType: 'singleDevice',
    credentialBackedUp: false,
  })
})
beforeEach(forgetLimits)

describe('the doors', () => {
  it('are all in this matrix', () => {
    const found = ['me', 'auth'].flatMap((folder) =>
      readdirSync(join(import.meta.dirname, '../../app/api', folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /(^|\/)route\.ts$/.test(file))
        .map((file) => `${folder}/${file}`.replace(/\/route\.ts$/, '')),
    )
    expect(found.sort()).toEqual(Object.keys(DOORS).sort())
  })

  it('change nothing for nobody, and say so', async () => {
    const before = await everything()
    for (const [name, { door, needsReader }] of Object.entries(DOORS)) {
      if (!needsReader) continue
      const nobody = new Browser()
      const answer = door.POST
        ? await nobody.post(door as { POST: unknown }, `/api/${name}`, GOOD[name]!)
        : await nobody.get(door as { GET: unknown }, `/api/${name}`)
      const { status, sentence } = await refusal(answer)
      expect([name, status]).toEqual([name, 401])
      expect(sentence).toMatch(/^Sign in first/)
    }
    expect(await everything()).toBe(before)
  })

  it('change nothing for a forged, an ended or another site’s session', async () => {
    const before = await everything()
    for (const token of ['x', 'x'.repeat(43), hashToken(b.session!), `${b.session}x`, '']) {
      const forger = new Browser()
      forger.cookies.set([...b.cookies.keys()][0]!, token)
      const answer = await forger.post(followDoor, '/api/me/follows', GOOD['me/follows']!)
      expect(answer.status).toBe(401)
    }
    expect(await everything()).toBe(before)
  })

  it('never let one reader end, remove or read what is another’s', async () => {
    const before = await everything()
    const theirs = hashToken(b.session!)
    expect((await a.post(sessionDoor, '/api/me/sessions', { end: theirs })).status).toBe(404)
    expect((await a.post(passkeyDoor, '/api/me/passkeys', { remove: 'Yi1rZXk=' })).status).toBe(404)
    const pairOfTheirs = { ...GOOD['me/pairs']!, want: 'withdraw' }
    expect((await a.post(pairsDoor, '/api/me/pairs', pairOfTheirs)).status).toBe(404)
    const [theirWish] = await db().select().from(wanted)
    expect((await a.post(wantedDoor, '/api/me/wanted', { drop: String(theirWish!.id) })).status).toBe(404)
    const theirChannels = (await db().select().from(channel)).filter(({ kind }) => kind !== 'mail')
    expect(theirChannels.map(({ kind }) => kind).sort()).toEqual(['push', 'webhook'])
    for (const { id } of theirChannels)
      for (const want of ['remove', 'enable', 'disable', 'test'])
        expect((await a.post(channelDoor, '/api/me/channels', { want, channel: String(id) })).status).toBe(
          404,
        )
    const { endpoint } = GOOD['me/push']!
    await a.post(pushDoor, '/api/me/push', { want: 'unsubscribe', endpoint: endpoint! })
    const unfollow = { show: 'kingdom', season: '2', want: 'unfollow' }
    expect((await a.post(followDoor, '/api/me/follows', unfollow)).status).toBe(200)
    const takenBack = { slug: 'kingdom', word: '', reader: 'b', readerId: 'b' }
    expect((await a.post(verdictDoor, '/api/me/verdicts', takenBack)).status).toBe(200)
    expect(await (await a.get(forYouDoor, '/api/me/for-you')).json()).toMatchObject({ said: [] })
    // Naming somebody else in the fields changes nothing either.
    await a.post(followDoor, '/api/me/follows', { ...unfollow, reader: 'b', userId: 'b', id: theirs })
    const exported = await (await a.get(exportDoor, '/api/me/export')).text()
    expect(exported).toContain('a@greenlit.test')
    expect(exported).not.toContain('b@greenlit.test')
    expect(await everything()).toBe(before)
  })

  it.each(NONSENSE)('meet %s with a sentence, never with an error, and change nothing', async (_, body) => {
    const before = await everything()
    for (const [name, { door }] of Object.entries(DOORS)) {
      if (!door.POST || name === 'auth/sign-out' || name.includes('[')) continue
      for (const browser of [a, new Browser()]) {
        await forgetLimits()
        const { status, sentence } = await refusal(
          await browser.post(door as { POST: unknown }, `/api/${name}`, body),
        )
        expect([name, status >= 400 && status < 500]).toEqual([name, true])
        expect(sentence).toMatch(/^[A-Z].{15,}\.$/)
      }
    }
    expect(await everything()).toBe(before)
  })

  it('meet bodies that are no forms, too large or half with a sentence', async () => {
    const before = await everything()
    const bodies: [string, BodyInit, number][] = [
      ['application/json', '{"show":"kingdom"}', 415],
      ['text/plain', 'show=kingdom', 415],
      ['', 'show=kingdom', 415],
      ['application/x-www-form-urlencoded', 'x'.repeat(1_000_000), 413],
      ['multipart/form-data', 'no boundary', 400],
      [
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="show"\r\n\r\nking',
        400,
      ],
    ]
    for (const [name, { door }] of Object.entries(DOORS)) {
      if (!door.POST || name.includes('[')) continue
      for (const [type, body, expected] of bodies) {
        const request = new Request(`${SITE}/api/${name}`, {
          method: 'POST',
          headers: a.headers({ 'Content-Type': type || 'x' }),
          body,
        })
        const POST = door.POST as (request: Request, context: unknown) => Promise<Response>
        const { status, sentence } = await refusal(await POST(request, {}))
        expect([name, type, status]).toEqual([name, type, expected])
        expect(sentence).toMatch(/\.$/)
      }
    }
    expect(await everything()).toBe(before)
  })

  it('answer a form without JavaScript with a page that says the same sentence', async () => {
    const answer = await a.post(
      followDoor,
      '/api/me/follows',
      { show: 'kingdom', season: '999', want: 'follow' },
      {
        Accept: 'text/html,application/xhtml+xml',
      },
    )
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await answer.text()).toContain('There is no such season in the catalogue.')
  })

  it('keep next-auth’s own doors shut: nobody signs in, registers or lists anything through them', async () => {
    const paths = [
      'signin',
      'signin/github',
      'signin/email',
      'signout',
      'callback/email',
      'callback/credentials',
      'callback/passkey',
      'webauthn-options/passkey',
    ]
    for (const path of [
      ...paths,
      'verify-request',
      'providers',
      'csrf',
      'error',
      'session',
      '../me',
      'x'.repeat(3000),
    ])
      for (const method of ['GET', 'POST']) {
        if (path === 'session' && method === 'GET') continue
        const request = new Request(`${SITE}/api/auth/${path}`, {
          method,
          headers: a.headers({ 'Content-Type': 'application/x-www-form-urlencoded' }),
          ...(method === 'POST' ? { body: 'email=b@greenlit.test' } : {}),
        })
        Object.defineProperty(request, 'nextUrl', { value: new URL(request.url) })
        const handle = (method === 'GET' ? authDoor.GET : authDoor.POST) as unknown as (
          request: Request,
        ) => Promise<Response>
        const { status } = await refusal(await handle(request))
        expect([path, method, status]).toEqual([path, method, 404])
      }
  })

  it('name no season that is none when asked about the reader', async () => {
    for (const query of [
      'show=kingdom',
      'season=1',
      'show=kingdom&season=0',
      'show=KINGDOM&season=1',
      'show=%00&season=1',
    ])
      expect((await a.get(meDoor, `/api/me?${query}`)).status).toBe(400)
    const unknown = await a.get(meDoor, '/api/me?show=unheard-of&season=1')
    expect(await unknown.json()).toEqual({ signedIn: true, following: false, news: 0 })
  })
})
