import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import * as codeDoor from '@/app/api/auth/code/route'
import * as confirmDoor from '@/app/api/auth/confirm/route'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as signOutDoor from '@/app/api/auth/sign-out/route'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as exportDoor from '@/app/api/me/export/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as meDoor from '@/app/api/me/route'
import * as sessionDoor from '@/app/api/me/sessions/route'
import { db } from '@/db/client'
import { reader, session, signInRequest } from '@/db/schema/account'
import { follow } from '@/db/schema/follow'
import { mail } from '@/db/schema/outbox'
import { readerAdapter } from '@/lib/accounts/adapter'
import { forgetExpired } from '@/lib/accounts/commands'
import { listSessions, viewerOf } from '@/lib/accounts/queries'
import { signedInBy } from '@/lib/accounts/sessions'
import { HOLDINGS } from '@/lib/own-data/holdings'
import { hashToken } from '@/lib/shared/secrets'
import { Browser, forgetLimits, mailedToken, mailsWritten, makeShow, signInAs } from '../support/readers'

const DAY_MS = 86_400_000
const later = (days: number) => new Date(Date.now() + days * DAY_MS)
const html = { Accept: 'text/html' }
let count = 0
let address = ''

beforeEach(async () => {
  await forgetLimits()
  address = `reader-${++count}@greenlit.test`
})

describe('asking for a sign-in mail', () => {
  it('writes one mail with a link to this site and says to look for it', async () => {
    const browser = new Browser()
    const answer = await browser.post(mailDoor, '/api/auth/mail', { email: address.toUpperCase() }, html)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/sign-in/code')
    const letters = await mailsWritten(address)
    expect(letters).toHaveLength(1)
    expect(letters[0]!.text).toMatch(/https:\/\/greenlit\.test\/sign-in\/confirm\/[A-Za-z0-9_-]{43}\n/)
    expect(letters[0]!.messageId).toMatch(/^<sign-in\.[0-9a-f-]{36}@greenlit\.test>$/)
  })

  it('makes no account before the address is confirmed', async () => {
    await new Browser().post(mailDoor, '/api/auth/mail', { email: address })
    expect(await db().select().from(reader).where(eq(reader.email, address))).toEqual([])
  })

  it('binds the mail to the browser by a cookie no script and no other host can read', async () => {
    const answer = await new Browser().post(mailDoor, '/api/auth/mail', { email: address })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-greenlit-browser=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=1200; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ])
  })

  it('twice in one browser leaves both links good', async () => {
    const browser = new Browser()
    await browser.post(mailDoor, '/api/auth/mail', { email: address })
    const first = await mailedToken(address)
    await browser.post(mailDoor, '/api/auth/mail', { email: address })
    expect((await browser.post(confirmDoor, '/api/auth/confirm', { token: first })).status).toBe(200)
  })

  it('twice within seconds sends the same link again, to the page that was asked for last', async () => {
    const browser = new Browser()
    const ask = (returnTo: string) => browser.post(mailDoor, '/api/auth/mail', { email: address, returnTo })
    await ask('/shows/kingdom')
    const first = await mailedToken(address)
    await ask('/calendar')
    expect(await mailsWritten(address)).toHaveLength(2)
    expect(await mailedToken(address)).toBe(first)
    const answer = await browser.post(confirmDoor, '/api/auth/confirm', { token: first }, html)
    expect(answer.headers.get('location')).toBe('/calendar')
  })

  it('within seconds of another browser sends that one a link of its own', async () => {
    await new Browser().post(mailDoor, '/api/auth/mail', { email: address })
    const first = await mailedToken(address)
    await new Browser().post(mailDoor, '/api/auth/mail', { email: address })
    expect(await mailedToken(address)).not.toBe(first)
  })
})

