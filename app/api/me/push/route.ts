import { privateJson, refuse, refused } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { TO_SIGN_IN } from '@/app/_doors/viewer'
import { deviceWords } from '@/lib/accounts/device'
import { followerOf } from '@/lib/follows/basket'
import { addChannel, removeChannelAt } from '@/lib/notices/channels'

/**
 * A browser says that it wants to be told (`want`: `subscribe`, with `endpoint`, `p256dh` and `auth` of its
 * subscription) or no longer (`want`: `unsubscribe`, with `endpoint`).
 */
export const POST = door(async (request, form) => {
  const reader = await followerOf(request.headers)
  if (!reader) return refuse(request, 401, 'Sign in first: a browser tells a reader.', { back: TO_SIGN_IN })
  const want = field(form, 'want')
  const endpoint = field(form, 'endpoint', 2_000)
  if (!endpoint || (want !== 'subscribe' && want !== 'unsubscribe'))
    return refuse(request, 400, 'Say subscribe or unsubscribe, and the endpoint of the subscription.')
  const result =
    want === 'unsubscribe'
      ? await removeChannelAt(reader, 'push', endpoint)
      : await addChannel(reader, 'push', {
          endpoint,
          p256dh: field(form, 'p256dh', 200) ?? '',
          auth: field(form, 'auth', 200) ?? '',
          label: deviceWords(request.headers.get('user-agent')),
        })
  return result.ok ? privateJson({ ok: true }) : refused(request, result)
})
