import { door, field } from '@/app/_doors/door'
import { enterBy } from '@/app/_doors/sign-in'
import { confirmSignIn } from '@/lib/accounts/commands'
import { browserCookieName, readCookie, sessionCookieName } from '@/lib/accounts/cookies'
import { deviceWords } from '@/lib/accounts/device'

/** The button behind a mailed link: field `token`. Signs in only the browser that asked, once. */
export const POST = door(async (request, form) => {
  const result = await confirmSignIn({
    token: field(form, 'token') ?? '',
    browser: readCookie(request.headers, browserCookieName()),
    device: deviceWords(request.headers.get('user-agent')),
    oldSession: readCookie(request.headers, sessionCookieName()),
    now: new Date(),
  })
  return enterBy(request, 'link', result, { href: '/sign-in', label: 'Sign in' })
})
