import { seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { knownFrom } from '@/app/_doors/sign-in'
import { signOut } from '@/lib/accounts/commands'
import {
  clearBasket,
  clearBrowser,
  clearPasskey,
  clearSession,
  readCookie,
  sessionCookieName,
} from '@/lib/accounts/cookies'
import { viewerOf } from '@/lib/accounts/queries'
import { safeReturnTo } from '@/lib/accounts/return-to'
import { log } from '@/lib/shared/log'

/**
 * Signs out, and leaves no key of any kind in this browser for whoever uses it next. With the field `again` the reader is sent to sign in afresh and comes back to that path.
 */
export const POST = door(async (request, form) => {
  // Whoever came by passkey or another provider is known here from now on too.
  const known = knownFrom(request, await viewerOf(request.headers))
  await signOut(readCookie(request.headers, sessionCookieName()))
  log.info('signed-out')
  const again = field(form, 'again')
  return seeOther(
    request,
    again ? `/sign-in?returnTo=${encodeURIComponent(safeReturnTo(again))}` : '/sign-in?signed-out',
    [clearSession(), clearBasket(), clearBrowser(), clearPasskey(), ...known],
  )
})
