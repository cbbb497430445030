import { PROBLEM_TYPE, problemJson } from '@/lib/shared/problem'
import { REFUSALS, type Refusal } from '@/lib/shared/refusal'
import { refusalPage } from '@/lib/shared/refusal-page'
import { givenBack } from './given-back'

/** Headers of everything that is one person's: never kept by any cache. */
export const PRIVATE_HEADERS = { 'Cache-Control': 'private, no-store', Vary: 'Cookie' } as const

/** True for a caller that reads JSON (our own scripts, and anybody with curl), false for a browser's form. */
export function wantsJson(request: Request): boolean {
  return !(request.headers.get('accept') ?? '').includes('text/html')
}

/** A JSON answer for one person. */
export function privateJson(body: unknown, init: { status?: number; cookies?: string[] } = {}): Response {
  const headers = new Headers({ ...PRIVATE_HEADERS, 'Content-Type': 'application/json; charset=utf-8' })
  for (const cookie of init.cookies ?? []) headers.append('Set-Cookie', cookie)
  return new Response(JSON.stringify(body), { status: init.status ?? 200, headers })
}

/**
 * Sends a form's reader on with 303, or tells a script where it would have gone. The path is relative: the
 * reader stays at the address they came by.
 */
export function seeOther(request: Request, path: string, cookies: string[] = []): Response {
  if (wantsJson(request)) return privateJson({ ok: true, location: path }, { cookies })
  const headers = new Headers({ ...PRIVATE_HEADERS, Location: path })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/**
 * A refusal in a sentence: problem+json (RFC 9457) for scripts, a small page for a form, with the form as it was filled
 * in where the door gives it back. Whoever has to sign in first does that beside it.
 */
export function refuse(
  request: Request,
  status: number,
  sentence: string,
  {
    retryAfterSeconds,
    back = { href: '/', label: 'Back to Greenlit' },
    field,
    more = {},
  }: {
    retryAfterSeconds?: number
    back?: { href: string; label: string }
    /** The field the sentence is about. */
    field?: string
    more?: Record<string, unknown>
  } = {},
): Response {
  const headers = new Headers(PRIVATE_HEADERS)
  if (retryAfterSeconds) headers.set('Retry-After', String(retryAfterSeconds))
  if (!wantsJson(request)) {
    headers.set('Content-Type', 'text/html; charset=utf-8')
    const form = givenBack(request, field ?? null)
    const aside = form !== null && status === 401
    const label = aside ? 'Sign in in another tab, then send it again here' : back.label
    return new Response(refusalPage(sentence, { href: back.href, label, aside }, form), { status, headers })
  }
  headers.set('Content-Type', PROBLEM_TYPE)
  const signIn = status === 401 ? back.href : undefined
  return new Response(problemJson({ status, detail: sentence, more: { field, signIn, ...more } }), {
    status,
    headers,
  })
}

/**
 * Refuses whoever is not signed in, and leads them to where they can.
 * @param returnTo where they come back to, as it stands in a query
 */
export const signInFirst = (request: Request, sentence: string, returnTo: string): Response =>
  refuse(request, 401, sentence, { back: { href: `/sign-in?returnTo=${returnTo}`, label: 'Sign in' } })

/** A command's refusal as an answer. */
export function refused(
  request: Request,
  { reason, message, field, retryAfterSeconds }: Refusal,
  back?: { href: string; label: string },
): Response {
  const { status, field: usual }: { status: number; field?: string } = REFUSALS[reason]
  return refuse(request, status, message, {
    retryAfterSeconds,
    back,
    field: field ?? usual,
    more: { reason },
  })
}
