import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as deleteDoor from '@/app/api/me/delete/route'
import * as exportDoor from '@/app/api/me/export/route'
import * as followExportDoor from '@/app/api/me/follows/export/route'
import * as followDoor from '@/app/api/me/follows/route'
import * as forYouDoor from '@/app/api/me/for-you/route'
import * as verdictDoor from '@/app/api/me/verdicts/route'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { verdict } from '@/db/schema/verdict'
import { basketCookieName } from '@/lib/accounts/cookies'
import { importCatalogue } from '@/lib/catalogue/commands'
import { forgetBaskets } from '@/lib/follows/basket'
import { deriveStates } from '@/lib/ledger/derive'
import { buildRelated } from '@/lib/related/commands'
import type { ForYou } from '@/lib/related/types'
import { sayVerdict, VERDICTS_MAX } from '@/lib/verdicts/commands'
import { asOwner } from '../support/database'
import { Browser, forgetLimits, signInAs } from '../support/readers'

const html = { Accept: 'text/html' }
const PAGE = '/following/for-you'

async function* made(): AsyncGenerator<string> {
  for (let i = 0; i < 80; i++)
    yield JSON.stringify({
      ids: { x: `${i}` },
      title: `Show ${String.fromCharCode(97 + (i % 26))}${i}`,
      kind: 'scripted',
      genres: [i % 2 ? 'Horror' : 'Drama'],
      tags: [`premise ${i % 7}`, `place ${(i * i) % 11}`, `mood ${Math.floor(i / 3) % 9}`],
      network: `Network ${i % 6}`,
      popularity: (i * 37) % 100,
      seasons: [{ number: 1, premiere: '2020-05-01', episodes: 4 + i }],
    })
}

let count = 0
let browser: Browser
let email = ''

beforeAll(async () => {
  await importCatalogue(made(), { lists: 'replace' })
  await deriveStates({ today: '2026-11-25', now: new Date('2026-11-25T12:00:00Z') })
  await buildRelated()
})

beforeEach(async () => {
  await forgetLimits()
  email = `for-you-${++count}@greenlit.test`
  browser = await signInAs(email)
})

const follow = (slug: string, by = browser, more = {}) =>
  by.post(followDoor, '/api/me/follows', { show: slug, season: '1', want: 'follow', ...more })
const say = (slug: string, word: string, by = browser, more = {}) =>
  by.post(verdictDoor, '/api/me/verdicts', { slug, word, ...more })
const listOf = async (by = browser, dials = '') =>
  (await (await by.get(forYouDoor, `/api/me/for-you${dials}`)).json()) as ForYou
const slugs = ({ cards }: ForYou) => cards.map(({ slug }) => slug)
const saidBy = async (by = browser) =>
  (await listOf(by)).said.map(({ slug, word }) => `${slug} ${word}`).sort()

