import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { knownCookieName, readCookie } from '@/lib/accounts/cookies'
import { askOptIn } from '@/lib/follows/opt-in'
import { clientOf } from '@/lib/shared/peer'

const BACK = { href: '/search', label: 'Back to the search' }

/**
 * "Tell me when it is here", by mail without an account: fields `words`, the show's name, and `email`. A mail asks the
 * address first. Known and unknown addresses get the same answer.
 */
export const POST = door(
  async (request, form) => {
    const address = field(form, 'email')
    if (address === null) return refuse(request, 422, 'Give the address to be told at.', { back: BACK })
    const words = field(form, 'words')
    if (words === null)
      return refuse(request, 400, 'Say which show you are looking for (words).', { back: BACK })
    const result = await askOptIn({
      address,
      name: null,
      basket: null,
      wanted: words,
      timeZone: field(form, 'zone', 64),
      client: clientOf(request.headers),
      known: readCookie(request.headers, knownCookieName()),
      now: new Date(),
    })
    return result.ok ? seeOther(request, '/follow/asked') : refused(request, result, BACK)
  },
  { typed: { words: 'The show', email: 'E-mail address' } },
)
