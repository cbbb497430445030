import { basketCookieName, clearBasket, clearBrowser, readCookie, setSession } from '@/lib/accounts/cookies'
import { followIntent } from '@/lib/accounts/return-to'
import { signedInBy } from '@/lib/accounts/sessions'
import type { FreshSession } from '@/lib/accounts/types'
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
  ])
}
