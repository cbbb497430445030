import 'server-only'
import { makeExport } from '@/lib/open-data/commands'
import { EXPORT_AT } from '@/lib/open-data/manifest'
import { NOTHING } from '@/lib/shared/enqueue'
import type { Job } from './job'

/** Makes the day's export of the open data, unless there is one, and forgets the oldest. */
export const makeOpenData: Job = {
  id: 'make-open-data',
  payload: NOTHING,
  at: `${Number(EXPORT_AT.slice(3))} ${Number(EXPORT_AT.slice(0, 2))} * * *`,
  missed: '1d',
  async run() {
    await makeExport(new Date())
  },
}
