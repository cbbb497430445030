import { refuse, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { endOtherSessions, endSession } from '@/lib/accounts/commands'
import { clearSession } from '@/lib/accounts/cookies'
import { viewerOf } from '@/lib/accounts/queries'
import { log, readerMark } from '@/lib/shared/log'
import { looksLikeToken } from '@/lib/shared/secrets'

const BACK = { href: '/settings', label: 'Back to settings' }

/** Ends one session of the reader's (field `end`: its id), or all but the present one (`end`: `others`). */
export const POST = door(async (request, form) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer) return signInFirst(request, 'Sign in first: sessions belong to an account.', '/settings')
  const end = field(form, 'end') ?? ''
  if (end === 'others') {
    const ended = await endOtherSessions(viewer)
    log.info('sessions-ended', { reader: readerMark(viewer.id), ended })
    return seeOther(request, '/settings')
  }
  if (!looksLikeToken(end) || !(await endSession(viewer, end)))
    return refuse(request, 404, 'You have no such session; it may have ended already.', { back: BACK })
  log.info('sessions-ended', { reader: readerMark(viewer.id), ended: 1 })
  return end === viewer.session.id
    ? seeOther(request, '/sign-in', [clearSession()])
    : seeOther(request, '/settings')
})
