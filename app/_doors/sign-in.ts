import {
  basketCookieName,
  clearBasket,
  clearBrowser,
  clearPasskey,
  knownCookieName,
  readCookie,
  setKnown,
  setSession,
} from '@/lib/accounts/cookies'
import { rememberBrowser } from '@/lib/accounts/known'
import { followIntent, safeReturnTo } from '@/lib/accounts/return-to'
import { signedInBy } from '@/lib/accounts/sessions'
import type { FreshSession, Viewer } from '@/lib/accounts/types'
import { type Brought, claimBasket } from '@/lib/follows/basket'
import { followSeason } from '@/lib/follows/commands'
import { log, readerMark } from '@/lib/shared/log'
import type { Refusal } from '@/lib/shared/refusal'
import { siteUrl } from '@/lib/shared/site'
import { refused, seeOther } from './answer'

/**
 * Where a reader arrives. What came with this browser's list and needs a word is said on /following first, which leads on.
 * @param path where they wanted to go
 */
function arrival(path: string, { channels, feeds }: Brought): string {
  if (channels === 0 && !feeds) return path
  const url = new URL(path, siteUrl())
  const stays = url.pathname === '/following'
  const said = stays ? url.searchParams : new URLSearchParams()
  said.set('brought', feeds ? 'feeds' : 'channels')
  if (!stays) said.set('on', path)
  return `/following?${said}`
}

/** Cookies nobody needs any more who has just signed in. */
const spent = (basket: string | undefined) => [
  clearBrowser(),
  clearPasskey(),
  ...(basket ? [clearBasket()] : []),
]

/** Sets the cookie of a fresh session, makes this browser's basket the account's, does the follow its owner asked for before, and sends them on. */
export async function enter(request: Request, fresh: FreshSession): Promise<Response> {
  const basket = readCookie(request.headers, basketCookieName())
  const brought = await claimBasket(basket, fresh.readerId, new Date())
  const intent = followIntent(fresh.returnTo)
  let path = fresh.returnTo
  if (intent) {
    const viewer = await signedInBy(fresh.sessionToken, new Date())
    const followed = await followSeason(viewer, intent)
    path = followed.ok ? `/following?followed=${intent.slug}.${intent.number}` : `/shows/${intent.slug}`
  }
  return seeOther(request, arrival(path, brought), [
    setSession(fresh.sessionToken),
    ...spent(basket),
    ...knownFrom(request, await signedInBy(fresh.sessionToken, new Date())),
  ])
}

/** Lets in whom a mailed link or its code signed in, or says why it did not; the log hears of both. */
export async function enterBy(
  request: Request,
  by: 'link' | 'code',
  result: FreshSession | Refusal,
  back: { href: string; label: string },
): Promise<Response> {
  if (!result.ok) {
    log.warn('sign-in-refused', { by, reason: result.reason })
    return refused(request, result, back)
  }
  log.info('signed-in', { by, reader: readerMark(result.readerId) })
  return enter(request, result)
}

/**
 * The same for somebody whom next-auth has signed in: its answer carries the session and where they go. A follow they asked for before
 * is done by a form on the way (/sign-in/finish).
 * @param token the new session's
 */
export async function arrived(request: Request, answer: Response, token: string): Promise<Response> {
  const viewer = await signedInBy(token, new Date())
  const basket = readCookie(request.headers, basketCookieName())
  const headers = new Headers(answer.headers)
  for (const cookie of [...spent(basket), ...knownFrom(request, viewer)]) headers.append('Set-Cookie', cookie)
  const brought = viewer && (await claimBasket(basket, viewer.id, new Date()))
  if (brought && (brought.channels > 0 || brought.feeds)) {
    const url = new URL(headers.get('location') ?? '/', siteUrl())
    const path =
      url.pathname === '/sign-in/finish' ? url.searchParams.get('returnTo') : url.pathname + url.search
    headers.set('Location', arrival(safeReturnTo(path), brought))
  }
  return new Response(null, { status: answer.status, headers })
}

/** The cookie by which this browser is known again when its reader asks for a sign-in mail; none for nobody. */
export function knownFrom(request: Request, viewer: Viewer | null): string[] {
  if (!viewer) return []
  const present = readCookie(request.headers, knownCookieName())
  return [setKnown(rememberBrowser(present, viewer.email, new Date()))]
}