describe('signing in', () => {
  it('begins a session whose token only the reader’s browser knows', async () => {
    const browser = new Browser()
    await browser.post(mailDoor, '/api/auth/mail', { email: address })
    const answer = await browser.post(
      confirmDoor,
      '/api/auth/confirm',
      { token: await mailedToken(address) },
      html,
    )
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/following')
    const [first, second] = answer.headers.getSetCookie()
    expect(first).toMatch(
      /^__Host-greenlit-session=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure$/,
    )
    expect(second).toMatch(/^__Host-greenlit-browser=; Path=\/; Max-Age=0;/)
    const rows = await db().select().from(session).where(eq(session.sessionToken, browser.session!))
    expect(rows).toEqual([])
    expect(await (await browser.get(meDoor, '/api/me')).json()).toMatchObject({ signedIn: true })
  })

  it('leads back to the page one came from, and only to pages of this site', async () => {
    for (const [returnTo, path] of [
      ['/shows/kingdom', '/shows/kingdom'],
      ['https://evil.example/', '/following'],
      ['//evil.example', '/following'],
    ] as const) {
      await forgetLimits()
      const browser = new Browser()
      await browser.post(mailDoor, '/api/auth/mail', { email: address, returnTo })
      const token = await mailedToken(address)
      const answer = await browser.post(confirmDoor, '/api/auth/confirm', { token }, html)
      expect(answer.headers.get('location')).toBe(path)
    }
  })

  it('is seen by next-auth too, by the same cookie', async () => {
    const browser = await signInAs(address)
    const adapter = readerAdapter(async () => 'a test')
    const found = await adapter.getSessionAndUser!(browser.session!)
    expect(found?.user.email).toBe(address)
    const begun = await adapter.createSession!({
      sessionToken: 'n'.repeat(43),
      userId: found!.user.id,
      expires: later(1),
    })
    expect((await signedInBy(begun.sessionToken, new Date()))?.email).toBe(address)
    await adapter.deleteSession!(begun.sessionToken)
    expect(await signedInBy(begun.sessionToken, new Date())).toBeNull()
  })

  it('is refused to the suspended, and ends for them at once', async () => {
    const browser = await signInAs(address)
    await db().update(reader).set({ suspended: true }).where(eq(reader.email, address))
    expect(await viewerOf(browser.headers())).toBeNull()
    const fresh = new Browser()
    await fresh.post(mailDoor, '/api/auth/mail', { email: address })
    const answer = await fresh.post(confirmDoor, '/api/auth/confirm', { token: await mailedToken(address) })
    expect(answer.status).toBe(403)
    expect(fresh.session).toBeUndefined()
  })

  it('by a code that was mistyped says so and lets one try again', async () => {
    const browser = new Browser()
    await browser.post(mailDoor, '/api/auth/mail', { email: address })
    const answer = await browser.post(codeDoor, '/api/auth/code', { code: 'ZZZZZZZZ' }, html)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('That is not the code.')
  })
})

describe('a session', () => {
  it('ends after 14 days without a visit, and is kept alive by one', async () => {
    const browser = await signInAs(address)
    const at = (days: number) => signedInBy(browser.session, later(days))
    expect(await at(15)).toBeNull()
    expect(await at(13)).not.toBeNull()
    expect(await at(26)).not.toBeNull()
  })

  it('ends after 90 days however often one comes', async () => {
    const browser = await signInAs(address)
    for (let day = 10; day < 90; day += 10)
      expect(await signedInBy(browser.session, later(day))).not.toBeNull()
    expect(await signedInBy(browser.session, later(90.1))).toBeNull()
  })

  it('is ended by signing out, here and nowhere else', async () => {
    const here = await signInAs(address)
    const there = await signInAs(address)
    const kept = there.headers()
    const before = here.headers()
    const answer = await here.post(signOutDoor, '/api/auth/sign-out', {}, html)
    expect(answer.headers.get('location')).toBe('/sign-in?signed-out')
    expect(here.session).toBeUndefined()
    expect(await viewerOf(before)).toBeNull()
    expect(await viewerOf(kept)).not.toBeNull()
    expect((await here.post(signOutDoor, '/api/auth/sign-out', {})).status).toBe(200)
  })

  it('is listed with its device and can be ended from another', async () => {
    const here = await signInAs(address)
    const there = await signInAs(address)
    const viewer = await viewerOf(here.headers())
    const lines = await listSessions(viewer!)
    expect(lines.map(({ device, current }) => ({ device, current }))).toEqual(
      expect.arrayContaining([
        { device: 'Firefox on Linux', current: true },
        { device: 'Firefox on Linux', current: false },
      ]),
    )
    await here.post(sessionDoor, '/api/me/sessions', { end: hashToken(there.session!) })
    expect(await viewerOf(there.headers())).toBeNull()
    const third = await signInAs(address)
    await here.post(sessionDoor, '/api/me/sessions', { end: 'others' })
    expect(await viewerOf(third.headers())).toBeNull()
    expect(await viewerOf(here.headers())).not.toBeNull()
  })
})

