/** GitHub says who somebody is only where it has verified their address; the server here answers as GitHub does. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { NextRequest } from 'next/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as authDoor from '@/app/api/auth/[...nextauth]/route'
import * as channelDoor from '@/app/api/me/channels/route'
import * as followDoor from '@/app/api/me/follows/route'
import { db } from '@/db/client'
import { account, reader } from '@/db/schema/account'
import { handlers } from '@/lib/accounts/auth'
import { basketCookieName, sessionCookieName } from '@/lib/accounts/cookies'
import { provenAddress } from '@/lib/accounts/github-rules'
import { listSessions, viewerOf } from '@/lib/accounts/queries'
import { Browser, forgetLimits, makeShow, SITE, signInAs } from '../support/readers'

/** As GitHub answers /user and /user/emails (REST API of 2022-11-28), the fields nobody reads left out. */
const who = { user: {} as unknown, emails: [] as unknown, status: 200 }
let gitHub: Server

const answerAs = (
  id: number,
  emails: [email: string, primary: boolean, verified: boolean][],
  email: string | null = null,
) => {
  who.status = 200
  who.user = { login: 'octocat', id, node_id: 'MDQ6VXNlcjE=', type: 'User', name: 'monalisa octocat', email }
  who.emails = emails.map(([email, primary, verified]) => ({ email, primary, verified, visibility: null }))
}

beforeAll(async () => {
  gitHub = createServer((request, answer) => {
    const say = (body: unknown, status = 200) => {
      answer.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      answer.end(JSON.stringify(body))
    }
    if (request.url === '/login/oauth/access_token')
      return say({ access_token: 'gho_16C7e42F', scope: 'read:user,user:email', token_type: 'bearer' })
    if (request.headers.authorization !== 'Bearer gho_16C7e42F')
      return say({ message: 'Bad credentials' }, 401)
    if (request.url === '/api/v3/user') return say(who.user, who.status)
    if (request.url === '/api/v3/user/emails?per_page=100') return say(who.emails, who.status)
    say({ message: 'Not Found' }, 404)
  })
  await new Promise<void>((ready) => gitHub.listen(0, '127.0.0.1', ready))
  process.env.GITHUB_ENTERPRISE_URL = `http://127.0.0.1:${(gitHub.address() as AddressInfo).port}`
  process.env.AUTH_GITHUB_ID = 'a client'
  process.env.AUTH_GITHUB_SECRET = 'its secret'
})
afterAll(() => {
  gitHub.close()
  for (const name of ['GITHUB_ENTERPRISE_URL', 'AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'])
    delete process.env[name]
})

/** Goes to GitHub and comes back, as a browser does; without the page between. */
async function comeBack(browser: Browser, returnTo = '/following', method = 'GET'): Promise<Response> {
  const call = async (path: string, init: { method?: string; body?: string } = {}) => {
    const headers = browser.headers({ 'Content-Type': 'application/x-www-form-urlencoded' })
    const request = new NextRequest(`${SITE}/api/auth/${path}`, { ...init, headers })
    const answer = await (init.method === 'POST' ? handlers.POST : handlers.GET)(request)
    browser.keep(answer)
    return answer
  }
  const { csrfToken } = (await (await call('csrf')).json()) as { csrfToken: string }
  const body = new URLSearchParams({ csrfToken, callbackUrl: `${SITE}${returnTo}` }).toString()
  const sent = await call('signin/github', { method: 'POST', body })
  const there = new URL(sent.headers.get('location')!)
  expect(there.pathname).toBe('/login/oauth/authorize')
  const back = new URLSearchParams({ code: 'a-code' })
  const state = there.searchParams.get('state')
  if (state) back.set('state', state)
  const answer = await authDoor.GET(
    new NextRequest(`${SITE}/api/auth/callback/github?${back}`, { method, headers: browser.headers() }),
  )
  browser.keep(answer)
  return answer
}
const pathOf = (answer: Response) => {
  const url = new URL(answer.headers.get('location')!, SITE)
  return url.pathname + url.search
}
const readersOf = (email: string) => db().select().from(reader).where(eq(reader.email, email))

let count = 100
beforeEach(async () => {
  await forgetLimits()
  count++
})

describe('which address is taken', () => {
  it.each([
    [
      'the primary one, verified',
      [
        ['a@x.org', false, true],
        ['b@x.org', true, true],
      ],
      'b@x.org',
    ],
    [
      'another that is verified, where the primary one is not',
      [
        ['b@x.org', true, false],
        ['a@x.org', false, true],
      ],
      'a@x.org',
    ],
    ['none that is not verified', [['b@x.org', true, false]], null],
    ['none where there is none', [], null],
    ['not a mask of GitHub’s own', [['1+o@users.noreply.github.com', true, true]], null],
    ['in our one form', [['B@X.org', true, true]], 'b@x.org'],
    ['none that is no plain address', [['"b@evil"@x.org', true, true]], null],
  ] as [string, [string, boolean, boolean][], string | null][])('%s', (_, emails, address) => {
    const listed = emails.map(([email, primary, verified]) => ({ email, primary, verified }))
    expect(provenAddress(listed)).toBe(address)
  })
})

