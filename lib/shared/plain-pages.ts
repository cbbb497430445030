import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { StringDecoder } from 'node:string_decoder'

/**
 * The first parts of the addresses of a reader's own pages. React wakes these: a list that changes in place, passkeys
 * and pushes live in the browser. Every other page is finished when it is made.
 */
export const PERSONAL_PLACES = 'follow|following|mailbox|settings|sign-in|studio|unsubscribe'.split('|')
const PERSONAL = new RegExp(`^/(?:${PERSONAL_PLACES.join('|')})(?![^/?])`)

/** What Next writes into a page for React in the browser: its chunks, and the page once more as data. */
const RUNTIME = [
  /<script\b[^>]*\bsrc="\/_next\/[^>]*><\/script>/g,
  /<script>\(?(?:self\.__next_f\b|globalThis\["TURBOPACK"\])[\s\S]*?<\/script>/g,
  // The second has the browser draw nothing before the first of those scripts has come.
  /<link\b[^>]*\b(?:as="script"|rel="expect")[^>]*>/g,
]
/** What React writes where a part of a page failed on the way: it would be said by React in the browser. */
const FAILED = /<template data-dgst=|\$RX\(/

/** A page's HTML without Next's runtime; as it was where a part of it failed. */
function withoutRuntime(html: string): string {
  return FAILED.test(html) ? html : RUNTIME.reduce((rest, part) => rest.replace(part, ''), html)
}

/**
 * Words for who has no JavaScript, in a page that went wrong: Next sends it without any and leaves it to React to say
 * what it was. A page that has its words is left as it is.
 */
function withWords(html: string, status: number): string {
  if (!html.includes('<html id="__next_error__"')) return html
  const [title, text] =
    status < 500
      ? ['Nothing stands here', 'We have no page at this address, or it asks for something we cannot read.']
      : [
          'We could not show this page',
          'The fault is ours, and nothing you did is lost. Try again in a minute.',
        ]
  const words = `<h1>${title}</h1><p>${text}</p><p><a href="/">First page</a> <a href="/search">Search</a></p>`
  return html.replace('<body>', `<body><noscript>${words}</noscript>`)
}

/** The policy for pages in which no script stands: one that a stranger smuggled in would not run. */
const filesAlone = (policy: string) =>
  policy.replace("script-src 'self' 'unsafe-inline'", "script-src 'self'")

/**
 * From now on the pages that are the same for everybody leave this process without React, and the few parts of them
 * that move are small scripts of their own (public/islands). Next has no switch for it; lib/decisions/0015 weighs
 * the ways.
 */
export function servePlainPages(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const personal = PERSONAL.test(request.url ?? '')
    const { setHeader } = response
    let policy: string | undefined
    const finish = (html: string) => {
      const { statusCode } = response
      const plain = personal || statusCode !== 200 ? html : withoutRuntime(html)
      if (policy && plain.includes('<script>')) setHeader.call(response, 'Content-Security-Policy', policy)
      return statusCode >= 400 ? withWords(plain, statusCode) : plain
    }
    response.setHeader = (name, value) => {
      const header = name.toLowerCase()
      if (header === 'content-security-policy' && !personal) {
        policy = String(value)
        return setHeader.call(response, name, filesAlone(policy))
      }
      // Next names the type last, when its compression stands before the socket: here nothing is packed yet.
      if (header === 'content-type') {
        response.setHeader = setHeader
        if (/^text\/html\b/.test(String(value))) holdUntilWhole(response, finish)
      }
      return setHeader.call(response, name, value)
    }
  })
}

/** Holds the parts of a page back until it is whole, and sends what is made of it. */
function holdUntilWhole(response: ServerResponse, make: (html: string) => string): void {
  const end = response.end as (...given: unknown[]) => ServerResponse
  const decoder = new StringDecoder('utf8')
  let html = ''
  // A page from the cache is one text: it is taken as it is.
  const hold = (part: unknown) => {
    if (typeof part === 'string') html += part
    else if (part instanceof Uint8Array) html += decoder.write(part)
    else return false
    return true
  }
  response.write = ((part: unknown) => hold(part)) as ServerResponse['write']
  // With the head held back as well, a page that fails on the way says so by its status.
  response.flushHeaders = () => {}
  response.end = ((...given: unknown[]) => {
    if (hold(given[0])) given.shift()
    if (html === '') {
      // What answers HEAD tells no length: Next's would be another.
      if (!response.headersSent) response.removeHeader('Content-Length')
      return end.call(response, ...given)
    }
    const page = make(html + decoder.end())
    if (!response.headersSent) response.setHeader('Content-Length', Buffer.byteLength(page))
    return end.call(response, page, ...given)
  }) as ServerResponse['end']
}
