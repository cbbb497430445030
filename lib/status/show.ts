/**
 * From seasons to the state of a show: which season a reader waits for, how it stands, and the line that says so. Pure.
 *
 * - A later season that began closes the earlier ones, dated or not.
 * - A show that a provider lists as finished, and of which nobody says more, is `over`: its seasons are complete, and
 *   nobody waits for a next one. A newer word of an order or a date overrides the label; a source that says whether it
 *   was stopped or ended by choice outranks it.
 * - Soaps, talk, news, sport and games that a provider lists as running are `running`; of others that label says nothing.
 * - An order ages: older than two of the show's own gaps, and than two years, it says nothing of today.
 */
import type { ClaimKind } from '@/lib/ledger/types'
import { addDays, type Day, daysBetween } from '@/lib/shared/day'
import { composeShowAnswer } from './answer'
import { comesAsAMatterOfCourse, labelWindow, newestLabel } from './labels'
import { deriveSeasonStatus } from './rules'
import { ORDER_KINDS } from './settle'
import { byTrustThenNewer, isCredible, weigh } from './trust'
import type {
  Label,
  Lamp,
  SeasonInput,
  SeasonStatus,
  SeasonStatusWord,
  SettledSeason,
  ShowFacts,
  ShowStatus,
  ShowStatusWord,
} from './types'
import { hasBegun, seasonLamp } from './words'

export const NO_SHOW_FACTS: ShowFacts = { kind: 'scripted', genres: [], labels: [], ended: [], totals: [] }

/** Words of a season to come: an order, a shoot, a date. */
const COMING_KINDS = new Set<ClaimKind>([...ORDER_KINDS, 'release_window'])
const isComing = ({ status }: { status: SeasonStatusWord }) =>
  status === 'dated' || seasonLamp(status) === 'ordered'
const ORDER_AGES_DAYS_MIN = 730
/** A show's end that lies so long after its last premiere may be a special's, and is not said. */
const SEASON_DAYS_MAX = 400

/** True where there is no next season to speak of: the show is over, ended, or runs. */
export const hasNoNext = ({ status }: Pick<ShowStatus, 'status'>): boolean =>
  status === 'over' || status === 'ended' || status === 'running'

/** The same, or the next was called off: it gets none on pages, in lists or feeds until somebody announces one. */
export const isFinished = (show: Pick<ShowStatus, 'status'>): boolean =>
  hasNoNext(show) || show.status === 'cancelled'

/**
 * The season somebody who follows the show follows: the one waited for; of a show that is over or ended the one nobody
 * has announced, so that an announcement reaches them.
 */
export const followedSeason = ({ status, nextSeason }: Pick<ShowStatus, 'status' | 'nextSeason'>): number =>
  status === 'over' || status === 'ended' ? nextSeason + 1 : nextSeason

const isBegun = ({ status }: SettledSeason) => hasBegun(status)

/** The seasons of a show and its state on a day, each season with what it came with. */
export function deriveShow<T extends SeasonInput>(
  inputs: readonly T[],
  today: Day,
  show: ShowFacts = NO_SHOW_FACTS,
): { seasons: (T & { status: SeasonStatus })[]; status: ShowStatus } {
  const own = [...inputs]
    .sort((a, b) => a.facts.number - b.facts.number)
    .map((input) => ({ ...input, status: deriveSeasonStatus(input.claims, today, input.facts) }))
    .map((season, i, all) =>
      isBehind(
        season,
        all.slice(i + 1).some(({ facts, status }) => facts.recorded || isComing(status)),
      )
        ? { ...season, status: closed(season.status) }
        : season,
    )
  const last = own.filter(isBegun).at(-1)
  const label = finishedLabel(own, last, show, today)
  const through = label ? lastThrough(own, last) : (last?.facts.number ?? 1) - 1
  const seasons = own.map((season) =>
    season.facts.number <= through && !season.status.stop
      ? { ...season, status: closed(season.status) }
      : season,
  )
  return { seasons, status: stateOf(seasons, label, show, today) }
}

/** A season the record counts without its day, of which nobody says that it is to come, and after which another is. */
const isBehind = ({ facts, status }: SettledSeason, isFollowed: boolean) =>
  facts.recorded === true && isFollowed && !facts.premiere && status.status === 'unannounced' && !status.stop

