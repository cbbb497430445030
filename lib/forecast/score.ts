/** Pure. How good forecasts were: by figure, by source, with the spread that another draw of shows would give. */
import { auc, brier, calibrationError, logLoss, mean, median } from '@/lib/learning/metrics'
import { bootstrap95 } from '@/lib/learning/splits'
import type { Interval } from './types'

/** A season judged: what was said of it, and what happened, as far as the file tells. */
export interface Judged {
  source: string
  /** The show's name: resamples are of whole shows. */
  name: string
  ageDays: number
  chance: number
  returned: boolean | null
  gapDays: number | null
  saidGapDays: number | null
  windows: [Interval, Interval, Interval] | null
}

type Between = [number, number] | null

export interface RenewalFigures {
  n: number
  base_rate: number | null
  brier: number | null
  log_loss: number | null
  auc: number | null
  ece: number | null
  ci95: Record<'brier' | 'log_loss' | 'auc' | 'ece', Between>
}

export interface GapFigures {
  n: number
  mae_days: number | null
  median_ae_days: number | null
  coverage50: number | null
  coverage80: number | null
  coverage95: number | null
  /** Mean widths. */
  width80_days: number | null
  ci95: Record<'mae_days' | 'median_ae_days' | 'coverage80' | 'width80_days', Between>
}

export interface Figures {
  renewal: RenewalFigures
  gap: GapFigures
  after180: { renewal: RenewalFigures }
  after365: { renewal: RenewalFigures }
}

export interface Scores extends Figures {
  by_source: Record<string, Figures>
}

/** A figure as JSON has it: what cannot be told (no seasons, all of one kind) is null. */
const told = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null)

function intervals<K extends string>(
  judged: readonly Judged[],
  figures: Record<K, (some: readonly Judged[]) => number>,
  random: () => number,
): Record<K, Between> {
  const names = judged.map(({ source, name }) => `${source}|${name}`)
  return Object.fromEntries(
    (Object.keys(figures) as K[]).map((figure) => {
      const found = bootstrap95(names, (places) => figures[figure](places.map((i) => judged[i]!)), random)
      return [figure, found && [told(found[0])!, told(found[1])!]]
    }),
  ) as Record<K, Between>
}

const chancesOf = (judged: readonly Judged[]) => judged.map(({ chance }) => chance)
const happened = (judged: readonly Judged[]) => judged.map(({ returned }) => Number(returned))

const RENEWAL = {
  brier: (judged: readonly Judged[]) => brier(chancesOf(judged), happened(judged)),
  log_loss: (judged: readonly Judged[]) => logLoss(chancesOf(judged), happened(judged)),
  auc: (judged: readonly Judged[]) => auc(chancesOf(judged), happened(judged)),
  ece: (judged: readonly Judged[]) => calibrationError(chancesOf(judged), happened(judged)),
}

function renewalFigures(judged: readonly Judged[], random: () => number): RenewalFigures {
  const known = judged.filter(({ returned }) => returned !== null)
  return {
    n: known.length,
    base_rate: told(mean(happened(known))),
    brier: told(RENEWAL.brier(known)),
    log_loss: told(RENEWAL.log_loss(known)),
    auc: told(RENEWAL.auc(known)),
    ece: told(RENEWAL.ece(known)),
    ci95: intervals(known, RENEWAL, random),
  }
}

const off = ({ gapDays, saidGapDays }: Judged) => Math.abs(gapDays! - saidGapDays!)
const covers = (judged: readonly Judged[], which: 0 | 1 | 2) =>
  mean(
    judged.map(({ gapDays, windows }) => {
      const { low, high } = windows![which]
      return Number(low <= gapDays! && gapDays! <= high)
    }),
  )

const GAP = {
  mae_days: (judged: readonly Judged[]) => mean(judged.map(off)),
  median_ae_days: (judged: readonly Judged[]) => median(judged.map(off)),
  coverage80: (judged: readonly Judged[]) => covers(judged, 1),
  width80_days: (judged: readonly Judged[]) =>
    mean(judged.map(({ windows }) => windows![1].high - windows![1].low)),
}

function gapFigures(judged: readonly Judged[], random: () => number): GapFigures {
  const known = judged.filter(({ gapDays, windows }) => gapDays !== null && windows !== null)
  return {
    n: known.length,
    mae_days: told(GAP.mae_days(known)),
    median_ae_days: told(GAP.median_ae_days(known)),
    coverage50: told(covers(known, 0)),
    coverage80: told(GAP.coverage80(known)),
    coverage95: told(covers(known, 2)),
    width80_days: told(GAP.width80_days(known)),
    ci95: intervals(known, GAP, random),
  }
}

function figuresOf(judged: readonly Judged[], random: () => number): Figures {
  const at = (age: number) => judged.filter(({ ageDays }) => ageDays === age)
  return {
    renewal: renewalFigures(at(0), random),
    gap: gapFigures(at(0), random),
    after180: { renewal: renewalFigures(at(180), random) },
    after365: { renewal: renewalFigures(at(365), random) },
  }
}

/** All figures, over everything and by source. */
export function scoresOf(judged: readonly Judged[], random: () => number): Scores {
  const sources = [...new Set(judged.map(({ source }) => source))].sort()
  return {
    ...figuresOf(judged, random),
    by_source: Object.fromEntries(
      sources.map((source) => [
        source,
        figuresOf(
          judged.filter((one) => one.source === source),
          random,
        ),
      ]),
    ),
  }
}
