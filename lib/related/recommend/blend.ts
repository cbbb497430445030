import type { SparseRows } from '@/lib/learning/sparse'
import { eachIn, sparseRows } from '@/lib/learning/sparse'
import { denseScorer, type EaseOptions, easeWeights } from './ease'
import { sparseScorer, walkWeights } from './neighbours'
import type { Scorer } from './types'

/** How much a title somebody has seen but did not like says, beside one they liked. */
export const SEEN_TASTE = 0.5

/** Of more titles than this EASE takes the most followed: its square of weights is 288 MB then. */
export const WARM_TITLES_MAX = 6_000

/** How the two models are learned, and how much of the word goes to walks. */
export interface BlendOptions {
  ease: EaseOptions
  walks: { count: number; popularityPower: number }
  walkShare: number
}

/**
 * Chosen by cross-validation on training rows (readers of anime and of films alike): EASE in which heavy readers
 * count for less, popular titles are held shorter and paid less; a quarter of the word goes to walks, which know
 * the rare titles better.
 */
export const BLEND: BlendOptions = {
  ease: { ridge: 100, ridgeShare: 0.5, readerPower: 0.5, popularityPower: 0.1 },
  walks: { count: 200, popularityPower: 0.7 },
  walkShare: 0.25,
}

/**
 * The blended model: EASE over the warm titles and RP3beta over all, each normed over what the reader has not
 * seen, then added. A title that is not warm rests on walks alone, in the middle of what EASE says. It learns from
 * `taste` and scores for the rows of `readers`, who may be others.
 */
export function blendScorer(
  taste: SparseRows,
  options: BlendOptions = BLEND,
  readers = taste,
  warmMax = WARM_TITLES_MAX,
): Scorer {
  const size = Math.min(taste.columns, warmMax)
  const ease = normed(readers, denseScorer(readers, easeWeights(taste, size, options.ease)), size)
  const walks = normed(readers, sparseScorer(readers, walkWeights(taste, options.walks)), taste.columns)
  const other = new Float64Array(taste.columns)
  return (reader, into) => {
    ease(reader, into)
    walks(reader, other)
    for (let j = 0; j < into.length; j++)
      into[j] = (1 - options.walkShare) * into[j]! + options.walkShare * other[j]!
  }
}

/**
 * For the rows beside titles. Walks alone spread them enough there: a held-out title is found beside another at
 * least as often as by EASE, with three quarters of its inequality; correcting EASE too finds fewer.
 */
export const RELATED_BLEND: BlendOptions = { ...BLEND, ease: { ...BLEND.ease, popularityPower: 0 } }

/** Readers who follow one title each: what is recommended to them is what goes with that title. */
export function oneTitleReaders(titles: number): SparseRows {
  return sparseRows(
    Array.from({ length: titles }, (_, i) => new Map([[i, 1]])),
    titles,
  )
}

/** Mean 0 and deviation 1 over the first `size` titles without the reader's own; the rest keep 0. */
function normed(taste: SparseRows, score: Scorer, size: number): Scorer {
  return (reader, into) => {
    score(reader, into)
    let [count, sum, squares] = [0, 0, 0]
    const own = new Set<number>()
    eachIn(taste, reader, (i) => own.add(i))
    for (let j = 0; j < size; j++) {
      if (own.has(j)) continue
      count++
      sum += into[j]!
      squares += into[j]! ** 2
    }
    const middle = count ? sum / count : 0
    const deviation = count ? Math.sqrt(Math.max(0, squares / count - middle ** 2)) : 0
    for (let j = 0; j < size; j++) into[j] = deviation > 0 ? (into[j]! - middle) / deviation : 0
  }
}
