import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKeys, queryKeys } from '@/lib/search/keys'
import { buildIndex } from '@/lib/search/names'
import { searchIndex } from '@/lib/search/rules'
import { wantedCameMail, wantedOptInMail } from '@/lib/wanted/mails'
import { readWish } from '@/lib/wanted/rules'

const wish = (typed: string) => {
  const read = readWish(typed)
  if (!read.ok) throw new Error(read.message)
  return read.wish
}

describe('what may be waited for', () => {
  test('a name, whatever its script, without the season somebody put behind it', () => {
    expect(wish('Succession').words).toBe('Succession')
    expect(wish('  succession   season 5 ').words).toBe('succession')
    expect(wish('Succession S05').words).toBe('Succession')
    expect(wish('진격의 거인').words).toBe('진격의 거인')
    // A bare number is a part of the name.
    expect(wish('Room 104').words).toBe('Room 104')
    expect(wish('1899').words).toBe('1899')
  })

  test('two spellings of one name are one wish', () => {
    const { key } = wish('The Penguin')
    for (const typed of ['the penguin', 'Penguin', 'THE  PENGUIN!', 'The Penguin season 2'])
      expect(wish(typed).key, typed).toBe(key)
  })

  test('nothing that would carry a message or an address in our mail', () => {
    for (const typed of [
      ...[
        'visit evil.example.com now',
        'call +49 30 1234567',
        'write to me@evil.test',
        '@someone',
        'https://evil.test',
      ],
      ...['', '!', '\u202e', 'x', '…', 'x'.repeat(81)],
    ])
      expect(readWish(typed).ok, typed).toBe(false)
  })

  test('any text is read or refused with a sentence, and what is kept is a line of letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 220 }), (typed) => {
        const read = readWish(typed)
        if (!read.ok) expect(read.message).toMatch(/^[A-Z].{15,}\.$/)
        else {
          expect(read.wish.words).not.toMatch(/[\p{Cc}\p{Cf}]/u)
          expect(read.wish.keys).toContain(read.wish.key)
        }
      }),
    )
  })
})

describe('a wish is answered by the very names an exact search finds', () => {
  const names = [
    'The Penguin',
    'Penguin',
    'Dark',
    'The Dark',
    'A Dark',
    '지금 우리 학교는',
    'Shōgun',
    '진격의 거인',
    'M*A*S*H',
    'Dr. Ember',
    'Nine &amp; Ten',
  ]
  const asked = [
    ...names,
    'the penguin',
    'shogun',
    'an dark',
    'jigeum uri hakgyoneun',
    'mash',
    'doctor ember',
    '9 and 10',
    'penguins',
    'dar',
  ]

  test.each(asked)('%s', (query) => {
    for (const title of names) {
      const index = buildIndex([{ slug: 'it', title, year: null, popularity: 0, names: [] }])
      const found = searchIndex(index, query, 1)[0]?.nearness === 'same'
      expect(
        nameKeys(title).some((key) => queryKeys(query).includes(key)),
        title,
      ).toBe(found)
    }
  })

  test('for any name and any query', () => {
    const text = fc.oneof(
      fc.constantFrom(...asked),
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    )
    fc.assert(
      fc.property(text, text, (title, query) => {
        fc.pre(title.trim() !== '')
        const index = buildIndex([{ slug: 'it', title, year: null, popularity: 0, names: [] }])
        const same = searchIndex(index, query, 1)[0]?.nearness === 'same'
        const meets = nameKeys(title).some((key) => queryKeys(query).includes(key))
        if (meets) expect(same).toBe(true)
        // A search leaves a season's number away where nothing else is found; a wish leaves it away when it is read.
        else if (!/\d$|season|series|part|시즌/i.test(query.trim())) expect(same).toBe(false)
      }),
    )
  })
})

describe('the mails', () => {
  const site = 'https://greenlit.test'

  test('say what was asked for as text, never as markup or as a header', () => {
    const mail = wantedOptInMail({ link: `${site}/x`, site, words: 'Evil</p>\r\nBcc: all <b>' })
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.html).not.toContain('<b>')
  })

  test('that a show is here names it, its page and the way to end mail', () => {
    const show = {
      words: 'succession',
      slug: 'succession',
      title: 'Succession',
      year: 2018,
      network: 'HBO',
      answer: 'It ended with season 4.',
    }
    const one = wantedCameMail({ shows: [show], site, unsubscribeToken: 'T' })
    expect(one.subject).toBe('Succession (2018, HBO) is here')
    expect(one.text).toContain('It ended with season 4.')
    expect(one.text).toContain(`${site}/shows/succession`)
    expect(one.headers['List-Unsubscribe']).toBe(`<${site}/api/unsubscribe/T>`)
    const two = wantedCameMail({
      shows: [show, { ...show, title: 'Dark', slug: 'dark' }],
      site,
      unsubscribeToken: 'T',
    })
    expect(two.subject).toBe('2 shows you asked for are here')
  })
})
