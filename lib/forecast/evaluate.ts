/**
 * Pure. The forecast measured on shows it never saw, and on years it never saw, each beside the simplest that could be
 * said instead: the rate of the source's seasons of that number, the median gap of the source.
 */
import { median, quantile } from '@/lib/learning/metrics'
import { foldsByGroup } from '@/lib/learning/splits'
import { judge, judgedOf } from './judge'
import { Rates } from './rates'
import type { Titles } from './read-seasons'
import { type Judged, type Scores, scoresOf } from './score'
import { hasGap, outcomesOf, type Shelf, shelve } from './shows'
import { countsOf, type Example, placesWhere, type Table, tableOf } from './table'
import { learn } from './train'
import { type DayNumber, rowBy, type SeasonRow } from './types'

export interface Compared {
  forecast: Scores
  baseline: Scores
}

const BAND_MAX = 6
const bandOf = ({ row, ageDays }: Example) => `${row.source}|${ageDays}|${Math.min(row.season, BAND_MAX)}`

/** The simple rate and median, learned from some places of one table and said of some of another. */
export function baseline(
  from: Table,
  teach: readonly number[],
  table: Table,
  places: readonly number[],
): Judged[] {
  const rates = new Map<string, [returned: number, all: number]>()
  const gaps = new Map<string, number[]>()
  for (const i of teach) {
    const example = from.examples[i]!
    if (example.returned !== null) {
      const rate = rates.get(bandOf(example)) ?? [1, 2]
      rates.set(bandOf(example), [rate[0] + Number(example.returned), rate[1] + 1])
    }
    if (example.ageDays === 0 && hasGap(example.outcome)) {
      const own = gaps.get(example.row.source) ?? []
      gaps.set(example.row.source, [...own, example.outcome.gapDays!])
    }
  }
  const said = new Map(
    [...gaps].map(([source, days]) => {
      const around = (share: number) => ({
        low: quantile(days, (1 - share) / 2),
        high: quantile(days, (1 + share) / 2),
      })
      const windows: NonNullable<Judged['windows']> = [around(0.5), around(0.8), around(0.95)]
      return [source, { gapDays: median(days), windows }]
    }),
  )
  return places.map((i) => {
    const example = table.examples[i]!
    const [returned, all] = rates.get(bandOf(example)) ?? [1, 2]
    return judgedOf(example, returned / all, said.get(example.row.source) ?? null)
  })
}

/** Cross-validation: shows are dealt into folds by name, so that one that several lists have falls into one. */
export function acrossShows(
  shelf: Shelf,
  folds: number,
  random: () => number,
  report?: (line: string) => void,
): Compared {
  const outcomes = outcomesOf(shelf)
  const rates = new Rates([countsOf(outcomes)])
  const table = tableOf(shelf, outcomes, rates)
  report?.(`${outcomes.length} seasons measured`)
  const foldOf = foldsByGroup(
    table.examples.map(({ outcome }) => outcome.show.name),
    folds,
    random,
  )
  const judged: Judged[] = []
  const simple: Judged[] = []
  for (let fold = 0; fold < folds; fold++) {
    const teach = placesWhere(table, (_, i) => foldOf[i] !== fold)
    const tested = placesWhere(table, (_, i) => foldOf[i] === fold)
    // Rates are counted as of each day from other shows' seasons, whichever fold those are in.
    judged.push(...judge(learn(part(table, teach), {}, random), table, tested))
    simple.push(...baseline(table, teach, table, tested))
    report?.(`fold ${fold + 1} of ${folds} judged`)
  }
  return { forecast: scoresOf(judged, random), baseline: scoresOf(simple, random) }
}

function part(table: Table, places: readonly number[]): Table {
  const width = table.values.length / table.examples.length
  const values = new Float32Array(places.length * width)
  for (const [k, i] of places.entries())
    values.set(table.values.subarray(i * width, (i + 1) * width), k * width)
  return { examples: places.map((i) => table.examples[i]!), values }
}

/** Which rows anybody could have had on a day. */
export function knownBy(rows: readonly SeasonRow[], day: DayNumber): SeasonRow[] {
  return rows.flatMap((row) => (row.premiere === null || row.premiere > day ? [] : [rowBy(row, day)]))
}

/**
 * Rolling origin: at each origin a model learns from the rows of that day alone, and is asked about the seasons that ended
 * until the next origin, as of the day each ended.
 */
export function acrossTime(
  rows: readonly SeasonRow[],
  titles: Titles | null,
  origins: readonly DayNumber[],
  spanDays: number,
  random: () => number,
  report?: (line: string) => void,
): Compared {
  const shelf = shelve([...rows], titles)
  const outcomes = outcomesOf(shelf)
  const table = tableOf(shelf, outcomes, new Rates([countsOf(outcomes)]))
  const judged: Judged[] = []
  const simple: Judged[] = []
  for (const origin of origins) {
    const then = shelve(knownBy(rows, origin), titles)
    const known = outcomesOf(then)
    const taught = tableOf(then, known, new Rates([countsOf(known)]))
    const tested = placesWhere(
      table,
      ({ asOf, ageDays }) => asOf - ageDays > origin && asOf - ageDays <= origin + spanDays,
    )
    if (tested.length === 0 || taught.examples.length === 0) continue
    const model = learn(taught, countsOf(known, then.endOfSource), random)
    judged.push(...judge(model, table, tested))
    simple.push(...baseline(taught, [...taught.examples.keys()], table, tested))
    report?.(`origin ${origins.indexOf(origin) + 1} of ${origins.length} judged`)
  }
  return { forecast: scoresOf(judged, random), baseline: scoresOf(simple, random) }
}
