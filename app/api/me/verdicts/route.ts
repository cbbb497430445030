import { privateJson, refuse, refused, seeOther, wantsJson } from '@/app/_doors/answer'
import { noMoreBaskets } from '@/app/_doors/basket'
import { door, field } from '@/app/_doors/door'
import { setBasket } from '@/lib/accounts/cookies'
import { followerOf, openBasket } from '@/lib/follows/basket'
import { parseDials } from '@/lib/related/dials'
import { clientOf } from '@/lib/shared/peer'
import { sayVerdict } from '@/lib/verdicts/commands'

const PAGE = '/following/for-you'
const WORDS = { seen: 'seen', 'not-this': 'not-this', '': null } as const
const BACK = { href: PAGE, label: 'Back to the list' }

/** The reader's list with the dials as the form had them, and what was just said in it. */
function pageWith(form: FormData, said: string): string {
  const given = { fame: field(form, 'fame', 2) ?? undefined, length: field(form, 'length', 2) ?? undefined }
  const { fame, length } = parseDials(given).ok ? given : {}
  return `${PAGE}?${new URLSearchParams({ ...(fame && { fame }), ...(length && { length }), said })}`
}

/**
 * A reader's word on a show: fields `slug` and `word` (`seen`, `not-this`, or empty to take it back). As with following,
 * nobody is asked to sign in who sends `keep=browser`: the word is kept in a basket of this browser.
 */
export const POST = door(async (request, form) => {
  const slug = field(form, 'slug', 120)
  const wished = field(form, 'word', 20)
  if (!slug || wished === null || !Object.hasOwn(WORDS, wished))
    return refuse(
      request,
      400,
      'Say which show (slug) and a word on it: seen, not-this, or nothing to take it back.',
    )
  const word = WORDS[wished as keyof typeof WORDS]
  let viewer = await followerOf(request.headers)
  const cookies: string[] = []
  if (!viewer && word && field(form, 'keep') === 'browser') {
    const opened = await openBasket(clientOf(request.headers))
    if (!opened) return noMoreBaskets(request, BACK)
    viewer = opened.follower
    cookies.push(setBasket(opened.token))
  }
  const result = await sayVerdict(viewer, slug, word)
  if (!result.ok)
    return refused(
      request,
      result,
      result.reason === 'signed-out' ? { href: `/sign-in?returnTo=${PAGE}`, label: 'Sign in' } : BACK,
    )
  const location = pageWith(form, `${word ?? 'undone'}.${slug}`)
  if (wantsJson(request)) return privateJson({ ok: true, word, location }, { cookies })
  return seeOther(request, location, cookies)
})
