import { readFileSync } from 'node:fs'
import { readPairs } from '@/lib/related/files'
import { loadShown } from '@/lib/related/queries'
import { judgeCards } from '@/lib/related/seen'
import { seeded } from '@/lib/shared/random'
import { type Run, readableFile, UsageError } from './command-line'
import { inFile, knownOf, titlesFrom } from './related-files'

const SEED = 7

/**
 * `related seen`: what the cards of the running database are worth by what people name, over the sources the site
 * knows, found by id, else by title, year and country. Named titles that it does not know are left out; with `--whole`
 * they count as missing.
 */
export const run: Run = async ({ options, flags }, { out }) => {
  for (const name of ['titles', 'truth'])
    if (!options[name]) throw new UsageError(`--${name} FILE is missing`)
  const titles = await titlesFrom(options.titles!)
  const file = readableFile(options.truth!)
  const truth = inFile(options.truth!, () => readPairs(readFileSync(file, 'utf8'), titles.places))
  const found = judgeCards(knownOf(titles), truth, await loadShown(), {
    whole: flags.has('whole'),
    random: seeded(SEED),
  })
  const { sources, ndcg, ci95, empty } = found
  const [low, high] = ci95.map((end) => end.toFixed(4))
  out(
    flags.has('json')
      ? JSON.stringify(found)
      : `${sources} sources, ${empty} of them without a card: nDCG@10 ${ndcg.toFixed(4)} (95 % between ${low} and ${high})`,
  )
  return 0
}
