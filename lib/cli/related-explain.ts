import { type Run, readCall } from './command-line'
import { relatedExplain } from './related'

/** `related explain SLUG SLUG`: the whole sum behind a pair. */
export const run: Run = async (args, { out }) => {
  out(await relatedExplain(readCall(args, ['SLUG', 'SLUG'], {}).words))
  return 0
}
