/** Judging the learned order on sources it never learned from. */

import { type Forest, SETTINGS, type Settings } from '@/lib/learning/trees'
import { FEATURES, type Mode, type Rows, rowsOf, withTaste } from '@/lib/related/engine'
import { type Learned, type Lesson, learn, prepare, silence } from '@/lib/related/learn'

/** A source judged: its candidates measured, and a forest that never learned from it. */
export interface Trial {
  name: string
  source: number
  rows: Rows
  forest: Forest
}

/** Judges some sources of a lesson by what was learned. */
export function judge(
  { name, engine }: Lesson,
  { taste, forest }: Learned,
  sources: Iterable<number>,
  each: (trial: Trial) => void,
): void {
  const tasting = withTaste(engine, taste)
  for (const source of sources) each({ name, source, rows: rowsOf(tasting, source), forest })
}

/** Parts of a fold: with 10 folds a part is a fiftieth of the sources. */
const PARTS = 5

/**
 * Cross-validation: the sources of every set are dealt into `folds`; `each` gets every source once, with a forest that
 * learned from the other folds alone. Who teaches never hears a judged fold: nothing its sources say is evidence. A
 * judged source is asked as one that nobody has asked yet: it and the others of its part of the fold are silent,
 * everybody else is evidence. To hide its own pairs alone would tell what it names by who has lost a namer.
 */
export function crossValidate(
  lessons: Lesson[],
  mode: Mode,
  {
    folds,
    random,
    share = 1,
    settings = SETTINGS,
    report,
    each,
  }: {
    folds: number
    random: () => number
    /** How much of the other folds teaches, 0 to 1. */
    share?: number
    settings?: Settings
    report?: (line: string) => void
    each: (trial: Trial) => void
  },
): void {
  const parts = folds * PARTS
  const fates = new Map(
    lessons.map(({ name, named }) => {
      const fate = () => ({ part: Math.floor(random() * parts), luck: random() })
      return [name, new Map([...named.keys()].map((source) => [source, fate()]))]
    }),
  )
  // A title that names nobody has no fate: it neither teaches nor is judged nor could be silent.
  const fateIn = ({ name }: Pick<Lesson, 'name'>, title: number) =>
    fates.get(name)!.get(title) ?? { part: -1, luck: 1 }
  // By facts alone nothing measured hangs on who is silent.
  const byFacts = mode === 'content' ? lessons.map(prepare) : null
  for (let fold = 0; fold < folds; fold++) {
    const isJudged = (lesson: Pick<Lesson, 'name'>, source: number) =>
      fateIn(lesson, source).part % folds === fold
    const learned = learn(
      byFacts ?? lessons.map((lesson) => prepare(silence(lesson, (source) => isJudged(lesson, source)))),
      FEATURES[mode].length,
      random,
      (lesson, source) => !isJudged(lesson, source) && fateIn(lesson, source).luck < share,
      settings,
    )
    for (const lesson of lessons)
      for (let part = fold; part < parts; part += folds) {
        const isSilent = (title: number) => fateIn(lesson, title).part === part
        const sources = [...lesson.named.keys()].filter(isSilent)
        judge(silence(lesson, isSilent), learned, sources, each)
      }
    report?.(`fold ${fold + 1} of ${folds} judged`)
  }
}
