/** A passkey signs in whom it belongs to, and nobody adds, takes or copies one who should not. */
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as optionsDoor from '@/app/api/auth/passkey/options/route'
import * as registerDoor from '@/app/api/auth/passkey/register/route'
import * as signInDoor from '@/app/api/auth/passkey/sign-in/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as passkeyDoor from '@/app/api/me/passkeys/route'
import { db } from '@/db/client'
import { account, authenticator, reader, session } from '@/db/schema/account'
import { passkeyCookieName } from '@/lib/accounts/cookies'
import { signInByPasskey } from '@/lib/accounts/passkeys'
import { viewerOf } from '@/lib/accounts/queries'
import { Authenticator } from '../support/authenticator'
import { asOwner } from '../support/database'
import { Browser, forgetLimits, mailsWritten, makeShow, SITE, signInAs } from '../support/readers'

let count = 0
let address = ''
let owner: Browser
let key: Authenticator

type Options = { challenge: string } & Record<string, unknown>
const OPTIONS = '/api/auth/passkey/options'
const ask = (browser: Browser, what: string) => browser.post(optionsDoor, OPTIONS, { for: what })
const optionsOf = async (browser: Browser, what: 'sign-in' | 'register') =>
  ((await (await ask(browser, what)).json()) as { options: Options }).options
const register = (browser: Browser, answer: string) =>
  browser.post(registerDoor, '/api/auth/passkey/register', { answer })
const enter = (browser: Browser, answer: string, returnTo = '') =>
  browser.post(signInDoor, '/api/auth/passkey/sign-in', { answer, returnTo })
const remove = (browser: Browser, id: string) => browser.post(passkeyDoor, '/api/me/passkeys', { remove: id })
const said = async (answer: Response) => ({
  status: answer.status,
  sentence: ((await answer.json()) as { detail?: string }).detail ?? '',
})
const keysOf = async (browser: Browser) => {
  const viewer = await viewerOf(browser.headers())
  return db().select().from(authenticator).where(eq(authenticator.userId, viewer!.id))
}
const sessions = async () => db().$count(session)
/** The owner's session was begun so many minutes ago. */
const age = (minutes: number) =>
  db().execute(sql`update session set created_at = now() - ${`${minutes} minutes`}::interval`)
const lettersTo = mailsWritten

async function addKey(browser: Browser, made = new Authenticator()): Promise<Authenticator> {
  const answer = await register(browser, made.create(await optionsOf(browser, 'register')))
  expect(answer.status, await answer.clone().text()).toBe(200)
  return made
}

beforeEach(async () => {
  await forgetLimits()
  address = `reader-${++count}@greenlit.test`
  owner = await signInAs(address)
})

