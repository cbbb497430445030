import { whatBroke } from '@/lib/shared/broken'
import { FOREIGN_ORIGIN, isSameOrigin } from '@/lib/shared/same-origin'
import { siteUrl } from '@/lib/shared/site'
import { isSlug } from '@/lib/shared/slug'
import { refuse } from './answer'

const BODY_BYTES_MAX = 16_384
const READS = new Set(['GET', 'HEAD'])
const BROKEN_RETRY_SECONDS = 5

/** What a door lets in. */
interface Measure {
  /** The most bytes of a form, 16 kB unless more is said. */
  bytesMax?: number
  /** The most bytes where the form may carry a file (multipart), as much as any form unless more is said. */
  fileBytesMax?: number
  /** Looks at who knocks before a large body is read; an answer is a refusal. */
  admit?: (request: Request) => Promise<Response | null>
}

async function readBody(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length')) > bytesMax) return null
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > bytesMax) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** Runs a handler; what goes wrong inside is logged without its message and answered with 503. */
async function guarded(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    // Next's own signals are not failures.
    if (error && typeof error === 'object' && 'digest' in error) throw error
    const { code, sentence } = whatBroke(error, !READS.has(request.method))
    const { name } = error as { name?: string }
    console.error(JSON.stringify({ event: 'door-broken', path: new URL(request.url).pathname, name, code }))
    return refuse(request, 503, sentence, { retryAfterSeconds: BROKEN_RETRY_SECONDS })
  }
}

/**
 * A door that changes something: only our own pages' forms pass, at most 16 kB unless its measure is larger, as a form.
 * Everything else is refused with a sentence, never with an error.
 */
export function door<Context = unknown>(
  handle: (request: Request, form: FormData, context: Context) => Promise<Response>,
  { bytesMax = BODY_BYTES_MAX, fileBytesMax = bytesMax, admit }: Measure = {},
) {
  return async (request: Request, context: Context): Promise<Response> => {
    if (!isSameOrigin(request.headers, siteUrl())) return refuse(request, 403, FOREIGN_ORIGIN)
    return guarded(request, async () => {
      const type = request.headers.get('content-type') ?? ''
      if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
        return refuse(request, 415, 'Send this as a form.')
      const refusal = await admit?.(request)
      if (refusal) return refusal
      let form: FormData
      try {
        const body = await readBody(request, /^multipart/i.test(type) ? fileBytesMax : bytesMax)
        if (!body) return refuse(request, 413, 'That is more than this form can hold.')
        form = await new Response(body, { headers: { 'Content-Type': type } }).formData()
      } catch {
        return refuse(request, 400, 'That form could not be read.')
      }
      return handle(request, form, context)
    })
  }
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
