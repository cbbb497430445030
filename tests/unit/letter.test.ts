import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_KINDS } from '@/db/schema/words'
import { eventWords } from '@/lib/ledger/words'
import { type LetterInput, noticeLetter } from '@/lib/notices/letter'
import type { NoticeItem, NoticeKind } from '@/lib/notices/types'

const RUNS = Number(process.env.GREENLIT_PROPERTY_RUNS ?? 500)
const SITE = 'https://greenlit.example'
const NEWS = 'Renewed'

const itemOf = (given: Partial<NoticeItem> = {}): NoticeItem => ({
  noticeId: 7,
  kind: 'renewed',
  show: { id: 1, slug: 'kingdom', title: 'Kingdom' },
  season: { id: 12, number: 2 },
  followed: { id: 12, number: 2 },
  text: NEWS,
  safe: 'something changed',
  happenedOn: '2026-11-02',
  answer: 'Season 2 is coming.',
  source: { name: 'Variety', url: 'https://variety.test/kingdom' },
  ...given,
})
const letterOf = (items: NoticeItem[], given: Partial<LetterInput> = {}) =>
  noticeLetter({
    items,
    recipient: 'ana@greenlit.test',
    site: SITE,
    threadName: 'a1b2c3',
    wishes: { spoilerSafe: true, cadence: 'now' },
    unsubscribeToken: (seasonId) => `token-of-${seasonId ?? 'all'}`,
    ...given,
  })

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</p></td></table><a href="https://evil.test">Renewed!</a>',
  '&lt;b&gt; &#60;b&#62; &amp;',
  'A title\r\nBcc: everybody@evil.test\r\n\r\n',
  'Two\nlines\u2028and\u2029more\u0085',
  '\n-- \nsigned by somebody else',
  '\u202Egnp.exe',
  '=?utf-8?q?Renewed?=',
  '한국의 좀비 사극 — «Królestwo»',
]
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom('<', '>', '"', "'", '&', '\n', '\r', '`', '/', 'a', '='), { maxLength: 40 })
    .map((c) => c.join('')),
)
const hostileItem = fc
  .tuple(fc.integer({ min: 1, max: 99 }), hostile, hostile, hostile, hostile, hostile)
  .map(([id, title, text, answer, name, path]) =>
    itemOf({
      noticeId: id,
      show: { id, slug: `show-${id}`, title },
      season: { id: 100 + id, number: 1 + (id % 5) },
      text: text || NEWS,
      answer,
      source: { name, url: `https://source.test/${path}` },
    }),
  )
const items = fc.uniqueArray(hostileItem, {
  minLength: 1,
  maxLength: 5,
  selector: ({ noticeId }) => noticeId,
})
const wishes = fc.record({
  spoilerSafe: fc.boolean(),
  cadence: fc.constantFrom('now' as const, 'daily' as const, 'weekly' as const),
})

