import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buttonLink, type MailBlock, mailBody } from '@/lib/mail/shell'

const SITE = 'https://greenlit.example'

const words = fc.oneof(
  fc.constantFrom('<b>', '"><script>', 'a\r\n-- \nb', '&amp;', "it's", '지금 우리'),
  fc.string({ minLength: 1, maxLength: 60 }),
)
const link = fc.record({ href: fc.webUrl(), label: words })
const block: fc.Arbitrary<MailBlock> = fc.oneof(
  words.map((heading) => ({ heading })),
  fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => ({ lines })),
  fc.array(words, { minLength: 1, maxLength: 3 }).map((list) => ({ list })),
  fc.array(link, { minLength: 1, maxLength: 3 }).map((links) => ({ links })),
)
const parts = fc.record({
  site: fc.constant(SITE),
  blocks: fc.array(block, { minLength: 1, maxLength: 6 }),
  foot: fc.option(
    fc.record({ why: fc.constant('Because you asked.'), links: fc.array(link, { maxLength: 2 }) }),
    {
      nil: undefined,
    },
  ),
})

/** What stands between the tags of a page, as text again. */
const wordsOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')

describe('a mail', () => {
  it('says in HTML whatever it says in text, and has each of its links in both', () => {
    fc.assert(
      fc.property(parts, (mail) => {
        const { text, html } = mailBody(mail)
        const seen = wordsOf(html)
        for (const one of mail.blocks) {
          const said =
            'heading' in one ? [one.heading] : 'lines' in one ? one.lines : 'list' in one ? one.list : []
          for (const line of said) {
            const plain = line.replace(/[\p{Cc}\s]+/gu, ' ').trim()
            expect(text).toContain(plain)
            expect(seen).toContain(plain)
          }
          for (const { href } of 'links' in one ? one.links : []) {
            expect(text.split('\n')).toContain(href)
            expect(html).toContain(`href="${href.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)}"`)
          }
        }
      }),
    )
  })

  it('ends its text with one line feed and begins a signature only where it has a foot', () => {
    fc.assert(
      fc.property(parts, (mail) => {
        const lines = mailBody(mail).text.split('\n')
        expect(lines.at(-1)).toBe('')
        expect(lines.at(-2)).not.toBe(undefined)
        expect(lines.filter((line) => line === '-- ')).toHaveLength(mail.foot ? 1 : 0)
      }),
    )
  })

  it('that asks for a button to be pressed says so before the link in text and after it in HTML', () => {
    const { text, html } = mailBody({
      site: SITE,
      blocks: [{ lines: ['Somebody asked.'] }, { links: [buttonLink(`${SITE}/x`, 'Open the page')] }],
    })
    expect(text).toBe(`Somebody asked.\n\nOpen this link and press the button there:\n${SITE}/x\n`)
    expect(wordsOf(html)).toContain('Open the page and press the button there.')
  })
})
