import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeEntities } from '@/lib/shared/entities'

describe('a name that came through a web page', () => {
  test.each([
    ['Mum&#039;s Kitchen', "Mum's Kitchen"],
    ['Mum&#x27;s Kitchen', "Mum's Kitchen"],
    ['Salt &amp; Smoke', 'Salt & Smoke'],
    ['&quot;Home&quot;', '"Home"'],
    ['Le P&egrave;re', 'Le Père'],
    ['Its Owner&rsquo;s Cat', 'Its Owner’s Cat'],
    ['Kiss&hearts;Him', 'Kiss♥Him'],
    ['Its Owner&#146;s Cat', 'Its Owner’s Cat'],
    // Coded by two programs, one after the other.
    ['Mum&amp;#039;s Kitchen', "Mum's Kitchen"],
  ])('%s is %s', (coded, name) => expect(decodeEntities(coded)).toBe(name))

  test('an ampersand that codes nothing stays', () => {
    for (const name of ['R&B', 'Salt & Smoke', 'A&B; C', '&nosuch;', '&', '&#;', '&#x110000;', 'you&me'])
      expect(decodeEntities(name)).toBe(name)
  })

  test('any text is read, and one without an ampersand stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const decoded = decodeEntities(text)
        if (!text.includes('&')) expect(decoded).toBe(text)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abz Ä☆한'), maxLength: 40 }), (text) => {
        const coded = [...text].map((letter) => `&#${letter.codePointAt(0)};`).join('')
        expect(decodeEntities(coded)).toBe(text)
      }),
    )
  })
})
