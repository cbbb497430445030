import { createHmac, timingSafeEqual } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WEBHOOK_FORMATS } from '@/db/schema/words'
import { newWebhookSecret, ntfyTopic, webhookRequest } from '@/lib/notices/channels/webhook'
import { outcomeOf } from '@/lib/notices/outcome'
import type { NoticeMessage } from '@/lib/notices/types'

const at = new Date('2026-11-25T18:00:00.500Z')
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const url = 'https://hooks.example/greenlit?x=1'
const message: NoticeMessage = {
  id: 'notice.12',
  kind: 'renewed',
  title: 'All of Us Are Dead, season 2: renewed',
  body: 'Netflix has ordered it.',
  url: 'https://greenlit.example/shows/all-of-us-are-dead',
  source: { name: 'Netflix', url: 'https://about.netflix.com/x?a=1&b=2' },
  show: 'All of Us Are Dead',
  season: 2,
  happenedOn: '2022-06-06' as NoticeMessage['happenedOn'],
}
const request = (format: (typeof WEBHOOK_FORMATS)[number], told: Partial<NoticeMessage> = {}, to = url) =>
  webhookRequest(format, { ...message, ...told }, { id: 'notice.12', at, secret, url: to })
const bodyOf = (...args: Parameters<typeof request>) => JSON.parse(request(...args).body)

