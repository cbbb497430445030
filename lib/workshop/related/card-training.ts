/** Learning the order of the cards from people's pairs whose two ends the site knows, and judging it on other sources. */

import { ndcgAt } from '@/lib/learning/ranking-metrics'
import { forestScores, type Settings } from '@/lib/learning/trees'
import { rowAt } from '@/lib/related/catalogue'
import { type RelatedIndex, withModel } from '@/lib/related/compared'
import { addTaste } from '@/lib/related/engine'
import { askedAt, CARD_FEATURES, CARD_TASTE, type CardModel, cardRows } from '@/lib/related/estimate'
import { type Learned, learn, namedBySource, type Prepared } from '@/lib/related/learn'
import { nearTo, ofNumber } from '@/lib/related/pool'
import { listAt } from '@/lib/related/rules'
import { type Scale, scaleOf } from '@/lib/related/scale'
import { type Known, meantBy } from '@/lib/related/seen'
import { Palate } from '@/lib/related/taste'
import type { Pair, RelatedTitle } from '@/lib/related/types'

/** Smaller than the forest that orders whole files: beyond this the cards gained nothing, and every list is made by it. */
const CARD_SETTINGS: Settings = { trees: 120, depth: 5, rate: 0.1, shrink: 5, columns: 0.4, leafMin: 50 }
const PLACES = 10

/** A set of pairs, by the numbers of the site's titles. */
export interface CardLesson {
  name: string
  named: Map<number, ReadonlySet<number>>
}

/** The pairs of a set whose two ends the site knows; `titles` and `shows` are the same, in one order. */
export function cardLesson(
  { catalogue }: RelatedIndex,
  site: { titles: RelatedTitle[]; shows: Known[] },
  set: { name: string; titles: Known[]; pairs: Pair[] },
): CardLesson {
  const meant = meantBy(set.titles, site.shows)
  const numberOf = (place: number) => {
    const show = meant[place]
    return typeof show === 'number' ? catalogue.numbers.get(site.titles[show]!.id) : undefined
  }
  const pairs = set.pairs.flatMap(({ source, related, weight }) => {
    const [from, to] = [numberOf(source), numberOf(related)]
    return from === undefined || to === undefined || from === to
      ? []
      : [{ source: from, related: to, weight }]
  })
  return { name: set.name, named: namedBySource(pairs) }
}

/** A lesson measured as cards are. */
function prepared(index: RelatedIndex, { name, named }: CardLesson): Prepared {
  const candidates = new Map(
    [...named.keys()].map((source) => [source, nearTo(index, ofNumber(index, source))] as const),
  )
  return {
    name,
    named,
    catalogue: index.catalogue,
    known: index.traits.known,
    candidatesOf: (source) => candidates.get(source)!,
    rows: new Map(
      [...candidates].map(([source, near]) => [source, cardRows(index, askedAt(index, source), near)]),
    ),
    tasteAt: CARD_TASTE,
  }
}

/** How many judge one another before the scale is set. */
const SCALE_FOLDS = 3

/** How to learn, and whom to tell how far it is. */
interface Learning {
  random: () => number
  report?: (line: string) => void
  settings?: Settings
}

/** What was learned without each fold, and the scale on which all of it is the chance that people name a title. */
interface Folds {
  foldOf: Map<number, number>
  learned: Learned[]
  scale: Scale
}

/** Learns once without each fold, and sets the scale by what each fold says of sources that taught it nothing. */
function learnFolds(
  index: RelatedIndex,
  lessons: Prepared[],
  { folds, random, report, settings = CARD_SETTINGS }: Learning & { folds: number },
): Folds {
  const sources = [...new Set(lessons.flatMap(({ named }) => [...named.keys()]))]
  const foldOf = new Map(sources.map((source) => [source, Math.floor(random() * folds)]))
  const learned: Learned[] = []
  const scores: number[] = []
  const labels: boolean[] = []
  for (let fold = 0; fold < folds; fold++) {
    const one = learn(
      lessons,
      CARD_FEATURES.length,
      random,
      (_, source) => foldOf.get(source) !== fold,
      settings,
    )
    learned.push(one)
    const palate = new Palate(index.catalogue, one.taste)
    for (const { named, rows } of lessons)
      for (const [source, right] of named) {
        if (foldOf.get(source) !== fold) continue
        const judged = rows.get(source)!
        addTaste(palate, rowAt(index.catalogue.rows, source), judged, { at: CARD_TASTE })
        scores.push(...forestScores(one.forest, judged.features, judged.width))
        for (const title of judged.titles) labels.push(right.has(title))
      }
    report?.(`fold ${fold + 1} of ${folds} learned`)
  }
  return { foldOf, learned, scale: scaleOf(scores, labels) }
}

/** Learns the order of the cards from all lessons together, and its scale from what parts of them say of the rest. */
export function learnCards(index: RelatedIndex, lessons: CardLesson[], learning: Learning): CardModel {
  const { random, settings = CARD_SETTINGS } = learning
  const ready = lessons.map((lesson) => prepared(index, lesson))
  const { scale } = learnFolds(index, ready, { ...learning, folds: SCALE_FOLDS })
  return { ...learn(ready, CARD_FEATURES.length, random, () => true, settings), scale }
}

/**
 * The nDCG@10 of the cards as they would be shown beside each source, by a model that learned nothing from the source,
 * in whichever set it stands; by set.
 */
export function crossValidateCards(
  index: RelatedIndex,
  lessons: CardLesson[],
  options: Learning & { folds: number },
): Map<string, number[]> {
  const ready = lessons.map((lesson) => prepared(index, lesson))
  const { foldOf, learned, scale } = learnFolds(index, ready, options)
  const indexes = learned.map((one) => withModel(index, { ...one, scale }))
  return new Map(
    lessons.map(({ name, named }) => [
      name,
      [...named].map(([source, right]) => {
        const cards = listAt(indexes[foldOf.get(source)!]!, source).map(({ title }) => title)
        return ndcgAt(cards, right, PLACES)
      }),
    ]),
  )
}
