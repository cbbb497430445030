import { dropPair } from '@/lib/related/suggest'
import { CommandError, type Run, UsageError } from './command-line'

/** `pairs --drop SLUG SLUG`: removes a pair, the readers' voices and reasons and what lists say of it. */
export const run: Run = async ({ words: [slug, related] }, { out }) => {
  if (!slug || !related) throw new UsageError('pairs --drop takes two slugs')
  if (!(await dropPair({ slug, related }))) throw new CommandError(`nobody names ${related} beside ${slug}`)
  out(`${related} is no longer named beside ${slug}`)
  return 0
}
