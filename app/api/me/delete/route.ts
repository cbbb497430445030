import { refuse, refused, seeOther } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { clearBasket, clearKnown, clearSession } from '@/lib/accounts/cookies'
import { viewerOf } from '@/lib/accounts/queries'
import { deleteReader } from '@/lib/own-data/commands'
import { log, readerMark } from '@/lib/shared/log'

const BACK = { href: '/settings#delete', label: 'Back to settings' }

/** Deletes the reader's account and all that is theirs; the field `sure` must say `delete`. */
export const POST = door(async (request, form) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer)
    return refuse(request, 401, 'Sign in first: only its owner deletes an account.', {
      back: { href: '/sign-in?returnTo=/settings', label: 'Sign in' },
    })
  if (field(form, 'sure') !== 'delete')
    return refuse(request, 400, 'Tick the box that says you are sure; nothing was deleted.', { back: BACK })
  const result = await deleteReader(viewer, new Date())
  const reader = readerMark(viewer.id)
  if (!result.ok) {
    log.warn('account-deletion-refused', { reader, reason: result.reason })
    return refused(request, result, BACK)
  }
  log.info('account-deleted', { reader })
  return seeOther(request, '/sign-in?deleted', [clearSession(), clearBasket(), clearKnown()])
})
