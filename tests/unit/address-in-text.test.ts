import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReason } from '@/lib/related/pair-rules'
import { findAddress } from '@/lib/shared/address-in-text'

const ADDRESSES: Record<string, string[]> = {
  'names of sites': [
    ...['example.com', 'EXAMPLE.COM', '"example.tv"', 'sub.example.co.uk', 'example.museum', 'foo.bar/baz'],
    ...['t.me/abc', 'a.co', 'youtu.be/x', 'bit.ly/abc', 'go to telegram t.me now', 'example.com.'],
  ],
  'names with blanks, commas and words for the full stop': [
    ...[
      'see example . com',
      'see example .com now',
      'see example. com now',
      'example,com',
      'example dot com',
    ],
    ...['example (dot) com', 'example [.] com', 'example{dot}com', 'example-dot-com', 'example_dot_net'],
    ...['example%2Ecom', 'example&#46;com'],
  ],
  'beginnings of links': [
    ...[
      'https://example',
      'hxxp example',
      'hxxps://example',
      'http example',
      'www example',
      'https : // example',
    ],
    ...['mailto: me', 'steam://run', 'r/television'],
  ],
  'letters of other kinds': [
    ...[
      'пример.рф',
      '例え.みんな',
      '삼성.한국',
      'xn--e1afmkfd.xn--p1ai',
      'example.сом',
      'ехample.com',
      'exämple.com',
    ],
    ...['ｅｘａｍｐｌｅ．ｃｏｍ', 'example。com', 'example·com', 'example․com', 'ⓔxample.ⓒom'],
  ],
  'invisible signs': [
    'exa\u200bmple.c\u200bom',
    'exam\u00adple.com',
    'e\u0301xample.com',
    'example\u2060.com',
  ],
  'mail and people elsewhere': [
    ...[
      'me@example.org',
      'me @ example org',
      'me＠example',
      'me (at) example',
      'follow @someone',
      'user#1234',
    ],
  ],
  'telephone numbers': [
    ...[
      'call 555-1234',
      'call +44 20 7946 0958',
      '06 12 34 56 78 call',
      '(212) 555 0199',
      '٠٦١٢٣٤٥٦٧٨',
      '+1 2345',
    ],
    ...['２１２５５５０１９９'],
  ],
  'IP addresses': ['1.2.3.4', '192 . 168 . 0 . 1', '2001:db8::1', 'fe80:0:0:0:1:2:3:4'],
}

const PROSE = [
  ...['Mr. Robot is as cold.', '9-1-1 has the same pace', 'S.W.A.T. is like it', '3.5 stars of five'],
  ...['St. Elsewhere and E.R. share it', 'Ep.3 is the same', 'Dr.Stone and Dr. Stone', 'L.A.Law is older'],
  ...['No.6 is colder', 'Agents of S.H.I.E.L.D. and more', 'the dot com years of Halt and Catch Fire'],
  ...['from 1999-2004', '1999 2004 2010 all good', '2020-03-14 was the day', '14.03.2020 was it'],
  ...['4 8 15 16 23 42 are the numbers', '24/7 tension, and/or dread', 'e.g. the ending, i.e. the twist'],
  ...['Both U.S. remakes... and slow', '.hack//SIGN is the same world', 'Re:ZERO and Steins;Gate'],
  ...['M*A*S*H in space', '무서워요.그리고 재밌어요', '怖い。そして面白い', 'конец.Потом снова'],
  ...['Both end well. It is so. Me too. TV at its best.', '1,000,000 dead; 100 alive', '#metoo era drama'],
  ...[
    'Season 2 Episode 10 11 12',
    'J.J. Abrams made both',
    'K-dramas (2021–2022)',
    '90% of it',
    'Wait... what?',
  ],
  ...[
    '10:30 pm, 8 p.m. slot',
    'Love, Death & Robots',
    'C.S.I.: Miami',
    'so slow...but good',
    'slow…but good',
  ],
  ...['12 Monkeys: 4 seasons, 47 episodes', 'a.k.a. Dark', 'vs. the world', 'Brooklyn Nine-Nine & Parks'],
]

describe('what leads elsewhere is found', () => {
  test.each(Object.entries(ADDRESSES))('%s', (_, texts) => {
    expect(texts.filter((text) => !findAddress(text))).toEqual([])
    expect(texts.filter((text) => !findAddress(`Both are slow, see ${text} and cold`))).toEqual([])
  })

  test('in a reason, which is refused in a sentence that shows what reads like an address', () => {
    for (const text of Object.values(ADDRESSES).flat()) {
      const read = readReason(`Both are slow and cold, ${text}`)
      expect(read, text).toMatchObject({ ok: false })
      expect(!read.ok && read.message).toMatch(/^A reason is .*\.$/)
    }
    expect(readReason('Both have a good end.Then they go on')).toMatchObject({
      message: expect.stringContaining('“end.Then” reads like one. If it is none, put a space'),
    })
  })
})

describe('honest words pass', () => {
  test('in prose with numbers, shortened words, and titles that are full of stops', () => {
    expect(PROSE.flatMap((text) => findAddress(text) ?? [])).toEqual([])
    for (const text of PROSE) expect(readReason(`Slow too: ${text}`), text).toMatchObject({ ok: true })
  })

  test('in the titles of the starter catalogue, but for those that look like addresses by design', () => {
    const lines = readFileSync(join(import.meta.dirname, '../../db/starter/catalogue.ndjson'), 'utf8').split(
      '\n',
    )
    const titles = lines.filter(Boolean).map((line) => (JSON.parse(line) as { title: string }).title)
    const found = titles.filter((title) => findAddress(title))
    expect(titles.length).toBeGreaterThan(5_000)
    expect(found.length).toBeLessThan(titles.length / 300)
    // A reader may speak of the two shows they name, whatever these are called.
    for (const title of found) {
      expect(readReason(`${title} is as slow and cold as this`, [title]), title).toMatchObject({ ok: true })
      expect(readReason(`${title} is at example.com now`, [title]), title).toMatchObject({ ok: false })
    }
    expect(readReason('look at Dark.com for more', ['Dark'])).toMatchObject({ ok: false })
  })

  test('and any text at all is read in a moment', () => {
    const parts = fc.constantFrom('a', '.', ' ', '-', '1', '@', 'dot', '/', ':', 'com', '(', '。', '+')
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 200 }), (text) => {
        const begun = performance.now()
        findAddress(text.join(''))
        expect(performance.now() - begun).toBeLessThan(500)
      }),
    )
  })
})
