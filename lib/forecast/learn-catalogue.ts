/** Pure. Learning a forecast from the catalogue, and which classes of shows it then knows enough of. */
import { type CatalogueShow, isFollowed, isTold, shelfAt } from './from-catalogue'
import type { ForecastModel } from './model'
import { type Counts, Rates, remembered } from './rates'
import { dayNumber } from './read-seasons'
import { type Outcome, outcomesOf, type Shelf } from './shows'
import { countsOf, type Table, tableOf } from './table'
import { learn } from './train'
import type { DayNumber } from './types'

/** A class is spoken of where so many of its seasons taught, and so many of them went either way. */
const SEASONS_MIN = 100
const EITHER_MIN = 5

/** The seasons of which it would be known whether another came within the horizon. */
export const decidedOf = (shelf: Shelf): Outcome[] => outcomesOf(shelf).filter(isFollowed)

/** What a shelf teaches: all seasons as far as they were followed, rates from those that were followed to the end. */
export function lessonsOf(shelf: Shelf): { table: Table; counts: Counts; seasons: number } {
  const told = outcomesOf(shelf).filter(isTold)
  const decided = told.filter(isFollowed)
  return {
    table: tableOf(shelf, told, new Rates([countsOf(decided)])),
    counts: countsOf(decided, shelf.endOfSource),
    seasons: decided.length,
  }
}

/** The last day the catalogue's lists tell of; null where none tells of later seasons. */
export function endOfCatalogue(shows: readonly CatalogueShow[]): DayNumber | null {
  const days = shows.flatMap(({ until }) => until ?? []).sort()
  return days.length ? dayNumber(days.at(-1)!) : null
}

/** Leaves and weights beyond so many decimals move a chance by less than a hundredth of a per cent. */
const DECIMALS = 5
const rounded = (value: number) => Number(value.toFixed(DECIMALS))

const light = <F extends { leaves: ArrayLike<number> }>(forest: F) => ({
  ...forest,
  leaves: Float64Array.from(forest.leaves, rounded),
})

/** The model without what no forecast after its last day reads, its leaves and weights rounded. */
function lighter(model: ForecastModel): ForecastModel {
  const { renewal, gaps } = model
  const weights = Object.entries(renewal.hazard.weights).map(([term, weight]) => [term, rounded(weight)])
  return {
    ...model,
    renewal: {
      ...renewal,
      forest: light(renewal.forest),
      hazard: { ...renewal.hazard, weights: Object.fromEntries(weights) },
    },
    gaps: gaps && {
      ...gaps,
      said: gaps.said.map((grown) => ({ ...grown, forest: light(grown.forest) })),
      off: { ...gaps.off, forest: light(gaps.off.forest) },
    },
    counts: remembered(model.counts),
  }
}

/** Learns from the catalogue as it stood on a day. The same catalogue and chance give the same model. */
export function learnCatalogue(
  shows: readonly CatalogueShow[],
  asOf: DayNumber,
  random: () => number,
  report?: (line: string) => void,
): ForecastModel {
  const { table, counts, seasons } = lessonsOf(shelfAt(shows, asOf))
  report?.(`${table.examples.length} questions measured, ${seasons} seasons followed to the end`)
  return lighter(learn(table, counts, random, report))
}

/** The classes that enough seasons taught a model. */
export function classesKnown({ counts, usual }: Pick<ForecastModel, 'counts' | 'usual'>): Set<string> {
  const isKnown = (name: string) => {
    const months = Object.values(counts[name]?.months ?? {})
    const all = months.reduce((sum, [seasons]) => sum + seasons, 0)
    const returned = months.reduce((sum, [, came]) => sum + came, 0)
    return all >= SEASONS_MIN && returned >= EITHER_MIN && all - returned >= EITHER_MIN
  }
  return new Set(Object.keys(usual).filter(isKnown))
}
