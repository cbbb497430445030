/**
 * Pure. How long until the next season, if it comes. Boosted trees say about how long (the logarithm of the gap, so that
 * own history, network and slot multiply) and how far such a word is usually off. The answer itself is a distribution:
 * how long it took the seasons of which the trees, never having seen them, said about the same. So a window has the shape
 * that such waits have, with its peak at the same week next year where shows keep a slot, and what it covers holds by
 * class (Mondrian conformal prediction, Vovk 2005; local by similarity, Guan 2023).
 */
import { median, quantile } from '@/lib/learning/metrics'
import { foldsByGroup } from '@/lib/learning/splits'
import {
  type Forest,
  forestScores,
  growForest,
  type Loss,
  SETTINGS,
  type Settings,
} from '@/lib/learning/trees'
import { FEATURES, WIDTH } from './features'
import { hasGap } from './shows'
import { type Asked, columnsOf, type Example, placesWhere, rowsOf, type Table } from './table'
import { type Interval, RENEWAL_DAYS } from './types'

/** Seasons that returned: what the trees said of each unseen, the show's gap before, and how long it took. */
export interface Neighbours {
  classes: string[]
  classOf: number[]
  logSaid: number[]
  logOff: number[]
  lastGap: number[]
  gapDays: number[]
}

/** A forest and what its scores are added to. */
interface Grown {
  forest: Forest
  start: number
}

export const SHARES = [0.5, 0.8, 0.95] as const

export interface Gaps {
  /** Two that differ in loss and depth; their mean speaks. */
  said: Grown[]
  off: Grown
  neighbours: Neighbours
  /** By class: the share of neighbours' weight that a window must hold to cover SHARES of unseen seasons. */
  levels: Record<string, [number, number, number]>
  /** By class: whether the median or the middle of the shortest half comes nearer. */
  centre: Record<string, 'median' | 'shorth'>
}

/** Absolute errors, rounded near zero so that Newton steps have a curve (`near` in log-days). */
const laplace = (near: number): Loss => ({
  start: ({ labels }) => median(labels),
  push: (label, score) => (label - score) / Math.hypot(label - score, near),
  sure: (label, score) => 1 / Math.hypot(label - score, near),
})

const SQUARES: Loss = {
  start: ({ labels }) => Array.from(labels).reduce((sum, label) => sum + label, 0) / labels.length,
  push: (label, score) => label - score,
  sure: () => 1,
}

/** Of the latest years a file holds only the short waits: the year would tell how short, and be wrong of the next. */
const WITHOUT = new Set([FEATURES.findIndex(({ code }) => code === 'year')])

const BASE: Settings = { ...SETTINGS, shrink: 5, leafMin: 10, columns: 0.3, without: WITHOUT }
const SAID: Settings[] = [
  { ...BASE, trees: 300, depth: 4, rate: 0.05, loss: laplace(0.1) },
  { ...BASE, trees: 200, depth: 5, rate: 0.04, loss: laplace(0.25) },
]
const OFF: Settings = { ...BASE, trees: 150, depth: 3, rate: 0.05, shrink: 10, leafMin: 20, loss: SQUARES }

const INNER_FOLDS = 4
const NEIGHBOURS = 80
/** In which units likeness is measured; another class is this much further. */
const SAID_UNIT = 0.15
const OFF_UNIT = 0.5
const GAP_UNIT = 0.2
const OTHER_CLASS = 4
const SMALLEST_OFF = 0.02

const LAST_GAP = FEATURES.findIndex(({ code }) => code === 'last-gap')

function grow(
  table: Table,
  places: readonly number[],
  labels: Float64Array,
  settings: Settings,
  random: () => number,
): Grown {
  const examples = {
    features: columnsOf(table, places),
    labels,
    weights: new Float64Array(places.length).fill(1),
  }
  return { forest: growForest(examples, random, settings), start: settings.loss!.start(examples) }
}

function saidOf(grown: readonly Grown[], rows: Float32Array): Float64Array {
  const all = grown.map(({ forest, start }) =>
    forestScores(forest, rows, WIDTH).map((score) => score + start),
  )
  return all[0]!.map((_, k) => all.reduce((sum, scores) => sum + scores[k]!, 0) / all.length)
}

/**
 * Learns from the seasons of a table that returned, asked about on the day they ended. Those whose source stops within
 * RENEWAL_DAYS of them do not teach: they are only known to have returned because they did so soon.
 */
