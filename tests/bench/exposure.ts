/**
 * How evenly lists spread what they show, and what that costs: readers' lists and the rows beside titles, by EASE
 * alone and by the blend, calibrated and without clones.
 *
 *   node --import tsx tests/bench/exposure.ts --interactions FILE.csv --min VALUE [--items FILE.csv] [--powers 0,.3] [--json]
 *
 * With `--powers`, also by blends that correct popularity by these powers. A fifth of each reader's rows is held
 * out (seed 1). `hits` of the rows beside titles: for a held-out title and each title the reader already likes, how
 * often the first is among the 12 beside the second. `items` has the columns item (or movieId) and genres, set apart
 * by commas or bars.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { cappedRecallAt, mean } from '../../lib/learning/ranking-metrics'
import { eachIn } from '../../lib/learning/sparse'
import {
  BLEND,
  type BlendOptions,
  blendScorer,
  oneTitleReaders,
  RELATED_BLEND,
} from '../../lib/related/recommend/blend'
import { denseScorer, easeWeights, strongest } from '../../lib/related/recommend/ease'
import { sparseScorer } from '../../lib/related/recommend/neighbours'
import {
  calibrate,
  genreDistance,
  genreLikeness,
  genreShares,
  type Scored,
  spread,
} from '../../lib/related/recommend/rerank'
import type { Scorer } from '../../lib/related/recommend/types'
import { EASE_RIDGE, listFor, prepare } from '../../lib/workshop/recommend/evaluate'
import { holdOut } from '../../lib/workshop/recommend/holdout'
import { readInteractions } from '../../lib/workshop/recommend/interactions'
import { coverage, exposure, gini } from '../../lib/workshop/recommend/metrics'

const { values } = parseArgs({
  options: {
    interactions: { type: 'string' },
    min: { type: 'string' },
    items: { type: 'string' },
    powers: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (!values.interactions || !values.min) throw new Error('--interactions FILE.csv and --min VALUE are wanted')

const rows = readInteractions(readFileSync(values.interactions, 'utf8'), values.interactions)
const { training, heldout } = holdOut(rows, 0.2, 1)
const study = prepare(training, heldout, Number(values.min))
const { items, liked, taste, judged } = study
const genresOf = readGenres(values.items)

function readGenres(file: string | undefined): string[][] {
  if (!file) return items.map(() => [])
  const records = parse(readFileSync(file, 'utf8'), { columns: true, bom: true }) as Record<string, string>[]
  const byItem = new Map(
    records.map((record) => [
      record.item ?? record.movieId,
      (record.genres ?? '')
        .split(/[,|]/)
        .map((genre) => genre.trim())
        .filter(Boolean),
    ]),
  )
  return items.map((item) => byItem.get(item) ?? [])
}

function show(name: string, figures: Record<string, number>): void {
  if (values.json) console.log(JSON.stringify({ name, ...figures }))
  else
    console.log(
      `${name.padEnd(44)} ${Object.entries(figures)
        .map(([key, value]) => `${key} ${value.toFixed(4)}`)
        .join('  ')}`,
    )
}

const historyOf = (reader: number) => {
  const own: { genres: string[] }[] = []
  eachIn(liked, reader, (i) => own.push({ genres: genresOf[i]! }))
  return genreShares(own)
}
const similarity = (list: number[]) => {
  const pairs = list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b] as const))
  return mean(pairs.map(([a, b]) => genreLikeness({ genres: genresOf[a]! }, { genres: genresOf[b]! })))
}

/** The figures of readers' lists of 20. */
function readerFigures(name: string, lists: number[][]): void {
  const counts = exposure(lists, items.length)
  show(name, {
    'recall@20': mean(lists.map((list, k) => cappedRecallAt(list, judged[k]!.wanted, 20))),
    gini: gini(counts),
    coverage: coverage(counts),
    ...(values.items
      ? {
          'distance to own genres': mean(
            lists.map((list, k) =>
              genreDistance(
                historyOf(judged[k]!.reader),
                genreShares(list.map((i) => ({ genres: genresOf[i]! }))),
              ),
            ),
          ),
          'likeness within': mean(lists.map(similarity)),
        }
      : {}),
  })
}

const POOL = 100
const scoredFor = (score: Scorer, reader: number): Scored[] => {
  const scores = new Float64Array(items.length)
  score(reader, scores)
  return listFor(score, reader, taste, POOL).map((i) => ({
    id: String(i),
    score: scores[i]!,
    genres: genresOf[i]!,
  }))
}
const numbers = (titles: Scored[]) => titles.map(({ id }) => Number(id))

const single = oneTitleReaders(items.length)
/** The figures of the 12 beside each title. */
function rowFigures(name: string, score: Scorer): void {
  const lists = items.map((_, i) => listFor(score, i, single, 12))
  const sets = lists.map((list) => new Set(list))
  let [hits, pairs] = [0, 0]
  for (const { reader, wanted } of judged)
    eachIn(liked, reader, (i) => {
      for (const j of wanted) {
        pairs++
        if (sets[i]!.has(j)) hits++
      }
    })
  const counts = exposure(lists, items.length)
  show(name, {
    hits: hits / pairs,
    gini: gini(counts),
    coverage: coverage(counts),
    'titles with 12': lists.filter((list) => list.length === 12).length / items.length,
  })
}

{
  const weights = easeWeights(liked, items.length, { ridge: EASE_RIDGE })
  const ease = denseScorer(liked, weights)
  readerFigures(
    'readers, EASE',
    judged.map(({ reader }) => listFor(ease, reader, taste, 20)),
  )
  const kept = sparseScorer(liked, strongest(weights))
  readerFigures(
    'readers, EASE by 100 weights a title',
    judged.map(({ reader }) => listFor(kept, reader, taste, 20)),
  )
  rowFigures('beside titles, EASE', denseScorer(single, weights))
}
{
  const blend = blendScorer(taste)
  readerFigures(
    'readers, blend',
    judged.map(({ reader }) => listFor(blend, reader, taste, 20)),
  )
  if (values.items) {
    const pools = judged.map(({ reader }) => scoredFor(blend, reader))
    for (const pull of [0.3, 0.5])
      readerFigures(
        `readers, blend calibrated (${pull})`,
        pools.map((pool, k) => numbers(calibrate(pool, historyOf(judged[k]!.reader), 20, pull))),
      )
    for (const variety of [0.1, 0.2])
      readerFigures(
        `readers, blend spread (${variety})`,
        pools.map((pool) => numbers(spread(pool, 20, variety))),
      )
  }
}
const power = (popularityPower: number): BlendOptions => ({
  ...BLEND,
  ease: { ...BLEND.ease, popularityPower },
})
for (const value of (values.powers ?? '').split(',').filter(Boolean).map(Number)) {
  readerFigures(
    `readers, blend, popularity ^ ${value}`,
    judged.map(
      (
        (score) =>
        ({ reader }) =>
          listFor(score, reader, taste, 20)
      )(blendScorer(taste, power(value))),
    ),
  )
  rowFigures(`beside titles, blend, popularity ^ ${value}`, blendScorer(taste, power(value), single))
}
rowFigures('beside titles, blend', blendScorer(taste, RELATED_BLEND, single))
