import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { importCatalogue } from '@/lib/catalogue/commands'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { NOTHING } from '@/lib/shared/enqueue'
import { send } from '@/lib/shared/http'
import { log } from '@/lib/shared/log'
import { politeClient } from '@/lib/sources/client'
import { MINUTE, switchedOn } from '@/lib/sources/hourly'
import { forgetOverdue } from '@/lib/sources/overdue'
import { providers } from '@/lib/sources/registry'
import { syncProvider } from '@/lib/sources/sync'
import { answerWanted } from '@/lib/wanted/commands'
import { type Job, oneAtATime } from './job'

/** A run goes on in another job after so long, so that no job is held for a whole catalogue. */
const RUN_MS_MAX = 10 * 60_000
const AGAIN_MS = 5_000

const write = { importCatalogue, recordClaims, deriveStates, answerWanted }

const syncOnce = oneAtATime(async (again: (at: Date) => Promise<unknown>, stopping?: AbortSignal) => {
  for (const provider of switchedOn()) {
    const signal = AbortSignal.any([AbortSignal.timeout(RUN_MS_MAX), ...(stopping ? [stopping] : [])])
    const result = await syncProvider(provider, 'updated', {
      ask: politeClient(provider, {
        send,
        nowMs: () => Date.now(),
        sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => {}),
      }),
      now: () => new Date(),
      write,
      signal,
    })
    const { asked, facts, claims, events, quarantined, says } = result
    log.info('sync', { provider: provider.name, asked, facts, claims, events, quarantined, says })
    if (signal.aborted && says !== null) await again(new Date(Date.now() + AGAIN_MS))
  }
  // What may be kept for so long and no longer goes whether or not its provider is asked any more.
  for (const provider of providers) await forgetOverdue(provider, { now: new Date(), write })
})

/** Asks the providers that GREENLIT_SYNC names for what has changed. */
export const syncSources: Job = {
  id: 'sync-sources',
  payload: NOTHING,
  at: `${MINUTE} * * * *`,
  queue: 'sources',
  async run(_payload, again, stopping) {
    await syncOnce(again, stopping)
  },
}
