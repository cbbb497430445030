import 'server-only'
import type { TaskList } from 'graphile-worker'
import { forgetExpired } from '@/lib/accounts/commands'
import { forgetBaskets } from '@/lib/follows/basket'
import { forgetImports } from '@/lib/imports/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { TELL_READERS } from '@/lib/ledger/events'
import { deliverPush, deliverWebhook } from '@/lib/notices/bring'
import { forgetNotices } from '@/lib/notices/commands'
import { tellCorrections } from '@/lib/notices/correct'
import { deliverMail, forgetMail, MAIL_KEPT_MS, smtpSender } from '@/lib/notices/deliver'
import { deliverDirect } from '@/lib/notices/deliver-direct'
import { gatherMail } from '@/lib/notices/gather'
import { DELIVER_MAIL, isMailSent } from '@/lib/notices/mail'
import { arePaused } from '@/lib/notices/queries'
import { tellEvents, tellPremieres } from '@/lib/notices/tell'
import { forgetHeartbeats } from '@/lib/operations/commands'
import { learnSiteUrl } from '@/lib/operations/site-address'
import { buildRelated } from '@/lib/related/commands'
import { BUILD_RELATED, slugsOf } from '@/lib/related/rebuild'
import { dayOf } from '@/lib/shared/day'
import { expireTags, forgetExpiries } from '@/lib/shared/expire-tags'
import { log } from '@/lib/shared/log'
import { RELATED_TAG, showTag } from '@/lib/shared/tags'
import { answerWanted, forgetWanted } from '@/lib/wanted/commands'
import { tellWanted } from '@/lib/wanted/tell'

/** When what is done, in UTC; `fill` makes up for a run that was missed while no worker was up. */
export const CRONTAB = `
* * * * * ${DELIVER_MAIL} ?jobKey=${DELIVER_MAIL}
* * * * * ${TELL_READERS} ?jobKey=${TELL_READERS}
2 * * * * tell-premieres ?fill=1h&jobKey=tell-premieres
5 0 * * * derive-states ?fill=1d&jobKey=derive-states
35 0 * * * ${BUILD_RELATED} ?fill=1d&jobKey=${BUILD_RELATED}
15 3 * * * purge ?fill=1d&jobKey=purge
`

// One run of mail at a time in a process: a second would open as many connections again, and leave no hand free for
// telling while thousands of mails leave. Who asks meanwhile has the running one look once more.
let mailRuns = false
let mailAsked = false
// Every show that has news asks for telling; one run tells all there is.
let tellRuns = false
let tellAsked = false

/** Tells what the outbox holds. @returns when to look again, null where nothing waits */
async function tellOnce(now: Date): Promise<Date | null> {
  const again = [(await tellCorrections(now)).againAt, (await tellEvents(now)).againAt].flatMap(
    (at) => at ?? [],
  )
  await tellWanted(now)
  await gatherMail(now)
  await deliverDirect({ push: deliverPush, webhook: deliverWebhook })
  return again.sort((a, b) => a.getTime() - b.getTime())[0] ?? null
}

/** True where letters can be written; where the site stands is what each of them says. */
async function mayWrite(): Promise<boolean> {
  if (await arePaused()) return false
  if (await learnSiteUrl()) return true
  log.error('site-address-unknown', {
    says: 'No letter is written: set AUTH_URL or GREENLIT_URL to the address of the site.',
  })
  return false
}

/** What the worker knows how to do. Every task reads the world anew and may be repeated. */
export const tasks: TaskList = {
  async [DELIVER_MAIL]() {
    if (!isMailSent()) return
    mailAsked = true
    if (mailRuns) return
    mailRuns = true
    const { send, close } = smtpSender()
    try {
      while (mailAsked) {
        mailAsked = false
        await deliverMail(send)
      }
    } finally {
      mailRuns = false
      close()
    }
  },
  async [TELL_READERS](_payload, { addJob }) {
    if (!(await mayWrite())) return
    tellAsked = true
    if (tellRuns) return
    tellRuns = true
    try {
      let runAt: Date | null = null
      while (tellAsked) {
        tellAsked = false
        runAt = await tellOnce(new Date())
      }
      if (runAt) await addJob(TELL_READERS, undefined, { runAt, jobKey: `${TELL_READERS}-again` })
    } finally {
      tellRuns = false
    }
  },
  async 'tell-premieres'() {
    if (await mayWrite()) await tellPremieres(new Date())
  },
  async 'derive-states'() {
    const now = new Date()
    await deriveStates({ now, today: dayOf(now), tell: true })
  },
  async [BUILD_RELATED](payload) {
    const showIds = (payload as { showIds?: number[] } | null)?.showIds
    await buildRelated({ showIds })
    await expireTags(showIds ? (await slugsOf(showIds)).map(showTag) : [RELATED_TAG])
  },
  async purge() {
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
