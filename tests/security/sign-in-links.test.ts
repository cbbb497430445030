/** S3: a mailed link is spent by its owner pressing the button, once, and by nobody and nothing else. */
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import * as codeDoor from '@/app/api/auth/code/route'
import * as confirmDoor from '@/app/api/auth/confirm/route'
import * as mailDoor from '@/app/api/auth/mail/route'
import { db } from '@/db/client'
import { reader, session, signInRequest } from '@/db/schema/account'
import { confirmSignIn } from '@/lib/accounts/commands'
import { linkState, viewerOf } from '@/lib/accounts/queries'
import { Browser, forgetLimits, mailedToken, signInAs } from '../support/readers'

const MINUTE_MS = 60_000
let count = 0
let address = ''
let owner: Browser
let token = ''

const sessions = async () => (await db().select().from(session)).length
const press = (browser: Browser, pressed = token) =>
  browser.post(confirmDoor, '/api/auth/confirm', { token: pressed })
const detail = async (answer: Response) => ((await answer.json()) as { detail: string }).detail

beforeEach(async () => {
  await forgetLimits()
  address = `reader-${++count}@greenlit.test`
  owner = new Browser()
  expect((await owner.post(mailDoor, '/api/auth/mail', { email: address })).status).toBe(200)
  token = await mailedToken(address)
})

describe('a mailed link', () => {
  it('signs in the browser that asked, once', async () => {
    const answer = await press(owner)
    expect(answer.status).toBe(200)
    expect((await viewerOf(owner.headers()))?.email).toBe(address)
    const before = await sessions()
    const second = await press(owner)
    expect(second.status).toBe(410)
    expect(await detail(second)).toMatch(/ask for a new link/)
    expect(await sessions()).toBe(before)
  })

  it('survives a hundred openings by scanners: looking at it changes nothing', async () => {
    const before = await sessions()
    for (let i = 0; i < 100; i++) {
      const seen = await linkState(token, undefined, new Date())
      expect(seen.state).toBe('code')
    }
    expect(await sessions()).toBe(before)
    expect((await press(owner)).status).toBe(200)
  })

  it('pressed in another browser opens nothing and stays good for its owner', async () => {
    const stranger = new Browser()
    for (let i = 0; i < 10; i++) {
      const answer = await press(stranger)
      expect(answer.status).toBe(403)
      expect(await detail(answer)).toMatch(/belongs to the browser that asked/)
    }
    expect(stranger.session).toBeUndefined()
    expect((await press(owner)).status).toBe(200)
  })

  it('does not work in the browser of somebody else who asked for one of their own', async () => {
    const other = new Browser()
    await other.post(mailDoor, '/api/auth/mail', { email: `other-${address}` })
    expect((await press(other)).status).toBe(403)
  })

  it('is dead in the eleventh minute', async () => {
    const wait = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS)
    const at = (now: Date) =>
      confirmSignIn({ token, browser: owner.bound, device: 'a test', oldSession: undefined, now })
    expect(await at(wait(10.1))).toMatchObject({ ok: false, reason: 'gone' })
    expect(await linkState(token, owner.bound, wait(10.1))).toEqual({ state: 'gone' })
    expect(await at(wait(9.9))).toMatchObject({ ok: true })
  })

  it('pressed a hundred times at once begins exactly one session', async () => {
    const before = await sessions()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => {
        const same = new Browser()
        for (const [name, value] of owner.cookies) same.cookies.set(name, value)
        return press(same)
      }),
    )
    const by = (status: number) => answers.filter((answer) => answer.status === status).length
    expect(by(200)).toBe(1)
    expect(by(200) + by(410)).toBe(100)
    expect((await sessions()) - before).toBe(1)
  })

  it('makes one account however often its address signs in', async () => {
    await press(owner)
    await signInAs(address)
    expect(await db().select().from(reader).where(eq(reader.email, address))).toHaveLength(1)
  })

  it('is nowhere in the database in a form that opens anything', async () => {
    await press(owner)
    const [row] = await db().execute<{ text: string }>(sql`
      select concat((select string_agg(r::text, ' ') from sign_in_request r), (select string_agg(s::text, ' ') from session s)) as text`)
    expect(row!.text).not.toContain(token)
    expect(row!.text).not.toContain(owner.session)
  })

  it('ends the session the browser had before, so that no session token outlives a sign-in', async () => {
    await press(owner)
    const first = owner.headers()
    await signInAs(address, owner)
    expect(await viewerOf(first)).toBeNull()
    expect((await viewerOf(owner.headers()))?.email).toBe(address)
  })

  it.each([
    ['nothing', ''],
    ['a letter', 'x'],
    ['one of the right length', 'x'.repeat(43)],
    ['a control character', '\0'],
    ['a path', '../../etc/passwd'],
    ['a very long one', 'x'.repeat(5000)],
  ])('that was never mailed (%s) is refused with a sentence', async (_, made) => {
    const answer = await press(owner, made)
    expect(answer.status).toBe(410)
    expect(await detail(answer)).toMatch(/ask for a new link/)
  })
})

describe('the code for another browser', () => {
  const codeShownElsewhere = async () => {
    const seen = await linkState(token, undefined, new Date())
    if (seen.state !== 'code') throw new Error(seen.state)
    return seen.code
  }
  const type = (browser: Browser, code: string) => browser.post(codeDoor, '/api/auth/code', { code })

  it('signs in the browser that asked', async () => {
    const answer = await type(owner, (await codeShownElsewhere()).toLowerCase())
    expect(answer.status).toBe(200)
    expect((await viewerOf(owner.headers()))?.email).toBe(address)
    expect((await press(owner)).status).toBe(410)
  })

  it('is worth nothing in a browser that did not ask', async () => {
    const answer = await type(new Browser(), await codeShownElsewhere())
    expect(answer.status).toBe(410)
  })

  it('may be mistyped four times and no more', async () => {
    for (let i = 0; i < 4; i++) expect((await type(owner, 'ZZZZ-ZZZZ')).status).toBe(422)
    expect((await type(owner, await codeShownElsewhere())).status).toBe(200)
  })

  it('is dead after five wrong ones, the right one included', async () => {
    for (let i = 0; i < 5; i++) expect((await type(owner, 'ZZZZ-ZZZZ')).status).toBe(422)
    const answer = await type(owner, await codeShownElsewhere())
    expect(answer.status).toBe(410)
    const [row] = await db().select().from(signInRequest).where(eq(signInRequest.email, address))
    expect(row!.codeAttempts).toBe(5)
  })

  it('guessed fifty times at once is still five guesses', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => type(owner, 'ZZZZ-ZZZZ')))
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(5)
    expect(answers.filter((answer) => answer.status === 410)).toHaveLength(45)
  })

  it('that is no code at all costs no try', async () => {
    for (let i = 0; i < 10; i++) expect((await type(owner, 'no')).status).toBe(422)
    expect((await type(owner, await codeShownElsewhere())).status).toBe(200)
  })
})
