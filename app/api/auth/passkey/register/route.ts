import { refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { PASSKEYS } from '@/app/_doors/passkeys'
import { clearPasskey, passkeyCookieName, readCookie } from '@/lib/accounts/cookies'
import { deviceWords } from '@/lib/accounts/device'
import { addPasskey } from '@/lib/accounts/passkeys'
import { viewerOf } from '@/lib/accounts/queries'

/** Adds a passkey to the signed-in reader's account: field `answer`, what the browser's WebAuthn call gave, as JSON. */
export const POST = door(async (request, form) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer) return signInFirst(request, 'Sign in first: passkeys belong to an account.', '/settings')
  const result = await addPasskey(viewer, field(form, 'answer', 16_384) ?? '', {
    browser: readCookie(request.headers, passkeyCookieName()),
    device: deviceWords(request.headers.get('user-agent')),
    now: new Date(),
  })
  return result.ok ? seeOther(request, PASSKEYS.href, [clearPasskey()]) : refused(request, result, PASSKEYS)
})