/** A season that others have left behind: complete, whatever was still open about it. */
function closed(status: SeasonStatus): SeasonStatus {
  if (status.status === 'complete') return status
  const begun = status.status === 'airing'
  return {
    ...status,
    status: 'complete',
    because: begun ? status.because : [],
    byRecord: begun ? status.byRecord : true,
    premiere: begun ? status.premiere : null,
    premiereBecause: begun ? status.premiereBecause : [],
    premiereState: 'premiered',
    ...{ expected: null, rumours: [], hold: null, missed: [], unconfirmed: [] },
    track: status.track.map((step) => ({
      ...step,
      state: step.step === 'complete' ? 'now' : step.state === 'now' ? 'done' : step.state,
    })),
  }
}

/** The label by which a show is finished, unless somebody has spoken of a season to come since. */
function finishedLabel(
  seasons: SettledSeason[],
  last: SettledSeason | undefined,
  show: ShowFacts,
  today: Day,
): Label | null {
  const newest = newestLabel(show)
  if (newest?.says !== 'finished') return null
  const { earliest, latest } = labelWindow(newest.label)
  const isOverridden = seasons.some(({ facts, claims }) => {
    if (facts.premiere && facts.premiere.earliest > latest) return true
    if (last && facts.number <= last.facts.number) return false
    return weigh(claims, today).some(
      (weighed) =>
        COMING_KINDS.has(weighed.claim.kind) &&
        weighed.claim.modality === 'done' &&
        isCredible(weighed) &&
        // What may be older than the label does not speak against it, and what may be newer does.
        (weighed.saidOn ?? '') > earliest,
    )
  })
  return isOverridden ? null : newest.label
}

/** The last season of a finished show: the last that began, or that was ordered before it was listed as finished. */
const lastThrough = (seasons: SettledSeason[], last: SettledSeason | undefined): number =>
  Math.max(
    last?.facts.number ?? 0,
    ...seasons
      .filter(({ status }) => !status.stop && (isComing(status) || status.finalSeason))
      .map(({ facts }) => facts.number),
  )

/** Since when a show is over: its last finale, or an end that only that finale explains; null for neither. */
function overSince(last: SettledSeason | undefined, { ended }: ShowFacts): string | null {
  if (!last) return null
  const { finale, premiere } = last.facts
  if (finale) return finale.edtf
  const start = premiere ?? last.status.premiere
  if (!start) return null
  const given = [...ended]
    .sort((a, b) => a.provider.localeCompare(b.provider))
    .find(({ edtf }) => edtf >= start.earliest && edtf <= addDays(start.latest, SEASON_DAYS_MAX))
  return given?.edtf ?? null
}

/** The last episode given, where it came later than the last season on record could last and nobody counts the seasons. */
function unreached(last: SettledSeason | undefined, { ended, totals }: ShowFacts): ShowStatus['lastEpisode'] {
  if (!last || totals.some((total) => total <= last.facts.number)) return null
  const start = last.facts.premiere ?? last.status.premiere
  if (!start) return null
  const reach = addDays(start.latest, SEASON_DAYS_MAX)
  return (
    [...ended]
      .sort((a, b) => a.provider.localeCompare(b.provider))
      .find(({ edtf }) => edtf > reach.slice(0, edtf.length)) ?? null
  )
}

/** The newest word on an ordered season, where it is too old to say anything of today. */
function agedOn(next: SettledSeason | undefined, begun: SettledSeason[], today: Day): Day | null {
  if (!next || seasonLamp(next.status.status) !== 'ordered') return null
  // An undated page is as young as the first day it speaks of.
  const newest = weigh(next.claims, today)
    .flatMap(({ saidOn, claim }) => saidOn ?? claim.earliest ?? [])
    .filter((day) => day <= today)
    .reduce((day, other) => (other > day ? other : day), '')
  if (!newest) return null
  const starts = begun.flatMap(({ status }) => status.premiere?.earliest ?? [])
  const gaps = starts.slice(1).map((day, i) => daysBetween(starts[i] as Day, day))
  const middle = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
  return daysBetween(newest, today) > Math.max(ORDER_AGES_DAYS_MIN, 2 * middle) ? newest : null
}

