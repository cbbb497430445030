import { refuse, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { removePasskey } from '@/lib/accounts/commands'
import { viewerOf } from '@/lib/accounts/queries'
import { log, readerMark } from '@/lib/shared/log'

/** Removes one of the reader's passkeys (field `remove`: its id). */
export const POST = door(async (request, form) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer)
    return refuse(request, 401, 'Sign in first: passkeys belong to an account.', {
      back: { href: '/sign-in?returnTo=/settings', label: 'Sign in' },
    })
  const id = field(form, 'remove', 2_000) ?? ''
  if (!/^[A-Za-z0-9+/=_-]{1,2000}$/.test(id) || !(await removePasskey(viewer, id)))
    return refuse(request, 404, 'You have no such passkey; it may have been removed already.', {
      back: { href: '/settings', label: 'Back to settings' },
    })
  log.info('passkey-removed', { reader: readerMark(viewer.id) })
  return seeOther(request, '/settings')
})
