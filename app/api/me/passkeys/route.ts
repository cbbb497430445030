import { refused, seeOther, signInFirst } from '@/app/_doors/answer'
import { door, field } from '@/app/_doors/door'
import { PASSKEYS } from '@/app/_doors/passkeys'
import { deviceWords } from '@/lib/accounts/device'
import { removePasskey } from '@/lib/accounts/passkeys'
import { viewerOf } from '@/lib/accounts/queries'
import { log, readerMark } from '@/lib/shared/log'

/** Removes one of the reader's passkeys (field `remove`: its id). */
export const POST = door(async (request, form) => {
  const viewer = await viewerOf(request.headers)
  if (!viewer) return signInFirst(request, 'Sign in first: passkeys belong to an account.', '/settings')
  const removed = await removePasskey(viewer, field(form, 'remove', 2_000) ?? '', {
    device: deviceWords(request.headers.get('user-agent')),
    now: new Date(),
  })
  if (!removed.ok) return refused(request, removed, PASSKEYS)
  log.info('passkey-removed', { reader: readerMark(viewer.id) })
  return seeOther(request, '/settings')
})
