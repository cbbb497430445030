import { cappedRecallAt, mean, ndcgAt } from '@/lib/learning/ranking-metrics'
import type { SparseRows } from '@/lib/learning/sparse'
import { columnSums, eachIn, largest, sparseRows, transpose } from '@/lib/learning/sparse'
import { blendScorer, SEEN_TASTE, WARM_TITLES_MAX } from '@/lib/related/recommend/blend'
import { denseScorer, easeWeights } from '@/lib/related/recommend/ease'
import { cosineNeighbours, sparseScorer } from '@/lib/related/recommend/neighbours'
import type { Figures, Interaction, Scorer } from '@/lib/related/recommend/types'
import { pairKey } from './interactions'
import { interval } from './metrics'

const POSITIVES_MIN = 5
const LIST = 100
/** The plain EASE ours is measured against; the best of 50, 100, 200, 300, 500 and 1,000 on training rows. */
export const EASE_RIDGE = 200

/** Training rows made ready, and what was held out of them. */
export interface Study {
  /** Titles that at least five readers like, most liked first. */
  items: string[]
  readers: string[]
  /** 1 where a reader likes a title. */
  liked: SparseRows
  /** 1 where a reader likes a title, less where they only saw it. */
  taste: SparseRows
  /** Readers to judge by, and the liked titles held out of each. */
  judged: { reader: number; wanted: Set<number> }[]
  /** Held-out pairs that were among the training rows too; they were not learned from. */
  leaked: number
}

/** Makes rows ready: what is held out is never learned from, even where it is among the training rows. */
export function prepare(rows: Interaction[], heldout: Interaction[], min: number): Study {
  const hidden = new Set(heldout.map(({ user, item }) => pairKey(user, item)))
  const training = rows.filter(({ user, item }) => !hidden.has(pairKey(user, item)))
  const likes = new Map<string, number>()
  for (const { item, value } of training) if (value >= min) likes.set(item, (likes.get(item) ?? 0) + 1)
  const items = [...likes]
    .filter(([, count]) => count >= POSITIVES_MIN)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([item]) => item)
  const numbers = new Map(items.map((item, i) => [item, i]))
  const readers = new Map<string, number>()
  const liked: Map<number, number>[] = []
  const taste: Map<number, number>[] = []
  for (const { user, item, value } of training) {
    const i = numbers.get(item)
    if (i === undefined) continue
    const reader = readers.get(user) ?? readers.size
    readers.set(user, reader)
    taste[reader] ??= new Map()
    liked[reader] ??= new Map()
    taste[reader].set(i, value >= min ? 1 : SEEN_TASTE)
    if (value >= min) liked[reader].set(i, 1)
  }
  const wanted = new Map<number, Set<number>>()
  for (const { user, item, value } of heldout) {
    const [reader, i] = [readers.get(user), numbers.get(item)]
    if (value < min || i === undefined || reader === undefined) continue
    if (liked[reader]!.size >= POSITIVES_MIN) wanted.set(reader, (wanted.get(reader) ?? new Set()).add(i))
  }
  return {
    items,
    readers: [...readers.keys()],
    liked: sparseRows(liked, items.length),
    taste: sparseRows(taste, items.length),
    judged: [...wanted].map(([reader, set]) => ({ reader, wanted: set })).sort((a, b) => a.reader - b.reader),
    leaked: rows.length - training.length,
  }
}

/** The first titles a scorer would show to a reader; those of `without` never are. */
export function listFor(score: Scorer, reader: number, without: SparseRows, count = LIST): number[] {
  const scores = new Float64Array(without.columns)
  score(reader, scores)
  const own = new Set<number>()
  eachIn(without, reader, (i) => own.add(i))
  return largest(scores, count, (i) => !own.has(i))
}

/** Each figure, a number for each reader judged. */
type Scores = Record<keyof Figures, Float64Array>

