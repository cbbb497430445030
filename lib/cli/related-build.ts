import { type Run, readCall } from './command-line'
import { relatedBuild } from './related'

/** `related build`: computes every show's related titles anew. */
export const run: Run = async (args, { out }) => {
  readCall(args, [], {})
  out(await relatedBuild())
  return 0
}