describe('somebody who comes back from GitHub', () => {
  it('with a verified address is signed in, and is the same reader next time', async () => {
    const email = `mona-${count}@greenlit.test`
    answerAs(count, [[email, true, true]])
    const browser = new Browser()
    expect(pathOf(await comeBack(browser, '/shows'))).toBe('/shows')
    const viewer = await viewerOf(browser.headers())
    expect(viewer?.email).toBe(email)
    expect((await listSessions(viewer!))[0]!.device).toBe('Firefox on Linux')
    expect(await db().select().from(account).where(eq(account.userId, viewer!.id))).toMatchObject([
      { provider: 'github', providerAccountId: String(count), access_token: null },
    ])
    const again = new Browser()
    await comeBack(again)
    expect((await viewerOf(again.headers()))?.id).toBe(viewer!.id)
  })

  it('with an address GitHub has not verified is nobody here, and reads why', async () => {
    const victim = `victim-${count}@greenlit.test`
    // The public address of the profile is the victim's, too.
    answerAs(count, [[victim, true, false]], victim)
    const browser = new Browser()
    expect(pathOf(await comeBack(browser))).toBe('/sign-in?error=Unverified')
    expect(browser.session).toBeUndefined()
    expect(await readersOf(victim)).toEqual([])
    expect(
      await db()
        .select()
        .from(account)
        .where(eq(account.providerAccountId, String(count))),
    ).toEqual([])
  })

  it('with an address that has an account here is not let into it', async () => {
    const email = `taken-${count}@greenlit.test`
    await signInAs(email)
    answerAs(count, [[email, true, true]])
    const browser = new Browser()
    expect(pathOf(await comeBack(browser))).toBe('/sign-in?error=OAuthAccountNotLinked')
    expect(browser.session).toBeUndefined()
  })

  it('with the stolen cookie of somebody’s session does not link their own GitHub account to it', async () => {
    const victim = await signInAs(`victim-${count}@greenlit.test`)
    const { id } = (await viewerOf(victim.headers()))!
    const thief = new Browser()
    thief.cookies.set(sessionCookieName(), victim.session!)
    const email = `thief-${count}@greenlit.test`
    answerAs(count, [[email, true, true]])
    await comeBack(thief)
    expect(await db().select().from(account).where(eq(account.userId, id))).toEqual([])
    expect((await viewerOf(thief.headers()))?.email).toBe(email)
  })

  it('brings this browser’s list along, its channels turned off', async () => {
    await makeShow(`brought-${count}`)
    answerAs(count, [[`list-${count}@greenlit.test`, true, true]])
    const browser = new Browser()
    const follow = { show: `brought-${count}`, season: '1', want: 'follow', keep: 'browser' }
    await browser.post(followDoor, '/api/me/follows', follow)
    const hook = { want: 'add', url: 'https://hooks.example/a', format: 'json', label: '' }
    await browser.post(channelDoor, '/api/me/channels', hook)
    const finish = `/sign-in/finish?returnTo=${encodeURIComponent('/shows/kingdom?follow=3')}`
    expect(pathOf(await comeBack(browser, finish))).toBe(
      '/following?brought=channels&on=%2Fshows%2Fkingdom%3Ffollow%3D3',
    )
    expect(browser.cookies.has(basketCookieName())).toBe(false)
    expect((await viewerOf(browser.headers()))?.email).toBe(`list-${count}@greenlit.test`)
  })

  it.each([
    ['an error', 500, {}],
    ['no list of addresses', 200, { message: 'OAuth scope missing' }],
    ['an address without its word', 200, [{ email: 'a@greenlit.test', primary: true }]],
  ])('while GitHub answers with %s is asked to try again', async (_, status, emails) => {
    answerAs(count, [])
    Object.assign(who, { status, emails })
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const browser = new Browser()
    expect(pathOf(await comeBack(browser))).toMatch(/^\/sign-in\?error=/)
    log.mockRestore()
    expect(browser.session).toBeUndefined()
  })

  it('by HEAD, as a program that only looks would ask, is not signed in', async () => {
    answerAs(count, [[`head-${count}@greenlit.test`, true, true]])
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const browser = new Browser()
    const answer = await comeBack(browser, '/following', 'HEAD')
    log.mockRestore()
    expect(answer.status).toBe(400)
    expect(browser.session).toBeUndefined()
  })

  it('without having left from here is refused', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    answerAs(count, [[`forged-${count}@greenlit.test`, true, true]])
    const answer = await authDoor.GET(
      new NextRequest(`${SITE}/api/auth/callback/github?code=a-code&state=x`, {
        headers: new Browser().headers(),
      }),
    )
    log.mockRestore()
    expect(pathOf(answer)).toMatch(/^\/sign-in\?error=/)
    expect(await readersOf(`forged-${count}@greenlit.test`)).toEqual([])
  })
})
