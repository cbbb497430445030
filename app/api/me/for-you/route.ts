import { privateJson, refuse, signInFirst } from '@/app/_doors/answer'
import { readingDoor } from '@/app/_doors/door'
import { followerOf } from '@/lib/follows/basket'
import { parseDials } from '@/lib/related/dials'
import { getForYou } from '@/lib/related/for-you-queries'

/** What /following/for-you shows, with the dials `?fame=` and `?length=`, each from -2 to 2. */
export const GET = readingDoor(async (request) => {
  const viewer = await followerOf(request.headers)
  if (!viewer)
    return signInFirst(
      request,
      'Sign in first: this list is made from what you follow.',
      '/following/for-you',
    )
  const asked = new URL(request.url).searchParams
  const dial = (name: string) =>
    asked.getAll(name).length > 1 ? asked.getAll(name) : (asked.get(name) ?? undefined)
  const parsed = parseDials({ fame: dial('fame'), length: dial('length') })
  if (!parsed.ok)
    return refuse(request, 400, `There is no such list: ${parsed.reason}.`, {
      back: { href: '/following/for-you', label: 'The list as it comes' },
    })
  return privateJson({ dials: parsed.dials, ...(await getForYou(viewer, parsed.dials)) })
})
