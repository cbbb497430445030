/**
 * Pure. Windows calibrated by years that the model never saw. On years to come a wait is told worse than on unseen shows of
 * the model's own years: services change how they renew. How far earlier forecasts of a class were off, made at origins
 * before, stretches its windows about their middle until they would have held as often as they say (split conformal
 * prediction with normalised scores, Papadopoulos 2008). Moving the chances in the same way was tried and did not help.
 */
import { quantile } from '@/lib/learning/metrics'
import { SHARES } from './gaps'
import type { Judged } from './score'
import type { Interval } from './types'

/** What later years taught of a class. */
export interface Later {
  /** Factors of the windows' halves, of SHARES. */
  stretch: number[]
}

export type LaterByClass = Record<string, Later>

/** So many forecasts count as much as the wish to leave a class as it is. */
const PRIOR = 20
const STRETCH_MIN = 0.5
const STRETCH_MAX = 4

/** By which factor a window would just have held. */
function scoreOf({ gapDays, saidGapDays, windows }: Judged, which: number): number {
  const { low, high } = windows![which]!
  const off = gapDays! - saidGapDays!
  return off < 0 ? -off / Math.max(1, saidGapDays! - low) : off / Math.max(1, high - saidGapDays!)
}

function stretchOf(judged: readonly Judged[]): Later['stretch'] {
  const waits = judged.filter(({ gapDays, windows }) => gapDays !== null && windows !== null)
  const trust = waits.length / (waits.length + PRIOR)
  const [half, most, nearly] = SHARES.map((share, which) => {
    if (waits.length === 0) return 1
    const exact = Math.min(1, (share * (waits.length + 1)) / waits.length)
    const factor = quantile(
      waits.map((one) => scoreOf(one, which)),
      exact,
    )
    return Math.max(STRETCH_MIN, Math.min(STRETCH_MAX, factor)) ** trust
  })
  return [half!, most!, nearly!]
}

/** What forecasts of the day each season ended teach of their classes. */
export function laterOf(judged: readonly Judged[]): LaterByClass {
  const first = judged.filter(({ ageDays }) => ageDays === 0)
  const classes = [...new Set(first.map(({ source }) => source))].sort()
  return Object.fromEntries(
    classes.map((name) => {
      const own = first.filter(({ source }) => source === name)
      return [name, { stretch: stretchOf(own) }]
    }),
  )
}

/** Windows as later years have them: each holds the narrower ones, and none begins before the days waited already. */
export function laterWindows(
  centre: number,
  windows: readonly [Interval, Interval, Interval],
  later: Later | undefined,
  waitedDays: number,
): [Interval, Interval, Interval] {
  const [half, most, nearly] = windows.map(({ low, high }, which) => {
    const factor = later?.stretch[which] ?? 1
    return {
      low: Math.max(waitedDays, centre - factor * (centre - low)),
      high: centre + factor * (high - centre),
    }
  }) as [Interval, Interval, Interval]
  const around = (inner: Interval, outer: Interval) => ({
    low: Math.min(inner.low, outer.low),
    high: Math.max(inner.high, outer.high),
  })
  const p50 = { low: Math.min(half.low, half.high), high: Math.max(half.low, half.high) }
  const p80 = around(p50, most)
  return [p50, p80, around(p80, nearly)]
}
