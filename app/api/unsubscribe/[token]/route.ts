import { refuse, seeOther } from '@/app/_doors/answer'
import { readBody } from '@/app/_doors/door'
import { resubscribe, unsubscribe } from '@/lib/notices/commands'
import { log } from '@/lib/shared/log'
import { clientOf } from '@/lib/shared/peer'
import { LIMITS, spend } from '@/lib/shared/rate-limit'
import { looksLikeToken } from '@/lib/shared/secrets'

interface Context {
  params: Promise<{ token: string }>
}

const UNKNOWN =
  'This link ends no mail of ours. Open the newest mail and use the link there, or sign in and turn mail off in the settings.'

/**
 * One-click unsubscribe (RFC 8058): mail programs post here by themselves, so no cookie, no session and no origin is
 * asked for; the token in the address is all. The page's own buttons post `want`: `season`, `all` or `again`.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params
  const spent = await spend(LIMITS.unsubscribe, clientOf(request.headers))
  if (!spent.allowed)
    return refuse(request, 429, 'Too many of these at once. Try again in a minute.', {
      retryAfterSeconds: spent.retryAfterSeconds,
    })
  let bytes: Uint8Array | null
  try {
    bytes = await readBody(request)
  } catch {
    return refuse(request, 400, 'That could not be read to its end. Try again.')
  }
  if (!bytes) return refuse(request, 413, 'That is more than this form can hold.')
  const body = new TextDecoder().decode(bytes)
  // Mail programs send urlencoded or multipart; ours sends either as well.
  const want = /\bname="want"\s+(\w+)/.exec(body)?.[1] ?? new URLSearchParams(body).get('want')
  try {
    const done =
      want === 'again'
        ? await resubscribe(token)
        : await unsubscribe(token, { everything: want === 'all', now: new Date() })
    if (!done) return refuse(request, 404, UNKNOWN)
  } catch (error) {
    log.error('unsubscribe-broken', { error })
    return refuse(request, 503, 'That did not work just now. Try again in a few seconds.', {
      retryAfterSeconds: 5,
    })
  }
  return seeOther(
    request,
    `/unsubscribe/${token}?${want === 'again' ? 'again' : want === 'all' ? 'all' : 'done'}`,
  )
}

/** Reading changes nothing: the page has the buttons. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params
  return looksLikeToken(token) ? seeOther(request, `/unsubscribe/${token}`) : refuse(request, 404, UNKNOWN)
}
