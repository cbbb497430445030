/** The operator's page on which shows are one, and its door: what it does, to whom it is open, what it makes of nonsense. */
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as door from '@/app/api/studio/identity/route'
import IdentityPage from '@/app/studio/identity/page'
import { db } from '@/db/client'
import { setRole } from '@/lib/accounts/commands'
import { viewerOf } from '@/lib/accounts/queries'
import { importCatalogue } from '@/lib/catalogue/commands'
import { decidePair, namePair, partId, undoDecision } from '@/lib/identity/commands'
import { getIdentityOverview } from '@/lib/identity/queries'
import { deriveStates } from '@/lib/ledger/derive'
import { apart, everyRow, NOTHING } from '../support/identity'
import { Browser, SITE, signInAs } from '../support/readers'

const here = vi.hoisted(() => ({ cookies: new Map<string, string>() }))
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => (here.cookies.has(name) ? { name, value: here.cookies.get(name) } : undefined),
    has: (name: string) => here.cookies.has(name),
  }),
}))

const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }
const DOOR = '/api/studio/identity'
let operator: Browser
let reader: Browser

async function seenBy(browser: Browser): Promise<string> {
  here.cookies = browser.cookies
  return renderToStaticMarkup(await IdentityPage())
}
const send = (browser: Browser, fields: Record<string, string>, extra: Record<string, string> = {}) =>
  browser.post(door, DOOR, fields, extra)
const slugs = async () =>
  [...(await db().execute<{ slug: string }>(sql`select slug from show order by slug`))].map(
    ({ slug }) => slug,
  )
const openPair = async () => {
  const [row] = await db().execute<{ id: number }>(sql`select id from identity_pair order by id desc limit 1`)
  return String(row!.id)
}

beforeAll(async () => {
  operator = await signInAs('ops@greenlit.test')
  await setRole('ops@greenlit.test', 'operator')
  reader = await signInAs('ana@greenlit.test')
})
beforeEach(async () => {
  await db().execute(sql`delete from identity_pair`)
  await db().execute(sql`delete from show_merge`)
  await db().execute(sql`delete from show`)
  for (const [slug, ids] of [
    ['one', { tmdb: '55' }],
    ['two', { tvmaze: '7' }],
  ] as const)
    await importCatalogue([
      JSON.stringify({ slug, ids, title: `Title of ${slug}`, seasons: [{ number: 1 }] }),
    ])
})

describe('an operator', () => {
  it('names two shows, sees both sides with the reasons, makes them one, and two again', async () => {
    expect(await seenBy(operator)).toContain('No pair waits for a decision.')
    expect((await send(operator, { want: 'name', one: 'one', other: 'two' })).status).toBe(200)
    const page = await seenBy(operator)
    for (const text of [
      'Title of one',
      'Title of two',
      'tmdb:55',
      'Named by an operator',
      '>Two shows<',
      'value="same two"',
    ])
      expect(page).toContain(text)
    const pair = await openPair()
    await deriveStates()
    const before = await everyRow()
    const html = { Accept: 'text/html' }
    const merged = await send(operator, { want: 'same two', pair }, html)
    expect([merged.status, merged.headers.get('location')]).toEqual([303, '/studio/identity#decided'])
    expect(await slugs()).toEqual(['two'])
    expect(await seenBy(operator)).toContain('Undo: Title of one and Title of two')
    expect((await send(operator, { want: 'undo', pair }, html)).status).toBe(303)
    expect(apart(before, await everyRow())).toEqual(NOTHING)
    expect(await seenBy(operator)).toContain('1 pair may be one show')
  })

  it('says that they are two, which is remembered when they are named again', async () => {
    await send(operator, { want: 'name', one: 'one', other: 'two' })
    expect((await send(operator, { want: 'two', pair: await openPair() })).status).toBe(200)
    await send(operator, { want: 'name', one: 'two', other: 'one' })
    const page = await seenBy(operator)
    expect(page).toContain('No pair waits for a decision.')
    expect(page).toContain('<td>two shows</td>')
    const otherwise = await send(operator, { want: 'same one', pair: await openPair() })
    expect([otherwise.status, (await otherwise.json()).detail]).toEqual([
      409,
      expect.stringContaining('Undo it first'),
    ])
  })

  it('takes an id off a show, and puts it back', async () => {
    const ids = async () => [
      ...(await db().execute(sql`select namespace, value from outside_id where namespace = 'tmdb'`)),
    ]
    expect((await send(operator, { want: 'part', slug: 'one', id: 'tmdb:55' })).status).toBe(200)
    expect(await ids()).toEqual([])
    expect((await send(operator, { want: 'part', slug: 'one', id: 'tmdb:55' })).status).toBe(200)
    expect((await send(operator, { want: 'undo', pair: await openPair() })).status).toBe(200)
    expect(await ids()).toEqual([{ namespace: 'tmdb', value: '55' }])
  })
})

