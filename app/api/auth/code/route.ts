import { refused } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { enter } from '@/app/_doors/sign-in'
import { confirmCode } from '@/lib/accounts/commands'
import { browserCookieName, readCookie, sessionCookieName } from '@/lib/accounts/cookies'
import { deviceWords } from '@/lib/accounts/device'
import { log, readerMark } from '@/lib/shared/log'
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
    if (result.ok) {
      log.info('signed-in', { by: 'code', reader: readerMark(result.readerId) })
      return enter(request, result)
    }
    log.warn('sign-in-refused', { by: 'code', reason: result.reason })
    const again = result.reason === 'code'
    return refused(request, result, {
      href: again ? '/sign-in/code' : '/sign-in',
      label: again ? 'Type it again' : 'Ask for a new mail',
    })
  },
  { typed: { code: 'Code' } },
)
