import 'server-only'
import { forgetExpired } from '@/lib/accounts/commands'
import { forgetBaskets } from '@/lib/follows/basket'
import { forgetImports } from '@/lib/imports/commands'
import { forgetMail, MAIL_KEPT_MS } from '@/lib/mail/deliver'
import { forgetNotices } from '@/lib/notices/commands'
import { forgetHeartbeats } from '@/lib/operations/commands'
import { NOTHING } from '@/lib/shared/enqueue'
import { forgetExpiries } from '@/lib/shared/expire-tags'
import { answerWanted, forgetWanted } from '@/lib/wanted/commands'
import type { Job } from './job'

/** Removes what nobody needs any more. */
export const purge: Job = {
  id: 'purge',
  payload: NOTHING,
  at: '15 3 * * *',
  missed: '1d',
  async run() {
    const now = new Date()
    // What came between an ask and its confirmation, or by a way that answers nobody itself.
    await answerWanted(now)
    await forgetWanted(now)
    await forgetExpired(now)
    await forgetImports(now)
    await forgetBaskets(now)
    await forgetMail(new Date(now.getTime() - MAIL_KEPT_MS))
    await forgetNotices(now)
    await forgetExpiries(now)
    await forgetHeartbeats()
  },
}
