import type { Run } from './command-line'
import { relatedBuild } from './related'

/** `related build`: computes every show's related titles anew. */
export const run: Run = async (_, { out }) => {
  out(await relatedBuild())
  return 0
}
