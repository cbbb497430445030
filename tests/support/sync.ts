/** Asking a provider as the command does, from a local server and under a clock that waits for nobody. */
import { importCatalogue } from '@/lib/catalogue/commands'
import { recordClaims } from '@/lib/ledger/commands'
import { deriveStates } from '@/lib/ledger/derive'
import { send } from '@/lib/shared/http'
import { politeClient } from '@/lib/sources/client'
import type { Writers } from '@/lib/sources/land'
import { providerNamed } from '@/lib/sources/registry'
import { type SyncOptions, syncProvider, type Which } from '@/lib/sources/sync'
import type { Provider, ProviderName } from '@/lib/sources/types'
import { answerWanted } from '@/lib/wanted/commands'
import type { Clock } from './telling'

/** What writes that which was answered, as in the real thing. */
export const WRITERS: Writers = { importCatalogue, recordClaims, deriveStates, answerWanted }

/** A polite client whose waits let the clock pass and nobody sit through them. */
export const clientUnder = (clock: Clock, provider: Provider) =>
  politeClient(provider, {
    send,
    nowMs: () => clock.now().getTime(),
    sleep: async (ms) => void clock.pass(ms),
  })

/** Asks one provider. */
export function syncUnder(
  clock: Clock,
  name: ProviderName,
  which: Which,
  more: Partial<SyncOptions> = {},
): ReturnType<typeof syncProvider> {
  const provider = providerNamed(name)!
  return syncProvider(provider, which, {
    ask: clientUnder(clock, provider),
    write: WRITERS,
    now: clock.now,
    ...more,
  })
}
