/** Pure. One season's forecast as a row, or why there is none. */
import { createHash } from 'node:crypto'
import type { ForecastAbsence, ForecastMilestone, ForecastReason } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'
import { forecastSeason } from './forecast'
import { historyOf } from './from-catalogue'
import { laterWindows } from './later'
import type { Forecaster } from './load-model'
import { dayOfNumber } from './read-seasons'
import type { Shelf, Show } from './shows'
import { absenceOf, isTooWide } from './standing'
import type { DayNumber, Interval } from './types'

/** A season to forecast: that it may be is decided already (`standingOf`). */
export interface Due {
  show: Show
  next: number
  milestone: ForecastMilestone
  ranOn: boolean
  /** The last day on which somebody who would know had not told of the season. */
  until: Day | null
}

/** What is said of a season, as the table has it. */
export interface Made {
  inputsHash: string
  class: string
  milestone: ForecastMilestone
  countedFrom: Day
  renewal: number | null
  median: Day
  low50: Day
  high50: Day
  low80: Day
  high80: Day
  low95: Day
  high95: Day
  reasons: ForecastReason[]
}

const thousandth = (value: number) => Math.round(value * 1000) / 1000

/** Forecasts one season on a day. */
export function makeOne(
  forecaster: Forecaster,
  shelf: Shelf,
  { show, next, milestone, ranOn, until }: Due,
  asOf: DayNumber,
): Made | ForecastAbsence {
  const told = historyOf(shelf, show, asOf)
  const absence = absenceOf({
    lastDated: told?.last.season ?? null,
    next,
    ranOn,
    class: show.source,
    classes: forecaster.classes,
    until,
    ordered: milestone !== 'none',
    today: dayOfNumber(asOf),
  })
  if (absence || !told) return absence ?? 'undated'
  const ordered = milestone !== 'none'
  const said = forecastSeason(forecaster.model, told.history, asOf, {
    rates: forecaster.rates,
    milestones: { renewed: ordered },
  })
  if (!said) return 'undated'
  const { premiere } = told.last
  const own = forecaster.later[show.source]
  const { p50, p80, p95 } = said.window
  const [half, most, nearly] = laterWindows(said.gapDays, [p50, p80, p95], own, asOf - premiere)
  if (isTooWide(most)) return 'wide'
  const days = ({ low, high }: Interval): [Day, Day] => [
    dayOfNumber(premiere + Math.floor(low)),
    dayOfNumber(premiere + Math.ceil(high)),
  ]
  const [low50, high50] = days(half)
  const [low80, high80] = days(most)
  const [low95, high95] = days(nearly)
  return {
    inputsHash: createHash('sha256')
      .update(JSON.stringify([told.history, asOf, milestone]))
      .digest('hex'),
    class: show.source,
    milestone,
    countedFrom: dayOfNumber(premiere),
    renewal: ordered ? null : thousandth(said.renewal),
    median: dayOfNumber(premiere + Math.round(said.gapDays)),
    low50,
    high50,
    low80,
    high80,
    low95,
    high95,
    reasons: said.reasons
      .filter(({ of }) => of === 'gap' || !ordered)
      .map(({ of, code, value, effect }) => ({
        of,
        code,
        value: thousandth(value),
        effect: thousandth(effect),
      })),
  }
}
