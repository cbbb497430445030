import { privateJson, refuse, refused, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { PASSKEYS } from '@/app/_doors/passkeys'
import { passkeyCookieName, readCookie, setPasskey } from '@/lib/accounts/cookies'
import { offerRegistration, offerSignIn } from '@/lib/accounts/passkeys'
import { viewerOf } from '@/lib/accounts/queries'
import { clientAddress } from '@/lib/shared/peer'

/** What a browser needs to begin with a passkey: field `for` says `sign-in`, or `register` for one of the signed-in reader. */
export const POST = door(async (request, form) => {
  const wanted = field(form, 'for')
  if (wanted !== 'sign-in' && wanted !== 'register')
    return refuse(request, 400, 'Say what the passkey is for: sign-in or register.')
  const asking = {
    browser: readCookie(request.headers, passkeyCookieName()),
    client: clientAddress(request.headers),
    now: new Date(),
  }
  const viewer = wanted === 'register' ? await viewerOf(request.headers) : null
  if (wanted === 'register' && !viewer)
    return signInFirst(request, 'Sign in first: passkeys belong to an account.', '/settings')
  const offer = viewer ? await offerRegistration(viewer, asking) : await offerSignIn(asking)
  if (!offer.ok) return refused(request, offer, PASSKEYS)
  return privateJson({ options: offer.options }, { cookies: [setPasskey(offer.browser)] })
})