function judge({ judged }: Study, score: Scorer, without: SparseRows): Scores {
  const lists = judged.map(({ reader, wanted }) => ({ list: listFor(score, reader, without), wanted }))
  const each = (figure: (list: number[], wanted: Set<number>) => number) =>
    Float64Array.from(lists, ({ list, wanted }) => figure(list, wanted))
  return {
    'recall@20': each((list, wanted) => cappedRecallAt(list, wanted, 20)),
    'recall@50': each((list, wanted) => cappedRecallAt(list, wanted, 50)),
    'ndcg@100': each((list, wanted) => ndcgAt(list, wanted, LIST)),
  }
}

const FIGURES = ['recall@20', 'recall@50', 'ndcg@100'] as const

function perFigure<T>(of: (figure: keyof Figures) => T): Record<keyof Figures, T> {
  return Object.fromEntries(FIGURES.map((figure) => [figure, of(figure)])) as Record<keyof Figures, T>
}

/** What `recommend evaluate` answers. */
export interface Evaluation extends Figures {
  users: number
  items: number
  ci95: Record<keyof Figures, [number, number]>
  /** Every title is a candidate but the reader's training positives. */
  baselines: { popularity: Figures; item_knn: Figures; ease: Figures }
  /** The same models when, like ours, they never show what the reader has seen, liked or not. */
  baselines_unseen: { popularity: Figures; item_knn: Figures; ease: Figures }
  /** Ours over `baselines_unseen.ease`, so that leaving out the seen counts for nothing; readers drawn together. */
  over_ease: Record<keyof Figures, { ratio: number; ci95: [number, number] }>
}

/**
 * Judges the blend and the simple models beside it by what was held out. Ours leaves out all a reader has seen,
 * for nobody wants to be told of it; the simple models are measured both ways.
 */
export function evaluate(study: Study, report: (line: string) => void = () => {}): Evaluation {
  const { items, liked, taste, judged } = study
  if (items.length === 0)
    throw new Error(
      `no title has ${POSITIVES_MIN} training positives: the value from which one counts is too high`,
    )
  if (judged.length === 0)
    throw new Error(
      `no reader has both ${POSITIVES_MIN} training positives and a held-out one among ${items.length} titles`,
    )
  report(`${judged.length} readers are judged over ${items.length} titles`)
  if (study.leaked)
    report(`${study.leaked} held-out pairs were among the training rows and are not learned from`)
  const popularity = columnSums(liked)
  const size = Math.min(items.length, WARM_TITLES_MAX)
  if (size < items.length) report(`EASE takes the ${size} most liked titles, walks take all`)
  const models = {
    popularity: (): Scorer => (_, into) => into.set(popularity),
    item_knn: () => sparseScorer(liked, transpose(cosineNeighbours(liked))),
    ease: () => denseScorer(liked, easeWeights(liked, size, { ridge: EASE_RIDGE })),
  }
  // One model after the other, so that only one square of weights is in memory.
  const measured = (name: keyof typeof models) => {
    report(`learning ${name}`)
    const score = models[name]()
    return { plain: judge(study, score, liked), unseen: judge(study, score, taste) }
  }
  const means = (scores: Scores): Figures => perFigure((figure) => mean(scores[figure]))
  const [pop, knn, ease] = [measured('popularity'), measured('item_knn'), measured('ease')]
  report('learning the blend')
  const own = judge(study, blendScorer(taste), taste)
  return {
    users: judged.length,
    items: items.length,
    ...means(own),
    ci95: perFigure((figure) => interval(own[figure])),
    baselines: { popularity: means(pop.plain), item_knn: means(knn.plain), ease: means(ease.plain) },
    baselines_unseen: {
      popularity: means(pop.unseen),
      item_knn: means(knn.unseen),
      ease: means(ease.unseen),
    },
    over_ease: perFigure((figure) => ({
      ratio: mean(own[figure]) / mean(ease.unseen[figure]),
      ci95: interval(own[figure], ease.unseen[figure]),
    })),
  }
}
