/** P7: whatever a show is called, independent parsers read back from feeds and calendars exactly what went in. */
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { expect, it } from 'vitest'
import { writeAtom, writeJsonFeed } from '@/lib/feeds/atom'
import { writeCalendar } from '@/lib/feeds/icalendar'
import type { CalendarEntry, Feed } from '@/lib/feeds/types'
import { cleanLine } from '@/lib/feeds/xml'

/** How many titles; `GREENLIT_TITLES=100000` before a release. */
const TITLES = Number(process.env.GREENLIT_TITLES ?? 10_000)
const SEED = Number(process.env.GREENLIT_SEED ?? Math.floor(Math.random() * 2 ** 31))
const PER_FILE = 250

const fragment = fc.oneof(
  fc.constantFrom(
    ...[
      '&',
      '<',
      '>',
      '"',
      "'",
      '&amp;',
      '&#0;',
      '&#x41;',
      '&lt;',
      '&nbsp;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
    ],
    ...['<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY a "b">]>', '&a;', '</title>', '</entry></feed>'],
    ...[
      '\\',
      '\\\\',
      '\\n',
      '\\N',
      '\\;',
      '\\,',
      ';',
      ',',
      ':',
      '"',
      '^n',
      '\r\n',
      '\n',
      '\r',
      '\r\n ',
      '\t',
    ],
    ...[
      '\r\nEND:VEVENT\r\nBEGIN:VALARM',
      '\nSUMMARY:x',
      'DTSTART;VALUE=DATE:20270101',
      ';VALUE=URI:',
      '=?utf-8?q?x?=',
    ],
    ...[
      '\u0000',
      '\u0007',
      '\u001b[31m',
      '\u007f',
      '\u0085',
      '\u009f',
      '\u200e',
      '\u202e',
      '\u2066',
      '\u061c',
      '\ufeff',
    ],
    ...[
      '\u2028',
      '\u2029',
      '\u00a0',
      '\u3000',
      '\u200b',
      '\u200d',
      '\ufffe',
      '\uffff',
      '\ufffd',
      '\ud800',
      '\udfff',
    ],
    ...['{"a":1}', '"}]', '\\u0000', '=cmd()', '%00', '{{x}}', '__proto__', 'constructor', 'toString', ''],
    ...[
      'é',
      'e\u0301',
      'ß',
      'İ',
      'ﷺ',
      '지금 우리 학교는',
      '進撃の巨人',
      'مسلسل',
      'עברית',
      '🦑',
      '👨‍👩‍👧‍👦',
      '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
      '𝔘',
      '\u{10ffff}',
    ],
    ...[' ', '  ', 'a', '1', '001', '1e5', '0x1f', 'true', 'null', 'NaN', '+1', '-0', 'All of Us Are Dead'],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
const title = fc.oneof(
  { weight: 6, arbitrary: fc.array(fragment, { minLength: 1, maxLength: 9 }).map((parts) => parts.join('')) },
  // Folds fall on every octet of a character somewhere along these.
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 80 }), fragment, fc.integer({ min: 1, max: 60 }))
      .map(([before, part, times]) => 'x'.repeat(before) + part.repeat(times)),
  },
)

const feedOf = (titles: string[]): Feed => ({
  id: 'tag:greenlit.example,2026:feed',
  title: titles[0]!,
  subtitle: titles.at(-1)!,
  pageUrl: 'https://greenlit.example/changes',
  feedUrl: 'https://greenlit.example/changes.atom',
  updated: '2026-11-22T10:00:00Z',
  entries: titles.map((text, i) => ({
    id: `tag:greenlit.example,2026:${i}`,
    url: `https://greenlit.example/shows/${i}`,
    title: text,
    text,
    day: '2026-11-22',
    recordedAt: '2026-11-22T10:00:00Z',
    source: { name: text, url: `https://news.example/${i}?a=1&b='` },
  })),
})

const entryOf = (text: string, i: number): CalendarEntry => ({
  uid: `${i}@greenlit.example`,
  first: '2027-03-14',
  last: '2027-03-14',
  status: 'CONFIRMED',
  summary: text,
  description: `${text} ${text}`,
  url: `https://greenlit.example/shows/${i}`,
  sequence: i,
  changedAt: '2026-11-22T10:00:00Z',
})

/** Reads XML as it stands: no text trimmed, no number guessed, every entity of ours counted by nobody. */
const xml = new XMLParser({
  ignoreAttributes: false,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: { enabled: true, maxTotalExpansions: 1e9, maxExpandedLength: 1e9 },
  isArray: (name) => name === 'entry',
})

