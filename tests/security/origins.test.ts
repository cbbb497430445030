/** S2: a form of another site changes nothing here. */
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { newBrowserKeys } from '../support/push'
import { type Browser, makeShow, SITE, signInAs } from '../support/readers'

const DOORS: Record<string, () => Promise<{ POST: unknown }>> = {
  '/api/auth/mail': () => import('@/app/api/auth/mail/route'),
  '/api/auth/confirm': () => import('@/app/api/auth/confirm/route'),
  '/api/auth/code': () => import('@/app/api/auth/code/route'),
  '/api/auth/sign-out': () => import('@/app/api/auth/sign-out/route'),
  '/api/auth/with/github': () => import('@/app/api/auth/with/[provider]/route'),
  '/api/auth/passkey/options': () => import('@/app/api/auth/passkey/options/route'),
  '/api/auth/passkey/register': () => import('@/app/api/auth/passkey/register/route'),
  '/api/auth/passkey/sign-in': () => import('@/app/api/auth/passkey/sign-in/route'),
  '/api/me/follows': () => import('@/app/api/me/follows/route'),
  '/api/me/imports': () => import('@/app/api/me/imports/route'),
  '/api/me/imports/confirm': () => import('@/app/api/me/imports/confirm/route'),
  '/api/me/imports/undo': () => import('@/app/api/me/imports/undo/route'),
  '/api/me/looked': () => import('@/app/api/me/looked/route'),
  '/api/me/sessions': () => import('@/app/api/me/sessions/route'),
  '/api/me/passkeys': () => import('@/app/api/me/passkeys/route'),
  '/api/me/channels': () => import('@/app/api/me/channels/route'),
  '/api/me/push': () => import('@/app/api/me/push/route'),
  '/api/me/delete': () => import('@/app/api/me/delete/route'),
}

/** Fields with which every door would do its work. */
const FIELDS = {
  email: 'victim@greenlit.test',
  for: 'sign-in',
  show: 'all-of-us-are-dead',
  season: '2',
  want: 'follow',
  end: 'others',
  until: '2026-01-01T00:00:00.000Z',
  sure: 'delete',
  code: 'ABCD-EFGH',
  token: 'x'.repeat(43),
  format: 'json',
  label: '',
  endpoint: 'https://fcm.googleapis.com/fcm/send/a',
  ...newBrowserKeys(),
}
/** The word for what is wanted is another at some doors. */
const WANTS: Record<string, Record<string, string>> = {
  '/api/me/channels': { want: 'add', url: 'https://hooks.example/a' },
  '/api/me/push': { want: 'subscribe' },
}

const ORIGINS: Record<string, Record<string, string | null>> = {
  absent: { Origin: null, 'Sec-Fetch-Site': null },
  null: { Origin: 'null', 'Sec-Fetch-Site': null },
  empty: { Origin: '', 'Sec-Fetch-Site': null },
  foreign: { Origin: 'https://evil.example', 'Sec-Fetch-Site': null },
  'foreign, said by the browser': { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
  'a neighbour of the same domain': { Origin: 'https://x.greenlit.test', 'Sec-Fetch-Site': 'same-site' },
  'ours by name, cross-site by the browser': { Origin: SITE, 'Sec-Fetch-Site': 'cross-site' },
  'ours on another port': { Origin: `${SITE}:444`, 'Sec-Fetch-Site': null },
  'ours over http': { Origin: SITE.replace('https', 'http'), 'Sec-Fetch-Site': null },
  malformed: { Origin: '://nonsense\u00ff', 'Sec-Fetch-Site': null },
}

let reader: Browser

const rows = async () => {
  const [row] = await db().execute<{ all: string }>(sql`
    select concat_ws(' ', (select count(*) from reader), (select count(*) from session), (select count(*) from follow),
      (select count(*) from mail), (select count(*) from sign_in_request), (select count(*) from channel), (select count(*) from verification_token), (select max(last_looked_at) from reader)) as all`)
  return row!.all
}

beforeAll(async () => {
  await makeShow('all-of-us-are-dead')
  reader = await signInAs('ana@greenlit.test')
  await signInAs('ana@greenlit.test')
})

describe.each(Object.entries(DOORS))('the door %s', (path, load) => {
  it.each(Object.entries(ORIGINS))(
    'refuses a form whose origin is %s, with a sentence',
    async (_, origin) => {
      const before = await rows()
      const headers = reader.headers({ 'Content-Type': 'application/x-www-form-urlencoded' })
      for (const [name, value] of Object.entries(origin))
        value === null ? headers.delete(name) : headers.set(name, value)
      const request = new Request(`${SITE}${path}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ ...FIELDS, ...WANTS[path] }).toString(),
      })
      Object.defineProperty(request, 'nextUrl', { value: new URL(request.url) })
      const { POST } = (await load()) as { POST: (request: Request, context: unknown) => Promise<Response> }
      const answer = await POST(request, { params: Promise.resolve({ provider: 'github' }) })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(((await answer.json()) as { detail: string }).detail).toMatch(/not sent from this site/)
      expect(await rows()).toBe(before)
    },
  )

  it('answers no GET that would change anything', async () => {
    const door = (await load()) as Record<string, unknown>
    expect(door.GET).toBeUndefined()
  })
})
