/** How good an order of related titles is, beside simple ones. */

import { bootstrapInterval, mean, ndcgAt, recallAt, reciprocalRank } from '@/lib/learning/ranking-metrics'
import { type Engine, type Mode, ranked, withTaste } from '@/lib/related/engine'
import { type Learned, namedBySource, orderOf } from '@/lib/related/learn'
import type { Models } from '@/lib/related/model'
import type { Pair } from '@/lib/related/types'
import { byGenreOverlap, byPopularity, byTfIdf, type Order } from './baselines'
import { crossValidate } from './cross-validate'

/** What `related evaluate` finds; nDCG, recall and the mean reciprocal rank over the sources of the truth. */
export interface Evaluation {
  sources: number
  ndcg: number
  recall: number
  mrr: number
  /** 95 % of the means over sources drawn again lie between these. */
  ci95: [number, number]
  /** The nDCG of simple orders. */
  baselines: { popularity: number; genre_overlap: number; tfidf: number }
}

interface Judged {
  ndcg: number[]
  recall: number[]
  mrr: number[]
}

/** The candidates first, as ranked, then every other title by how well known it is. */
function whole(first: number[], others: number[]): number[] {
  const there = new Set(first)
  return [...first, ...others.filter((other) => !there.has(other))]
}

function judge(named: ReadonlyMap<number, ReadonlySet<number>>, order: Order, at: number): Judged {
  const judged: Judged = { ndcg: [], recall: [], mrr: [] }
  for (const [source, right] of named) {
    const list = order(source)
    judged.ndcg.push(ndcgAt(list, right, at))
    judged.recall.push(recallAt(list, right, at))
    judged.mrr.push(reciprocalRank(list, right))
  }
  return judged
}

/** The order a forest gives, over all titles. */
export function learnedOrder(plain: Engine, { forest, taste }: Learned): Order {
  const engine = withTaste(plain, taste)
  const byFame = byPopularity(engine.measured)
  return (title) =>
    whole(
      ranked(engine, forest, title).map((entry) => entry.title),
      byFame(title),
    )
}

const RESAMPLES = 2_000

/**
 * Judges the engine on the pairs of `truth`, by the shipped models, or with `folds` by models that learn from the
 * truth's other folds alone. A source's own pairs are never its evidence.
 */
export function evaluate(
  engine: Engine,
  truth: Pair[],
  {
    models,
    at,
    folds = 0,
    random,
    report,
  }: {
    models: Models | null
    at: number
    folds?: number
    random: () => number
    report?: (line: string) => void
  },
): Evaluation {
  const mode: Mode = engine.evidence ? 'pairs' : 'content'
  const named = namedBySource(truth)
  const { measured } = engine
  let judged: Judged
  if (folds > 0) {
    const lesson = { name: 'truth', engine, named }
    const byFame = byPopularity(measured)
    judged = { ndcg: [], recall: [], mrr: [] }
    crossValidate([lesson], mode, {
      folds,
      random,
      report,
      each: ({ source, rows, forest }) => {
        const order = () => whole(orderOf(rows, forest), byFame(source))
        const one = judge(new Map([[source, named.get(source)!]]), order, at)
        for (const key of ['ndcg', 'recall', 'mrr'] as const) judged[key].push(...one[key])
      },
    })
  } else {
    if (!models) throw new Error('without folds a model is needed')
    judged = judge(named, learnedOrder(engine, models[mode]), at)
  }
  const simple = (order: Order) => mean(judge(named, order, at).ndcg)
  return {
    sources: named.size,
    ndcg: mean(judged.ndcg),
    recall: mean(judged.recall),
    mrr: mean(judged.mrr),
    ci95: bootstrapInterval(judged.ndcg, random, { resamples: RESAMPLES }),
    baselines: {
      popularity: simple(byPopularity(measured)),
      genre_overlap: simple(byGenreOverlap(measured)),
      tfidf: simple(byTfIdf(measured)),
    },
  }
}
