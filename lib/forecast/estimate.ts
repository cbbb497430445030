/** Pure. What a page may say of a forecast: the newest row, where the ledger still leaves room for it. */
import type { ForecastAbsence } from '@/db/schema/words'
import { addDays, type Day } from '@/lib/shared/day'
import type { Made as Foretold } from './make'
import type { Standing } from './standing'
import { RENEWAL_DAYS } from './types'

/** A forecast row as the page reads it. */
export interface ForecastRow extends Omit<Foretold, 'inputsHash'> {
  number: number
  madeOn: Day
  model: string
}

export interface Made extends ForecastRow {
  kind: 'made'
  /** The last day of the horizon that the chance speaks of. */
  horizon: Day
}

/** What a page says beside the facts about the season waited for. */
export type Estimate = Made | { kind: 'absent'; number: number; because: ForecastAbsence }

/** An estimate that was not made anew for so long says nothing of today. */
export const SHOWN_DAYS = 45

/** What is said of a season on a day; null where the ledger leaves nothing to say, or nothing has been made. */
export function estimateOf(
  standing: Standing,
  number: number,
  row: ForecastRow | null,
  absence: { number: number; because: ForecastAbsence } | null,
  today: Day,
): Estimate | null {
  if (standing.may === 'nothing') return null
  const isOf = (one: { number: number } | null) => one?.number === number
  if (absence && isOf(absence)) return { kind: 'absent', ...absence }
  if (!row || !isOf(row) || row.milestone !== standing.milestone) return null
  if (row.madeOn > today || row.madeOn < addDays(today, -SHOWN_DAYS)) return null
  return { kind: 'made', ...row, horizon: addDays(row.countedFrom, RENEWAL_DAYS) }
}

/** A window to the month, as EDTF: its days would claim more than anybody knows. */
export const monthsOf = (low: Day, high: Day): string => {
  const [from, to] = [low.slice(0, 7), high.slice(0, 7)]
  return from === to ? from : `${from}/${to}`
}