describe('what is mine', () => {
  it('is exported whole, without secrets', async () => {
    await makeShow(`show-${count}`)
    const browser = await signInAs(address)
    await browser.post(followDoor, '/api/me/follows', { show: `show-${count}`, season: '2', want: 'follow' })
    const answer = await browser.get(exportDoor, '/api/me/export')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="greenlit-export.json"')
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({
      reader: { email: address, role: 'reader' },
      follows: [{ show: `show-${count}`, season: 2 }],
      sessions: [{ device: 'Firefox on Linux', current: true }],
      mails: [{ subject: 'Sign in to Greenlit' }],
      sign_in_requests: [{ return_to: '/following' }],
    })
    // Nothing is held that the pages do not name, and nothing named that is not held.
    expect(Object.keys(JSON.parse(text)).toSorted()).toEqual(
      ['exported_at', ...Object.keys(HOLDINGS)].toSorted(),
    )
    expect(text).not.toContain(browser.session)
    expect(text).not.toContain(hashToken(browser.session!))
  })

  it('is deleted at once, sessions in other browsers and mail on its way included', async () => {
    const other = await signInAs(address)
    const browser = await signInAs(address)
    await makeShow(`show-${count}`)
    await browser.post(followDoor, '/api/me/follows', { show: `show-${count}`, season: '1', want: 'follow' })
    const id = (await viewerOf(browser.headers()))!.id
    const answer = await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' }, html)
    expect(answer.headers.get('location')).toBe('/sign-in?deleted')
    for (const rows of await Promise.all([
      db().select().from(reader).where(eq(reader.email, address)),
      db().select().from(session).where(eq(session.userId, id)),
      db().select().from(follow).where(eq(follow.readerId, id)),
      db().select().from(mail).where(eq(mail.recipient, address)),
      db().select().from(signInRequest).where(eq(signInRequest.email, address)),
    ]))
      expect(rows).toEqual([])
    expect(await viewerOf(other.headers())).toBeNull()
  })

  it('is not deleted by a session older than ten minutes, nor without a tick', async () => {
    const browser = await signInAs(address)
    expect((await browser.post(deleteDoor, '/api/me/delete', {})).status).toBe(400)
    await db()
      .update(session)
      .set({ createdAt: new Date(Date.now() - 11 * 60_000) })
      .where(eq(session.sessionToken, hashToken(browser.session!)))
    const answer = await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })
    expect(answer.status).toBe(403)
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/sign in again first/)
    const again = await browser.post(signOutDoor, '/api/auth/sign-out', { again: '/settings#delete' }, html)
    expect(again.headers.get('location')).toBe('/sign-in?returnTo=%2Fsettings%23delete')
    await signInAs(address, browser)
    expect((await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })).status).toBe(200)
  })

  it('that has had its time is forgotten: requests after a day, sessions after their end', async () => {
    await signInAs(address)
    await forgetExpired(later(0.9))
    expect(await db().select().from(signInRequest).where(eq(signInRequest.email, address))).toHaveLength(1)
    await forgetExpired(later(91))
    expect(await db().select().from(signInRequest).where(eq(signInRequest.email, address))).toEqual([])
    expect(await db().select().from(session)).toEqual([])
  })
})
