import { privateJson, refuse, refused, seeOther, wantsJson } from '@/app/_doors/answer'
import { door, field, seasonNamed } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { withFollowIntent } from '@/lib/accounts/return-to'
import { followSeason, unfollowSeason } from '@/lib/follows/commands'

/** Follow and unfollow: fields `show`, `season` and `want` (`follow` or `unfollow`). */
export const POST = door(async (request, form) => {
  const named = seasonNamed(field(form, 'show'), field(form, 'season'))
  const want = field(form, 'want')
  if (!named || (want !== 'follow' && want !== 'unfollow'))
    return refuse(request, 400, 'Say which season (show and season) and whether to follow or unfollow it.')
  const viewer = await viewerOf(request.headers)
  const back = { href: `/shows/${named.slug}`, label: 'Back to the show' }
  if (!viewer) {
    // The wish is carried through signing in.
    const signIn = `/sign-in?returnTo=${encodeURIComponent(want === 'follow' ? withFollowIntent(named) : '/following')}`
    if (!wantsJson(request)) return seeOther(request, signIn)
    return refuse(request, 401, 'Sign in first: a follow belongs to an account.', {
      more: { reason: 'signed-out', signIn },
    })
  }
  const result = await (want === 'follow' ? followSeason : unfollowSeason)(viewer, named)
  if (!result.ok) return refused(request, result, back)
  // The show's page is the same for everybody, so the answer to a form stands on the reader's own.
  const location = `/following?${want}ed=${named.slug}.${named.number}`
  if (wantsJson(request))
    return privateJson({ ok: true, signedIn: true, following: result.following, location })
  return seeOther(request, location)
})
