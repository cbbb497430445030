import { buildRelated } from '@/lib/related/commands'
import { findTitleIds, loadTitles } from '@/lib/related/queries'
import { explainPair, indexTitles } from '@/lib/related/rules'

/** `greenlit related build`: computes every show's related titles anew. */
export async function relatedBuild(): Promise<string> {
  const { shows, cards } = await buildRelated()
  return `${cards} cards for ${shows} shows.`
}

/** `greenlit related explain SLUG SLUG`: the whole sum behind a pair, a line a shared term. */
export async function relatedExplain([a, b]: string[]): Promise<string> {
  if (!a || !b) throw new Error('related explain takes two slugs')
  const ids = await findTitleIds([a, b])
  for (const slug of [a, b]) if (!ids.has(slug)) throw new Error(`no show has the slug ${slug}`)
  const { score, parts } = explainPair(indexTitles(await loadTitles()), ids.get(a)!, ids.get(b)!)
  const lines = parts.map(
    ({ term, amount, discriminating }) =>
      `${amount.toFixed(4)}  ${term.field.padEnd(8)} ${term.label}${discriminating ? '' : '  (too common to be a reason)'}`,
  )
  return [`${score.toFixed(4)}  ${a} ~ ${b}`, ...lines].join('\n')
}