export function fitGaps(table: Table, random: () => number): Gaps | null {
  const places = placesWhere(
    table,
    ({ outcome, ageDays }) => ageDays === 0 && hasGap(outcome) && outcome.followUpDays >= RENEWAL_DAYS,
  )
  if (places.length < NEIGHBOURS) return null
  const examples = places.map((i) => table.examples[i]!)
  const logGaps = Float64Array.from(examples, ({ outcome }) => Math.log(outcome.gapDays!))
  const folds = foldsByGroup(
    examples.map(({ outcome }) => outcome.show.name),
    INNER_FOLDS,
    random,
  )
  const grownOn = (keep: number[]) =>
    SAID.map((settings) =>
      grow(
        table,
        keep.map((k) => places[k]!),
        Float64Array.from(keep, (k) => logGaps[k]!),
        settings,
        random,
      ),
    )
  const all = [...places.keys()]
  const unseen = (predict: (keep: number[], rest: number[]) => Float64Array) => {
    const found = new Float64Array(places.length)
    for (let fold = 0; fold < INNER_FOLDS; fold++) {
      const rest = all.filter((k) => folds[k] === fold)
      const scores = predict(
        all.filter((k) => folds[k] !== fold),
        rest,
      )
      for (const [r, k] of rest.entries()) found[k] = scores[r]!
    }
    return found
  }
  const rowsAt = (some: number[]) =>
    rowsOf(
      table,
      some.map((k) => places[k]!),
    )
  const logSaid = unseen((keep, rest) => saidOf(grownOn(keep), rowsAt(rest)))
  const offs = logSaid.map((said, k) => Math.log(SMALLEST_OFF + Math.abs(logGaps[k]! - said)))
  const growOff = (keep: number[]) =>
    grow(
      table,
      keep.map((k) => places[k]!),
      Float64Array.from(keep, (k) => offs[k]!),
      OFF,
      random,
    )
  const logOff = unseen((keep, rest) => saidOf([growOff(keep)], rowsAt(rest)))
  const classes = [...new Set(examples.map(({ outcome }) => outcome.row.source))].sort()
  const neighbours: Neighbours = {
    classes,
    classOf: examples.map(({ outcome }) => classes.indexOf(outcome.row.source)),
    logSaid: Array.from(logSaid, rounded),
    logOff: Array.from(logOff, rounded),
    lastGap: places.map((i) => table.values[i * WIDTH + LAST_GAP]!),
    gapDays: examples.map(({ outcome }) => outcome.gapDays!),
  }
  return {
    said: grownOn(all),
    off: growOff(all),
    neighbours,
    ...calibrate(neighbours, folds, examples),
  }
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4

/** What is asked of the neighbours. */
interface Sought {
  source: string
  logSaid: number
  logOff: number
  lastGap: number
  /** Days waited already: who had come by then is no neighbour. */
  waitedDays: number
}

/** A weighted sample of waits, in order. */
export interface Waits {
  days: number[]
  weights: number[]
}

/** The smallest `k + 1` distances' largest (Hoare's selection), in place. */
function selected(values: Float64Array, k: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) continue
      const held = values[i]!
      values[i++] = values[j]!
      values[j--] = held
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k]!
}

function waitsOf(neighbours: Neighbours, sought: Sought, without?: (k: number) => boolean): Waits {
  const { classOf, logSaid, logOff, lastGap, gapDays } = neighbours
  const own = neighbours.classes.indexOf(sought.source)
  const distances = new Float64Array(gapDays.length)
  const logLast = sought.lastGap > 0 ? Math.log(sought.lastGap) : null
  let near = 0
  for (let k = 0; k < distances.length; k++) {
    if (gapDays[k]! <= sought.waitedDays || without?.(k)) {
      distances[k] = Infinity
      continue
    }
    near++
    const said = (logSaid[k]! - sought.logSaid) / SAID_UNIT
    const off = (logOff[k]! - sought.logOff) / OFF_UNIT
    const last = lastGap[k]!
    const gap =
      last > 0 !== (logLast !== null)
        ? 1
        : logLast === null
          ? 0
          : Math.min(1.5, Math.abs(Math.log(last) - logLast) / GAP_UNIT)
    distances[k] = said * said + off * off + gap * gap + (classOf[k] === own ? 0 : OTHER_CLASS)
  }
  if (near === 0) return { days: [], weights: [] }
  const reach = selected(Float64Array.from(distances), Math.min(NEIGHBOURS, near - 1)) + 1e-9
  const found: number[] = []
  for (let k = 0; k < distances.length; k++) if (distances[k]! <= reach) found.push(k)
  found.sort((a, b) => gapDays[a]! - gapDays[b]! || a - b)
  return {
    days: found.map((k) => gapDays[k]!),
    weights: found.map((k) => 1 - 0.9 * (distances[k]! / reach) ** 2),
  }
}

