import { findTitleIds, loadTitles } from '@/lib/related/queries'
import { explainPair, indexTitles } from '@/lib/related/rules'
import { CommandError, type Run, UsageError } from './command-line'

/** `related explain SLUG SLUG`: the whole sum behind a pair, a line a shared term. */
export const run: Run = async ({ words: [a, b] }, { out }) => {
  if (!a || !b) throw new UsageError('related explain takes two slugs')
  const ids = await findTitleIds([a, b])
  for (const slug of [a, b]) if (!ids.has(slug)) throw new CommandError(`no show has the slug ${slug}`)
  const { score, parts } = explainPair(indexTitles(await loadTitles()), ids.get(a)!, ids.get(b)!)
  out(`${score.toFixed(4)}  ${a} ~ ${b}`)
  for (const { term, amount, discriminating } of parts)
    out(
      `${amount.toFixed(4)}  ${term.field.padEnd(8)} ${term.label}${discriminating ? '' : '  (too common to be a reason)'}`,
    )
  return 0
}
