import { privateJson, refuse } from '@/app/_doors/answer'
import { readingDoor, seasonNamed } from '@/app/_doors/door'
import { followerOf } from '@/lib/follows/basket'
import { getReaderState } from '@/lib/follows/queries'

/**
 * The one personal hole of the public pages: whether the reader is signed in (a basket is not), how much is new for them, and,
 * with `?show=slug&season=n`, whether they follow that season.
 */
export const GET = readingDoor(async (request) => {
  const asked = new URL(request.url).searchParams
  const named = seasonNamed(asked.get('show'), asked.get('season'))
  if (!named && (asked.has('show') || asked.has('season')))
    return refuse(request, 400, 'Name a season by ?show=its-slug&season=its number.')
  const viewer = await followerOf(request.headers)
  if (!viewer) return privateJson({ signedIn: false, following: false, news: 0 })
  return privateJson({ signedIn: viewer.email !== null, ...(await getReaderState(viewer, named)) })
})
