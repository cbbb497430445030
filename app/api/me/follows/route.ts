import { privateJson, refuse, refused, seeOther, wantsJson } from '@/app/_doors/answer'
import { noMoreBaskets } from '@/app/_doors/basket'
import { door, field, seasonNamed } from '@/app/_doors/door'
import { setBasket } from '@/lib/accounts/cookies'
import { withFollowIntent } from '@/lib/accounts/return-to'
import { followerOf, openBasket } from '@/lib/follows/basket'
import { followSeason, unfollowSeason } from '@/lib/follows/commands'
import { clientOf } from '@/lib/shared/peer'

/**
 * Follow and unfollow: fields `show`, `season` and `want` (`follow` or `unfollow`). Nobody is asked to sign in who
 * sends `keep=browser`: the follow is kept in a basket of this browser.
 */
export const POST = door(async (request, form) => {
  const named = seasonNamed(field(form, 'show'), field(form, 'season'))
  const want = field(form, 'want')
  if (!named || (want !== 'follow' && want !== 'unfollow'))
    return refuse(request, 400, 'Say which season (show and season) and whether to follow or unfollow it.')
  const timeZone = field(form, 'zone', 64)
  const viewer = await followerOf(request.headers)
  const back = { href: `/shows/${named.slug}`, label: 'Back to the show' }
  if (!viewer && want === 'follow' && field(form, 'keep') === 'browser') {
    const opened = await openBasket(clientOf(request.headers))
    if (!opened) return noMoreBaskets(request, back)
    const kept = await followSeason(opened.follower, named, { timeZone })
    if (!kept.ok) return refused(request, kept, back)
    return seeOther(request, `/following?followed=${named.slug}.${named.number}`, [setBasket(opened.token)])
  }
  if (!viewer) {
    // The wish is carried through signing in.
    const signIn = `/sign-in?returnTo=${encodeURIComponent(want === 'follow' ? withFollowIntent(named) : '/following')}`
    if (!wantsJson(request)) return seeOther(request, signIn)
    return refuse(request, 401, 'Sign in first: a follow belongs to an account.', {
      more: { reason: 'signed-out', signIn },
    })
  }
  const result =
    want === 'follow' ? await followSeason(viewer, named, { timeZone }) : await unfollowSeason(viewer, named)
  if (!result.ok) return refused(request, result, back)
  // The show's page is the same for everybody, so the answer to a form stands on the reader's own.
  const location = `/following?${want}ed=${named.slug}.${named.number}`
  if (wantsJson(request))
    return privateJson({ ok: true, signedIn: viewer.email !== null, following: result.following, location })
  return seeOther(request, location)
})
