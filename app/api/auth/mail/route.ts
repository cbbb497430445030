import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { requestSignIn } from '@/lib/accounts/commands'
import {
  browserCookieName,
  knownCookieName,
  readCookie,
  sessionCookieName,
  setBrowser,
} from '@/lib/accounts/cookies'
import { log } from '@/lib/shared/log'
import { clientOf } from '@/lib/shared/peer'

const BACK = { href: '/sign-in', label: 'Try again' }

/** Asks for a sign-in mail: fields `email` and `returnTo`. Known and unknown addresses get the same answer. */
export const POST = door(
  async (request, form) => {
    const address = field(form, 'email')
    if (address === null)
      return refuse(request, 422, 'Give the address the sign-in mail should go to.', { back: BACK })
    const result = await requestSignIn({
      address,
      returnTo: field(form, 'returnTo'),
      browser: readCookie(request.headers, browserCookieName()),
      client: clientOf(request.headers),
      known: readCookie(request.headers, knownCookieName()),
      session: readCookie(request.headers, sessionCookieName()),
      now: new Date(),
    })
    if (!result.ok) {
      log.warn('sign-in-refused', { by: 'mail', reason: result.reason })
      return refused(request, result, BACK)
    }
    log.info('sign-in-asked', { by: 'mail' })
    return seeOther(request, '/sign-in/code', [setBrowser(result.browser)])
  },
  { typed: { email: 'E-mail address' } },
)
