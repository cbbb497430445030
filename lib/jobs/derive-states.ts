import 'server-only'
import { deriveStates as derive } from '@/lib/ledger/derive'
import { dayOf } from '@/lib/shared/day'
import { NOTHING } from '@/lib/shared/enqueue'
import type { Job } from './job'

/** Derives the states of all shows for the day that has begun. */
export const deriveStates: Job = {
  id: 'derive-states',
  payload: NOTHING,
  at: '5 0 * * *',
  missed: '1d',
  async run() {
    const now = new Date()
    await derive({ now, today: dayOf(now), tell: true })
  },
}
