/** Learning the order from people's pairs. */

import {
  type Examples,
  type Forest,
  forestScores,
  growForest,
  meanForest,
  SETTINGS,
  type Settings,
} from '@/lib/learning/trees'
import { rowAt } from './catalogue'
import { addTaste, type Engine, type Rows, rowsOf, TASTE } from './engine'
import { silenced } from './evidence'
import { learnTaste, Palate, type Taste, type Lesson as TasteLesson } from './taste'
import type { Pair } from './types'

/** A set to learn from: its engine, and for each source the titles people named beside it. */
export interface Lesson {
  name: string
  engine: Engine
  named: Map<number, ReadonlySet<number>>
}

/** The titles named beside each source. */
export function namedBySource(pairs: Pair[]): Map<number, ReadonlySet<number>> {
  const named = new Map<number, Set<number>>()
  for (const { source, related } of pairs) {
    const set = named.get(source)
    if (set) set.add(related)
    else named.set(source, new Set([related]))
  }
  return named
}

/** A set with its rows measured once, whatever is learned from them how often. */
export interface Prepared extends TasteLesson {
  name: string
  rows: Map<number, Rows>
  /** Where in a row the taste is written. */
  tasteAt: number
}

export const prepare = ({ name, engine, named }: Lesson): Prepared => ({
  name,
  named,
  catalogue: engine.measured.catalogue,
  known: engine.measured.known,
  candidatesOf: (source) => engine.measured.candidates[source]!,
  rows: new Map([...named.keys()].map((source) => [source, rowsOf(engine, source)])),
  tasteAt: TASTE,
})

/** The lesson as it is where some sources were never asked: nothing they say is evidence, of whatever title. */
export const silence = (lesson: Lesson, isSilent: (source: number) => boolean): Lesson =>
  lesson.engine.evidence
    ? { ...lesson, engine: { ...lesson.engine, evidence: silenced(lesson.engine.evidence, isSilent) } }
    : lesson

/** Wrong candidates kept a source: the choice is blind, as a choice by rank would teach a false idea of rank. */
const WRONG_MAX = 80

/** Forests whose mean is the model: each sees other wrong candidates and is grown by another chance (bagging, Breiman 1996). */
const FORESTS = 2

/**
 * Learns a taste, and writes it into the rows it will be judged by: each half of the sources by what the other half
 * taught, as rows that taught it themselves would make it look better than it is.
 */
function tasteFor(
  lessons: Prepared[],
  random: () => number,
  includes: (lesson: Prepared, source: number) => boolean,
): Taste {
  const halves = lessons.map(
    ({ named }) => new Map([...named.keys()].map((source) => [source, random() < 0.5])),
  )
  const taught = (takes: (half: boolean) => boolean) =>
    learnTaste(
      lessons.map((lesson, i) => ({
        ...lesson,
        named: new Map(
          [...lesson.named].filter(([source]) => includes(lesson, source) && takes(halves[i]!.get(source)!)),
        ),
      })),
      random,
    )
  for (const half of [true, false]) {
    const taste = taught((other) => other !== half)
    lessons.forEach(({ catalogue, rows, tasteAt }, i) => {
      const palate = new Palate(catalogue, taste)
      for (const [source, own] of rows)
        if (halves[i]!.get(source) === half)
          addTaste(palate, rowAt(catalogue.rows, source), own, { at: tasteAt })
    })
  }
  return taught(() => true)
}

/** What is learned: which terms go together, and how everything measured is weighed. */
export interface Learned {
  taste: Taste
  forest: Forest
}

/**
 * The candidates that teach: of each source everything named and some of what is not. A small set counts for more a
 * source than a large one (by the root of its size), or the largest would be all that is learned.
 */
function examplesOf(
  lessons: Prepared[],
  width: number,
  random: () => number,
  includes: (lesson: Prepared, source: number) => boolean,
): Examples {
  const chosen: { rows: Rows; row: number }[] = []
  const labels: number[] = []
  const weights: number[] = []
  for (const lesson of lessons) {
    const sources = [...lesson.named.keys()].filter((source) => includes(lesson, source))
    const weight = Math.sqrt(1000 / Math.max(1, sources.length))
    for (const source of sources) {
      const rows = lesson.rows.get(source)!
      const named = lesson.named.get(source)!
      const keep = WRONG_MAX / Math.max(1, rows.titles.length - named.size)
      rows.titles.forEach((title, row) => {
        const right = named.has(title)
        if (!right && random() >= keep) return
        chosen.push({ rows, row })
        labels.push(right ? 1 : 0)
        weights.push(weight)
      })
    }
  }
  const features = Array.from({ length: width }, (_, f) => {
    const column = new Float32Array(chosen.length)
    chosen.forEach(({ rows, row }, i) => {
      column[i] = rows.features[row * width + f]!
    })
    return column
  })
  return { features, labels: Uint8Array.from(labels), weights: Float64Array.from(weights) }
}

/** Learns a taste, and a forest over rows of `width` features, from the sources that `includes` takes. */
export function learn(
  lessons: Prepared[],
  width: number,
  random: () => number,
  includes: (lesson: Prepared, source: number) => boolean = () => true,
  settings: Settings = SETTINGS,
): Learned {
  const taste = tasteFor(lessons, random, includes)
  const forests = Array.from({ length: FORESTS }, () =>
    growForest(examplesOf(lessons, width, random, includes), random, settings),
  )
  return { taste, forest: meanForest(forests) }
}

/** The candidates of prepared rows by the forest's score. */
export function orderOf({ titles, features, width }: Rows, forest: Forest): number[] {
  const scores = forestScores(forest, features, width)
  return [...scores.keys()]
    .sort((a, b) => scores[b]! - scores[a]! || titles[a]! - titles[b]!)
    .map((c) => titles[c]!)
}
