import 'server-only'
import { TELL_READERS } from '@/lib/ledger/events'
import { tellCorrections } from '@/lib/notices/correct'
import { deliverDirect } from '@/lib/notices/deliver-direct'
import { gatherMail } from '@/lib/notices/gather'
import { tellEvents } from '@/lib/notices/tell'
import { tellWanted } from '@/lib/wanted/tell'
import { type Job, oneAtATime } from './job'
import { mayWrite } from './may-write'

// Every show that has news asks for telling; one run tells all there is.
const tellOnce = oneAtATime(async (again: (at: Date) => Promise<unknown>) => {
  const now = new Date()
  const waiting = [(await tellCorrections(now)).againAt, (await tellEvents(now)).againAt]
  await tellWanted(now)
  await gatherMail(now)
  await deliverDirect()
  const [next] = waiting.flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime())
  if (next) await again(next)
})

/** Tells readers what the outbox holds, and looks again when the first of what is held is due. */
export const tellReaders: Job = {
  ...TELL_READERS,
  at: '* * * * *',
  async run(_payload, again) {
    if (await mayWrite()) await tellOnce(again)
  },
}
