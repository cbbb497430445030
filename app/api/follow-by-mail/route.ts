import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field, seasonNamed } from '@/app/_doors/door'
import { knownCookieName, readCookie } from '@/lib/accounts/cookies'
import { followerOf } from '@/lib/follows/basket'
import { askOptIn } from '@/lib/follows/opt-in'
import { clientOf } from '@/lib/shared/peer'

const BACK = { href: '/shows', label: 'Back to the shows' }

/**
 * Following by mail without an account: fields `email`, and `show` and `season` or `all` for everything in this
 * browser's list. A mail asks the address first. Known and unknown addresses get the same answer.
 */
export const POST = door(
  async (request, form) => {
    const address = field(form, 'email')
    if (address === null) return refuse(request, 422, 'Give the address to be told at.', { back: BACK })
    const all = form.has('all')
    const name = seasonNamed(field(form, 'show'), field(form, 'season'))
    if (!all && !name)
      return refuse(request, 400, 'Say which season to follow: show and season.', { back: BACK })
    const result = await askOptIn({
      address,
      name: all ? null : name,
      basket: all ? await followerOf(request.headers) : null,
      timeZone: field(form, 'zone', 64),
      client: clientOf(request.headers),
      known: readCookie(request.headers, knownCookieName()),
      now: new Date(),
    })
    return result.ok ? seeOther(request, '/follow/asked') : refused(request, result, BACK)
  },
  { typed: { email: 'E-mail address' } },
)
