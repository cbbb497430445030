/** Pure. Seasons of a shelf as rows of features, each asked about on the day it ended and, if it is still waited for, later. */
import { measure, settled, WIDTH } from './features'
import { type Counts, countSeasons, keysOf, type Rates } from './rates'
import { askedOn, historyAt, type Outcome, returnedOf, type Shelf } from './shows'
import type { DayNumber, SeasonRow } from './types'

/** Days after a season's end on which it is asked about. The hazard's periods end where the next begins. */
export const AGES = [0, 180, 365] as const

/** What a model is asked about, beside its features. */
export interface Asked {
  row: SeasonRow & { premiere: DayNumber }
  asOf: DayNumber
  /** The answer where it was known on the day already. */
  settled: boolean | null
}

/** One question with its answer, as far as the file has it. */
export interface Example extends Asked {
  outcome: Outcome
  ageDays: number
  returned: boolean | null
}

/** Examples and their features, WIDTH numbers each, one after the other. */
export interface Table {
  examples: Example[]
  values: Float32Array
}

/** Counts of what became of a shelf's seasons; with `until` no day after a source's last is ever asked about. */
export function countsOf(outcomes: readonly Outcome[], until?: ReadonlyMap<string, DayNumber>): Counts {
  return countSeasons(
    outcomes.map(({ row, gapDays }) => ({
      premiere: row.premiere,
      gapDays,
      source: row.source,
      keys: keysOf(row),
    })),
    until,
  )
}

/** Asks about every outcome at some ages, leaving out those whose successor had come by then. */
export function tableOf(
  shelf: Shelf,
  outcomes: readonly Outcome[],
  rates: Rates,
  ages: readonly number[] = AGES,
): Table {
  const examples: Example[] = []
  const values = new Float32Array(outcomes.length * ages.length * WIDTH)
  for (const outcome of outcomes)
    for (const ageDays of ages) {
      const asOf = askedOn(outcome, ageDays)
      const { show, row, gapDays } = outcome
      if (ageDays > 0 && gapDays !== null && row.premiere + gapDays <= asOf) continue
      const question = { history: historyAt(shelf, show, row.season, asOf), season: row.season, asOf }
      measure(question, rates, values, examples.length * WIDTH)
      examples.push({
        outcome,
        row,
        ageDays,
        asOf,
        returned: returnedOf(outcome),
        settled: settled(question),
      })
    }
  return { examples, values: values.subarray(0, examples.length * WIDTH) }
}

/** Some rows of a table, as columns or as rows. */
export const columnsOf = ({ values }: Table, places: readonly number[]): Float32Array[] =>
  Array.from({ length: WIDTH }, (_, f) => Float32Array.from(places, (i) => values[i * WIDTH + f]!))

export function rowsOf({ values }: Table, places: readonly number[]): Float32Array {
  const rows = new Float32Array(places.length * WIDTH)
  for (const [k, i] of places.entries()) rows.set(values.subarray(i * WIDTH, (i + 1) * WIDTH), k * WIDTH)
  return rows
}

/** The places of a table that hold for a test. */
export function placesWhere(
  { examples }: Table,
  test: (example: Example, place: number) => boolean,
): number[] {
  return examples.flatMap((example, i) => (test(example, i) ? [i] : []))
}