describe('the door', () => {
  it.each([
    ['nothing', {}, 400],
    ['a wish there is not', { want: 'merge', pair: '1' }, 400],
    ['a pair that is none', { want: 'same one', pair: '1 or 1=1' }, 400],
    ['a pair there is not', { want: 'two', pair: '999999' }, 404],
    ['an address that is none', { want: 'name', one: 'one', other: '../two' }, 400],
    ['a show there is not', { want: 'name', one: 'one', other: 'three' }, 409],
    ['one show twice', { want: 'name', one: 'one', other: 'one' }, 409],
    ['an id that is none', { want: 'part', slug: 'one', id: 'tmdb' }, 400],
    ['an id the show does not bear', { want: 'part', slug: 'one', id: 'tmdb:56' }, 409],
  ])('%s is refused with a sentence, and changes nothing', async (_, fields, status) => {
    const before = await everyRow()
    const answer = await send(operator, fields as Record<string, string>)
    expect(answer.status).toBe(status)
    expect((await answer.json()).detail).toMatch(/\w.*\.$/)
    expect(apart(before, await everyRow())).toEqual(NOTHING)
  })

  it('an address that is neither of the two is no place to keep', async () => {
    await send(operator, { want: 'name', one: 'one', other: 'two' })
    expect((await send(operator, { want: 'same three', pair: await openPair() })).status).toBe(409)
    expect(await slugs()).toEqual(['one', 'two'])
  })

  it('whatever is sent is answered with a sentence, never with an error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom('want', 'pair', 'one', 'other', 'slug', 'id'),
          fc.string({ unit: 'binary', maxLength: 40 }),
        ),
        async (fields) => {
          const answer = await send(operator, fields as Record<string, string>)
          expect(answer.status).toBeGreaterThanOrEqual(400)
          expect(answer.status).toBeLessThan(500)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('strangers are sent to sign in, and forms of other sites are refused', async () => {
    await send(operator, { want: 'name', one: 'one', other: 'two' })
    const pair = await openPair()
    expect((await send(new Browser(), { want: 'same one', pair })).status).toBe(401)
    const foreign = { Origin: 'https://elsewhere.test', 'Sec-Fetch-Site': 'cross-site' }
    expect((await send(operator, { want: 'same one', pair }, foreign)).status).toBe(403)
    expect(await slugs()).toEqual(['one', 'two'])
    await expect(seenBy(new Browser())).rejects.toMatchObject(NOT_FOUND)
    expect(SITE).not.toContain('elsewhere')
  })

  it('readers, editors and who was an operator once can neither see nor decide', async () => {
    await send(operator, { want: 'name', one: 'one', other: 'two' })
    const pair = Number(await openPair())
    const before = await everyRow()
    for (const role of ['reader', 'editor'] as const) {
      await setRole('ana@greenlit.test', role)
      const now = new Date()
      const viewer = await viewerOf(reader.headers())
      expect(viewer?.role).toBe(role)
      await expect(seenBy(reader)).rejects.toMatchObject(NOT_FOUND)
      expect(await getIdentityOverview(viewer)).toBeNull()
      for (const want of ['same one', 'two', 'undo'])
        expect((await send(reader, { want, pair: String(pair) })).status).toBe(403)
      for (const done of [
        decidePair(viewer, { pair, verdict: 'same', keep: 'one' }, now),
        undoDecision(viewer, { pair }, now),
        namePair(viewer, { one: 'one', other: 'two' }, now),
        partId(viewer, { slug: 'one', namespace: 'tmdb', value: '55' }, now),
        decidePair(null, { pair, verdict: 'two' }, now),
        decidePair({ role: 'Operator' } as never, { pair, verdict: 'two' }, now),
      ])
        expect(await done).toMatchObject({ ok: false, reason: 'operators' })
    }
    await setRole('ana@greenlit.test', 'reader')
    const rolesAside = (rows: string[]) => rows.filter((line) => !/^(reader|session) /.test(line))
    expect(apart(rolesAside(before), rolesAside(await everyRow()))).toEqual(NOTHING)
  })
})
