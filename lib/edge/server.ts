/** The server before Next: one pipeline for every request (lib/edge/pipeline), the page cache, and what goes over the wire. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { log } from '@/lib/shared/log'
import { clientOf } from '@/lib/shared/peer'
import { noteReads } from '@/lib/shared/reads'
import { siteUrl } from '@/lib/shared/site'
import {
  cacheControlOf,
  canonicalName,
  HOP,
  headersFor,
  headersOf,
  hostsOf,
  linesOf,
  linger,
  madeOf,
  NOWHERE,
  notModified,
  pageOf,
  refuse,
  sendOn,
  soon,
  wantsPage,
} from './answers'
import { around, turnOf, turnstiles } from './around'
import { BodyError, type BodyRefusal, takeBody } from './body'
import { NOT_FOUND_CACHE, securityHeaders, WITH_INLINE } from './headers'
import { clientLimits } from './limits'
import { type FindAddress, movedPath } from './moved'
import { codingFor, isPackable, toGzip } from './packing'
import { type Came, headThatCame, isHeld, type Kept, type PageCache, type Ready } from './page-cache'
import { decide } from './pipeline'
import type { LimitName, Place } from './places'
import { hasInlineScripts, withoutRuntime } from './plain-page'
import { type Answer, type Handler, render } from './render'
import { type FindStored, sendStored } from './stored'

/** How long a connection is kept between two requests: longer than a proxy keeps its own (RFC 9112, 9.5). */
const KEEP_ALIVE_MS = 75_000
const HEADERS_PATIENCE_MS = 15_000
const CHECK_CONNECTIONS_MS = 5_000
/** A large file on a slow line; small bodies are cut after 15 s (lib/edge/body). */
const REQUEST_PATIENCE_MS = 300_000
/** A page that is there in an older form waits so long for the newer one, then goes out as it is. */
const STALE_PATIENCE_MS = 1_000
/** After a page could not be made, its older form is sent at once for so long. */
const FAILED_PAUSE_MS = 2_000
const TURNED_AWAY_AFTER_MS = 100
const RETRY_AFTER_SECONDS = 5

const BUSY = 'Too much is asked for at once. Try again in a moment.'
const TOO_OFTEN = 'You ask for more than anybody could read. Try again in a moment.'
const AWAY = 'We could not show this just now. Nothing you did is lost; try again in a few seconds.'
const BODY_SENTENCES: Record<BodyRefusal, string> = {
  400: 'What was sent broke off.',
  408: 'What was sent came too slowly.',
  413: 'That is more than this address takes.',
}

/** What the operator's counters hear (lib/operations). */
export interface Watch {
  request(place: string, status: number, seconds: number): void
  /** An answer from the page cache: nothing was waited for. */
  kept(place: string, status: number): void
  cache(result: 'hit' | 'miss' | 'stale'): void
  limit(name: string): void
}

export interface EdgeOptions {
  handle: Handler
  /** With it pages are kept; without (development) everything is asked for anew. */
  cache?: PageCache | undefined
  watch?: Watch | undefined
  /** Where a show went whose address changed. */
  findAddress?: FindAddress | undefined
  /** Large files that lie in the database. */
  findStored?: FindStored | undefined
  hops?: number
  /** The clock of the limits. */
  now?: () => number
}

const SILENT: Watch = { request: () => {}, kept: () => {}, cache: () => {}, limit: () => {} }