describe('a passkey', () => {
  it('is added by its reader, who is mailed when and where, and signs in without a mail', async () => {
    key = await addKey(owner)
    const [letter] = await lettersTo(address)
    expect(letter!.subject).toBe('A passkey was added to your Greenlit account')
    expect(letter!.text).toMatch(
      /^On \d+ \w+ \d{4} at \d\d:\d\d \(UTC\) a passkey was added .* in Firefox on Linux\./,
    )
    expect(letter!.text).toContain('If it was not you')
    expect(letter!.text).toContain(`${SITE}/settings`)

    const fresh = new Browser()
    const answer = await enter(fresh, key.get(await optionsOf(fresh, 'sign-in')), '/shows/kingdom')
    expect(await answer.json()).toEqual({ ok: true, location: '/shows/kingdom' })
    expect((await viewerOf(fresh.headers()))?.email).toBe(address)
    // Nothing of the ceremony is left in the browser.
    expect(fresh.cookies.has(passkeyCookieName())).toBe(false)
  })

  it('asks the device to make sure who holds it, and to offer none that the account has', async () => {
    key = await addKey(owner)
    const options = await optionsOf(owner, 'register')
    expect(options).toMatchObject({
      rp: { id: 'greenlit.test', name: 'Greenlit' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: key.id.toString('base64url'), transports: ['internal', 'hybrid'] }],
    })
    expect(options.challenge).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(JSON.stringify((options.user as { id: string }).id)).not.toContain('@')
    expect(await optionsOf(new Browser(), 'sign-in')).toMatchObject({
      rpId: 'greenlit.test',
      userVerification: 'required',
    })
  })

  it('does what its reader wanted before signing in, and takes this browser’s list along', async () => {
    key = await addKey(owner)
    await makeShow(`dark-${count}`)
    await makeShow(`kept-${count}`)
    const fresh = new Browser()
    const kept = { show: `kept-${count}`, season: '1', want: 'follow', keep: 'browser' }
    expect((await fresh.post(followDoor, '/api/me/follows', kept)).status).toBe(200)
    const answer = await enter(
      fresh,
      key.get(await optionsOf(fresh, 'sign-in')),
      `/shows/dark-${count}?follow=2`,
    )
    expect(await answer.json()).toMatchObject({ location: `/following?followed=dark-${count}.2` })
    const viewer = await viewerOf(fresh.headers())
    const follows = await db().execute(sql`select 1 from follow where reader_id = ${viewer!.id}`)
    expect(follows).toHaveLength(2)
  })

  it('that was stored by next-auth goes on working, and is removed by its old name', async () => {
    const viewer = await viewerOf(owner.headers())
    key = new Authenticator()
    const credentialID = key.id.toString('base64')
    // As @auth/core 0.41.3 with simplewebauthn 9 wrote it: base64 with padding, transports by commas, a row in account.
    expect(credentialID).toMatch(/[+/].*=$/)
    await db()
      .insert(account)
      .values({ userId: viewer!.id, type: 'webauthn', provider: 'passkey', providerAccountId: credentialID })
    await db()
      .insert(authenticator)
      .values({
        credentialID,
        providerAccountId: credentialID,
        userId: viewer!.id,
        counter: 4,
        transports: 'internal',
        credentialPublicKey: key.publicKey.toString('base64'),
        credentialDeviceType: 'multiDevice',
        credentialBackedUp: true,
      })
    const fresh = new Browser()
    key.counter = 5
    expect((await enter(fresh, key.get(await optionsOf(fresh, 'sign-in')))).status).toBe(200)
    expect((await viewerOf(fresh.headers()))?.email).toBe(address)
    expect(await keysOf(owner)).toMatchObject([{ credentialID, counter: 5 }])
    const again = await register(owner, key.create(await optionsOf(owner, 'register')))
    expect(await said(again)).toEqual({
      status: 422,
      sentence: 'This passkey is one of an account here already.',
    })
    expect((await remove(owner, credentialID)).status).toBe(200)
    expect(await db().select().from(account).where(eq(account.userId, viewer!.id))).toEqual([])
  })

  it('is stored in the form next-auth reads, so that the release before finds it', async () => {
    key = await addKey(owner)
    const [row] = await keysOf(owner)
    expect(row).toMatchObject({
      credentialID: key.id.toString('base64'),
      credentialPublicKey: key.publicKey.toString('base64'),
      providerAccountId: key.id.toString('base64'),
      transports: 'internal,hybrid',
      counter: 0,
      credentialDeviceType: 'singleDevice',
    })
    expect(await db().select().from(account).where(eq(account.userId, row!.userId))).toMatchObject([
      { type: 'webauthn', provider: 'passkey', providerAccountId: row!.credentialID },
    ])
  })
})

describe('a stolen cookie of an old session', () => {
  it('adds no passkey, not even with a challenge from when it was fresh', async () => {
    const options = await optionsOf(owner, 'register')
    await age(11)
    const late = await ask(owner, 'register')
    expect(await said(late)).toEqual({
      status: 403,
      sentence: expect.stringMatching(
        /^To add a passkey, sign in again first; that must not be longer than 10 minutes ago\. Reload .*\.$/,
      ),
    })
    expect((await register(owner, new Authenticator().create(options))).status).toBe(403)
    expect(await keysOf(owner)).toEqual([])
    expect((await lettersTo(address)).map(({ subject }) => subject)).toEqual(['Sign in to Greenlit'])
  })

  it('removes none either', async () => {
    key = await addKey(owner)
    const [row] = await keysOf(owner)
    await age(11)
    const answer = await said(await remove(owner, row!.credentialID))
    expect(answer).toMatchObject({
      status: 403,
      sentence: expect.stringMatching(/^To remove a passkey, sign in again/),
    })
    expect(await keysOf(owner)).toHaveLength(1)
    // Its owner signs in again and does it; the mail says so.
    await signInAs(address, owner)
    expect((await remove(owner, row!.credentialID)).status).toBe(200)
    expect((await lettersTo(address))[0]!.subject).toBe('A passkey was removed from your Greenlit account')
    const fresh = new Browser()
    expect((await enter(fresh, key.get(await optionsOf(fresh, 'sign-in')))).status).toBe(422)
  })
})