describe('a reader’s list', () => {
  it('is empty for a reader of whom nothing is known', async () => {
    expect(await listOf()).toEqual({ dials: { fame: 0, length: 0 }, known: 0, cards: [], said: [] })
  })

  it('holds shows beside what they follow, each with the reasons its row in the database has', async () => {
    await follow('show-a0')
    const { cards, known } = await listOf()
    expect(known).toBe(1)
    expect(cards.length).toBeGreaterThan(8)
    for (const card of cards) {
      expect(card.through.map(({ slug }) => slug)).toEqual(['show-a0'])
      const [row] = await db().execute<{ reasons: unknown[] }>(sql`
        select reasons from related join show on show.id = related.show_id
          join show other on other.id = related.related_show_id
         where show.slug = ${card.via?.slug ?? 'show-a0'} and other.slug = ${card.slug}`)
      expect(card.reasons).toEqual(row!.reasons)
      expect(card.reasons.length).toBeGreaterThanOrEqual(2)
    }
    const [first] = cards
    expect(first).toMatchObject({ kind: 'scripted', year: 2020, seasons: 1, status: expect.any(String) })
  })

  it('never holds what is followed, seen or waved off, and is as it was once a word is taken back', async () => {
    await follow('show-a0')
    const before = await listOf()
    const [one, two] = slugs(before) as [string, string]
    expect((await say(one, 'not-this')).status).toBe(200)
    expect((await say(two, 'seen')).status).toBe(200)
    const after = await listOf()
    expect(slugs(after)).not.toContain(one)
    expect(slugs(after)).not.toContain(two)
    expect(slugs(after)).not.toContain('show-a0')
    expect(after.said.map(({ slug, word }) => [slug, word])).toEqual([
      [two, 'seen'],
      [one, 'not-this'],
    ])
    await say(one, '')
    await say(two, '')
    expect(await listOf()).toEqual(before)
  })

  it('begins from what was seen, too', async () => {
    await say('show-a0', 'seen')
    const { cards, known } = await listOf()
    expect(known).toBe(1)
    expect(cards[0]!.through).toEqual([{ slug: 'show-a0', title: 'Show a0', word: 'seen' }])
  })

  it('is not cut off from what is followed by however much was waved off since', async () => {
    await follow('show-a0')
    const before = await listOf()
    await db().execute(sql`
      with s as (insert into show (slug, title) select 'waved-' || n, 'Waved ' || n from generate_series(1, 150) n
        returning id)
      insert into verdict (reader_id, show_id, word)
      select reader.id, s.id, 'not-this' from s, reader where email = ${email}`)
    const { cards, said } = await listOf()
    expect(said).toHaveLength(150)
    expect(cards).toEqual(before.cards)
    await db().execute(sql`delete from show where slug like 'waved-%'`)
  })

  it('turns with its dials, and refuses those that are none with a sentence', async () => {
    await follow('show-a0')
    const fame = async (step: number) => {
      const { cards } = await listOf(browser, `?fame=${step}`)
      const rows = await db().execute<{ mean: number }>(sql`
        select avg(popularity)::float8 as mean from show where slug in ${slugs({ cards } as ForYou).slice(0, 12)}`)
      return rows[0]!.mean
    }
    expect(await fame(-2)).toBeLessThan(await fame(2))
    for (const query of ['fame=3', 'fame=x', 'length=1.5', 'fame=1&fame=2', `length=${'1'.repeat(500)}`]) {
      const answer = await browser.get(forYouDoor, `/api/me/for-you?${query}`)
      expect([query, answer.status]).toEqual([query, 400])
      expect(((await answer.json()) as { detail: string }).detail).toMatch(/from -2 to 2, given once\.$/)
    }
  })

  it('is a private answer no cache may keep, and nobody else’s', async () => {
    await follow('show-a0')
    await say('show-b1', 'seen')
    const answer = await browser.get(forYouDoor, '/api/me/for-you')
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect((await new Browser().get(forYouDoor, '/api/me/for-you')).status).toBe(401)
    const friend = await signInAs(`friend-${count}@greenlit.test`)
    expect(await saidBy(friend)).toEqual([])
    await say('show-b1', '', friend)
    expect(await saidBy()).toEqual(['show-b1 seen'])
  })
})

