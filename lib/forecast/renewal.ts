/**
 * Pure. Whether a next season comes in time: the hazard and boosted trees, their log-odds averaged, then stretched and
 * moved for each class by shows neither had seen (Platt 1999, with a ridge towards leaving them as they are).
 */
import { fitLogistic, sparseRows } from '@/lib/learning/logistic'
import { type Forest, forestScores, growForest, SETTINGS, type Settings } from '@/lib/learning/trees'
import { WIDTH } from './features'
import { fitHazard, type Hazard, hazardChance } from './hazard'
import { type Asked, columnsOf, type Example, placesWhere, rowsOf, type Table } from './table'

export interface Renewal {
  forest: Forest
  /** Log-odds the trees start from. */
  start: number
  hazard: Hazard
  /** By class: what is added to the log-odds, and to their factor of 1. */
  calibration: Record<string, [shift: number, stretch: number]>
}

const TREES: Settings = {
  ...SETTINGS,
  trees: 220,
  depth: 4,
  rate: 0.07,
  shrink: 20,
  leafMin: 20,
  columns: 0.25,
}
/** The hazard's part of the blend. */
const HAZARD_SHARE = 0.35
/** A question asked later is mostly the same one again. */
const LATER_WEIGHT = 0.5
const CALIBRATION_RIDGE = 20
const ODDS_MAX = 7

const logit = (chance: number) => Math.max(-ODDS_MAX, Math.min(ODDS_MAX, Math.log(chance / (1 - chance))))
const chanceOf = (odds: number) => 1 / (1 + Math.exp(-odds))

const teaches = ({ returned, settled }: Example) => returned !== null && settled === null

function fitParts(
  table: Table,
  places: readonly number[],
  random: () => number,
): Omit<Renewal, 'calibration'> {
  const taught = places.filter((i) => teaches(table.examples[i]!))
  const labels = Uint8Array.from(taught, (i) => Number(table.examples[i]!.returned))
  const weights = Float64Array.from(taught, (i) => (table.examples[i]!.ageDays ? LATER_WEIGHT : 1))
  let returned = 0
  let all = 0
  for (let k = 0; k < labels.length; k++) {
    returned += weights[k]! * labels[k]!
    all += weights[k]!
  }
  const start = returned > 0 && returned < all ? Math.log(returned / (all - returned)) : 0
  const forest = growForest({ features: columnsOf(table, taught), labels, weights }, random, TREES)
  return { forest, start, hazard: fitHazard(table, places) }
}

/** Log-odds before calibration, of rows as they lie one after the other. */
function oddsOf(
  { forest, start, hazard }: Omit<Renewal, 'calibration'>,
  rows: Float32Array,
  examples: readonly Asked[],
): Float64Array {
  const scores = forestScores(forest, rows, WIDTH)
  return scores.map(
    (score, k) =>
      (1 - HAZARD_SHARE) * (score + start) +
      HAZARD_SHARE * logit(hazardChance(hazard, rows, k * WIDTH, examples[k]!)),
  )
}

/** Learns from a table; `heldOut` says which of its examples calibrate what was learned from the others. */
export function fitRenewal(
  table: Table,
  heldOut: (example: Example) => boolean,
  random: () => number,
): Renewal {
  const teach = placesWhere(table, (example) => !heldOut(example))
  const judge = placesWhere(table, (example) => heldOut(example) && teaches(example))
  const first = fitParts(table, teach, random)
  const odds = oddsOf(
    first,
    rowsOf(table, judge),
    judge.map((i) => table.examples[i]!),
  )
  const calibration: Renewal['calibration'] = {}
  for (const source of new Set(judge.map((i) => table.examples[i]!.outcome.row.source))) {
    const own = [...judge.keys()].filter((k) => table.examples[judge[k]!]!.outcome.row.source === source)
    calibration[source] = fitShift(
      own.map((k) => odds[k]!),
      own.map((k) => Number(table.examples[judge[k]!]!.returned)),
    )
  }
  return {
    ...fitParts(
      table,
      placesWhere(table, () => true),
      random,
    ),
    calibration,
  }
}

/** What best to add to log-odds and to their factor of 1; nothing, as far as the examples are few. */
function fitShift(odds: number[], labels: number[]): [number, number] {
  const rows = sparseRows(
    odds.map((odd) => [
      [0, 1],
      [1, odd],
    ]),
    2,
  )
  const counts = new Float64Array(labels.length).fill(1)
  const [shift, stretch] = fitLogistic(rows, labels, counts, [CALIBRATION_RIDGE / 4, CALIBRATION_RIDGE], {
    offsets: odds,
  })
  return [shift!, stretch!]
}

/** The chance of each example, asked on its day. What was settled by then is 1 or 0. */
export function renewalChances(
  renewal: Renewal,
  rows: Float32Array,
  examples: readonly Asked[],
): Float64Array {
  const odds = oddsOf(renewal, rows, examples)
  return odds.map((odd, k) => {
    const { settled, row } = examples[k]!
    if (settled !== null) return Number(settled)
    const [shift, stretch] = renewal.calibration[row.source] ?? [0, 0]
    return chanceOf(shift + (1 + stretch) * odd)
  })
}