describe('a challenge', () => {
  it('is worth nothing twice, in another browser, for another purpose, in the sixth minute, or as it never was', async () => {
    key = await addKey(owner)
    const fresh = new Browser()
    const used = key.get(await optionsOf(fresh, 'sign-in'), { counter: 1 })
    const thief = new Browser()
    for (const [name, value] of fresh.cookies)
      if (name !== passkeyCookieName()) thief.cookies.set(name, value)
    const before = await sessions()
    expect((await enter(thief, used)).status).toBe(410)
    const late = await signInByPasskey(used, {
      browser: fresh.cookies.get(passkeyCookieName()),
      returnTo: null,
      device: 'a test',
      oldSession: undefined,
      now: new Date(Date.now() + 5.1 * 60_000),
    })
    expect(late).toMatchObject({ ok: false, reason: 'gone' })
    // That has spent it.
    expect((await enter(fresh, used)).status).toBe(410)
    const forRegistering = await optionsOf(owner, 'register')
    expect((await enter(owner, key.get(forRegistering))).status).toBe(410)
    expect((await enter(fresh, key.get({ challenge: 'x'.repeat(43) }))).status).toBe(410)
    expect(await sessions()).toBe(before)
    const good = key.get(await optionsOf(fresh, 'sign-in'), { counter: 2 })
    expect((await enter(fresh, good)).status).toBe(200)
    expect((await enter(fresh, good)).status).toBe(410)
  })

  it('answered a hundred times at once begins exactly one session', async () => {
    key = await addKey(owner)
    const fresh = new Browser()
    const answer = key.get(await optionsOf(fresh, 'sign-in'))
    const before = await sessions()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => {
        const same = new Browser()
        for (const [name, value] of fresh.cookies) same.cookies.set(name, value)
        return enter(same, answer)
      }),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(99)
    expect((await sessions()) - before).toBe(1)
  })

  it('stays good in one tab when another tab asks for its own', async () => {
    key = await addKey(owner)
    const fresh = new Browser()
    const first = await optionsOf(fresh, 'sign-in')
    await optionsOf(fresh, 'sign-in')
    expect((await enter(fresh, key.get(first))).status).toBe(200)
  })

  it('of another reader’s session registers nothing', async () => {
    const other = await signInAs(`other-${address}`)
    const options = await optionsOf(other, 'register')
    owner.cookies.set(passkeyCookieName(), other.cookies.get(passkeyCookieName())!)
    expect((await register(owner, new Authenticator().create(options))).status).toBe(410)
    expect(await keysOf(owner)).toEqual([])
    expect(await keysOf(other)).toEqual([])
  })

  it('is nowhere in the database in a form that could be answered', async () => {
    const { challenge } = await optionsOf(owner, 'register')
    const [row] = await db().execute<{ text: string }>(
      sql`select string_agg(t::text, ' ') as text from verification_token t`,
    )
    expect(row!.text).not.toContain(challenge)
    expect(row!.text).not.toContain(owner.cookies.get(passkeyCookieName()))
  })
})

