/** Pure. Forecasts of seasons whose outcome is known, made as of the day each ended and later. */
import { forecastRows } from './forecast'
import type { ForecastModel } from './model'
import { Rates } from './rates'
import type { Judged } from './score'
import { hasGap, outcomesOf, type Shelf } from './shows'
import { countsOf, type Example, rowsOf, type Table, tableOf } from './table'

/** What a model says of some examples of a table, beside what happened. */
export function judge(model: ForecastModel, table: Table, places: readonly number[]): Judged[] {
  const asked = places.map((i) => table.examples[i]!)
  const { chances, gaps } = forecastRows(model, rowsOf(table, places), asked)
  return asked.map((example, k) => judgedOf(example, chances[k]!, gaps?.[k] ?? null))
}

/** An example with what was said of it. */
export function judgedOf(
  { outcome, ageDays, returned, row }: Example,
  chance: number,
  gap: { gapDays: number; windows: Judged['windows'] } | null,
): Judged {
  return {
    source: row.source,
    name: outcome.show.name,
    ageDays,
    chance,
    returned,
    gapDays: hasGap(outcome) ? outcome.gapDays : null,
    saidGapDays: gap?.gapDays ?? null,
    windows: gap?.windows ?? null,
  }
}

/**
 * Judges a model on a shelf of other shows. Networks' rates are the model's, and what the shelf's own seasons add to them
 * by the day of each forecast.
 */
export function judgeShelf(model: ForecastModel, shelf: Shelf): Judged[] {
  const outcomes = outcomesOf(shelf)
  const table = tableOf(shelf, outcomes, new Rates([model.counts, countsOf(outcomes)]))
  return judge(model, table, [...table.examples.keys()])
}