/** Anything a foreign title could hold. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        '@everyone',
        '<@1>',
        '<!channel>',
        '**',
        '[x](https://evil.example)',
        '`',
        '\r\nX: y',
        '<https://evil.example|x>',
        '&amp;',
        '\\',
        '"',
        '\u202e',
        '\ud800',
        '||',
        '# ',
        '> ',
        '- ',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
)

describe('a webhook', () => {
  it('is signed as the Standard Webhooks specification says, so that a receiver can check it', () => {
    // The example a receiver would copy: over the raw body, before parsing it.
    const isGenuine = (headers: Record<string, string>, body: string, now: Date) => {
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      const expected = createHmac('sha256', key).update(signed).digest()
      const age = Math.abs(now.getTime() / 1000 - Number(headers['webhook-timestamp']))
      return (
        age < 300 &&
        headers['webhook-signature']!.split(' ').some((one) => {
          const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
          return one.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
        })
      )
    }
    for (const format of WEBHOOK_FORMATS) {
      const { headers, body } = request(format)
      expect(isGenuine(headers, body, at)).toBe(true)
      expect(isGenuine(headers, `${body} `, at)).toBe(false)
      expect(isGenuine({ ...headers, 'webhook-id': 'notice.13' }, body, at)).toBe(false)
      expect(isGenuine(headers, body, new Date(at.getTime() + 600_000))).toBe(false)
    }
  })

  it('agrees with the example of the specification', () => {
    // https://github.com/standard-webhooks/standard-webhooks: secret, id, time and body of its test.
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    const text = 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'
    expect(createHmac('sha256', key).update(text).digest('base64')).toBe(
      'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
  })

  it('carries the same id at a second attempt, and a secret of its own', () => {
    expect(request('json').headers['webhook-id']).toBe('notice.12')
    expect(newWebhookSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(newWebhookSecret()).not.toBe(newWebhookSecret())
  })

  it('in our own JSON says every text exactly, whatever is in it', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (title, body, show, name) => {
        const told = { title, body, show, source: { name, url: 'https://x.example/' } }
        const said = bodyOf('json', told)
        expect(said).toEqual({
          type: 'notice',
          version: 1,
          timestamp: at.toISOString(),
          data: {
            id: 'notice.12',
            kind: 'renewed',
            url: message.url,
            season: 2,
            happened_on: '2022-06-06',
            ...told,
          },
        })
      }),
      { numRuns: 5_000 },
    )
  })

  it('in every format keeps foreign text in its body: no header holds any of it, and the body is JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WEBHOOK_FORMATS), hostile, hostile, (format, title, body) => {
        const made = request(
          format,
          { title, body, source: { name: title, url: 'https://x.example/' } },
          'https://ntfy.sh/topic',
        )
        expect(JSON.parse(made.body)).toBeTypeOf('object')
        expect(Object.keys(made.headers).sort()).toEqual([
          'content-type',
          'webhook-id',
          'webhook-signature',
          'webhook-timestamp',
        ])
        for (const value of Object.values(made.headers)) expect(value).toMatch(/^[\x20-\x7e]+$/)
      }),
      { numRuns: 5_000 },
    )
    expect(() => webhookRequest('json', message, { id: 'x\r\nY: z', at, secret, url })).toThrow()
  })

  it('to Discord mentions nobody, formats nothing and fits', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, body) => {
        const said = bodyOf('discord', { title, body })
        expect(said.allowed_mentions).toEqual({ parse: [] })
        expect(said.content).toBeUndefined()
        const [embed] = said.embeds
        expect(embed.title.length).toBeLessThanOrEqual(256)
        expect(embed.description.length).toBeLessThanOrEqual(4_096)
        // With every escaped sign taken away, no sign that means something is left.
        for (const text of [embed.title, embed.description])
          expect(text.replace(/\\[\\*_~`|>#\-[\]()<@:+]/g, '')).not.toMatch(/[\\*_~`|>#[\]()<@:]/)
      }),
      { numRuns: 5_000 },
    )
    const [embed] = bodyOf('discord', { title: '**@everyone** [x](https://evil.example)' }).embeds
    expect(embed.title).toBe('\\*\\*\\@everyone\\*\\* \\[x\\]\\(https\\://evil.example\\)')
    expect(embed.author).toEqual({ name: 'Netflix', url: 'https://about.netflix.com/x?a=1&b=2' })
  })

  it('to Discord has no link that Discord refuses: where the site or the source has none, their words go alone', () => {
    const source = { name: 'A Paper', url: 'http://intranet/a' }
    for (const url of [
      'http://localhost:3000/shows/dark',
      'http://[::1]:3000/x',
      `https://a.example/${'x'.repeat(2_100)}`,
    ]) {
      const { embeds } = bodyOf('discord', { url, source })
      expect(Object.keys(embeds[0])).not.toContain('url')
      expect(embeds[0].author).toEqual({ name: 'A Paper' })
    }
    expect(bodyOf('discord', { url: 'http://localhost:3000/shows/dark' }).embeds[0].description).toContain(
      'localhost\\:3000/shows/dark',
    )
    for (const [url, written] of [
      ['http://192.0.2.7:3000/shows/dark', 'http://192.0.2.7:3000/shows/dark'],
      ['https://a.example/100% (1)|x', 'https://a.example/100%25%20(1)%7Cx'],
      ['https://a.example/%C3%A9', 'https://a.example/%C3%A9'],
    ])
      expect(bodyOf('discord', { url }).embeds[0].url).toBe(written)
  })

  it('to Slack mentions nobody and links only where we link', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, body, name) => {
        const { text } = bodyOf('slack', { title, body, source: { name, url: message.source!.url } })
        const links = [`<${message.url}|`, `<${message.source!.url.replaceAll('&', '&amp;')}|`]
        expect(text.match(/<[^|>]*\|?/g)).toEqual(links)
        expect(text.match(/>/g)).toHaveLength(2)
        expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&')
      }),
      { numRuns: 5_000 },
    )
    expect(bodyOf('slack', { title: '<!channel> & co', source: null }).text).toBe(
      '<https://greenlit.example/shows/all-of-us-are-dead|&lt;!channel&gt; &amp; co>\nNetflix has ordered it.',
    )
  })

  it('to ntfy goes to its root as JSON, with the topic of the address', () => {
    const made = request('ntfy', {}, 'https://ntfy.sh/my-shows?auth=abc')
    expect(made.url).toBe('https://ntfy.sh/?auth=abc')
    expect(JSON.parse(made.body)).toEqual({
      topic: 'my-shows',
      title: message.title,
      message: message.body,
      click: message.url,
      actions: [{ action: 'view', label: 'Netflix', url: message.source!.url }],
    })
    for (const none of [
      'https://ntfy.sh/',
      'https://ntfy.sh/a/b',
      'https://ntfy.sh/%20',
      `https://ntfy.sh/${'x'.repeat(65)}`,
    ])
      expect(ntfyTopic(none)).toBeNull()
  })

  it('links no source whose address is none of the web', () => {
    for (const format of ['ntfy', 'discord', 'slack'] as const)
      expect(
        request(format, { source: { name: 'x', url: 'javascript:alert(1)' } }, 'https://ntfy.sh/t').body,
      ).not.toContain('javascript')
  })

  it('cuts text between characters, never through one', () => {
    const { title } = bodyOf('ntfy', { title: '🧟'.repeat(400) }, 'https://ntfy.sh/t')
    expect(title).toBe(`${'🧟'.repeat(249)}…`)
  })
})

describe('an answer to a delivery', () => {
  const said = (status: number, retryAfter?: string) =>
    outcomeOf({ ok: true, status, headers: { 'retry-after': retryAfter } }, [404, 410], 'It', at)

  it('is a delivery, another time, or a refusal', () => {
    for (const status of [200, 201, 202, 204]) expect(said(status)).toEqual({ outcome: 'sent' })
    for (const status of [408, 425, 429, 500, 502, 503])
      expect(said(status)).toMatchObject({ outcome: 'later' })
    for (const status of [301, 302, 307, 400, 401, 403, 413])
      expect(said(status)).toEqual({ outcome: 'refused', reason: `It answered ${status}.`, ends: false })
    for (const status of [404, 410]) expect(said(status)).toMatchObject({ outcome: 'refused', ends: true })
  })

  it('is waited for as long as it asks, and at most five hours', () => {
    expect(said(429, '120')).toMatchObject({ retryAfterMs: 120_000 })
    expect(said(503, 'Wed, 25 Nov 2026 18:10:00 GMT')).toMatchObject({ retryAfterMs: 599_500 })
    expect(said(503, '999999999')).toMatchObject({ retryAfterMs: 5 * 3_600_000 })
    expect(said(503, 'Wed, 25 Nov 2020 18:10:00 GMT')).toMatchObject({ retryAfterMs: 0 })
    for (const nonsense of ['soon', '-1', '', '1e9', '\0'])
      expect(said(503, nonsense)).not.toHaveProperty('retryAfterMs', NaN)
  })

  it('counts by its head even when the rest was lost: nobody is told twice for that', () => {
    const cut = { ok: false, reason: 'too-large' as const, message: 'x', status: 200 }
    expect(outcomeOf(cut, [], 'It', at)).toEqual({ outcome: 'sent' })
    const none = { ok: false, reason: 'timeout' as const, message: 'It did not answer.' }
    expect(outcomeOf(none, [], 'It', at)).toEqual({ outcome: 'later', reason: 'It did not answer.' })
    const ours = { ok: false, reason: 'refused' as const, message: 'It is not on the public internet.' }
    expect(outcomeOf(ours, [], 'It', at)).toMatchObject({ outcome: 'refused', ends: false })
  })
})
