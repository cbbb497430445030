/**
 * Pure. Whether a season may be forecast at all. The ledger goes first: where somebody has said when it comes, or that it
 * does not, an estimate would only blur what is known. Each answer says why, with the claims or the label that decide.
 *
 * - An announced day or window, a season that is on, one that was due: nothing is forecast.
 * - Final season, cancelled, ended, over: nothing; a revival is not forecast, nor is a return after more than three years.
 * - Running shows: their next episode comes as a matter of course.
 * - Ordered, filming, filmed: that it comes is no question any more; only the wait is forecast.
 * - Nobody has said anything: the chance and the wait.
 */
import type { ForecastAbsence, ForecastMilestone } from '@/db/schema/words'
import { type Day, daysBetween } from '@/lib/shared/day'
import type { SeasonStatus, ShowStatus } from '@/lib/status/types'
import { GAP_DAYS_MAX, RENEWAL_DAYS } from './types'

export type Unasked =
  | 'dated'
  | 'airing'
  | 'due'
  | 'final'
  | 'cancelled'
  | 'ended'
  | 'over'
  | 'running'
  | 'aged'
  | 'long-ago'
  | 'begun'

export type Standing =
  /** Nothing is forecast, and nothing need be said of that. */
  | {
      may: 'nothing'
      because: Unasked
      claimIds: string[]
      label: { provider: string; label: string } | null
    }
  /** With milestone `none` the chance and the wait; else the wait alone. */
  | { may: 'forecast'; milestone: ForecastMilestone; claimIds: string[] }

/** What the ledger says of a show and of the season waited for. */
export interface Asking {
  show: ShowStatus
  /** The season the show's status names as next. */
  next: { number: number; status: SeasonStatus } | null
  /** The premiere of the season before it, where a day is on record. */
  countedFrom: Day | null
  /** Soaps, talk, news, sport, games: new episodes come as a matter of course. */
  asAMatterOfCourse: boolean
  today: Day
}

const MILESTONES: Partial<Record<SeasonStatus['status'], ForecastMilestone>> = {
  unannounced: 'none',
  announced: 'announced',
  filming: 'filming',
  wrapped: 'wrapped',
}

/** What may be forecast of a show's next season. */
export function standingOf({ show, next, countedFrom, asAMatterOfCourse, today }: Asking): Standing {
  const nothing = (because: Unasked, claimIds: string[] = show.because): Standing => ({
    may: 'nothing',
    because,
    claimIds,
    label:
      claimIds.length === 0 && show.label ? { provider: show.label.provider, label: show.label.label } : null,
  })
  if (show.status === 'cancelled' || show.status === 'ended' || show.status === 'over')
    return nothing(show.status)
  if (show.status === 'running' || asAMatterOfCourse) return nothing('running')
  if (!next) return nothing('begun')
  const { status } = next
  if (status.stop) return nothing(status.stop.kind, status.stop.claimIds)
  if (status.status === 'dated') return nothing('dated', status.premiereBecause)
  if (status.status === 'airing') return nothing(status.finalSeason ? 'final' : 'airing', status.because)
  if (status.premiereState === 'due') return nothing('due', status.premiereBecause)
  const milestone = MILESTONES[status.status]
  if (!milestone) return nothing('begun', status.because)
  // After its last season a show has no next one; the last season itself may still be waited for.
  if (show.status === 'final-season' && milestone === 'none') return nothing('final')
  if (show.aged) return nothing('aged', status.because)
  const waitedDays = countedFrom ? daysBetween(countedFrom, today) : 0
  if (waitedDays >= (milestone === 'none' ? RENEWAL_DAYS : GAP_DAYS_MAX))
    return nothing('long-ago', status.because)
  return { may: 'forecast', milestone, claimIds: status.because }
}

/** What the model knows of a show. */
export interface Known {
  /** The last season with a day on record; null where there is none. */
  lastDated: number | null
  /** The season that is waited for. */
  next: number
  /** Some label says the show ran on after the last season on record. */
  ranOn: boolean
  class: string
  /** Classes that enough seasons taught. */
  classes: ReadonlySet<string>
  /** The last day on which somebody who would know had not told of a next season. */
  until: Day | null
  /** True where somebody has ordered the season: then no list need be asked whether it came. */
  ordered: boolean
  today: Day
}

/** Lists that stop longer ago than this cannot say that a season has not come. */
const STALE_DAYS = 365

/** Why the model knows too little of a show to say anything; null where it knows enough. */
export function absenceOf(known: Known): ForecastAbsence | null {
  if (known.ranOn || known.lastDated === null || known.lastDated + 1 !== known.next) return 'undated'
  if (!known.classes.has(known.class)) return 'class'
  if (!known.ordered && (!known.until || daysBetween(known.until, known.today) > STALE_DAYS)) return 'stale'
  return null
}

const WIDE_DAYS = 4 * 365.25

/** Whether the window that holds four in five is too wide to mean anything. */
export const isTooWide = ({ low, high }: { low: number; high: number }): boolean => high - low > WIDE_DAYS
