/** Pure. Learning a forecast from a shelf of seasons. */
import { median } from '@/lib/learning/metrics'
import { foldsByGroup } from '@/lib/learning/splits'
import { WIDTH } from './features'
import { fitGaps } from './gaps'
import { type ForecastModel, featureCodes } from './model'
import { Rates } from './rates'
import { fitRenewal } from './renewal'
import { type Outcome, outcomesOf, type Shelf } from './shows'
import { AGES, countsOf, type Table, tableOf } from './table'

/** One show in so many calibrates what the others taught. */
const CALIBRATING = 5

/** What is usual of each feature, by source. */
function usualOf({ examples, values }: Table): ForecastModel['usual'] {
  const usual: ForecastModel['usual'] = {}
  for (const source of [...new Set(examples.map(({ row }) => row.source))].sort()) {
    const own = examples.flatMap(({ row, ageDays }, i) => (row.source === source && ageDays === 0 ? [i] : []))
    usual[source] = Array.from({ length: WIDTH }, (_, f) => median(own.map((i) => values[i * WIDTH + f]!)))
  }
  return usual
}

/**
 * Learns from the outcomes of a shelf that `keep` names, or all. Chance (folds, the features a tree sees) comes from
 * `random`: the same shelf and seed give the same model. `rates` may be given where the shelf's are counted already.
 */
export function train(
  shelf: Shelf,
  random: () => number,
  {
    keep = () => true,
    report,
  }: { keep?: (outcome: Outcome) => boolean; report?: (line: string) => void } = {},
): ForecastModel {
  const all = outcomesOf(shelf)
  const outcomes = all.filter(keep)
  const table = tableOf(shelf, outcomes, new Rates([countsOf(outcomes)]), AGES)
  report?.(`${outcomes.length} seasons of ${new Set(outcomes.map(({ show }) => show)).size} shows measured`)
  return learn(table, countsOf(outcomes, shelf.endOfSource), random, report)
}

/** The same from a table measured already; `counts` are what the model keeps of networks. */
export function learn(
  table: Table,
  counts: ForecastModel['counts'],
  random: () => number,
  report?: (line: string) => void,
): ForecastModel {
  const names = table.examples.map(({ outcome }) => outcome.show.name)
  const folds = foldsByGroup(names, CALIBRATING, random)
  const calibrates = new Set(names.filter((_, i) => folds[i] === 0))
  const renewal = fitRenewal(table, ({ outcome }) => calibrates.has(outcome.show.name), random)
  report?.('renewal learned')
  const gaps = fitGaps(table, random)
  report?.('gaps learned')
  return { version: 1, features: featureCodes(), renewal, gaps, counts, usual: usualOf(table) }
}
