/**
 * From claims to status, for seasons and shows. Pure: what was said and the day come in, the same answer comes out for
 * any order of the claims and any number of copies.
 *
 * How far each kind of statement carries is written down where it is decided: whom we believe in trust.ts, dates and
 * missed windows in premiere.ts, milestones and cancellations in settle.ts, the sentences in answer.ts.
 */
import type { Claim, LedgerEvent } from '@/lib/ledger/types'
import type { Day } from '@/lib/shared/day'
import { composeShowAnswer } from './answer'
import { replay } from './replay'
import { type Settled, settle } from './settle'
import type { Lamp, SeasonFacts, SeasonStatus, ShowFacts, ShowStatus, ShowStatusWord } from './types'

const NO_FACTS: SeasonFacts = { number: 1, premiere: null, finale: null, episodes: null }

/**
 * What the claims about one season add up to on `today`.
 *
 * - `unannounced` → `announced` → `filming` → `wrapped` → `dated`: each needs the press or better, or two independent
 *   outlets below it; statements about plans (`modality: planned`, or dated after they were made) reach none.
 * - `dated` needs an announced date; what the press merely expects is `expected`, never `premiere`.
 * - `airing` from the recorded premiere (or an announced day that came, `presumed`) until the recorded finale, or for
 *   90 days where none is on record; then `complete`, which for an unknown finale means no more than "begun long ago".
 * - `cancelled` beats an order unless an order was made after it. "Ended" is no status of a season: a season nobody
 *   will make by choice stays `unannounced`, with `stop` saying why.
 * - A window that passed unmet is in `missed` and the status falls back to the milestone below.
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
  if (claims.length === 0) {
    const { finale } = facts
    const over =
      settled.status === 'complete' && finale && finale.earliest === finale.latest ? finale.latest : null
    const { premiere } = settled
    const begun = premiere && premiere.earliest === premiere.latest && premiere.latest <= today
    return over ?? (begun ? premiere.latest : null)
  }
  const { events, last } = replay(claims, facts, today)
  const newest = events.filter(({ kind }) => CHANGES_STATUS.has(kind)).at(-1)
  if (settled.presumed) return settled.premiere?.latest ?? null
  const begun = settled.status === 'airing' || settled.status === 'complete'
  const undatable = !begun && settled.status !== (last?.status ?? 'unannounced')
  return undatable ? null : (newest?.happenedOn ?? null)
}

/**
 * What happened to a season, oldest first, told from its claims by the days they were made (`replay.ts`).
 * An event's `happenedOn` is the day it became known, for missed windows the day after their last.
 */
export function replayEvents(claims: Claim[], facts: SeasonFacts, today: Day): LedgerEvent[] {
  return replay(claims, facts, today).events
}

export const NO_SHOW_FACTS: ShowFacts = { kind: 'scripted', genres: [], labels: [], ended: [] }

/** A season as the show's status needs it. */
export interface SettledSeason {
  facts: SeasonFacts
  claims: Claim[]
  status: SeasonStatus
}

/**
 * The state of a show: which season a reader waits for, how it stands, and the one line that says so.
 *
 * - `nextSeason` is the first season after the last that began which anybody has ordered, else the one after it;
 *   for a show that ended it is the last that began.
 * - `final-season` while the announced last season is still to come or on; `ended` after it, or when a source we
 *   trust says it is over by choice; `cancelled` when one says it was stopped; `unknown` when nobody says anything,
 *   also while a season is on of which nobody has said that another follows.
 */
export function deriveShowStatus(
  seasons: SettledSeason[],
  today: Day,
  _show: ShowFacts = NO_SHOW_FACTS,
): ShowStatus {
  const sorted = [...seasons].sort((a, b) => a.facts.number - b.facts.number)
  const begun = sorted.filter(({ status }) => status.status === 'airing' || status.status === 'complete')
  const last = begun.at(-1)
  const ahead = sorted.filter(({ facts }) => facts.number > (last?.facts.number ?? 0))
  const inLine = (last?.facts.number ?? 0) + 1
  // A maker's plan for "five seasons" orders none; only the season whose turn it is can be announced so loosely.
  const isOrdered = ({ facts, claims, status }: SettledSeason) =>
    ['announced', 'filming', 'wrapped', 'dated'].includes(status.status) &&
    (facts.number === inLine ||
      status.byRecord ||
      claims.some(({ id, kind }) => kind !== 'announced' && status.because.includes(id)))
  const ordered = ahead.find(isOrdered)
  const stopped = ahead.find(({ status }) => status.stop) ?? (last?.status.stop ? last : undefined)
  // Where no premiere is on record, the season spoken of last is the one people wait for.
  const spoken = ahead.filter(({ claims }) => claims.some(({ modality }) => modality === 'done')).at(-1)
  const following = last ? ahead.find(({ facts }) => facts.number === inLine) : (spoken ?? ahead[0])
  const airing = last?.status.status === 'airing'
  // A season ordered past one that was stopped revives the show only if it comes before the stop.
  const isStopped =
    stopped !== undefined && (ordered === undefined || stopped.facts.number <= ordered.facts.number)
  const finished = !ordered && last?.status.finalSeason === true

  let status: ShowStatusWord = 'unknown'
  let because: string[] = []
  let next = ordered ?? following
  if (isStopped) {
    status = stopped.status.stop?.kind ?? 'unknown'
    because = stopped.status.stop?.claimIds ?? []
    next =
      status === 'ended'
        ? (last ?? stopped)
        : stopped.status.status === 'cancelled'
          ? stopped
          : (following ?? stopped)
    if (status === 'ended' && airing) status = 'final-season'
  } else if (ordered) {
    status = ordered.status.finalSeason ? 'final-season' : 'returning'
    because = ordered.status.because
  } else if (finished) {
    status = airing ? 'final-season' : 'ended'
    because = last.status.finalBecause
    next = last
  }
  const nextSeason = next?.facts.number ?? (last ? last.facts.number + 1 : 1)
  const lamp = lampOf(status, airing, next)
  const result = { status, because, nextSeason, lamp }
  const stopAt = isStopped ? stopped.facts.number : null
  const final = stopAt === null ? null : stopped === last ? stopAt : stopAt > 1 ? stopAt - 1 : null
  const decided = seasons.flatMap(({ claims }) => claims).find(({ id }) => id === because[0])
  return { ...result, answer: composeShowAnswer(result, { next, last, decided, final, today }) }
}

function lampOf(status: ShowStatusWord, airing: boolean, next: SettledSeason | undefined): Lamp {
  if (status === 'cancelled') return 'cancelled'
  if (airing || next?.status.status === 'dated') return 'coming'
  if (status === 'ended') return 'ended'
  if (next && ['announced', 'filming', 'wrapped'].includes(next.status.status)) return 'ordered'
  return 'silent'
}