/** Equal lists; a difference is shown by its first place, not by a file of titles. */
function same(got: unknown[], expected: unknown[]): void {
  const at = got.findIndex((value, i) => value !== expected[i])
  expect([got.length, at, at < 0 ? null : got[at]]).toEqual([
    expected.length,
    -1,
    at < 0 ? null : expected[at],
  ])
}

function checkAtom(titles: string[], expected: string[]): void {
  const { feed } = xml.parse(writeAtom(feedOf(titles)))
  expect(feed.title).toBe(expected[0])
  expect(feed.subtitle).toBe(expected.at(-1))
  const entries: Record<string, unknown>[] = feed.entry
  same(
    entries.map((entry) => entry.title),
    expected,
  )
  same(
    entries.map((entry) => (entry.content as { '#text'?: string })['#text'] ?? ''),
    expected,
  )
  const via = entries.map((entry) => (entry.link as Record<string, string>[])[1]!)
  same(
    via.map((link) => link['@_title']),
    expected,
  )
  same(
    via.map((link) => link['@_href']),
    titles.map((_, i) => `https://news.example/${i}?a=1&b='`),
  )
}

function checkJson(titles: string[], expected: string[]): void {
  const feed = JSON.parse(writeJsonFeed(feedOf(titles)))
  expect([feed.title, feed.description]).toEqual([expected[0], expected.at(-1)])
  same(
    feed.items.map((item: { title: string }) => item.title),
    expected,
  )
  same(
    feed.items.map((item: { content_text: string }) => item.content_text),
    expected,
  )
}

function checkCalendar(titles: string[], expected: string[]): void {
  const text = writeCalendar(titles[0]!, titles.map(entryOf))
  // Octets, not characters: a fold within a character would leave half of one behind.
  const octets = Buffer.from(text)
  expect(octets.toString('utf8')).toBe(text)
  const lines = text.split('\r\n')
  expect(lines.pop()).toBe('')
  for (const line of lines) {
    if (Buffer.byteLength(line) > 75) expect(line).toBe('at most 75 octets')
    if (/[\p{Cc}\u2028\u2029]/u.test(line) || !line.isWellFormed()) expect(line).toBe('a clean line')
  }
  const calendar = new ICAL.Component(ICAL.parse(text))
  // The parser knows no X- name and leaves its escapes in; they are those of any text (RFC 5545, 3.3.11).
  for (const name of ['name', 'x-wr-calname']) {
    const said = calendar.getFirstPropertyValue(name) as string
    expect([name, said.replace(/\\([\\;,])/g, '$1')]).toEqual([name, expected[0]])
  }
  const events = calendar.getAllSubcomponents('vevent')
  expect(calendar.getAllSubcomponents()).toHaveLength(titles.length)
  same(
    events.map((event) => event.getFirstPropertyValue('summary')),
    expected,
  )
  same(
    events.map((event) => event.getFirstPropertyValue('description')),
    titles.map((given) => cleanLine(`${given} ${given}`)),
  )
  same(
    events.map((event) => event.getFirstPropertyValue('sequence')),
    titles.map((_, i) => i),
  )
  for (const event of events) expect(event.getAllProperties()).toHaveLength(11)
}

it(`${TITLES.toLocaleString('en')} hostile titles are read back from Atom, JSON Feed and calendars as they went in`, () => {
  console.info(`titles: ${TITLES}, seed: ${SEED}`)
  const titles = fc.sample(title, { numRuns: TITLES, seed: SEED })
  let changed = 0
  for (let i = 0; i < titles.length; i += PER_FILE) {
    const some = titles.slice(i, i + PER_FILE)
    const expected = some.map(cleanLine)
    changed += some.filter((text, at) => text !== expected[at]).length
    checkAtom(some, expected)
    checkJson(some, expected)
    checkCalendar(some, expected)
  }
  // The cleaning is no way out: it takes what has no place in one line, and leaves the rest to the letter.
  for (const text of titles) {
    const gone = /[\p{Cc}\p{Cs}\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]/gu
    if (cleanLine(text).replace(gone, '') !== text.replace(gone, ''))
      expect(cleanLine(text)).toBe(`the letters of ${JSON.stringify(text)}`)
  }
  console.info(`cleaned: ${changed}, read back: ${titles.length * 3} of ${titles.length * 3}`)
}, 600_000)
