/** Pure. Forecasting: one season with its reasons, or many at once. */
import { FEATURES, measure, settled, WIDTH } from './features'
import { type GapForecast, gapForecasts, logGapSaid } from './gaps'
import type { ForecastModel } from './model'
import { Rates } from './rates'
import { renewalChances } from './renewal'
import type { Asked } from './table'
import { type DayNumber, type History, type Reason, rowBy, type SeasonForecast } from './types'

/** What is said of each row: a chance, and a gap where the model knows enough to tell one. */
export interface Said {
  chances: Float64Array
  gaps: GapForecast[] | null
}

/** Forecasts rows of features as they lie one after the other. */
export function forecastRows(model: ForecastModel, rows: Float32Array, asked: readonly Asked[]): Said {
  return {
    chances: renewalChances(model.renewal, rows, asked),
    gaps: model.gaps && gapForecasts(model.gaps, rows, asked),
  }
}

/** Features that say one thing together; a reason is a group's. */
const GROUPS: [code: string, has: RegExp][] = [
  [
    'own-gaps',
    /^(last|median|least|most)-gap$|^gap-(before-last|trend)$|^last-gap-off-year$|^waited-of-gap$/,
  ],
  ['season', /^(season|age|seasons-known|undated-before|band-rate)$/],
  ['network', /^network-|^class:/],
  ['source', /^source/],
  ['episodes', /^(episodes|episodes-change|length|pace|runtime|runtime-change)$/],
  ['release', /^(all-at-once|global)$/],
  ['time', /^(year|month|weekday|asked-month)$/],
  ['waited', /^waited(-since-end)?$/],
  ['genre', /^genre:/],
  ['kind', /^(kind|material):|^cast$/],
  ['country', /^country:/],
  ['title', /^title:|^kin$/],
  ['other-lists', /elsewhere/],
]

/** The groups, each with the places of its features in a row. */
export const FEATURE_GROUPS = GROUPS.map(([code, has]) => ({
  code,
  features: FEATURES.flatMap((feature, f) => (has.test(feature.code) ? [f] : [])),
}))

/** Effects smaller than this are no reason; and so many are enough. */
const EFFECT_MIN = 0.05
const REASONS_MAX = 4

const odds = (chance: number) => Math.log(Math.max(1e-6, chance) / Math.max(1e-6, 1 - chance))

/**
 * What moved a forecast: by how much it would differ if a group of features were what is usual in its class. The value
 * beside a reason is that of the group's first feature that is not usual.
 */
function reasonsOf(model: ForecastModel, row: Float32Array, asked: Asked): Reason[] {
  const usual = model.usual[asked.row.source]
  if (!usual || asked.settled !== null) return []
  // What is usual moves nothing.
  const unusual = FEATURE_GROUPS.flatMap(({ code, features }) => {
    const telling = features.find((f) => row[f] !== Math.fround(usual[f]!))
    return telling === undefined ? [] : [{ code, features, telling }]
  })
  const rows = new Float32Array((unusual.length + 1) * WIDTH)
  for (let m = 0; m <= unusual.length; m++) rows.set(row, m * WIDTH)
  for (const [m, { features }] of unusual.entries())
    for (const f of features) rows[(m + 1) * WIDTH + f] = usual[f]!
  const chances = renewalChances(model.renewal, rows, [asked, ...unusual.map(() => asked)])
  const logGaps = model.gaps && logGapSaid(model.gaps, rows)
  const reasons = unusual.flatMap(({ code, telling }, m): Reason[] => {
    const value = row[telling]!
    const told: Reason[] = [{ of: 'renewal', code, value, effect: odds(chances[0]!) - odds(chances[m + 1]!) }]
    if (logGaps) told.push({ of: 'gap', code, value, effect: logGaps[0]! - logGaps[m + 1]! })
    return told
  })
  return (['renewal', 'gap'] as const).flatMap((of) =>
    reasons
      .filter((reason) => reason.of === of && Math.abs(reason.effect) >= EFFECT_MIN)
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
      .slice(0, REASONS_MAX),
  )
}

/**
 * The forecast of the season after the last that had premiered by a day; null where nothing had, where the next came by
 * then, or where the model knows no gaps. `milestones.renewed` (announced by whoever orders the show, by that day) makes
 * the chance 1 and leaves the wait as it is.
 */
export function forecastSeason(
  model: ForecastModel,
  history: History,
  asOf: DayNumber,
  {
    rates = new Rates([model.counts]),
    milestones,
  }: { rates?: Rates; milestones?: { renewed?: boolean } } = {},
): SeasonForecast | null {
  const last = history.seasons.findLast(
    ({ premiere, season }) => premiere !== null && premiere <= asOf && season > 0,
  )
  if (!last || last.premiere === null) return null
  const question = { history, season: last.season, asOf }
  const row = new Float32Array(WIDTH)
  if (!measure(question, rates, row, 0)) return null
  const asked: Asked = {
    row: { ...rowBy(last, asOf), premiere: last.premiere },
    asOf,
    settled: settled(question),
  }
  const { chances, gaps } = forecastRows(model, row, [asked])
  const gap = gaps?.[0]
  if (!gap) return null
  const [p50, p80, p95] = gap.windows
  return {
    renewal: milestones?.renewed ? 1 : chances[0]!,
    gapDays: gap.gapDays,
    window: { p50, p80, p95 },
    reasons: reasonsOf(model, row, asked),
    class: last.source,
  }
}