/**
 * - `nextSeason` is the first season after the last that began which anybody has ordered, else the one after it; for a
 *   show that ended, is over or runs it is the last that began.
 * - `final-season` while the announced last season is still to come or on; `ended` after it, or when a source we trust
 *   says it is over by choice; `cancelled` when one says it was stopped; `over` when only a label says that it is
 *   finished; `unknown` when nobody says anything, also while a season is on of which nobody said that another follows.
 */
function stateOf(sorted: SettledSeason[], label: Label | null, show: ShowFacts, today: Day): ShowStatus {
  const begun = sorted.filter(isBegun)
  const last = begun.at(-1)
  const ahead = sorted.filter(({ facts }) => facts.number > (last?.facts.number ?? 0))
  const inLine = (last?.facts.number ?? 0) + 1
  // A maker's plan for "five seasons" orders none; only the season whose turn it is can be announced so loosely.
  const isOrdered = ({ facts, claims, status }: SettledSeason) =>
    isComing(status) &&
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

  const newest = newestLabel(show)
  let status: ShowStatusWord = 'unknown'
  let because: string[] = []
  let next = ordered ?? following
  let aged: Day | null = null
  if (isStopped) {
    status = stopped.status.stop?.kind ?? 'unknown'
    because = endingSaidBy(stopped, last, today)
    next =
      status === 'ended'
        ? (last ?? stopped)
        : stopped.status.status === 'cancelled'
          ? stopped
          : (following ?? stopped)
    if (status === 'ended' && airing) status = 'final-season'
  } else if (ordered) {
    aged = agedOn(ordered, begun, today)
    if (!aged) {
      status = ordered.status.finalSeason ? 'final-season' : 'returning'
      because = ordered.status.because
    }
  } else if (finished) {
    status = airing ? 'final-season' : 'ended'
    because = last.status.finalBecause
    next = last
  } else if (label) {
    status = 'over'
    next = last ?? following
  } else if (newest?.says === 'running' && comesAsAMatterOfCourse(show) && last) {
    status = 'running'
    next = last
  }
  const nextSeason = next?.facts.number ?? (last ? last.facts.number + 1 : 1)
  const lamp = aged ? 'silent' : lampOf(status, airing, next)
  const ground = status === 'running' ? (newest?.label ?? null) : label
  const hasEnd = status === 'over' || status === 'ended' || status === 'cancelled'
  const since = hasEnd && !airing ? overSince(last, show) : null
  const lastEpisode = status === 'over' && !since ? unreached(last, show) : null
  const result = { status, because, nextSeason, lamp, label: ground, since, lastEpisode, aged }
  const stopAt = isStopped ? stopped.facts.number : null
  const final = stopAt === null ? null : stopped === last ? stopAt : stopAt > 1 ? stopAt - 1 : null
  const decided = sorted.flatMap(({ claims }) => claims).find(({ id }) => id === because[0])
  return { ...result, answer: composeShowAnswer(result, { next, last, decided, final, today }) }
}

/**
 * The claims that say a show stops, most trusted first. That a season is the last says the same as that none follows
 * it: whoever of either is trusted most stands for both.
 */
function endingSaidBy(stopped: SettledSeason, last: SettledSeason | undefined, today: Day): string[] {
  const { kind, claimIds } = stopped.status.stop ?? { kind: 'cancelled', claimIds: [] }
  const isSame = kind === 'ended' && last !== undefined && stopped.facts.number === last.facts.number + 1
  const finals = isSame ? last.status.finalBecause : []
  if (finals.length === 0) return claimIds
  return [...weigh(stopped.claims, today), ...weigh(last?.claims ?? [], today)]
    .filter(({ claim }) => claimIds.includes(claim.id) || finals.includes(claim.id))
    .sort(byTrustThenNewer)
    .map(({ claim }) => claim.id)
}

function lampOf(status: ShowStatusWord, airing: boolean, next: SettledSeason | undefined): Lamp {
  if (status === 'cancelled' || status === 'over' || status === 'running') return status
  if (airing || next?.status.status === 'dated') return 'coming'
  if (status === 'ended') return 'ended'
  return next && seasonLamp(next.status.status) === 'ordered' ? 'ordered' : 'silent'
}
