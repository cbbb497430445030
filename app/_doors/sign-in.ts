import {
  basketCookieName,
  clearBasket,
  clearBrowser,
  knownCookieName,
  readCookie,
  setKnown,
  setSession,
} from '@/lib/accounts/cookies'
import { rememberBrowser } from '@/lib/accounts/known'
import { followIntent } from '@/lib/accounts/return-to'
import { signedInBy } from '@/lib/accounts/sessions'
import type { FreshSession, Viewer } from '@/lib/accounts/types'
import { claimBasket } from '@/lib/follows/basket'
import { followSeason } from '@/lib/follows/commands'
import { seeOther } from './answer'

/** Sets the cookie of a fresh session, makes this browser's basket the account's, does the follow its owner asked for before, and sends them on. */
export async function enter(request: Request, fresh: FreshSession): Promise<Response> {
  const basket = readCookie(request.headers, basketCookieName())
  await claimBasket(basket, fresh.readerId)
  const intent = followIntent(fresh.returnTo)
  let path = fresh.returnTo
  if (intent) {
    const viewer = await signedInBy(fresh.sessionToken, new Date())
    const followed = await followSeason(viewer, intent)
    path = followed.ok ? `/following?followed=${intent.slug}.${intent.number}` : `/shows/${intent.slug}`
  }
  return seeOther(request, path, [
    ...[setSession(fresh.sessionToken), clearBrowser()],
    ...(basket ? [clearBasket()] : []),
    ...knownFrom(request, await signedInBy(fresh.sessionToken, new Date())),
  ])
}

/** The cookie by which this browser is known again when its reader asks for a sign-in mail; none for nobody. */
export function knownFrom(request: Request, viewer: Viewer | null): string[] {
  if (!viewer) return []
  const present = readCookie(request.headers, knownCookieName())
  return [setKnown(rememberBrowser(present, viewer.email, new Date()))]
}
