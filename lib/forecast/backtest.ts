/**
 * Pure. The forecast as it would have done: at each origin a model learns from the catalogue as it could have been had on
 * that day, and is asked about the seasons that ended until the next origin, as of the day each ended. Beside it stands
 * the simplest that could be said instead: the rate and the median gap of the class.
 */
import { median, reliability } from '@/lib/learning/metrics'
import { baseline } from './evaluate'
import { type CatalogueShow, shelfAt } from './from-catalogue'
import { judge } from './judge'
import { type LaterByClass, laterOf, laterWindows } from './later'
import { decidedOf, lessonsOf } from './learn-catalogue'
import { Rates } from './rates'
import { type Figures, type Judged, type Scores, scoresOf } from './score'
import { countsOf, type Example, placesWhere, tableOf } from './table'
import { learn } from './train'
import type { DayNumber } from './types'

/** A bin of the reliability plot: how many, the mean chance said, the share that came. */
export interface ReliabilityBin {
  n: number
  said: number
  came: number
}

/** One forecast that was far off, by name. */
export interface Miss {
  slug: string
  title: string
  season: number
  class: string
  about: 'renewal' | 'gap'
  /** The chance that was said, or the days. */
  said: number
  /** 1 or 0 for came or not, or the days. */
  happened: number
}

/** How a class fared, beside the simplest that could be said. */
export interface ClassRecord {
  renewal: {
    n: number
    came: number | null
    brier: number | null
    baseline_brier: number | null
    calibration_error: number | null
  }
  gap: {
    n: number
    /** The median wait from premiere to premiere. */
    usual_days: number | null
    median_error_days: number | null
    baseline_median_error_days: number | null
    covered50: number | null
    covered80: number | null
    covered95: number | null
    width80_days: number | null
    baseline_covered80: number | null
    baseline_width80_days: number | null
  }
}

export interface Backtest {
  /** First days of the periods forecast, and the last day of the catalogue. */
  origins: string[]
  until: string
  seasons: number
  all: ClassRecord
  by_class: Record<string, ClassRecord>
  reliability: ReliabilityBin[]
  misses: Miss[]
  /** What the latest origins teach of the classes, for forecasts made from now on. */
  later: LaterByClass
}

/** One line of a file of forecasts made in the backtest. */
export interface BacktestLine {
  slug: string
  title: string
  season: number
  judged: Judged
}

const digits = (value: number, places: number) => Number(value.toFixed(places))
const short = (value: number | null, places: number) => (value === null ? null : digits(value, places))

function recordOf(ours: Figures, simple: Figures, waits: number[]): ClassRecord {
  return {
    renewal: {
      n: ours.renewal.n,
      came: short(ours.renewal.base_rate, 3),
      brier: short(ours.renewal.brier, 4),
      baseline_brier: short(simple.renewal.brier, 4),
      calibration_error: short(ours.renewal.ece, 3),
    },
    gap: {
      n: ours.gap.n,
      usual_days: waits.length ? Math.round(median(waits)) : null,
      median_error_days: short(ours.gap.median_ae_days, 0),
      baseline_median_error_days: short(simple.gap.median_ae_days, 0),
      covered50: short(ours.gap.coverage50, 3),
      covered80: short(ours.gap.coverage80, 3),
      covered95: short(ours.gap.coverage95, 3),
      width80_days: short(ours.gap.width80_days, 0),
      baseline_covered80: short(simple.gap.coverage80, 3),
      baseline_width80_days: short(simple.gap.width80_days, 0),
    },
  }
}

const BINS = 10
/** So many origins back calibrate the next: what was longer ago says little of today. */
const LATER_ORIGINS = 2
const MISSES = 12

function missesOf(lines: readonly BacktestLine[]): Miss[] {
  const named = ({ slug, title, season, judged }: BacktestLine) => ({
    slug,
    title,
    season,
    class: judged.source,
  })
  const surprises = lines
    .filter(({ judged }) => judged.returned !== null)
    .map((line) => ({ line, off: Math.abs(line.judged.chance - Number(line.judged.returned)) }))
    .sort((a, b) => b.off - a.off || a.line.slug.localeCompare(b.line.slug))
    .slice(0, MISSES)
    .map(
      ({ line }): Miss => ({
        ...named(line),
        about: 'renewal',
        said: digits(line.judged.chance, 3),
        happened: Number(line.judged.returned),
      }),
    )
  const late = lines
    .filter(({ judged }) => judged.gapDays !== null && judged.saidGapDays !== null)
    .map((line) => ({ line, off: Math.abs(line.judged.gapDays! - line.judged.saidGapDays!) }))
    .sort((a, b) => b.off - a.off || a.line.slug.localeCompare(b.line.slug))
    .slice(0, MISSES)
    .map(
      ({ line }): Miss => ({
        ...named(line),
        about: 'gap',
        said: Math.round(line.judged.saidGapDays!),
        happened: line.judged.gapDays!,
      }),
    )
  return [...surprises, ...late]
}

