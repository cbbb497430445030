/** Errors of the JSON API as RFC 9457 problem details, and its successful answers: both open to any site, GET only. */
import { createHash } from 'node:crypto'
import { log } from './log'

const OPEN = { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET' }
/** How long a cache in front of us may keep a public answer: a retraction is everywhere within two minutes. */
export const PUBLIC_CACHE = 'public, max-age=0, s-maxage=60, stale-while-revalidate=30'

/** How a refusal for programs is labelled. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** What a problem holds: its status, and a sentence that says what to do otherwise. */
export interface Problem {
  status: number
  detail: string
  /** In a few words; "That did not work" unless said. */
  title?: string
  /** Whatever else this door says; what is undefined is left out. */
  more?: Record<string, unknown>
}

/** Problem details (RFC 9457) as they are sent, wherever a program is refused. */
export function problemJson({ status, detail, title = 'That did not work', more }: Problem): string {
  return JSON.stringify({ type: 'about:blank', title, status, detail, ...more })
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  404: 'Not found',
  410: 'Gone',
  503: 'Not available right now',
}

/** A refusal as `application/problem+json`: `detail` is a sentence that says what to do otherwise. */
export function problem(status: 400 | 404 | 410 | 503, detail: string, parameter?: string): Response {
  const body = problemJson({ status, detail, title: TITLES[status], more: { parameter } })
  return new Response(body, {
    status,
    headers: {
      ...OPEN,
      'content-type': PROBLEM_TYPE,
      'cache-control': status === 503 ? 'no-store' : 'public, max-age=0, s-maxage=30',
      ...(status === 503 && { 'retry-after': '10' }),
    },
  })
}

function tagged(request: Request, body: string, kept: Record<string, string>): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = { ...kept, etag }
  const held = request.headers.get('if-none-match')
  if (held?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*'))
    return new Response(null, { status: 304, headers })
  return new Response(body, { headers })
}

/** `body` under a content type, with an entity tag: a client that has it already gets 304 and no body. */
export const reply = (request: Request, body: string, contentType: string) =>
  tagged(request, body, { ...OPEN, 'cache-control': PUBLIC_CACHE, 'content-type': contentType })

/** What belongs to whoever has a secret address: no shared cache keeps it, no search engine lists it. */
const SECRET = { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' }

/** The same behind a secret address: only its owner's own program may keep it, and it asks again each time. */
export const replyPrivately = (request: Request, body: string, contentType: string) =>
  tagged(request, body, { ...SECRET, 'cache-control': 'private, no-cache', 'content-type': contentType })

/** A JSON answer of the API. */
export const replyJson = (request: Request, body: unknown) =>
  reply(request, JSON.stringify(body), 'application/json; charset=utf-8')

/**
 * Runs a handler; where the database is away the caller hears so, and when to come back, instead of a bare error.
 * Reading the request's address first keeps the build from answering once for the running site.
 */
export async function answering(
  request: Request,
  handler: () => Promise<Response>,
  refuse: typeof problem | typeof plainRefusal | typeof privateRefusal = problem,
): Promise<Response> {
  if (!request.url) return refuse(400, 'The request has no address.')
  try {
    return await handler()
  } catch (error) {
    // Next's own signals (a prerender that stops, a redirect) are not failures.
    if (error && typeof error === 'object' && ('digest' in error || '$$typeof' in error)) throw error
    log.error('answer-failed', { error })
    return refuse(503, 'The database does not answer right now. Please ask again in a few seconds.')
  }
}

/** A refusal of a face that is read as text: a feed, a calendar, the one-line answer. */
export function plainRefusal(status: 400 | 404 | 503, sentence: string): Response {
  const { headers } = problem(status, sentence)
  headers.set('content-type', 'text/plain; charset=utf-8')
  return new Response(`${sentence}\n`, { status, headers })
}

/** The same of a face behind a secret address. */
export function privateRefusal(
  status: 400 | 404 | 429 | 503,
  sentence: string,
  retryAfterSeconds = 10,
): Response {
  const headers = new Headers({
    ...SECRET,
    'cache-control': 'no-store',
    'content-type': 'text/plain; charset=utf-8',
    ...(status >= 429 && { 'retry-after': String(retryAfterSeconds) }),
  })
  return new Response(`${sentence}\n`, { status, headers })
}
