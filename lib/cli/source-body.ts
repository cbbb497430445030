import { setOfficialBody } from '@/lib/ledger/bodies'
import { CommandError, type Run, UsageError } from './command-line'

/** `source body NAME --on|--off`: says whether a source is a network, service or rights holder. */
export const run: Run = async ({ words: [name = ''], flags }, { out, now }) => {
  const isBody = flags.has('on')
  if (isBody === flags.has('off')) throw new UsageError('say --on or --off')
  const done = await setOfficialBody(name, isBody, now)
  if (!done.ok) throw new CommandError(done.reason)
  out(
    `${done.name} is ${isBody ? 'an' : 'no'} official body; ${done.shows} shows have claims that credit it, ${done.changed} of them stand otherwise now`,
  )
  return 0
}
