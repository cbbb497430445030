import { refused } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { enter } from '@/app/_doors/sign-in'
import { passkeyCookieName, readCookie, sessionCookieName } from '@/lib/accounts/cookies'
import { deviceWords } from '@/lib/accounts/device'
import { signInByPasskey } from '@/lib/accounts/passkeys'

/** Signs in by a passkey: fields `answer`, what the browser's WebAuthn call gave, as JSON, and `returnTo`. */
export const POST = door(async (request, form) => {
  const result = await signInByPasskey(field(form, 'answer', 16_384) ?? '', {
    browser: readCookie(request.headers, passkeyCookieName()),
    returnTo: field(form, 'returnTo'),
    device: deviceWords(request.headers.get('user-agent')),
    oldSession: readCookie(request.headers, sessionCookieName()),
    now: new Date(),
  })
  return result.ok ? enter(request, result) : refused(request, result, { href: '/sign-in', label: 'Sign in' })
})
