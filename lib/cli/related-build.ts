import { buildRelated } from '@/lib/related/commands'
import type { Run } from './command-line'

/** `related build`: computes every show's related titles anew. */
export const run: Run = async (_, { out }) => {
  const { shows, cards } = await buildRelated()
  out(`${cards} cards for ${shows} shows.`)
  return 0
}