describe('nobody signs in', () => {
  const refusedWith = async (browser: Browser, answer: string, status = 422) => {
    const before = await sessions()
    const refusal = await said(await enter(browser, answer))
    expect(refusal.status).toBe(status)
    expect(refusal.sentence).toMatch(/^[A-Z].{15,}\.$/)
    expect(await sessions()).toBe(before)
    expect(browser.session).toBeUndefined()
    return refusal.sentence
  }

  it('by a passkey no account here has: it makes no reader', async () => {
    const readers = await db().$count(reader)
    const fresh = new Browser()
    const sentence = await refusedWith(fresh, new Authenticator().get(await optionsOf(fresh, 'sign-in')))
    expect(sentence).toContain('opens no account here')
    expect(await db().$count(reader)).toBe(readers)
  })

  it.each([
    ['on another site', { origin: 'https://evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['without showing finger, face or PIN', { verified: false }],
  ])('by an answer given %s', async (_, lies) => {
    key = await addKey(owner)
    const fresh = new Browser()
    await refusedWith(fresh, key.get(await optionsOf(fresh, 'sign-in'), lies))
    const forged = new Authenticator(key.id)
    await refusedWith(fresh, forged.get(await optionsOf(fresh, 'sign-in')))
    const added = await register(owner, new Authenticator().create(await optionsOf(owner, 'register'), lies))
    expect(added.status).toBe(422)
  })

  it('by a copy of a key: a count that stands still or goes back is refused, and the operator reads of it', async () => {
    key = await addKey(owner)
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const fresh = new Browser()
    expect((await enter(fresh, key.get(await optionsOf(fresh, 'sign-in'), { counter: 7 }))).status).toBe(200)
    for (const counter of [7, 3, 0]) {
      const copy = new Browser()
      const sentence = await refusedWith(copy, key.get(await optionsOf(copy, 'sign-in'), { counter }))
      expect(sentence).toContain('seems to exist twice')
    }
    // Somebody without the key cannot raise that alarm.
    const stranger = new Browser()
    await refusedWith(stranger, new Authenticator(key.id).get(await optionsOf(stranger, 'sign-in')))
    const said = log.mock.calls
      .map(([line]) => String(line))
      .filter((line) => line.includes('passkey-copied'))
    expect(said).toHaveLength(3)
    expect(said.join()).not.toContain('@')
    log.mockRestore()
    expect((await enter(fresh, key.get(await optionsOf(fresh, 'sign-in'), { counter: 8 }))).status).toBe(200)
  })

  it('whose account is suspended', async () => {
    key = await addKey(owner)
    await db().update(reader).set({ suspended: true }).where(eq(reader.email, address))
    const fresh = new Browser()
    const sentence = await refusedWith(fresh, key.get(await optionsOf(fresh, 'sign-in')), 403)
    expect(sentence).toContain('suspended')
  })

  it('by nonsense, whatever its shape', async () => {
    const fresh = new Browser()
    const { challenge } = await optionsOf(fresh, 'sign-in')
    const good = JSON.parse(new Authenticator().get({ challenge })) as { response: object }
    for (const nonsense of [
      ...['', '{}', '[]', 'null', '"x"', '{"id":1}', '[[[[[[[[', `{"id":"${'A'.repeat(2000)}"}`],
      JSON.stringify({ ...good, id: '../../x' }),
      JSON.stringify({ ...good, type: 'password' }),
      JSON.stringify({ ...good, response: {} }),
      JSON.stringify({ ...good, response: { ...good.response, clientDataJSON: 'bm90IGpzb24' } }),
      JSON.stringify({ ...good, response: { ...good.response, signature: ['A'] } }),
      JSON.stringify({ ...good, rawId: 'AAAA' }),
    ])
      await refusedWith(fresh, nonsense)
    expect((await ask(fresh, 'delete')).status).toBe(400)
  })

  it('and nobody begins without end: a client may ask 120 times in ten minutes', async () => {
    const fresh = new Browser()
    await Promise.all(Array.from({ length: 120 }, () => ask(fresh, 'sign-in')))
    const answer = await ask(fresh, 'sign-in')
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask(new Browser(), 'sign-in')).status).toBe(200)
  })
})

describe('nobody adds a passkey', () => {
  it('who is not signed in', async () => {
    const stranger = new Browser()
    expect(await said(await ask(stranger, 'register'))).toMatchObject({ status: 401 })
    const answer = await register(stranger, new Authenticator().create({ challenge: 'x'.repeat(43) }))
    expect(answer.status).toBe(401)
  })

  it('that another account has', async () => {
    key = await addKey(owner)
    const other = await signInAs(`other-${address}`)
    const answer = await register(other, key.create(await optionsOf(other, 'register')))
    expect(answer.status).toBe(422)
    expect(await keysOf(other)).toEqual([])
    expect(await keysOf(owner)).toHaveLength(1)
  })

  it('beyond the twentieth', async () => {
    for (let i = 0; i < 20; i++) await addKey(owner)
    const answer = await register(owner, new Authenticator().create(await optionsOf(owner, 'register')))
    expect(await said(answer)).toMatchObject({
      status: 409,
      sentence: expect.stringContaining('20 passkeys'),
    })
    expect(await keysOf(owner)).toHaveLength(20)
  })

  it('unless its mail is written too: where one cannot be, neither is', async () => {
    await asOwner((owner) =>
      owner.unsafe(`alter table mail add constraint no_mail check (subject not like 'A passkey%') not valid`),
    )
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const answer = await register(owner, new Authenticator().create(await optionsOf(owner, 'register')))
    log.mockRestore()
    await asOwner((owner) => owner`alter table mail drop constraint no_mail`)
    expect(answer.status).toBe(503)
    expect(await keysOf(owner)).toEqual([])
  })
})

it('signing in by mail still works beside it', async () => {
  expect((await new Browser().post(mailDoor, '/api/auth/mail', { email: address })).status).toBe(200)
})
