/**
 * From claims to status, for seasons and shows. Pure: what was said and the day come in, the same answer comes out for
 * any order of the claims and any number of copies.
 *
 * How far each kind of statement carries is written down where it is decided: whom we believe in trust.ts, dates and
 * missed windows in premiere.ts, milestones and cancellations in settle.ts, the sentences in answer.ts.
 */

import type { Day } from '@/lib/shared/day'
import type { Claim, LedgerEvent } from './claim'
import { replay } from './replay'
import { type Settled, settle } from './settle'
import type { SeasonFacts, SeasonStatus } from './types'
import { hasBegun } from './words'

const NO_FACTS: SeasonFacts = { number: 1, premiere: null, finale: null, episodes: null }

/**
 * What the claims about one season add up to on `today`.
 *
 * - `unannounced` → `announced` → `filming` → `wrapped` → `dated`: each needs the press or better, or two independent
 *   outlets below it; statements about plans (`modality: planned`, or dated after they were made) reach none.
 * - `dated` needs an announced date; what the press merely expects is `expected`, never `premiere`.
 * - `airing` from the recorded premiere (or one that a source said had come) until the recorded finale, or for
 *   90 days where none is on record; then `complete`, which for an unknown finale means no more than "begun long ago".
 *   An announced day that comes makes nothing air: for 30 days the season is `dated` and its premiere was `due`.
 * - `cancelled` beats an order unless an order was made after it. "Ended" is no status of a season: a season nobody
 *   will make by choice stays `unannounced`, with `stop` saying why.
 * - A window that is over is in `missed` or `unconfirmed`, and the status falls back to the milestone below.
 * - `changedOn` is the day of the newest event of its history; null where the deciding statements are undated.
 */
export function deriveSeasonStatus(claims: Claim[], today: Day, facts: SeasonFacts = NO_FACTS): SeasonStatus {
  const own = claims.length > 0 ? facts : { ...facts }
  const settled = settle(claims, today, own)
  return { ...settled, changedOn: changedOn(settled, claims, today, own) }
}

/** The design's name for the same. */
export const deriveStatus = deriveSeasonStatus

const CHANGES_STATUS = new Set<LedgerEvent['kind']>([
  'announced',
  'renewed',
  'cancelled',
  'final-season',
  'filming-started',
  'filming-wrapped',
  'dated',
  'moved',
  'window-missed',
  'premiered',
  'complete',
])

function changedOn(settled: Settled, claims: Claim[], today: Day, facts: SeasonFacts): Day | null {
  // A change is an event: that a record has a day is none.
  if (claims.length === 0) return null
  const { events, last } = replay(claims, facts, today)
  const newest = events.filter(({ kind }) => CHANGES_STATUS.has(kind)).at(-1)
  const undatable = !hasBegun(settled) && settled.status !== (last?.status ?? 'unannounced')
  return undatable ? null : (newest?.happenedOn ?? null)
}

/**
 * What happened to a season, oldest first, told from its claims by the days they were made (`replay.ts`).
 * An event's `happenedOn` is the day it became known, for missed windows the day after their last.
 */
export function replayEvents(claims: Claim[], facts: SeasonFacts, today: Day): LedgerEvent[] {
  return replay(claims, facts, today).events
}
