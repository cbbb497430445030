/**
 * From seasons to the state of a show: which season a reader waits for, how it stands, and the line that says so. Pure.
 *
 * - A later season that began closes the earlier ones, dated or not.
 * - A show that a provider lists as finished, and of which nobody says more, is `over`: its seasons are complete, and
 *   nobody waits for a next one. A newer word of an order or a date overrides the label; a source that says whether it
 *   was stopped or ended by choice outranks it.
 * - Soaps, talk, news, sport and games that a provider lists as running are `running`; of others that label says nothing.
 * - Of how a show ended an aggregator alone may speak, as its label may, where nobody contradicts it; the first line names
 *   it as the only one. An order it gives alone stays a rumour.
 * - Who says that a show has ended with a season says that this season came.
 * - An order ages: older than two of the show's own gaps, and than two years, it says nothing of today. One given ahead
 *   of its turn ages from the day the season before it began, and none while a provider goes on listing the show as running.
 */

import { type Day, daysBetween, latestDay } from '@/lib/shared/day'
import { composeShowAnswer } from './answer'
import { lastEpisodeOf, overSince, ownEnd } from './ends'
import { isKind } from './kinds'
import { comesAsAMatterOfCourse, labelWindow, newestLabel } from './labels'
import { deriveSeasonStatus } from './rules'
import { silenceOf } from './silence'
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

const isComing = ({ status }: { status: SeasonStatusWord }) =>
  status === 'dated' || seasonLamp(status) === 'ordered'
/** True where somebody we can rely on speaks of a season as of the one that is next. */
const isTakenAsNext = ({ claims }: SeasonInput, today: Day): boolean =>
  weigh(claims, today).some(
    (weighed) =>
      isKind(weighed.claim.kind, 'in-turn') && weighed.claim.modality === 'done' && isCredible(weighed),
  )
/** A label is an aggregator's word; what stands beside it must weigh as much. */
const LABEL_RANK = 2
const ORDER_AGES_DAYS_MIN = 730
/** A show that a provider lists as running so long after the last premiere on record has had more seasons since. */
const RAN_ON_DAYS = 730

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
    .map((input) => ({ ...input, facts: { ...input.facts, toldOverOn: toldOverOn(input, inputs, today) } }))
    .map((input) => ({ ...input, status: deriveSeasonStatus(input.claims, today, input.facts) }))
    .map((season, i, all) =>
      isBehind(
        season,
        all.slice(i + 1).some(({ facts, status }) => facts.recorded || isComing(status)),
      ) || isPassedOver(season, all.slice(i + 1), today)
        ? { ...season, status: closed(season.status) }
        : season,
    )
  const last = own.filter(isBegun).at(-1)
  const label = finishedLabel(own, last, show, today)
  const through = label ? lastThrough(own, last, show) : (last?.facts.number ?? 1) - 1
  const seasons = own.map((season) =>
    season.facts.number <= through && !season.status.stop
      ? { ...season, status: closed(season.status) }
      : season,
  )
  return { seasons, status: stateOf(seasons, label, show, today) }
}

/** The newest day on which somebody we can rely on said that the show has ended with a season. */
const toldOverOn = ({ facts }: SeasonInput, all: readonly SeasonInput[], today: Day): Day | null =>
  latestDay(
    all
      .filter((other) => other.facts.number === facts.number + 1)
      .flatMap(({ claims }) => weigh(claims, today))
      .filter((word) => word.claim.kind === 'ended' && word.claim.modality === 'done' && isCredible(word))
      .map(({ saidOn }) => saidOn),
  )

/** A season the record counts without its day, of which nobody says that it is to come, and after which another is. */
const isBehind = ({ facts, status }: SettledSeason, isFollowed: boolean) =>
  facts.recorded === true && isFollowed && !facts.premiere && status.status === 'unannounced' && !status.stop

/** A season of which nobody says anything, while somebody speaks of a later one as the next. */
const isPassedOver = (season: SettledSeason, later: SettledSeason[], today: Day) =>
  season.claims.length === 0 &&
  season.status.status === 'unannounced' &&
  later.some((other) => isTakenAsNext(other, today))

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
    expected: null,
    rumours: [],
    hold: null,
    missed: [],
    unconfirmed: [],
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
        isKind(weighed.claim.kind, 'coming') &&
        weighed.claim.modality === 'done' &&
        isCredible(weighed) &&
        // What may be older than the label does not speak against it, and what may be newer does.
        (weighed.saidOn ?? '') > earliest,
    )
  })
  return isOverridden ? null : newest.label
}

/**
 * The last season of a finished show: the last that began or is on record; one that was ordered before the show was
 * listed as finished only where the end given is not that of the season before it.
 */
const lastThrough = (seasons: SettledSeason[], last: SettledSeason | undefined, show: ShowFacts): number => {
  const isExplained = ownEnd(last, show) !== null
  return Math.max(
    last?.facts.number ?? 0,
    ...seasons
      .filter(
        ({ facts, status }) =>
          !status.stop &&
          (facts.recorded === true || (!isExplained && (isComing(status) || status.finalSeason))),
      )
      .map(({ facts }) => facts.number),
  )
}

