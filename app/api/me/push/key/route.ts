import { privateJson, refuse } from '@/app/_doors/answer'
import { readingDoor } from '@/app/_doors/door'
import { followerOf } from '@/lib/follows/basket'
import { vapidKeys } from '@/lib/notices/channels/push'

/** The key a browser binds its subscription to. */
export const GET = readingDoor(async (request) => {
  if (!(await followerOf(request.headers)))
    return refuse(request, 401, 'Sign in first: a browser tells a reader.')
  return privateJson({ key: (await vapidKeys()).publicKey })
})
