import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as codeDoor from '@/app/api/auth/code/route'
import * as confirmDoor from '@/app/api/auth/confirm/route'
import * as mailDoor from '@/app/api/auth/mail/route'
import * as signOutDoor from '@/app/api/auth/sign-out/route'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as sessionDoor from '@/app/api/me/sessions/route'
import { GET as showApi } from '@/app/api/v1/shows/[slug]/route'
import { db } from '@/db/client'
import { readerMark } from '@/lib/shared/log'
import { Browser, forgetLimits, mailedToken, SITE, signInAs } from '../support/readers'

let lines: string[] = []
const hear = (chunk: unknown) => {
  lines.push(...String(chunk).split('\n').filter(Boolean))
  return true
}
const events = (name: string) =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ event }) => event === name)
const idOf = async (address: string) =>
  (await db().execute<{ id: string }>(sql`select id from reader where email = ${address}`))[0]!.id

beforeEach(async () => {
  await forgetLimits()
  lines = []
  vi.spyOn(process.stdout, 'write').mockImplementation(hear as never)
  vi.spyOn(process.stderr, 'write').mockImplementation(hear as never)
})
afterEach(() => vi.restoreAllMocks())

describe('what an operator must be able to find again is in the log', () => {
  it('who asked to sign in, did so, was refused, and signed out: by a mark, never by address, token or code', async () => {
    const address = 'ana.log@greenlit.test'
    const browser = await signInAs(address)
    const mark = readerMark(await idOf(address))
    expect(events('sign-in-asked')).toHaveLength(1)
    expect(events('signed-in')).toMatchObject([{ level: 'info', by: 'link', reader: mark }])

    await browser.post(mailDoor, '/api/auth/mail', { email: address })
    const token = await mailedToken(address)
    await new Browser().post(confirmDoor, '/api/auth/confirm', { token })
    await new Browser().post(confirmDoor, '/api/auth/confirm', { token: 'x'.repeat(43) })
    await browser.post(codeDoor, '/api/auth/code', { code: '4KX7-2MPA' })
    await browser.post(mailDoor, '/api/auth/mail', { email: 'no address' })
    expect(events('sign-in-refused').map(({ by, reason }) => [by, reason])).toEqual([
      ['link', 'browser'],
      ['link', 'gone'],
      ['code', 'code'],
      ['mail', 'address'],
    ])
    await browser.post(sessionDoor, '/api/me/sessions', { end: 'others' })
    expect(events('sessions-ended')).toMatchObject([{ reader: mark, ended: 0 }])
    await browser.post(signOutDoor, '/api/auth/sign-out', {})
    expect(events('signed-out')).toHaveLength(1)
    expect(lines.join('\n')).not.toMatch(new RegExp(`${address}|ana\\.log|${token}|4KX7|192\\.0\\.2`))
    expect(lines.join('\n')).not.toContain(await idOf(address))
  })

  it('limits that were hit, by name', async () => {
    const browser = new Browser()
    for (let i = 0; i < 62; i++)
      await browser.post(mailDoor, '/api/auth/mail', { email: `often.log.${i}@greenlit.test` })
    expect(events('limit-hit')).toMatchObject([{ limit: 'mail-client' }, { limit: 'mail-client' }])
    expect(events('sign-in-refused')).toMatchObject([{ reason: 'limit' }, { reason: 'limit' }])
    expect(lines.join('\n')).not.toMatch(/often\.log/)
  })

  it('requests turned away at a door: another site’s, too much, not a form', async () => {
    const browser = await signInAs('bea.log@greenlit.test')
    const wish = { show: 'kingdom', season: '1', want: 'follow' }
    await browser.post(followDoor, '/api/me/follows', wish, { 'Sec-Fetch-Site': 'cross-site' })
    await browser.post(followDoor, '/api/me/follows', 'x'.repeat(20_000))
    await browser.post(followDoor, '/api/me/follows', wish, { 'Content-Type': 'text/plain' })
    expect(events('door-refused').map(({ status, path }) => [status, path])).toEqual([
      [403, '/api/me/follows'],
      [413, '/api/me/follows'],
      [415, '/api/me/follows'],
    ])
  })

  it('accounts that were deleted, and deletions that were refused', async () => {
    const address = 'gone.log@greenlit.test'
    const browser = await signInAs(address)
    const mark = readerMark(await idOf(address))
    await db().execute(sql`update session set created_at = now() - interval '1 hour'`)
    await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })
    await db().execute(sql`update session set created_at = now()`)
    await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })
    expect(events('account-deletion-refused')).toMatchObject([{ reader: mark, reason: 'recent' }])
    expect(events('account-deleted')).toMatchObject([{ reader: mark }])
  })

  it('roles that were changed on the command line', async () => {
    const address = 'op.log@greenlit.test'
    await signInAs(address)
    const run = spawnSync(
      process.execPath,
      [
        '--conditions=react-server',
        '--import',
        'tsx',
        join('lib', 'cli', 'main.ts'),
        'role',
        address,
        'operator',
      ],
      { cwd: join(import.meta.dirname, '../..'), env: process.env, encoding: 'utf8' },
    )
    expect(run.stdout).toBe(`${address} is operator\n`)
    const line = JSON.parse(run.stderr.trim())
    expect(line).toMatchObject({ event: 'role-changed', role: 'cli', became: 'operator' })
    expect(line.reader).toBe(readerMark(await idOf(address)))
  })
})

describe('what goes wrong', () => {
  it('is told by its code, so that a lock, a full disk and a lost connection look different', async () => {
    const browser = await signInAs('ill.log@greenlit.test')
    const other = postgres(process.env.DATABASE_URL!, { max: 1 })
    await other.begin(async (held) => {
      await held`lock table season in access exclusive mode`
      await Promise.all([
        browser.post(followDoor, '/api/me/follows', { show: 'kingdom', season: '1', want: 'follow' }),
        showApi(new Request(`${SITE}/api/v1/shows/kingdom`), {
          params: Promise.resolve({ slug: 'kingdom' }),
        }),
      ])
    })
    await other.end()
    expect([...events('door-broken'), ...events('answer-failed')]).toMatchObject([
      {
        level: 'error',
        path: '/api/me/follows',
        code: '55P03',
        error: 'QueryFailed',
        cause: 'PostgresError',
      },
      { level: 'error', code: '55P03' },
    ])
    expect(lines.join('\n')).not.toMatch(/select|kingdom|\$1/i)
  })
})