/** The server; it listens when it is told to. */
export function createEdge(options: EdgeOptions): Server {
  const { handle, cache, watch = SILENT, findAddress, findStored, hops, now } = options
  const limits = clientLimits(now)
  const turns = turnstiles()
  const failedAtMs = new Map<string, number>()
  const host = new URL(siteUrl()).host
  /** Nothing of a client's reaches what is kept for everybody. */
  const publicHeaders = { host, accept: 'text/html,*/*', 'user-agent': 'greenlit' }

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    // While pages are being written, Next's own tools speak with the browser.
    if (!cache && /^\/(?:_next|__nextjs)/.test(request.url ?? '')) return handle(request, response)
    // A page that is there under the address as it came has passed every step before: the key is its normal form.
    const kept = cache?.get(request.url ?? '')
    if (kept && cache!.isFresh(kept) && isPlainGet(request)) return sendFresh(kept, request, response)
    answer(request, response).catch((error: Error) => {
      fail(request, response, error)
    })
  }

  const isPlainGet = ({ method, headers }: IncomingMessage) =>
    (method === 'GET' || method === 'HEAD') &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined

  function sendFresh(kept: Kept, request: IncomingMessage, response: ServerResponse): void {
    watch.cache('hit')
    const ready = cache!.at(kept, codingFor(request.headers['accept-encoding']))
    if (ready) send(kept, ready, request, response)
    else
      sendKept(kept, request, response).catch((error: Error) => {
        fail(request, response, error)
      })
  }

  async function sendKept(
    kept: Kept,
    request: IncomingMessage,
    response: ServerResponse,
    { status = 200, came = 'HIT' }: { status?: number; came?: Came } = {},
  ): Promise<void> {
    const ready = await cache!.inCoding(kept, codingFor(request.headers['accept-encoding']))
    const head = came === 'HIT' ? ready.head : headThatCame(ready.head, came)
    send(kept, { ...ready, head }, request, response, status)
  }

  function send(
    { hash, place }: Kept,
    { head, etag, body }: Ready,
    { headers, method }: IncomingMessage,
    response: ServerResponse,
    status = 200,
  ): void {
    const held = headers['if-none-match']
    if (held !== undefined && status === 200 && isHeld(held, hash)) {
      response.writeHead(304, notModified(head, etag))
      response.end()
      watch.kept(place, 304)
      return
    }
    response.writeHead(status, head)
    response.end(method === 'HEAD' ? undefined : body)
    watch.kept(place, status)
  }

  /** Everything that is not at hand. */
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now()
    const { method = 'GET', url: target = '', headers } = request
    const decision = decide({ method, target, headers, hosts: hostsOf(request) })
    const name = decision.step === 'serve' ? decision.place.pattern : decision.step
    response.once('close', () =>
      watch.request(name, response.statusCode, (performance.now() - startedAt) / 1000),
    )
    if ('redirect' in decision)
      return sendOn(request, response, { to: decision.redirect, status: decision.status })
    const client = clientOf(headersOf(request), hops)
    const tooOften = (limit: LimitName): boolean => {
      const retryAfterSeconds = limits(limit, client)
      if (retryAfterSeconds === 0) return false
      watch.limit(limit)
      turnAway(request, response, TOO_OFTEN, retryAfterSeconds)
      return true
    }
    if (decision.step !== 'serve') {
      if (decision.step === 'place') {
        if (tooOften('unknown')) return
        return nothingHere(request, response, decision.sentence)
      }
      const more: Record<string, string> = decision.allow ? { Allow: decision.allow } : {}
      if (decision.step === 'body') linger(request, response)
      return refuse(request, response, decision.status, decision.sentence, more)
    }
    const { place, key } = decision
    if (place.stored) {
      if (place.limit && tooOften(place.limit)) return
      const sent = turns.stored.pass(() => sendStored(request, response, findStored?.(decision.path)))
      return sent ?? turnAway(request, response, BUSY, RETRY_AFTER_SECONDS)
    }
    if (place.privacy === 'public' && place.methods.length === 1 && cache) {
      if (place.kept) return fromCache(request, response, place, key, tooOften)
      if (place.limit && tooOften(place.limit)) return
      return ask(request, response, place, decision.url, publicHeaders)
    }
    if (place.limit && tooOften(place.limit)) return
    return ask(request, response, place, decision.url, headersFor(request))
  }

  /** 429, a moment late: who asks again at once, as a flood does, then has less of our time than who asks once. */
  function turnAway(
    request: IncomingMessage,
    response: ServerResponse,
    sentence: string,
    retryAfterSeconds: number,
  ): void {
    setTimeout(
      () => refuse(request, response, 429, sentence, { 'Retry-After': retryAfterSeconds }),
      TURNED_AWAY_AFTER_MS,
    )
  }

  async function fromCache(
    request: IncomingMessage,
    response: ServerResponse,
    place: Place,
    key: string,
    tooOften: (limit: LimitName) => boolean,
  ): Promise<void> {
    const there = cache!.get(key)
    if (there && cache!.isFresh(there)) {
      watch.cache('hit')
      return sendKept(there, request, response)
    }
    if (there && Date.now() - (failedAtMs.get(key) ?? 0) < FAILED_PAUSE_MS) {
      watch.cache('stale')
      return sendKept(there, request, response, { came: 'STALE' })
    }
    if (place.limit && tooOften(place.limit)) return
    const cameAtMs = performance.now()
    let other: Answer | null = null
    const making = turns[turnOf(place)].pass(() =>
      cache!.fill(key, async () => {
        const { result, tags } = await noteReads(() =>
          around(place, cameAtMs, () => render(handle, { method: 'GET', url: key, headers: publicHeaders })),
        )
        const made = madeOf(place, key, result, tags)
        if (!made) other = result
        return made
      }),
    )
    if (!making) {
      if (there) return sendKept(there, request, response, { came: 'STALE' })
      watch.limit('busy')
      return turnAway(request, response, BUSY, 1)
    }
    watch.cache('miss')
    const made = making.catch(() => {
      other = failed()
      return null
    })
    const kept = there ? await soon(made, STALE_PATIENCE_MS) : await made
    if (kept) {
      failedAtMs.delete(key)
      return sendKept(kept, request, response, { came: 'MISS' })
    }
    const answered = other as Answer | null
    if (there && (kept === undefined || !answered || answered.status >= 500)) {
      // The older form is better than none: whoever made it last said so with sources.
      if (failedAtMs.size > 10_000) failedAtMs.clear()
      failedAtMs.set(key, Date.now())
      watch.cache('stale')
      return sendKept(there, request, response, { came: 'STALE' })
    }
    // Who waited for another's page that could not be kept asks for it alone.
    if (!answered) return ask(request, response, place, key, publicHeaders)
    if (answered.status === 404 && tooOften('unknown')) return
    return sendAnswer(request, response, place, answered)
  }

  /** Asks Next and sends on what it says. */
  async function ask(
    request: IncomingMessage,
    response: ServerResponse,
    place: Place,
    url: string,
    headers: IncomingMessage['headers'],
  ): Promise<void> {
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    let body: Buffer | Readable | undefined
    let broken: BodyError | undefined
    if (method === 'POST') {
      const taken = await takeBody(request, place.bodyBytesMax)
      if ('refused' in taken) {
        linger(request, response)
        return refuse(request, response, taken.refused, BODY_SENTENCES[taken.refused])
      }
      body = taken.body
      if (!Buffer.isBuffer(body))
        body.once('error', (error) => {
          if (error instanceof BodyError) broken = error
        })
    }
    const cameAtMs = performance.now()
    const make = () => render(handle, { method, url, headers, body })
    const asked = turns[turnOf(place)].pass(() => around(place, cameAtMs, make))
    if (!asked) {
      watch.limit('busy')
      return turnAway(request, response, BUSY, 1)
    }
    const answered = await asked.catch(failed)
    if (broken) {
      linger(request, response)
      return refuse(request, response, broken.status, BODY_SENTENCES[broken.status])
    }
    return sendAnswer(request, response, place, answered)
  }

  const failed = (): Answer => ({ status: 503, headers: {}, body: Buffer.alloc(0) })

  async function sendAnswer(
    request: IncomingMessage,
    response: ServerResponse,
    place: Place,
    answered: Answer,
  ) {
    const { status, headers } = answered
    const moved = status === 404 && findAddress ? await movedPath(request.url ?? '', findAddress) : null
    if (moved) return sendOn(request, response, { to: moved, status: 308, cacheControl: NOT_FOUND_CACHE })
    // A page that failed on the way: the fault is ours, and asking again may help.
    if (status >= 500 && place.kind !== 'door' && status !== 503)
      return refuse(request, response, 503, AWAY, { 'Retry-After': RETRY_AFTER_SECONDS })
    if (status === 503 && answered.body.length === 0)
      return refuse(request, response, 503, AWAY, { 'Retry-After': RETRY_AFTER_SECONDS })
    const type = String(headers['content-type'] ?? '')
    let body = answered.body
    const sent: Record<string, string | number | string[]> = { ...securityHeaders(request.url ?? '') }
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined && !HOP.test(name)) sent[canonicalName(name)] = value
    if (/^text\/html\b/.test(type)) {
      const html = pageOf(place, status, body.toString(), cache !== undefined)
      if (hasInlineScripts(html)) sent['Content-Security-Policy'] = WITH_INLINE
      body = Buffer.from(html)
    }
    sent['Cache-Control'] = cacheControlOf(place, status, sent['Cache-Control'])
    if (isPackable(type, body.length)) {
      sent.Vary = [sent.Vary, 'Accept-Encoding'].flat().filter(Boolean).join(', ')
      // Packed for one reader at a time: gzip, which costs a fifth of what br does.
      if (codingFor(request.headers['accept-encoding']) !== 'identity') {
        body = await toGzip(body)
        sent['Content-Encoding'] = 'gzip'
        // The tag is of the bytes as they were (RFC 9110, 8.8.1).
        if (sent.ETag) sent.ETag = `W/${String(sent.ETag).replace(/^W\//, '')}`
      }
    }
    if (status !== 304 && status !== 204) sent['Content-Length'] = body.length
    response.writeHead(status, sent)
    response.end(request.method === 'HEAD' || status === 304 ? undefined : body)
  }

  /** What an address that is nothing gets: the site's own page for it, made once; a problem for programs. */
  async function nothingHere(request: IncomingMessage, response: ServerResponse, sentence: string) {
    if (!cache || !wantsPage(request)) return refuse(request, response, 404, sentence)
    const kept =
      cache.get(NOWHERE) ??
      (await cache.fill(NOWHERE, async () => {
        const { body, headers } = await render(handle, {
          method: 'GET',
          url: '/nothing-here',
          headers: publicHeaders,
        })
        return {
          lines: linesOf({ ...securityHeaders('/'), 'Cache-Control': NOT_FOUND_CACHE }),
          type: String(headers['content-type'] ?? 'text/html; charset=utf-8'),
          body: Buffer.from(withoutRuntime(body.toString())),
          tags: [],
          place: 'nothing',
        }
      }))
    return kept
      ? sendKept(kept, request, response, { status: 404 })
      : refuse(request, response, 404, sentence)
  }

  function fail(request: IncomingMessage, response: ServerResponse, error: Error): void {
    log.error('request-failed', { error })
    if (response.headersSent) response.destroy()
    else refuse(request, response, 503, AWAY, { 'Retry-After': RETRY_AFTER_SECONDS })
  }

  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: HEADERS_PATIENCE_MS,
      requestTimeout: REQUEST_PATIENCE_MS,
      connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
    },
    onRequest,
  )
  // Who asks whether it may send a body hears first whether it would be read at all.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: target = '', headers } = request
    if (decide({ method, target, headers, hosts: hostsOf(request) }).step === 'serve')
      response.writeContinue()
    onRequest(request, response)
  })
  return server
}
