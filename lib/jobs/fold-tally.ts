import 'server-only'
import { foldTally } from '@/lib/catalogue/tally'
import { NOTHING } from '@/lib/shared/enqueue'
import type { Job } from './job'

/** Folds what was counted, so that the first page has little to add up. */
export const foldTallies: Job = {
  id: 'fold-tally',
  payload: NOTHING,
  at: '37 * * * *',
  missed: '1h',
  async run() {
    await foldTally()
  },
}
