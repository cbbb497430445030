import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * The first parts of the addresses of a reader's own pages. React wakes these: a list that changes in place, passkeys
 * and pushes live in the browser. Every other page is finished when it is made.
 */
export const PERSONAL_PLACES = [
  ...['follow', 'following', 'settings', 'sign-in'],
  ...['mailbox', 'studio', 'unsubscribe'],
]
const PERSONAL = new RegExp(`^/(?:${PERSONAL_PLACES.join('|')})(?![^/?])`)

/** Starts the parts of a page that need no React; app/_components/islands starts them where React wakes. */
const ISLANDS = '<script type="module" src="/islands/start.js"></script>'

/** What Next writes into a page for React in the browser: its chunks, and the page once more as data. */
const RUNTIME = [
  /<script\b[^>]*\bsrc="\/_next\/[^>]*><\/script>/g,
  /<script>\(?(?:self\.__next_f\b|globalThis\["TURBOPACK"\])[\s\S]*?<\/script>/g,
  // The second has the browser draw nothing before the first of those scripts has come.
  /<link\b[^>]*\b(?:as="script"|rel="expect")[^>]*>/g,
]
/** What React writes where a part of a page failed on the way: it would be said by React in the browser. */
const FAILED = /<template data-dgst=|\$RX\(/

/** A page's HTML without Next's runtime, and with the script of its islands; as it was where a part of it failed. */
export function withoutRuntime(html: string): string {
  if (FAILED.test(html)) return html
  return RUNTIME.reduce((rest, part) => rest.replace(part, ''), html).replace('</body>', `${ISLANDS}</body>`)
}

/**
 * From now on the pages that are the same for everybody leave this process without React, and the few parts of them
 * that move are small scripts of their own (public/islands). Next has no switch for it; lib/decisions/0015 weighs
 * the ways.
 */
export function servePlainPages(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    if (PERSONAL.test(request.url ?? '')) return
    const { setHeader } = response
    response.setHeader = (name, value) => {
      // Next names the type last, when its compression stands before the socket: here nothing is packed yet.
      if (name.toLowerCase() === 'content-type') {
        response.setHeader = setHeader
        if (/^text\/html\b/.test(String(value)) && request.method === 'GET') endPlainly(response)
      }
      return setHeader.call(response, name, value)
    }
  })
}

type Sender = (...given: unknown[]) => unknown

/** Holds a page's parts back until it is whole. A page that says what went wrong goes out as it comes. */
function endPlainly(response: ServerResponse): void {
  const [write, end] = [response.write as Sender, response.end as Sender]
  const parts: Buffer[] = []
  const hold = (part: unknown) => parts.push(typeof part === 'string' ? Buffer.from(part) : (part as Buffer))
  const isFine = () => response.statusCode === 200
  response.write = ((part: unknown, ...rest: unknown[]) => {
    if (!isFine()) return write.call(response, part, ...rest)
    hold(part)
    return true
  }) as ServerResponse['write']
  response.end = ((...given: unknown[]) => {
    if (!isFine()) return end.call(response, ...given)
    if (typeof given[0] === 'string' || given[0] instanceof Uint8Array) hold(given.shift())
    const plain = withoutRuntime(Buffer.concat(parts).toString())
    if (!response.headersSent) response.setHeader('Content-Length', Buffer.byteLength(plain))
    return end.call(response, plain, ...given)
  }) as ServerResponse['end']
}
