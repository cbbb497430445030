import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceWords } from '@/lib/accounts/device'
import { followIntent, safeReturnTo, withFollowIntent } from '@/lib/accounts/return-to'
import { codeFrom, normaliseAddress, normaliseCode, sessionEnd, spellCode } from '@/lib/accounts/rules'
import { opensMailbox } from '@/lib/mail/mailbox'
import { isFinalRefusal, retryDelayMs } from '@/lib/mail/rules'
import { clientAddress, isLoopbackAddress, PEER_HEADER } from '@/lib/shared/peer'
import { isSameOrigin } from '@/lib/shared/same-origin'

describe('an address', () => {
  it('has one form, whatever case it is typed in', () => {
    expect(normaliseAddress('  Ana.Lopez+tv@Example.ORG ')).toBe('ana.lopez+tv@example.org')
    expect(normaliseAddress("o'neill@mail.example.co.uk")).toBe("o'neill@mail.example.co.uk")
    expect(normaliseAddress('me@xn--mnchen-3ya.example')).toBe('me@xn--mnchen-3ya.example')
  })

  it.each([
    '',
    'nobody',
    'a@b',
    'a@@b.example',
    'a@b@c.example',
    '"a@evil.example"@x.example',
    '"quoted"@x.example',
    'a(comment)@x.example',
    'a@x.example,b@y.example',
    'a@x.example;b@y.example',
    'a@x.example b@y.example',
    'a@x.example\r\nBcc: b@y.example',
    'a@x.example\nb@y.example',
    'a\0@x.example',
    'a＠x.example',
    'a﹫x.example',
    'a@ｘ.example',
    'аdmin@x.example',
    'a\u212a@x.example',
    'a\u200b@x.example',
    '<a@x.example>',
    'A <a@x.example>',
    'a%b.example@x.example',
    'b.example!a@x.example',
    '=?utf-8?q?a=40b.example?=@x.example',
    '.a@x.example',
    'a.@x.example',
    'a..b@x.example',
    'a@-x.example',
    'a@x-.example',
    'a@x..example',
    'a@.example',
    'a@x.example.',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    `${'a'.repeat(65)}@x.example`,
    `a@${'x'.repeat(64)}.example`,
    `a@${'x.'.repeat(150)}example`,
  ])('that could be read as something else is refused: %j', (crafted) => {
    expect(normaliseAddress(crafted)).toBeNull()
  })

  it('that passes has one @, is plain ASCII, and stays what it is when read again', () => {
    const text = fc.oneof(
      fc.emailAddress(),
      fc.string({ unit: 'binary', maxLength: 60 }).map((s) => `${s}@example.org`),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const address = normaliseAddress(typed)
        if (address === null) return
        expect(address).toMatch(/^[\x21-\x7e]{3,254}$/)
        expect(address.split('@')).toHaveLength(2)
        expect(address).not.toMatch(/["(),:;<>\\[\]\s]/)
        expect(normaliseAddress(address)).toBe(address)
        expect(typed.trim().toLowerCase()).toBe(address)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('a code', () => {
  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 32 }), (bytes) => {
        const code = codeFrom(bytes)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
        expect(normaliseCode(spellCode(code).toLowerCase())).toBe(code)
        expect(normaliseCode(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(code)
        expect(normaliseCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code)
      }),
    )
  })

  it.each(['', '1234567', '123456789', 'ABCD-EFGU', '🙂🙂🙂🙂🙂🙂🙂🙂', 'x'.repeat(5000)])(
    'is not %j',
    (typed) => {
      expect(normaliseCode(typed)).toBeNull()
    },
  )
})

describe('after signing in', () => {
  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/%0d%0a//x\r\nLocation: https://evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/x/..//evil.example',
    '/api/me/delete',
    '/api',
    '/sign-in',
    '/sign-in/code',
    'shows/kingdom',
    `/${'x'.repeat(600)}`,
    '',
  ])('nobody is sent to %j', (crafted) => {
    expect(safeReturnTo(crafted)).toBe('/following')
  })

  it('a reader comes back to the page they left', () => {
    for (const path of [
      '/',
      '/shows/kingdom',
      '/shows/kingdom?follow=3',
      '/settings#delete',
      '/search?q=%ED%95%9C',
    ])
      expect(safeReturnTo(path)).toBe(path)
  })

  it('whatever is asked for, the way leads to this site', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
          fc.string().map((s) => `/${s}`),
        ),
        (text) => {
          const path = safeReturnTo(text)
          expect(new URL(path, 'https://greenlit.test').origin).toBe('https://greenlit.test')
          expect(path).toMatch(/^\/(?![/\\])/)
          expect(path).not.toMatch(/[\r\n]/)
        },
      ),
      { numRuns: 10_000 },
    )
  })

  it('the season one wanted to follow is still known', () => {
    expect(followIntent(withFollowIntent({ slug: 'all-of-us-are-dead', number: 2 }))).toEqual({
      slug: 'all-of-us-are-dead',
      number: 2,
    })
    for (const crafted of [
      '/shows/x?follow=0',
      '/shows/x?follow=-1',
      '/shows/x?follow=2&y',
      '/shows/X?follow=1',
      '/y',
    ])
      expect(followIntent(crafted)).toBeNull()
  })
})

