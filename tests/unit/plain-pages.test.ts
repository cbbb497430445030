import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { servePlainPages } from '@/lib/shared/plain-pages'

const RUNTIME = [
  '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/>',
  '<link rel="expect" href="#_R_" blocking="render"/>',
  '<script src="/_next/static/chunks/a.js" id="_R_" async=""></script>',
  '<script>(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":[]});</script>',
  '<script>(self.__next_f=self.__next_f||[]).push([0])</script>',
  '<script>self.__next_f.push([1,"\\u003c/script>"])</script>',
].join('')
const OURS = [
  '<link rel="stylesheet" href="/_next/static/chunks/a.css"/>',
  '<link rel="preload" as="font" href="/_next/static/media/a.woff2"/>',
  '<script src="/theme.js"></script>',
  '<script type="module" src="/islands/start.js" async=""></script>',
  '<script type="application/ld+json">{"name":"self.__next_f"}</script>',
].join('')
const page = (inside: string) => `<html><head></head><body>${inside}<p>&lt;script&gt;</p></body></html>`
/** That page as it leaves. */
const plain = page(OURS)

const whole = page(RUNTIME + OURS)

const HTML = 'text/html; charset=utf-8'
/** What the site of the test answers where: status, type, and a body as Next sends it, whole or in parts. */
const ANSWERS: Record<string, [number, string, string[]]> = {
  '/': [200, HTML, [whole]],
  '/shows?genre=drama': [200, HTML, [whole.slice(0, 40), whole.slice(40)]],
  '/followings': [200, HTML, [whole]],
  '/following': [200, HTML, [page(RUNTIME), page(OURS)]],
  '/sign-in?returnTo=/': [200, HTML, [whole]],
  '/missing': [404, HTML, [page(RUNTIME), page(OURS)]],
  '/failed': [200, HTML, [page(`${RUNTIME}<template data-dgst="1"></template>`)]],
  '/empty': [304, HTML, []],
  '/shows/none': [404, HTML, [`<html id="__next_error__"><head></head><body>`, `${RUNTIME}</body></html>`]],
  '/following/none': [404, HTML, [`<html id="__next_error__"><head></head><body>${RUNTIME}</body></html>`]],
  '/shows/broken': [200, HTML, ['<html id="__next_error__"><head></head>', `<body>${RUNTIME}</body></html>`]],
  '/data': [200, 'application/json', [JSON.stringify(page(RUNTIME))]],
}

const POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"

const server = createServer(async (request, response) => {
  const [status, type, body] = ANSWERS[request.url!]!
  response.statusCode = status
  response.setHeader('Content-Security-Policy', POLICY)
  response.setHeader('Content-Type', type)
  if (request.method === 'HEAD') {
    response.setHeader('Content-Length', 12_345)
    response.end()
    return
  }
  response.flushHeaders()
  for (const part of body.slice(0, -1)) {
    response.write(part)
    await new Promise(setImmediate)
  }
  // As Next does where a part fails when the rest is on its way.
  if (request.url === '/shows/broken') response.statusCode = 500
  response.end(body.at(-1))
})
let site: string

beforeAll(async () => {
  servePlainPages()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  site = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

it.each(['/', '/shows?genre=drama', '/followings'])(
  '%s, the same for everybody, leaves without React, with all that is ours',
  async (path) => {
    const answer = await fetch(site + path)
    expect(await answer.text()).toBe(plain)
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(plain)))
    expect(answer.headers.get('content-security-policy')).toContain("; script-src 'self'; ")
  },
)

it.each(['/following', '/sign-in?returnTo=/', '/missing', '/failed', '/empty', '/data'])(
  '%s leaves as it was made',
  async (path) => {
    const [status, type, body] = ANSWERS[path]!
    const answer = await fetch(site + path)
    expect([answer.status, await answer.text()]).toEqual([status, body.join('')])
    const scripts = /<script>/.test(body.join('')) && type === HTML
    expect(answer.headers.get('content-security-policy')).toBe(
      scripts || path.startsWith('/following')
        ? POLICY
        : POLICY.replace("script-src 'self' 'unsafe-inline'", "script-src 'self'"),
    )
  },
)

it.each([
  ['/shows/none', 404, 'We have no page at this address'],
  ['/following/none', 404, 'We have no page at this address'],
  ['/shows/broken', 500, 'The fault is ours'],
])(
  '%s, which Next sends without a word, says what is wrong without JavaScript too',
  async (path, status, words) => {
    const answer = await fetch(site + path)
    const html = await answer.text()
    expect(answer.status).toBe(status)
    expect(/<noscript>(.*)<\/noscript>/.exec(html)?.[1]).toContain(words)
    expect(html.replace(/<noscript>.*<\/noscript>/, '')).toBe(ANSWERS[path]![2].join(''))
  },
)

it('who asks for the head of a page alone is told no length, as that of the page would be another', async () => {
  const answer = await fetch(`${site}/`, { method: 'HEAD' })
  expect(answer.headers.get('content-length')).toBeNull()
})
