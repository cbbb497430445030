import { refuse, refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { renewFeedAddresses } from '@/lib/feeds/commands'
import { followerOf } from '@/lib/follows/basket'

const BACK = { href: '/settings/notices', label: 'Back to what you are told' }

/** Gives the reader new secret addresses of feed and calendar (field `want`: `renew`); the old ones stop working. */
export const POST = door(async (request, form) => {
  const viewer = await followerOf(request.headers)
  if (!viewer)
    return signInFirst(
      request,
      'Sign in first: a feed of your own belongs to whoever follows.',
      '/settings/notices',
    )
  if (field(form, 'want') !== 'renew')
    return refuse(request, 400, 'Say that you want new addresses (want: renew).', { back: BACK })
  const renewed = await renewFeedAddresses(viewer.id, new Date())
  return renewed.ok ? seeOther(request, '/settings/notices') : refused(request, renewed, BACK)
})