const waitsOf = (lines: readonly BacktestLine[]) => lines.flatMap(({ judged }) => judged.gapDays ?? [])

/** What is told of forecasts and of the simplest beside them, in one object of a few kilobytes. */
export function backtestOf(
  lines: readonly BacktestLine[],
  simple: readonly Judged[],
  {
    origins,
    until,
    later,
    random,
  }: { origins: string[]; until: string; later: LaterByClass; random: () => number },
): Backtest {
  const ours: Scores = scoresOf(
    lines.map(({ judged }) => judged),
    random,
  )
  const theirs: Scores = scoresOf(simple, random)
  const first = lines.filter(({ judged }) => judged.ageDays === 0)
  const decided = first.filter(({ judged }) => judged.returned !== null)
  return {
    origins,
    until,
    seasons: first.length,
    all: recordOf(ours, theirs, waitsOf(first)),
    by_class: Object.fromEntries(
      Object.entries(ours.by_source).map(([name, figures]) => [
        name,
        recordOf(
          figures,
          theirs.by_source[name]!,
          waitsOf(first.filter(({ judged }) => judged.source === name)),
        ),
      ]),
    ),
    reliability: reliability(
      decided.map(({ judged }) => judged.chance),
      decided.map(({ judged }) => Number(judged.returned)),
      BINS,
    ).map(({ count, said, happened }) => ({ n: count, said: digits(said, 3), came: digits(happened, 3) })),
    misses: missesOf(first),
    later: Object.fromEntries(
      Object.entries(later).map(([name, { stretch }]) => [
        name,
        { stretch: stretch.map((factor) => digits(factor, 3)) },
      ]),
    ),
  }
}

/** Forecasts every origin's seasons with what was known at it. */
export function backtest(
  shows: readonly CatalogueShow[],
  { origins, spanDays, until }: { origins: readonly DayNumber[]; spanDays: number; until: DayNumber },
  random: () => number,
  report?: (line: string) => void,
): { lines: BacktestLine[]; simple: Judged[]; later: LaterByClass } {
  const shelf = shelfAt(shows, until)
  const decided = decidedOf(shelf)
  const table = tableOf(shelf, decided, new Rates([countsOf(decided)]))
  const titles = new Map(shows.map(({ slug, title }) => [slug, title]))
  const lines: BacktestLine[] = []
  const simple: Judged[] = []
  /** As the models said it, an origin a list. */
  const said: Judged[][] = []
  const lately = () => laterOf(said.slice(-LATER_ORIGINS).flat())
  for (const [i, origin] of origins.entries()) {
    const { table: taught, counts, seasons } = lessonsOf(shelfAt(shows, origin))
    const tested = placesWhere(table, endedWithin(origin, spanDays))
    if (tested.length === 0 || taught.examples.length === 0) continue
    const model = learn(taught, counts, random)
    const plain = judge(model, table, tested)
    const later = lately()
    const judged = plain.map((one, k) => laterSaid(one, table.examples[tested[k]!]!, later))
    said.push(plain)
    for (const [k, place] of tested.entries()) {
      const { row } = table.examples[place]!
      lines.push({
        slug: row.show,
        title: titles.get(row.show) ?? row.show,
        season: row.season,
        judged: judged[k]!,
      })
    }
    simple.push(...baseline(taught, [...taught.examples.keys()], table, tested))
    report?.(`${seasons} seasons taught origin ${i + 1} of ${origins.length}; ${tested.length} asked`)
  }
  return { lines, simple, later: lately() }
}

/** A forecast as the origins before it calibrate it. */
function laterSaid(judged: Judged, { asOf, row }: Example, later: LaterByClass): Judged {
  const own = later[judged.source]
  const { saidGapDays, windows } = judged
  return {
    ...judged,
    windows:
      windows && saidGapDays !== null
        ? laterWindows(saidGapDays, windows, own, Math.min(asOf - row.premiere, windows[2].low))
        : windows,
  }
}

const endedWithin =
  (origin: DayNumber, spanDays: number) =>
  ({ asOf, ageDays }: Example) =>
    asOf - ageDays > origin && asOf - ageDays <= origin + spanDays
