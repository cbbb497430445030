import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { viewerOf } from '@/lib/accounts/queries'
import { renewFeedAddresses } from '@/lib/feeds/commands'

const BACK = { href: '/settings', label: 'Back to settings' }

/** Gives the reader new secret addresses of feed and calendar (field `want`: `renew`); the old ones stop working. */
export const POST = door(async (request, form) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer)
    return refuse(request, 401, 'Sign in first: a feed of your own belongs to an account.', {
      back: { href: '/sign-in?returnTo=/settings', label: 'Sign in' },
    })
  if (field(form, 'want') !== 'renew')
    return refuse(request, 400, 'Say that you want new addresses (want: renew).', { back: BACK })
  const renewed = await renewFeedAddresses(viewer.id, new Date())
  return renewed.ok ? seeOther(request, '/settings') : refused(request, renewed, BACK)
})
