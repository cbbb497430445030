import type { Run } from './command-line'
import { relatedExplain } from './related'

/** `related explain SLUG SLUG`: the whole sum behind a pair. */
export const run: Run = async ({ words }, { out }) => {
  out(await relatedExplain(words))
  return 0
}