describe('a word on a show', () => {
  it('said twice is said once, and the later of two is the one that counts', async () => {
    await say('show-b1', 'seen')
    await say('show-b1', 'seen')
    await say('show-b1', 'not-this')
    expect(await saidBy()).toEqual(['show-b1 not-this'])
    await say('show-b1', '')
    expect((await say('show-b1', '')).status).toBe(200)
    expect(await saidBy()).toEqual([])
  })

  it('without JavaScript leads back to the list, with its dials as they were', async () => {
    const answer = await browser.post(
      verdictDoor,
      '/api/me/verdicts',
      { slug: 'show-b1', word: 'not-this', fame: '-2', length: '0' },
      html,
    )
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`${PAGE}?fame=-2&length=0&said=not-this.show-b1`)
    const crooked = await say('show-b1', '', browser, { fame: '9', length: '//' })
    expect(await crooked.json()).toMatchObject({ word: null, location: `${PAGE}?said=undone.show-b1` })
  })

  it.each([
    [{ slug: 'unheard-of', word: 'seen' }, 404, 'There is no such show in the catalogue.'],
    [{ slug: '../x', word: 'seen' }, 404, 'There is no such show in the catalogue.'],
    [{ slug: 'show-b1', word: 'loved' }, 400, /^Say which show/],
    [{ slug: 'show-b1' }, 400, /^Say which show/],
    [{ word: 'seen' }, 400, /^Say which show/],
  ])('that makes no sense is refused with a sentence: %j', async (fields, status, sentence) => {
    const answer = await browser.post(verdictDoor, '/api/me/verdicts', fields as Record<string, string>)
    expect(answer.status).toBe(status)
    expect(((await answer.json()) as { detail: string }).detail).toMatch(sentence)
    expect(await saidBy()).toEqual([])
  })

  it('is refused from a stranger, unless they want it kept in their browser', async () => {
    const stranger = new Browser()
    const refused = await say('show-b1', 'seen', stranger)
    expect(refused.status).toBe(401)
    expect(stranger.cookies.size).toBe(0)
    expect((await say('show-b1', 'seen', stranger, { keep: 'browser' })).status).toBe(200)
    expect(stranger.cookies.has(basketCookieName())).toBe(true)
    expect(await saidBy(stranger)).toEqual(['show-b1 seen'])
  })

  it('stops at 5,000 shows, where one has to be taken back first', async () => {
    const [owner] = await db().select().from(reader).where(eq(reader.email, email))
    const readerId = owner!.id
    await db().execute(sql`
      with s as (insert into show (slug, title) select 'full-' || n, 'x' from generate_series(1, ${VERDICTS_MAX}::int) n
        returning id)
      insert into verdict (reader_id, show_id, word) select ${readerId}, id, 'seen' from s`)
    const self = { id: readerId, email }
    expect(await sayVerdict(self, 'show-b1', 'seen')).toMatchObject({ ok: false, reason: 'full' })
    expect(await sayVerdict(self, 'full-1', 'not-this')).toEqual({ ok: true, word: 'not-this' })
    await sayVerdict(self, 'full-1', null)
    expect(await sayVerdict(self, 'show-b1', 'seen')).toEqual({ ok: true, word: 'seen' })
    // Five thousand shows are not taken away in a page's time.
    await asOwner((owner) => owner`delete from show where slug like 'full-%'`)
  })

  it('is in the reader’s exports and goes with the account', async () => {
    await say('show-b1', 'seen')
    await say('show-c2', 'not-this')
    const words = [
      { show: 'show-b1', title: 'Show b1', word: 'seen', at: expect.any(String) },
      { show: 'show-c2', title: 'Show c2', word: 'not-this', at: expect.any(String) },
    ]
    expect(await (await browser.get(exportDoor, '/api/me/export')).json()).toMatchObject({ verdicts: words })
    const list = await browser.get(followExportDoor, '/api/me/follows/export?format=json')
    expect(await list.json()).toMatchObject({ follows: [], verdicts: words })
    const before = await db().$count(verdict)
    expect((await browser.post(deleteDoor, '/api/me/delete', { sure: 'delete' })).status).toBe(200)
    expect(await db().$count(verdict)).toBe(before - 2)
  })
})

describe('a list kept in a browser', () => {
  it('has words and recommendations like an account’s, and brings them along when it is claimed', async () => {
    const visitor = new Browser()
    await follow('show-a0', visitor, { keep: 'browser' })
    await say('show-b1', 'seen', visitor)
    await say('show-c2', 'not-this', visitor)
    const kept = await listOf(visitor)
    expect(kept.cards.length).toBeGreaterThan(8)
    // The account has its own word on one of them, and keeps it.
    await say('show-c2', 'seen')
    await say('show-d3', 'not-this')
    await signInAs(email, visitor)
    expect(visitor.cookies.has(basketCookieName())).toBe(false)
    expect(await saidBy(visitor)).toEqual(['show-b1 seen', 'show-c2 seen', 'show-d3 not-this'])
    expect(await saidBy()).toEqual(await saidBy(visitor))
    expect((await listOf(visitor)).known).toBe(3)
  })

  it('is not forgotten while it holds a word, and is once that is taken back', async () => {
    const visitor = new Browser()
    await say('show-b1', 'not-this', visitor, { keep: 'browser' })
    const later = new Date(Date.now() + 2 * 86_400_000)
    await forgetBaskets(later)
    expect(await saidBy(visitor)).toEqual(['show-b1 not-this'])
    await say('show-b1', '', visitor)
    await forgetBaskets(later)
    expect((await visitor.get(forYouDoor, '/api/me/for-you')).status).toBe(401)
  })
})