/** The shortest interval that holds a share of all weight, inside another where one is given. */
export function shortest({ days, weights }: Waits, share: number, inside?: Interval): Interval {
  const goal = share * weights.reduce((sum, weight) => sum + weight, 0) - 1e-9
  let best: Interval = inside ?? { low: days[0]!, high: days.at(-1)! }
  let end = 0
  let held = 0
  for (let begin = 0; begin < days.length; begin++) {
    while (end < days.length && held < goal) held += weights[end++]!
    if (held < goal) break
    const [low, high] = [days[begin]!, days[end - 1]!]
    const within = !inside || (low >= inside.low && high <= inside.high)
    if (within && high - low < best.high - best.low) best = { low, high }
    held -= weights[begin]!
  }
  return best
}

function middle({ days, weights }: Waits): number {
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2
  let held = 0
  for (const [k, day] of days.entries()) {
    held += weights[k]!
    if (held >= half) return day
  }
  return days.at(-1)!
}

function centreOf(waits: Waits, by: 'median' | 'shorth'): number {
  if (by === 'median') return middle(waits)
  const { low, high } = shortest(waits, 0.5)
  return (low + high) / 2
}

/** Days waited; where the successor came while the season still ran, nobody had begun to wait. */
const stillWaited = (waitedDays: number, gapDays: number | null) =>
  gapDays !== null && gapDays <= waitedDays ? 0 : waitedDays

const LEVELS = Array.from({ length: 41 }, (_, i) => 0.4 + i * 0.015)

/** Levels and centres by class, each season judged by neighbours of other folds. */
function calibrate(
  neighbours: Neighbours,
  folds: Uint8Array,
  examples: readonly Example[],
): Pick<Gaps, 'levels' | 'centre'> {
  const { classes, classOf, logSaid, logOff, lastGap, gapDays } = neighbours
  const waits = examples.map(({ asOf, outcome }, k) =>
    waitsOf(
      neighbours,
      {
        source: outcome.row.source,
        logSaid: logSaid[k]!,
        logOff: logOff[k]!,
        lastGap: lastGap[k]!,
        waitedDays: stillWaited(asOf - outcome.row.premiere, gapDays[k]!),
      },
      (other) => folds[other] === folds[k],
    ),
  )
  const levels: Gaps['levels'] = {}
  const centre: Gaps['centre'] = {}
  for (const [c, name] of classes.entries()) {
    const own = [...classOf.keys()].filter((k) => classOf[k] === c && waits[k]!.days.length > 0)
    const covered = LEVELS.map(
      (level) =>
        own.filter((k) => {
          const { low, high } = shortest(waits[k]!, level)
          return low <= gapDays[k]! && gapDays[k]! <= high
        }).length / own.length,
    )
    // A class of few seasons says little of its own: it is drawn towards the plain share.
    const trust = own.length / (own.length + 100)
    const [half, most, nearly] = SHARES.map((share) => {
      const at = covered.findIndex((found) => found >= share)
      return trust * (at < 0 ? 1 : LEVELS[at]!) + (1 - trust) * share
    })
    levels[name] = [half!, most!, nearly!]
    const error = (by: 'median' | 'shorth') =>
      quantile(
        own.map((k) => Math.abs(centreOf(waits[k]!, by) - gapDays[k]!)),
        0.5,
      )
    centre[name] = error('shorth') < error('median') ? 'shorth' : 'median'
  }
  return { levels, centre }
}

/** When the next season comes, if it comes, in days after the premiere of the last. */
export interface GapForecast {
  gapDays: number
  windows: [Interval, Interval, Interval]
}

/** Forecasts rows as they lie one after the other. */
export function gapForecasts(gaps: Gaps, rows: Float32Array, asked: readonly Asked[]): GapForecast[] {
  const said = saidOf(gaps.said, rows)
  const off = saidOf([gaps.off], rows)
  return asked.map(({ asOf, settled, row }, k) => {
    const { source } = row
    const waitedDays = settled ? 0 : asOf - row.premiere
    const waits = waitsOf(gaps.neighbours, {
      source,
      logSaid: said[k]!,
      logOff: off[k]!,
      lastGap: rows[k * WIDTH + LAST_GAP]!,
      waitedDays,
    })
    // Longer than anybody ever waited: as much again is all that can be said.
    if (waits.days.length === 0) {
      const whole = { low: waitedDays, high: 2 * waitedDays }
      return { gapDays: 1.5 * waitedDays, windows: [whole, whole, whole] }
    }
    const [half, most, nearly] = gaps.levels[source] ?? SHARES
    const p95 = shortest(waits, nearly)
    const p80 = shortest(waits, most, p95)
    const p50 = shortest(waits, half, p80)
    return {
      gapDays: centreOf(waits, gaps.centre[source] ?? 'median'),
      windows: [p50, p80, p95],
    }
  })
}

/** The log of the gap as the trees say it, for reasons. */
export const logGapSaid = (gaps: Gaps, rows: Float32Array): Float64Array => saidOf(gaps.said, rows)
