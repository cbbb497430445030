import { existsSync, readFileSync } from 'node:fs'
import { engineOf } from '@/lib/related/engine'
import { readPairs } from '@/lib/related/files'
import { namedBySource } from '@/lib/related/learn'
import { type Models, readModel } from '@/lib/related/model'
import type { Pair } from '@/lib/related/types'
import { seeded } from '@/lib/shared/random'
import { evaluate, learnedOrder } from '@/lib/workshop/related/evaluate'
import { reportVariety } from '@/lib/workshop/related/variety'
import { CommandError, type Run, readableFile, UsageError } from './command-line'
import { inFile, titlesFrom, wholeNumber } from './related-files'
import { MODEL_FILE } from './related-train'

const SEED = 7
/** How strongly lists are spread in the report. */
const PULLS = [0.05, 0.1, 0.2, 0.4]
const REPORTED_MAX = 600

/** The models of this release. */
function shippedModels(): Models {
  if (!existsSync(MODEL_FILE)) throw new CommandError('there is no model yet: run `related train`')
  return readModel(JSON.parse(readFileSync(MODEL_FILE, 'utf8')))
}

/** Enough sources for the report, evenly taken. */
function some(pairs: Pair[]): Map<number, ReadonlySet<number>> {
  const all = [...namedBySource(pairs)]
  const step = Math.max(1, Math.ceil(all.length / REPORTED_MAX))
  return new Map(all.filter((_, i) => i % step === 0))
}

/**
 * `related evaluate`: how well the engine finds the titles people named beside a title, on files alone. Without
 * `--train` by the titles' own facts, with it also by people's pairs; a source's own pairs stay unread, whatever file
 * they are in. `--folds N` judges models learned from the truth's other sources instead of the shipped one.
 * `--report` tells on stderr what spreading the lists for variety costs and gives.
 */
export const run: Run = async ({ options, flags }, { out, err }) => {
  for (const name of ['titles', 'truth'])
    if (!options[name]) throw new UsageError(`--${name} FILE is missing`)
  const at = options.at === undefined ? 10 : wholeNumber('--at', options.at, 1, 1000)
  const folds = options.folds === undefined ? 0 : wholeNumber('--folds', options.folds, 2, 50)
  const { titles, places } = await titlesFrom(options.titles!)
  const pairsIn = (file: string) =>
    inFile(file, () => readPairs(readFileSync(readableFile(file), 'utf8'), places))
  const truth = pairsIn(options.truth!)
  const train = options.train === undefined ? null : pairsIn(options.train)
  const models = folds ? null : shippedModels()
  err(`measuring ${titles.length} titles …`)
  const engine = engineOf(titles, train)
  const found = evaluate(engine, truth, { models, at, folds, random: seeded(SEED), report: err })
  if (flags.has('json')) out(JSON.stringify(found))
  else {
    const { ndcg, recall, mrr, ci95, baselines, sources } = found
    out(`${sources} sources, ${titles.length} titles, ${train ? "with people's pairs" : 'content only'}`)
    out(`nDCG@${at} ${ndcg.toFixed(4)} (95 % between ${ci95[0].toFixed(4)} and ${ci95[1].toFixed(4)})`)
    out(`recall@${at} ${recall.toFixed(4)}, mean reciprocal rank ${mrr.toFixed(4)}`)
    for (const [name, value] of Object.entries(baselines)) out(`${name} nDCG@${at} ${value.toFixed(4)}`)
  }
  if (flags.has('report')) {
    const order = learnedOrder(engine, (models ?? shippedModels())[train ? 'pairs' : 'content'])
    for (const pull of PULLS) {
      const { plain, varied, with_twelve, gini } = reportVariety(engine, order, some(truth), { at, pull })
      const change = (key: 'ndcg' | 'sameness') => `${(100 * (varied[key] / plain[key] - 1)).toFixed(1)} %`
      err(`variety ${pull}: titles of a list alike ${change('sameness')}, nDCG@${at} ${change('ndcg')}`)
      if (pull === PULLS[0])
        err(
          `${(100 * with_twelve).toFixed(1)} % of titles have 12 related; Gini of exposure ${gini.toFixed(3)}`,
        )
    }
  }
  return 0
}
