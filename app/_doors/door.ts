import { whatBroke } from '@/lib/shared/broken'
import { log } from '@/lib/shared/log'
import { FOREIGN_ORIGIN, isSameOrigin } from '@/lib/shared/same-origin'
import { siteUrl } from '@/lib/shared/site'
import { isSlug } from '@/lib/shared/slug'
import { refuse } from './answer'
import { remember, type Typed } from './given-back'

const BODY_BYTES_MAX = 16_384
const READS = new Set(['GET', 'HEAD'])
const BROKEN_RETRY_SECONDS = 5

/** What a door lets in. */
export interface Measure {
  /** The most bytes of a form, 16 kB unless more is said. */
  bytesMax?: number
  /** The most bytes where the form may carry a file (multipart), as much as any form unless more is said. */
  fileBytesMax?: number
  /** Looks at who knocks before a large body is read; an answer is a refusal. */
  admit?: (request: Request) => Promise<Response | null>
  /** What is typed into its form: a refusal then gives the form back as it was filled in. */
  typed?: Typed | ((form: FormData) => Typed)
}

/**
 * A request's body, read to its end and written once to where it stays; null, and the rest left unread, where it has
 * more than `bytesMax` bytes (16 kB).
 */
export async function readBody(
  request: Request,
  bytesMax: number = BODY_BYTES_MAX,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const declared = Number(request.headers.get('content-length')) || 0
  if (declared > bytesMax) return null
  let body = new Uint8Array(declared)
  let size = 0
  const reader = request.body?.getReader()
  if (!reader) return body.subarray(0, 0)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return body.subarray(0, size)
    const needed = size + value.byteLength
    if (needed > bytesMax) {
      await reader.cancel()
      return null
    }
    if (needed > body.length) {
      const roomier = new Uint8Array(Math.min(bytesMax, Math.max(2 * body.length, needed)))
      roomier.set(body.subarray(0, size))
      body = roomier
    }
    body.set(value, size)
    size = needed
  }
}

/** A refusal at the door itself, before anybody was asked who they are: one line in the log, and the sentence. */
function turnAway(request: Request, status: 403 | 413 | 415, sentence: string): Response {
  log.warn('door-refused', { status, path: new URL(request.url).pathname })
  return refuse(request, status, sentence)
}

/** Runs a handler; what goes wrong inside is logged without its message and answered with 503. */
async function guarded(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    // Next's own signals are not failures.
    if (error && typeof error === 'object' && 'digest' in error) throw error
    log.error('door-broken', { path: new URL(request.url).pathname, error })
    const { sentence } = whatBroke(error, !READS.has(request.method))
    return refuse(request, 503, sentence, { retryAfterSeconds: BROKEN_RETRY_SECONDS })
  }
}

/**
 * Lets a form's body in, for a door: only our own pages' forms pass, at most 16 kB unless the measure is larger. `read`
 * makes of it what the door handles, or a refusal; a form that it cannot read is refused with a sentence.
 */
export async function lettingIn(
  request: Request,
  { bytesMax = BODY_BYTES_MAX, fileBytesMax = bytesMax, admit }: Measure,
  read: (body: Uint8Array<ArrayBuffer>, type: string) => Promise<Response | (() => Promise<Response>)>,
): Promise<Response> {
  if (!isSameOrigin(request.headers, siteUrl())) return turnAway(request, 403, FOREIGN_ORIGIN)
  return guarded(request, async () => {
    const type = request.headers.get('content-type') ?? ''
    if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
      return turnAway(request, 415, 'Send this as a form.')
    const refusal = await admit?.(request)
    if (refusal) return refusal
    let handle: Response | (() => Promise<Response>)
    try {
      const body = await readBody(request, /^multipart/i.test(type) ? fileBytesMax : bytesMax)
      if (!body) return turnAway(request, 413, 'That is more than this form can hold.')
      handle = await read(body, type)
    } catch {
      return refuse(request, 400, 'That form could not be read.')
    }
    return handle instanceof Response ? handle : handle()
  })
}

/**
 * A door that changes something: only our own pages' forms pass, at most 16 kB unless its measure is larger, as a form.
 * Everything else is refused with a sentence, never with an error.
 */
export function door<Context = unknown>(
  handle: (request: Request, form: FormData, context: Context) => Promise<Response>,
  measure: Measure = {},
) {
  return (request: Request, context: Context): Promise<Response> =>
    lettingIn(request, measure, async (body, type) => {
      const headers = { 'Content-Type': type }
      const form = await new Response(body, { headers }).formData()
      const { typed } = measure
      if (typed) remember(request, form, typeof typed === 'function' ? typed(form) : typed)
      return () => handle(request, form, context)
    })
}

/** A door that only reads. */
export function readingDoor(handle: (request: Request) => Promise<Response>) {
  return async (request: Request): Promise<Response> => guarded(request, () => handle(request))
}

/** A text field; null where it is missing, a file, too long, or holds control characters. */
export function field(form: FormData, name: string, lengthMax = 600): string | null {
  const value = form.get(name)
  return typeof value === 'string' && value.length <= lengthMax && !/\p{Cc}/u.test(value) ? value : null
}

/** Two shows named by the fields `slug` and `related`; null when they name none. */
export function pairNamed(form: FormData): { slug: string; related: string } | null {
  const [slug, related] = [field(form, 'slug'), field(form, 'related')]
  return slug && related && isSlug(slug) && isSlug(related) ? { slug, related } : null
}

/** A season named by the fields or parameters `show` and `season`; null when they name none. */
export function seasonNamed(
  show: string | null,
  season: string | null,
): { slug: string; number: number } | null {
  if (!show || !season || !/^[1-9]\d{0,3}$/.test(season)) return null
  return isSlug(show) ? { slug: show, number: Number(season) } : null
}
