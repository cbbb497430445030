/** What answers are made of: heads, bodies, refusals. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/shared/log'
import { PEER_HEADER } from '@/lib/shared/peer'
import { PROBLEM_TYPE, PUBLIC_CACHE, problemJson } from '@/lib/shared/problem'
import { refusalPage } from '@/lib/shared/refusal-page'
import { NO_STORE, NOT_FOUND_CACHE, securityHeaders, WITH_INLINE } from './headers'
import type { Made } from './page-cache'
import type { Place } from './places'
import { hasInlineScripts, withoutRuntime, withWords } from './plain-page'
import type { Answer } from './render'

/** Who was refused before its body was read has so long to read why. */
const LINGER_MS = 1_000

/** Key of the page for addresses that are nothing; no address can be it. */
export const NOWHERE = '\0nowhere'

/** Header lines between us and Next that end here. */
export const HOP =
  /^(?:connection|keep-alive|transfer-encoding|content-length|date|x-powered-by|x-nextjs-.*|x-next-.*)$/

const NAMES: Record<string, string> = {
  'cache-control': 'Cache-Control',
  vary: 'Vary',
  etag: 'ETag',
  'referrer-policy': 'Referrer-Policy',
}
export const canonicalName = (name: string) => NAMES[name] ?? name

export const linesOf = (headers: Record<string, string>) => Object.entries(headers).flat()

/** The lines of a 304: those that a cache updates what it has by (RFC 9110, 15.4.5). */
export function notModified(head: string[], etag: string): string[] {
  const lines = ['ETag', etag]
  for (let i = 0; i + 1 < head.length; i += 2)
    if (head[i] === 'Cache-Control' || head[i] === 'Vary') lines.push(head[i]!, head[i + 1]!)
  return lines
}

export const hostsOf = ({ rawHeaders }: IncomingMessage) => {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]!.length === 4 && /^host$/i.test(rawHeaders[i]!)) hosts++
  return hosts
}

/** Headers as rooms read them, with the connection's own address under our name. */
export function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers()
  const forwarded = request.headers['x-forwarded-for']
  if (forwarded) headers.set('x-forwarded-for', String(forwarded))
  headers.set(PEER_HEADER, request.socket.remoteAddress ?? '')
  return headers
}

/**
 * HTML as it leaves: pages for everybody without Next's runtime, failed ones with words. While pages are being written
 * (`finished` is false) the runtime brings what changed.
 */
export function pageOf(place: Place, status: number, html: string, finished = true): string {
  const plain = finished && place.privacy === 'public' && status === 200 ? withoutRuntime(html) : html
  return status >= 400 ? withWords(plain, status) : plain
}

export function cacheControlOf(place: Place, status: number, given: unknown): string {
  if (place.privacy === 'private')
    return String(given ?? 'private, no-store').includes('s-maxage')
      ? 'private, no-store'
      : String(given ?? 'private, no-store')
  if (status >= 500) return NO_STORE
  if (status >= 400) return NOT_FOUND_CACHE
  if (status >= 300 && status !== 304) return NO_STORE
  return PUBLIC_CACHE
}

/** How long a browser keeps a file of ours. */
function fileCache(path: string): string {
  if (path.startsWith('/_next/static/')) return 'public, max-age=31536000, immutable'
  // A browser must find a new worker at once.
  if (path === '/sw.js') return 'no-cache'
  // Small and many: asked for again at every page they would be most of its requests.
  return 'public, max-age=600'
}

/** What is kept of an answer; null for what must not be. */
export function madeOf(
  place: Place,
  key: string,
  { status, headers, body }: Answer,
  tags: string[],
): Made | null {
  if (status !== 200 || headers['set-cookie']) return null
  // A page that said nothing of what it read could never expire.
  if (tags.length === 0 && !place.constant) {
    log.error('page-without-tags', { place: place.pattern })
    return null
  }
  const type = String(headers['content-type'] ?? '')
  const sent: Record<string, string> = { ...securityHeaders(key) }
  for (const name of [
    'access-control-allow-origin',
    'access-control-allow-methods',
    'content-disposition',
    'x-robots-tag',
  ])
    if (headers[name]) sent[name] = String(headers[name])
  sent['Cache-Control'] = place.kind === 'file' ? fileCache(key) : PUBLIC_CACHE
  if (!/^text\/html\b/.test(type))
    return { lines: linesOf(sent), type, body, tags, place: place.pattern, keptMs: place.keptMs }
  const html = pageOf(place, status, body.toString())
  if (hasInlineScripts(html)) sent['Content-Security-Policy'] = WITH_INLINE
  return {
    lines: linesOf(sent),
    type,
    body: Buffer.from(html),
    tags,
    place: place.pattern,
    keptMs: place.keptMs,
  }
}

/** The value if it is there soon; undefined where it takes longer. */
export async function soon<T>(value: Promise<T>, patienceMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), patienceMs)
  })
  try {
    return await Promise.race([value, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What Next is told of a request: all but what only our own server may say. */
export function headersFor(request: IncomingMessage): IncomingMessage['headers'] {
  const { headers } = request
  const told: IncomingMessage['headers'] = {}
  for (const name in headers)
    if (
      !/^(?:x-greenlit-|x-middleware-|x-forwarded-(?:host|proto|port)|next-resume|accept-encoding$|transfer-encoding$|expect$)/.test(
        name,
      )
    )
      told[name] = headers[name]
  told[PEER_HEADER] = request.socket.remoteAddress ?? ''
  return told
}

/** True for whoever looks for a page: a browser, a search engine, anything that takes what comes; not for programs. */
export function wantsPage({ headers, url = '' }: IncomingMessage): boolean {
  const accept = headers.accept ?? '*/*'
  return !url.startsWith('/api/') && (accept.includes('text/html') || accept.includes('*/*'))
}

/** Sent on to another address of ours. */
export function sendOn(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  { to, status, cacheControl = NO_STORE }: { to: string; status: 307 | 308; cacheControl?: string },
): void {
  response.writeHead(status, {
    ...securityHeaders(url),
    Location: to,
    'Cache-Control': cacheControl,
    'Content-Length': 0,
  })
  response.end()
}

/** A refusal in a sentence: a small page for eyes, a problem (RFC 9457) for programs. */
export function refuse(
  { headers, url = '', method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
  more: Record<string, string | number> = {},
): void {
  const page = (headers.accept ?? '').includes('text/html')
  const body = Buffer.from(page ? refusalPage(sentence) : problemJson({ status, detail: sentence }))
  response.writeHead(status, {
    ...securityHeaders(url),
    'Content-Type': page ? 'text/html; charset=utf-8' : PROBLEM_TYPE,
    'Content-Length': body.length,
    'Cache-Control': status === 404 ? NOT_FOUND_CACHE : NO_STORE,
    ...(url.startsWith('/api/v1/') ? { 'Access-Control-Allow-Origin': '*' } : {}),
    ...more,
  })
  response.end(method === 'HEAD' ? undefined : body)
}

/**
 * The connection ends after this answer, but not before its sender had time to read it: closed at once on what is still
 * coming, the answer would be lost (RFC 9112, 9.6).
 */
export function linger({ socket }: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = false
  let unread = 0
  socket.destroySoon = () => {
    socket.end()
    socket.on('data', (part: Buffer) => {
      unread += part.length
      if (unread > 1024 * 1024) socket.destroy()
    })
    socket.resume()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}
