import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { pauseNotices, retryParked } from '@/lib/notices/commands'
import { getDeliveries, listFailed } from '@/lib/notices/queries'
import type { Run } from './command-line'
import { UsageError } from './command-line'

/** `notices`: how telling goes; `--failed` lists refusals, `--pause`, `--resume` and `--retry` act. */
export const run: Run = async ({ flags }, { out, now }) => {
  const acts = ['pause', 'resume', 'retry'].filter((flag) => flags.has(flag))
  if (acts.length > 1) throw new UsageError(`--${acts[0]} and --${acts[1]} do not go together`)
  if (flags.has('pause') || flags.has('resume')) {
    await pauseNotices(AT_THE_MACHINE, flags.has('pause'))
    out(flags.has('pause') ? 'paused: nothing leaves until it is resumed, and nothing is lost' : 'resumed')
    return 0
  }
  if (flags.has('retry')) {
    out(`${await retryParked(AT_THE_MACHINE, now)} parked notices are back in line`)
    return 0
  }
  const failed = (await listFailed(AT_THE_MACHINE)) ?? []
  if (flags.has('failed')) {
    if (flags.has('json')) out(JSON.stringify(failed))
    else
      for (const line of failed)
        out(
          `${line.at}  ${line.state.padEnd(8)} ${line.channel.padEnd(7)} ${line.show.slug} season ${line.season}, ${line.kind}, ${line.attempts} tries: ${line.outcome}`,
        )
    return 0
  }
  const { failed: _, ...state } = (await getDeliveries(AT_THE_MACHINE, now))!
  if (flags.has('json')) out(JSON.stringify(state))
  else {
    out(state.paused ? 'telling is paused' : 'telling runs')
    out(
      Object.entries(state.counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    )
    out(
      `events held ${state.held}, outbox ${state.waiting}, oldest wait ${state.oldestWaitSeconds} s, refused ${failed.length}`,
    )
  }
  return 0
}
