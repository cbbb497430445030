import { door, field } from '@/app/_doors/door'
import { enterBy } from '@/app/_doors/sign-in'
import { confirmCode } from '@/lib/accounts/commands'
import { browserCookieName, readCookie, sessionCookieName } from '@/lib/accounts/cookies'
import { deviceWords } from '@/lib/accounts/device'
import { clientOf } from '@/lib/shared/peer'

/** The code a mailed link showed in another browser: field `code`, typed in the browser that asked. */
export const POST = door(
  async (request, form) => {
    const result = await confirmCode({
      code: field(form, 'code') ?? '',
      browser: readCookie(request.headers, browserCookieName()),
      client: clientOf(request.headers),
      device: deviceWords(request.headers.get('user-agent')),
      oldSession: readCookie(request.headers, sessionCookieName()),
      now: new Date(),
    })
    const again = !result.ok && result.reason === 'code'
    return enterBy(request, 'code', result, {
      href: again ? '/sign-in/code' : '/sign-in',
      label: again ? 'Type it again' : 'Ask for a new mail',
    })
  },
  { typed: { code: 'Code' } },
)
