import { retractClaim } from '@/lib/ledger/commands'
import { dayOf } from '@/lib/shared/day'
import { CommandError, type Run, UsageError } from './command-line'

/** `retract CLAIM --because WHY`: takes a claim back in public, and tells whoever was told by it. */
export const run: Run = async ({ words: [id], options }, { out, now }) => {
  if (!id || !options.because) throw new UsageError('retract takes a claim id and --because "WHY"')
  const done = await retractClaim(id, options.because, { today: dayOf(now), now })
  if (!done.ok) throw new CommandError(done.reason)
  out(`${id} is taken back; the correction is on record`)
  return 0
}