/** The newest word on an ordered season, where it is too old to say anything of today. */
function agedOn(
  next: SettledSeason | undefined,
  begun: SettledSeason[],
  show: ShowFacts,
  today: Day,
): Day | null {
  if (!next || seasonLamp(next.status.status) !== 'ordered') return null
  // An undated page is as young as the first day it speaks of.
  const said = weigh(next.claims, today)
    .flatMap(({ saidOn, claim }) => saidOn ?? claim.earliest ?? [])
    .filter((day) => day <= today)
  const newest = latestDay(said)
  if (!newest) return null
  const starts = begun.flatMap(({ status }) => status.premiere?.earliest ?? [])
  const turn = begun.at(-1)?.status.premiere?.latest ?? null
  const label = newestLabel(show)
  const listed = label?.says === 'running' ? labelWindow(label.label).earliest : null
  const since = latestDay([newest, turn, listed].filter((day) => day !== null && day <= today)) ?? newest
  const gaps = starts.slice(1).map((day, i) => daysBetween(starts[i] as Day, day))
  const middle = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
  return daysBetween(since, today) > Math.max(ORDER_AGES_DAYS_MIN, 2 * middle) ? newest : null
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
  const asNext = ahead.filter((season) => isTakenAsNext(season, today)).at(-1)
  const following = last
    ? (asNext ?? ahead.find(({ facts }) => facts.number === inLine))
    : (spoken ?? ahead[0])
  const airing = last?.status.status === 'airing'
  // A season ordered past one that was stopped revives the show only if it comes before the stop.
  const isStopped =
    stopped !== undefined && (ordered === undefined || stopped.facts.number <= ordered.facts.number)
  const finished = !ordered && last?.status.finalSeason === true
  const newest = newestLabel(show)
  const told = howItEnded(sorted, last, label, newest?.label ?? null, today)

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
    aged = agedOn(ordered, begun, show, today)
    if (!aged) {
      status = ordered.status.finalSeason ? 'final-season' : 'returning'
      because = ordered.status.because
    }
  } else if (finished) {
    status = airing ? 'final-season' : 'ended'
    because = last.status.finalBecause
    next = last
  } else if (label || told) {
    status = told?.kind ?? 'over'
    because = told?.claimIds ?? []
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
  const lastEpisode = status === 'over' && !since ? lastEpisodeOf(begun, show) : null
  const ranOn =
    status === 'unknown' && !asNext && newest?.says === 'running' ? ranOnAfter(last, newest.label) : null
  const isSilent = status === 'unknown' && !aged && !ranOn
  const silence = isSilent ? silenceOf({ next, begun, show, today }) : null
  const result = {
    status,
    because,
    nextSeason,
    lamp,
    label: ground,
    since,
    lastEpisode,
    ranOn,
    aged,
    silence,
  }
  const stopAt = isStopped ? stopped.facts.number : null
  const final =
    stopAt === null
      ? because.length > 0 && because === told?.claimIds
        ? (last?.facts.number ?? null)
        : null
      : stopped === last
        ? stopAt
        : stopAt > 1
          ? stopAt - 1
          : null
  const decided = sorted.flatMap(({ claims }) => claims).find(({ id }) => id === because[0])
  return { ...result, answer: composeShowAnswer(result, { next, last, decided, final, today }) }
}

/** The label of a running show, where it is so much younger than the last premiere on record that seasons are missing. */
function ranOnAfter(last: SettledSeason | undefined, label: Label): Label | null {
  const start = last?.facts.premiere ?? last?.status.premiere
  return start && daysBetween(start.latest, labelWindow(label).earliest) > RAN_ON_DAYS ? label : null
}

/**
 * How a show came to its end, by those whose word alone stops no season: an aggregator says it as its label would. Null
 * where nobody says, where they say both, and where the press has spoken of a next season: a summary adds nothing to it.
 * Of a show that no label calls finished (`label`) also while it is on, where anybody speaks of a season to come, and of
 * words surely older than the newest label there is.
 */
function howItEnded(
  seasons: SettledSeason[],
  last: SettledSeason | undefined,
  label: Label | null,
  newest: Label | null,
  today: Day,
): { kind: 'cancelled' | 'ended'; claimIds: string[] } | null {
  const number = last?.facts.number ?? 0
  const later = seasons.filter(({ facts }) => facts.number > number)
  const isContradicted = later
    .flatMap(({ claims }) => weigh(claims, today))
    .some((word) => isCredible(word) || (!label && isKind(word.claim.kind, 'coming')))
  if (isContradicted || (!label && last?.status.status !== 'complete')) return null
  const notBefore = !label && newest ? labelWindow(newest).earliest : ''
  const said = [...(last ? [last] : []), ...later]
    .flatMap(({ facts, claims }) =>
      weigh(claims, today).filter(
        ({ claim, rank, saidOn }) =>
          rank >= LABEL_RANK &&
          claim.modality === 'done' &&
          (saidOn ?? today) >= notBefore &&
          (claim.kind === 'ended' ||
            (claim.kind === 'cancelled' && facts.number > number) ||
            (claim.kind === 'final_season' && facts.number === number)),
      ),
    )
    .sort(byTrustThenNewer)
  const kinds = new Set(
    said.map(({ claim }) => (claim.kind === 'cancelled' ? ('cancelled' as const) : ('ended' as const))),
  )
  const [kind] = kinds
  return kind && kinds.size === 1 ? { kind, claimIds: said.map(({ claim }) => claim.id) } : null
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
