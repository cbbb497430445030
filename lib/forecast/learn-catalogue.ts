/** Pure. Learning a forecast from the catalogue, and which classes of shows it then knows enough of. */
import { isFollowed, shelfAt, type CatalogueShow } from './from-catalogue'
import type { ForecastModel } from './model'
import { outcomesOf, returnedOf, type Outcome, type Shelf } from './shows'
import { train } from './train'
import type { DayNumber } from './types'

/** A class is spoken of where so many of its seasons taught, and so many of them went either way. */
const SEASONS_MIN = 50
const EITHER_MIN = 5

/** The seasons that teach: those of which it would be known whether another came. */
export const lessonsOf = (shelf: Shelf): Outcome[] => outcomesOf(shelf).filter(isFollowed)

/** Learns from the catalogue as it stood on a day. The same catalogue and chance give the same model. */
export function learnCatalogue(
  shows: readonly CatalogueShow[],
  asOf: DayNumber,
  random: () => number,
  report?: (line: string) => void,
): ForecastModel {
  return train(shelfAt(shows, asOf), random, { keep: isFollowed, report })
}

/** The classes that enough seasons taught, with how many. */
export function classesKnown(lessons: readonly Outcome[]): Record<string, number> {
  const counts = new Map<string, [all: number, returned: number]>()
  for (const lesson of lessons) {
    const [all, returned] = counts.get(lesson.row.source) ?? [0, 0]
    counts.set(lesson.row.source, [all + 1, returned + Number(returnedOf(lesson))])
  }
  return Object.fromEntries(
    [...counts]
      .filter(
        ([, [all, returned]]) =>
          all >= SEASONS_MIN && returned >= EITHER_MIN && all - returned >= EITHER_MIN,
      )
      .map(([name, [all]]) => [name, all] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  )
}