/** The tags of a page with the names of their attributes, without what stands in them. */
const skeleton = (html: string) => html.match(/<[^>]*>/g)!.map((tag) => tag.replace(/"[^"]*"/g, '""'))
const tame = (item: NoticeItem): NoticeItem => ({
  ...item,
  text: NEWS,
  answer: 'An answer',
  source: { name: 'Variety', url: 'https://source.test/' },
  show: { ...item.show, title: 'A title' },
})

describe('a mail made of what strangers wrote', () => {
  it('has no element and no attribute in its HTML that we did not write', () => {
    fc.assert(
      fc.property(items, wishes, (own, wish) => {
        const { html } = letterOf(own, { wishes: wish })
        const expected = letterOf(own.map(tame), { wishes: wish }).html
        expect(skeleton(html).sort()).toEqual(skeleton(expected).sort())
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\//)
      }),
      { numRuns: RUNS },
    )
  })

  it('has no line break in any header, and a subject of a length that programs show', () => {
    fc.assert(
      fc.property(items, wishes, (own, wish) => {
        const { about, headers, subject } = letterOf(own, { wishes: wish })
        for (const value of [about, subject, ...Object.values(headers ?? {})])
          expect(value).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        expect([...subject].length).toBeLessThanOrEqual(220)
      }),
      { numRuns: RUNS },
    )
  })

  it('has every link in its text as well, and one signature', () => {
    fc.assert(
      fc.property(items, wishes, (own, wish) => {
        const { text } = letterOf(own, { wishes: wish })
        const lines = text.split('\n')
        const scope = own.length === 1 ? own[0]!.followed!.id : 'all'
        expect(lines).toContain(`${SITE}/unsubscribe/token-of-${scope}`)
        expect(lines).toContain(`${SITE}/settings/notices`)
        for (const { show, season } of own)
          expect(lines).toContain(`${SITE}/shows/${show.slug}/seasons/${season.number}`)
        expect(lines.filter((line) => line === '-- ')).toHaveLength(1)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('a subject', () => {
  const kinds: [NoticeKind, string][] = EVENT_KINDS.map((kind) => [
    kind,
    eventWords({ kind, was: '2027-03', became: kind === 'cast-confirmed' ? 'Ann Lee' : '2027-03-14' }),
  ])

  it.each(kinds)('never gives away %s to who did not ask for it', (kind, text) => {
    const safe = letterOf([itemOf({ kind, text })])
    expect(safe.subject).toBe('Kingdom, season 2: something changed')
    expect(safe.html.slice(0, safe.html.indexOf('<h1'))).not.toContain(text)
    const open = letterOf([itemOf({ kind, text })], { wishes: { spoilerSafe: false, cadence: 'now' } })
    expect(open.subject).toBe(`Kingdom, season 2: ${text}`)
  })

  it('of several changes counts them, and names the show where there is only one', () => {
    const other = itemOf({
      noticeId: 8,
      show: { id: 2, slug: 'dark', title: 'Dark' },
      season: { id: 30, number: 3 },
    })
    const more = itemOf({ noticeId: 9, text: 'A trailer is out' })
    const subject = (own: NoticeItem[], cadence: 'now' | 'daily' | 'weekly') =>
      letterOf(own, { wishes: { spoilerSafe: false, cadence } }).subject
    expect(subject([itemOf(), more], 'daily')).toBe('Kingdom: 2 changes')
    expect(subject([itemOf(), other], 'now')).toBe('2 changes to 2 shows you follow')
    expect(subject([itemOf(), other], 'daily')).toBe('Today: 2 changes to 2 shows you follow')
    expect(subject([itemOf(), other, more], 'weekly')).toBe('This week: 3 changes to 2 shows you follow')
  })

  it('shortens a title that would push the rest out of sight, and keeps its letters whole', () => {
    const title = '🧟'.repeat(300)
    const { subject, text } = letterOf([itemOf({ show: { id: 1, slug: 'kingdom', title } })])
    expect(subject).toBe(`${'🧟'.repeat(79)}…, season 2: something changed`)
    expect(text).toContain(title)
  })
})

describe('a mail sent again is the same mail', () => {
  it('in whatever order its notices were read', () => {
    fc.assert(
      fc.property(items, wishes, fc.integer({ min: 0, max: 4 }), (own, wish, turn) => {
        const turned = [...own.slice(turn), ...own.slice(0, turn)].reverse()
        expect(letterOf(turned, { wishes: wish })).toEqual(letterOf(own, { wishes: wish }))
      }),
      { numRuns: RUNS },
    )
  })

  it('and other notices make another', () => {
    const ids = [[1], [2], [1, 2], [1, 3], [1, 2, 3], [2, 3]].map(
      (own) => letterOf(own.map((noticeId) => itemOf({ noticeId }))).about,
    )
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('mails about one season', () => {
  it('make a thread of their reader’s own; a digest of several is in none', () => {
    const thread = '<season.12.a1b2c3@greenlit.example>'
    const first = letterOf([itemOf()])
    const later = letterOf([itemOf({ noticeId: 8, kind: 'dated' }), itemOf({ noticeId: 9, kind: 'trailer' })])
    for (const { headers } of [first, later])
      expect(headers).toMatchObject({ 'In-Reply-To': thread, References: thread })
    const another = letterOf([itemOf()], { threadName: 'd4e5f6' })
    expect(another.headers?.References).not.toBe(thread)
    const digest = letterOf([itemOf(), itemOf({ noticeId: 8, season: { id: 13, number: 3 } })])
    expect(Object.keys(digest.headers ?? {})).toEqual(['List-Unsubscribe', 'List-Unsubscribe-Post'])
  })

  it('end with one press for that season; a digest, and what is followed no more, for all of them', () => {
    const header = (own: NoticeItem[]) => letterOf(own).headers?.['List-Unsubscribe']
    expect(header([itemOf()])).toBe(`<${SITE}/api/unsubscribe/token-of-12>`)
    expect(header([itemOf({ followed: { id: 11, number: 1 } })])).toBe(
      `<${SITE}/api/unsubscribe/token-of-11>`,
    )
    expect(header([itemOf({ followed: null })])).toBe(`<${SITE}/api/unsubscribe/token-of-all>`)
    const two = [itemOf(), itemOf({ noticeId: 8, season: { id: 13, number: 3 } })]
    expect(header(two)).toBe(`<${SITE}/api/unsubscribe/token-of-all>`)
  })
})
