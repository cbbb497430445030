/** Pure. What became of a forecast: told only when it is known, since it is written down once. */
import { addDays, type Day, daysBetween } from '@/lib/shared/day'
import type { SeasonStatus, ShowStatus, Window } from '@/lib/status/types'
import { hasBegun } from '@/lib/status/words'
import { RENEWAL_DAYS } from './types'

/** A forecast that is not decided yet, and how its season stands. */
export interface Open {
  countedFrom: Day
  /** It was ordered already when it was forecast: only the wait is judged, and no horizon ends it. */
  ordered: boolean
  show: Pick<ShowStatus, 'status'>
  season: Pick<SeasonStatus, 'status' | 'checkedOn'>
  premiere: Window | null
  /** The last day told by the lists that follow the show. */
  until: Day | null
  today: Day
}

export interface Outcome {
  premieredOn: Day | null
  returned: boolean
}

const FINISHED = new Set<ShowStatus['status']>(['cancelled', 'ended', 'over'])
/** A premiere known to a month is judged as if it had been in the month's middle. */
const WINDOW_DAYS_MAX = 31

/**
 * - It premiered: known from the day on, and within the horizon or not.
 * - The horizon is over without it: known once somebody looked after that, or the show is finished. A show that was
 *   cancelled is not judged before, for it may be saved.
 * - An ordered season has no horizon: its wait ends with its premiere, or with the show.
 */
export function outcomeOf({
  countedFrom,
  ordered,
  season,
  premiere,
  show,
  until,
  today,
}: Open): Outcome | null {
  if (hasBegun(season)) {
    if (!premiere || premiere.earliest > today) return null
    const days = daysBetween(premiere.earliest, premiere.latest)
    if (days > WINDOW_DAYS_MAX) return null
    const premieredOn = addDays(premiere.earliest, days >> 1)
    return { premieredOn, returned: daysBetween(countedFrom, premieredOn) <= RENEWAL_DAYS }
  }
  const end = addDays(countedFrom, RENEWAL_DAYS)
  if (ordered) return FINISHED.has(show.status) ? { premieredOn: null, returned: false } : null
  if (today <= end) return null
  const looked = [season.checkedOn, until].some((day) => day !== null && day > end)
  return looked || FINISHED.has(show.status) ? { premieredOn: null, returned: false } : null
}
