import { explainPlace } from '@/lib/related/explain'
import { loadIndex } from '@/lib/related/load-index'
import { findTitleIds } from '@/lib/related/queries'
import { CommandError, type Run, UsageError } from './command-line'

/**
 * `related explain SLUG SLUG`: the whole sum that places the second title under the first, what their facts are
 * worth dealt out to the terms both share, a line a term, then what readers and pairs add, and the total.
 */
export const run: Run = async ({ words: [a, b] }, { out }) => {
  if (!a || !b) throw new UsageError('related explain takes two slugs')
  const ids = await findTitleIds([a, b])
  for (const slug of [a, b]) if (!ids.has(slug)) throw new CommandError(`no show has the slug ${slug}`)
  const { parts, sum } = explainPlace(await loadIndex(), ids.get(a)!, ids.get(b)!)
  const line = (amount: number, what: string) => out(`${amount.toFixed(4)}  ${what}`)
  out(`${b} under ${a}`)
  for (const { term, amount, discriminating } of parts)
    line(
      amount,
      `${term.field.padEnd(8)} ${term.label}${discriminating ? '' : '  (too common to be a reason)'}`,
    )
  line(sum.readers, 'readers  who follow both')
  line(sum.pairs, 'pairs    that people named')
  line(sum.total, 'total')
  return 0
}