describe('a session', () => {
  it('ends 14 days after the last visit and 90 days after it began, whichever is first', () => {
    const began = new Date('2026-01-01T00:00:00Z')
    const day = (n: number) => new Date(began.getTime() + n * 86_400_000)
    expect(sessionEnd(began, began)).toEqual(day(14))
    expect(sessionEnd(began, day(80))).toEqual(day(90))
    expect(sessionEnd(began, day(89))).toEqual(day(90))
  })

  it('is listed in words anybody understands', () => {
    const chrome =
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36'
    expect(deviceWords(chrome)).toBe('Chrome on Android')
    expect(deviceWords('Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Gecko Firefox/140.0')).toBe(
      'Firefox on macOS',
    )
    expect(deviceWords(null)).toBe('An unknown browser')
    expect(deviceWords('<script>')).toBe('An unknown browser')
  })
})

describe('a request that changes something', () => {
  const site = 'https://greenlit.test'
  const of = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), site)

  it('passes from our own pages', () => {
    expect(of({ origin: site })).toBe(true)
    expect(of({ origin: site, 'sec-fetch-site': 'same-origin' })).toBe(true)
    expect(of({ 'sec-fetch-site': 'same-origin' })).toBe(true)
    // A page with Referrer-Policy: no-referrer sends its forms so.
    expect(of({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(true)
  })

  it.each([
    {},
    { origin: 'null' },
    { origin: '' },
    { origin: 'https://evil.example' },
    { origin: 'https://greenlit.test.evil.example' },
    { origin: 'https://evil.example/https://greenlit.test' },
    { origin: 'http://greenlit.test' },
    { origin: 'https://greenlit.test:8443' },
    { origin: 'https://greenlit.test@evil.example' },
    { origin: 'greenlit.test' },
    { origin: '://' },
    { origin: 'https://greenlit.test', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://greenlit.test', 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'http://localhost:3000' },
  ])('is refused from anywhere else: %j', (headers) => {
    expect(of(headers as Record<string, string>)).toBe(false)
  })

  it('passes between the names of this machine, on one port', () => {
    const from = (origin: string) => isSameOrigin(new Headers({ origin }), 'http://localhost:3000')
    expect(from('http://127.0.0.1:3000')).toBe(true)
    expect(from('http://[::1]:3000')).toBe(true)
    expect(from('http://127.0.0.1:3001')).toBe(false)
    expect(from('http://127.0.0.1.evil.example:3000')).toBe(false)
  })
})

describe('the local mailbox', () => {
  const env = { AUTH_URL: 'http://localhost:3000' } as unknown as NodeJS.ProcessEnv
  const here = { host: 'localhost:3000', [PEER_HEADER]: '127.0.0.1', 'x-forwarded-for': '127.0.0.1' }
  const opens = (headers: Record<string, string>, more: Record<string, string> = {}) =>
    opensMailbox(new Headers(headers), { ...env, ...more } as NodeJS.ProcessEnv)

  it('opens to a browser on this machine', () => {
    expect(opens(here)).toBe(true)
    expect(opens({ ...here, host: '127.0.0.1:3000', [PEER_HEADER]: '::1' })).toBe(true)
    expect(opens({ ...here, host: '[::1]:3000', [PEER_HEADER]: '::ffff:127.0.0.1' })).toBe(true)
  })

  it.each([
    ['another machine', { ...here, [PEER_HEADER]: '192.0.2.7' }, {}],
    ['a machine that names us as its Host', { ...here, host: 'localhost', [PEER_HEADER]: '10.0.0.2' }, {}],
    ['a foreign name that resolves to us', { ...here, host: 'rebind.example:3000' }, {}],
    ['a proxy in front of us', { ...here, 'x-forwarded-for': '203.0.113.9, 127.0.0.1' }, {}],
    ['no connection we know of', { host: 'localhost:3000' }, {}],
    ['anybody where mail is really sent', here, { SMTP_URL: 'smtp://mail.example' }],
    ['anybody where EMAIL_SERVER sends mail', here, { EMAIL_SERVER: 'smtp://mail.example' }],
    ['anybody on a public site', here, { AUTH_URL: 'https://greenlit.example' }],
    ['anybody behind a trusted proxy', here, { TRUSTED_PROXY_HOPS: '1' }],
    ['anybody once it is switched off', here, { GREENLIT_MAILBOX: 'off' }],
  ])('stays shut to %s', (_, headers, more) => {
    expect(opens(headers as Record<string, string>, more as Record<string, string>)).toBe(false)
  })

  it('knows the addresses of this machine', () => {
    for (const address of ['127.0.0.1', '127.255.0.3', '::1', '::ffff:127.0.0.1'])
      expect(isLoopbackAddress(address)).toBe(true)
    for (const address of ['', '128.0.0.1', '::ffff:10.0.0.1', '127.0.0.1.evil.example', '::2'])
      expect(isLoopbackAddress(address)).toBe(false)
  })
})

describe('the address a limit counts by', () => {
  it('is the connection, whatever a client claims', () => {
    const headers = new Headers({ 'x-forwarded-for': '203.0.113.1', [PEER_HEADER]: '198.51.100.4' })
    expect(clientAddress(headers, 0)).toBe('198.51.100.4')
    expect(clientAddress(new Headers({ 'x-forwarded-for': '203.0.113.1' }), 0)).toBe('unknown')
  })

  it('behind trusted proxies is what the outermost of them wrote', () => {
    const headers = new Headers({ 'x-forwarded-for': '6.6.6.6, 203.0.113.1, 10.0.0.1' })
    expect(clientAddress(headers, 1)).toBe('10.0.0.1')
    expect(clientAddress(headers, 2)).toBe('203.0.113.1')
    expect(clientAddress(headers, 9)).toBe('unknown')
  })
})

describe('a refused mail', () => {
  it('is tried again with growing pauses of half a minute to five hours', () => {
    const pauses = Array.from({ length: 8 }, (_, index) => retryDelayMs(index + 1))
    expect(pauses[0]).toBe(30_000)
    expect(pauses.at(-1)).toBe(5 * 3_600_000)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
  })

  it('is given up at once only when the server says this mail will never do', () => {
    expect(isFinalRefusal({ responseCode: 550 })).toBe(true)
    for (const error of [
      { responseCode: 421 },
      { responseCode: 451 },
      { responseCode: 535 },
      { code: 'ECONNREFUSED' },
      {},
    ])
      expect(isFinalRefusal(error)).toBe(false)
  })
})
