/**
 * What the claims say about one season's premiere: which statement holds, which were overtaken, which passed unmet.
 *
 * - A date is `release_date` from the press or better; a window from trade, a maker on record or an official
 *   source, or from a press report that credits a network or service. Anything else is an expectation: kept
 *   apart, named with its source, never a date.
 * - A newer statement of equal or higher trust that excludes an older one supersedes it, if they were said more
 *   than 30 days apart (an undated one counts as the older where the date moved back), and at once where a source
 *   corrects itself or the makers speak again. Said closer together by others of one class they contradict each
 *   other, and both are shown.
 * - A `delayed` of the press or better ends every earlier date. Its own date is a new window where it lies ahead of
 *   the day it was said.
 * - A window whose last day is over without a premiere is missed, unless something had superseded it by then.
 * - An announced day (`release_date`, press or better) that has come, with nothing said after it against it, is
 *   taken as kept: the season is presumed to have begun. Windows wider than a day are never presumed kept.
 * - What is said of a premiere after the premiere concerns a part of the season and decides nothing.
 */
import type { ClaimState } from '@/lib/ledger/types'
import { addDays, type Day } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import {
  byTrust,
  byTrustThenNewer,
  isCredible,
  isStrong,
  outranks,
  SAME_MOMENT_DAYS,
  type Weighed,
} from './trust'
import type { Contradiction, SeasonFacts, Window } from './types'

/** A claim that names a time for the premiere. */
interface Dated extends Weighed {
  window: Window
}

export interface PremiereFindings {
  /** Announced, on record or presumed; null where there is none. */
  premiere: {
    window: Window
    claimIds: string[]
    /** A better source's window that the day lies in: without it the day would not have been chosen. */
    framedBy: string[]
    byRecord: boolean
    begun: boolean
    presumed: boolean
  } | null
  expected: { window: Window; claimIds: string[] } | null
  missed: { window: Window; claimIds: string[] }[]
  contradictions: Contradiction[]
  states: Map<string, ClaimState>
  /** A delay without a new date after which no date was given. */
  delay: Weighed | null
}

const disjoint = (a: Window, b: Window) => a.latest < b.earliest || b.latest < a.earliest
const within = (inner: Window, outer: Window) =>
  inner.earliest >= outer.earliest && inner.latest <= outer.latest

function datedClaims(claims: Weighed[]): Dated[] {
  return claims.flatMap((weighed) => {
    const { kind, edtf, earliest, latest } = weighed.claim
    if (!edtf || !earliest || !latest) return []
    const ahead = weighed.saidOn !== null && earliest > weighed.saidOn
    if (kind !== 'release_date' && kind !== 'release_window' && !(kind === 'delayed' && ahead)) return []
    return [{ ...weighed, window: { edtf, earliest, latest } }]
  })
}

/** A date anybody can hold the makers to, as opposed to an outlet's expectation. */
function isAnnounced(dated: Dated): boolean {
  if (dated.selfContradicting) return false
  if (dated.claim.kind === 'release_date') return isCredible(dated)
  return isStrong(dated) || (isCredible(dated) && dated.claim.citesOfficialBody)
}

/**
 * Trust first: a better source, or a delay, overtakes at once, and so does a source its own word and the makers
 * theirs; any other equal only when the moment has passed.
 */
function supersedes(newer: Dated, older: Dated): boolean {
  if (
    newer === older ||
    newer.rank < older.rank ||
    newer.selfContradicting ||
    newer.saidOn === null ||
    newer.window.latest < newer.saidOn
  )
    return false
  if (!disjoint(newer.window, older.window)) return false
  if (older.saidOn !== null) {
    const itself = newer.claim.source.slug === older.claim.source.slug
    // Said twice on one day: what came in later holds.
    if (itself && newer.saidOn === older.saidOn)
      return (newer.claim.recordedAt ?? '') > (older.claim.recordedAt ?? '')
    const corrects = itself || newer.claim.sourceClass === 'official'
    const atOnce = newer.claim.kind === 'delayed' || newer.rank > older.rank || corrects
    return newer.saidOn > (atOnce ? older.saidOn : addDays(older.saidOn, SAME_MOMENT_DAYS))
  }
  // An undated page counts as the older one where the date moved back; its announced day yields only to another.
  return older.window.latest < newer.window.earliest && (!isAnnounced(older) || isAnnounced(newer))
}

/** A delay with no new date takes back the dates given before it. */
function takesBack(delay: Weighed, older: Dated): boolean {
  if (delay.saidOn === null || !(isCredible(delay) || delay.rank >= older.rank)) return false
  if (older.saidOn !== null) return older.saidOn < delay.saidOn
  return older.window.earliest <= addDays(delay.saidOn, 366)
}

/** The day from which a statement no longer held, because a later one took its place; null while it holds. */
function overtakenOn(dated: Dated, all: Dated[], delays: Weighed[], today: Day): Day | null {
  const days = [
    ...all
      // What has itself passed unmet keeps no other window closed.
      .filter((other) => other.window.latest >= today || dated.window.latest < today)
      .filter((other) => supersedes(other, dated))
      .map((other) => other.saidOn),
    ...delays.filter((delay) => takesBack(delay, dated)).map((delay) => delay.saidOn),
  ].filter((day): day is Day => day !== null)
  return days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : null
}

const sameMoment = (a: Weighed, b: Weighed) =>
  a.saidOn === null ||
  b.saidOn === null ||
  (a.saidOn <= addDays(b.saidOn, SAME_MOMENT_DAYS) && b.saidOn <= addDays(a.saidOn, SAME_MOMENT_DAYS))

/** The announced day that has come and that nothing said since speaks against. */
function presumedPremiere(
  all: Dated[],
  others: Weighed[],
  overtaken: Map<Dated, Day | null>,
  today: Day,
): Dated | null {
  const came = all.filter(
    (dated) =>
      dated.claim.kind === 'release_date' &&
      isAnnounced(dated) &&
      dated.window.earliest === dated.window.latest &&
      dated.window.latest <= today &&
      overtaken.get(dated) === null,
  )
  const unrefuted = came.filter((dated) => {
    const day = dated.window.latest
    const later = (other: Weighed) => other.saidOn !== null && other.saidOn > day && isCredible(other)
    return !(
      all.some((other) => later(other) && other.window.earliest > (other.saidOn as Day)) ||
      others.some(
        (other) =>
          later(other) && ['no_news', 'delayed', 'filming_started', 'cancelled'].includes(other.claim.kind),
      )
    )
  })
  return unrefuted.sort(byTrustThenNewer)[0] ?? null
}

function groupByWindow(claims: Dated[]): { window: Window; claimIds: string[] }[] {
  const groups = new Map<string, { window: Window; claimIds: string[] }>()
  for (const { window, claim } of claims) {
    const group = groups.get(window.edtf) ?? { window, claimIds: [] }
    group.claimIds.push(claim.id)
    groups.set(window.edtf, group)
  }
  return [...groups.values()].sort(
    (a, b) => b.window.latest.localeCompare(a.window.latest) || b.window.edtf.localeCompare(a.window.edtf),
  )
}

/** Works out the premiere of a season as of a day. Pure; the order of the claims does not matter. */
export function findPremiere(claims: Weighed[], facts: SeasonFacts, today: Day): PremiereFindings {
  const all = datedClaims(claims)
  const others = claims.filter((weighed) => !all.some((dated) => dated.claim.id === weighed.claim.id))
  const delays = others.filter(({ claim }) => claim.kind === 'delayed')
  const overtaken = new Map(all.map((dated) => [dated, overtakenOn(dated, all, delays, today)]))
  const record = facts.premiere && facts.premiere.latest <= today ? facts.premiere : null
  const presumed = record ? null : presumedPremiere(all, others, overtaken, today)
  const begun = record ?? presumed?.window ?? null

  const states = new Map<string, ClaimState>()
  const passed: Dated[] = []
  for (const dated of all) {
    const { window, claim } = dated
    const overtakenDay = overtaken.get(dated) ?? null
    if (begun && (!disjoint(window, begun) || (dated.saidOn !== null && dated.saidOn > begun.latest))) {
      states.set(claim.id, 'stands')
    } else if (window.latest < today && (!begun || window.latest < begun.earliest)) {
      const spokenAfter = dated.saidOn !== null && dated.saidOn > window.latest
      const inTime = overtakenDay !== null && overtakenDay <= window.latest
      const idle = spokenAfter || dated.selfContradicting
      states.set(claim.id, inTime ? 'superseded' : idle ? 'contradicted' : 'missed')
      if (!inTime && !idle) passed.push(dated)
    } else {
      states.set(claim.id, begun || overtakenDay !== null ? 'superseded' : 'stands')
    }
  }

  const open = all.filter((dated) => states.get(dated.claim.id) === 'stands' && dated.window.latest >= today)
  const announced = begun ? [] : open.filter(isAnnounced).sort(byTrust)
  const first = announced[0]
  // An announced day inside a better source's window makes it narrower; it does not contradict it.
  const chosen =
    first &&
    (announced.find((d) => d.claim.kind === 'release_date' && within(d.window, first.window)) ?? first)
  const expectations = open
    .filter((d) => !isAnnounced(d) && isCredible(d) && !d.selfContradicting)
    .sort(byTrust)
  const guess = begun || chosen ? undefined : expectations[0]

  const contradictions = findContradictions(all, begun, chosen ?? guess, overtaken, states)
  const recordAhead = !record && facts.premiere ? facts.premiere : null
  return {
    premiere: record
      ? {
          window: record,
          claimIds: supporters(all, record),
          framedBy: [],
          byRecord: true,
          begun: true,
          presumed: false,
        }
      : presumed
        ? {
            window: presumed.window,
            claimIds: sameWindow(all, presumed),
            framedBy: [],
            byRecord: false,
            begun: true,
            presumed: true,
          }
        : chosen
          ? {
              window: chosen.window,
              claimIds: sameWindow(announced, chosen),
              framedBy: first && first !== chosen ? [first.claim.id] : [],
              byRecord: false,
              begun: false,
              presumed: false,
            }
          : recordAhead
            ? {
                window: recordAhead,
                claimIds: [],
                framedBy: [],
                byRecord: true,
                begun: false,
                presumed: false,
              }
            : null,
    expected: guess ? { window: guess.window, claimIds: sameWindow(expectations, guess) } : null,
    missed: groupByWindow(passed.filter(({ claim }) => states.get(claim.id) === 'missed')),
    contradictions,
    states,
    delay: begun || chosen ? null : standingDelay(delays, all),
  }
}

/** The claims that name the same window as the chosen one, that one first. */
const sameWindow = (claims: Dated[], chosen: Dated): string[] => [
  chosen.claim.id,
  ...claims.filter((d) => d !== chosen && d.window.edtf === chosen.window.edtf).map((d) => d.claim.id),
]

/** The dates that came true. */
const supporters = (all: Dated[], record: Window): string[] =>
  all
    .filter((d) => d.claim.kind === 'release_date' && isCredible(d) && within(d.window, record))
    .sort(byTrust)
    .map((d) => d.claim.id)

function standingDelay(delays: Weighed[], all: Dated[]): Weighed | null {
  const newest = delays
    .filter(isCredible)
    .sort((a, b) => (b.saidOn ?? '').localeCompare(a.saidOn ?? '') || byTrust(a, b))[0]
  if (!newest) return null
  const answered = all.some((d) => isAnnounced(d) && (d.saidOn ?? '') > (newest.saidOn ?? ''))
  return answered ? null : newest
}

/**
 * Where statements of one moment exclude each other: against the date that holds, or against the premiere itself.
 * The weaker side is marked contradicted; between equals both are, and nothing is said to settle it.
 */
function findContradictions(
  all: Dated[],
  begun: Window | null,
  chosen: Dated | undefined,
  overtaken: Map<Dated, Day | null>,
  states: Map<string, ClaimState>,
): Contradiction[] {
  const sideOf = (claims: Dated[]) =>
    groupByWindow(claims).map(({ window, claimIds }) => ({ claimIds, says: formatWindow(window.edtf) }))
  if (begun) {
    // Two announced days for one premiere, said within a month: one of them was wrong from the start.
    const days = all.filter(
      (d) => d.claim.kind === 'release_date' && isAnnounced(d) && !((d.saidOn ?? '') > begun.latest),
    )
    const right = days.filter((d) => !disjoint(d.window, begun))
    const wrong = days.filter(
      (d) =>
        disjoint(d.window, begun) &&
        right.some((r) => r.saidOn !== null && d.saidOn !== null && sameMoment(r, d)),
    )
    for (const d of wrong) states.set(d.claim.id, 'contradicted')
    return wrong.length > 0
      ? [{ about: 'premiere', sides: [...sideOf(right), ...sideOf(wrong)], settledBy: 'the premiere itself' }]
      : []
  }
  if (!chosen) return []
  const rivals = all.filter(
    (d) =>
      states.get(d.claim.id) === 'stands' &&
      overtaken.get(d) === null &&
      disjoint(d.window, chosen.window) &&
      (sameMoment(d, chosen) || d.rank < chosen.rank),
  )
  const credible = rivals.filter(isCredible)
  for (const rival of rivals) states.set(rival.claim.id, 'contradicted')
  if (credible.length === 0) return []
  const equals = credible.filter((rival) => rival.rank === chosen.rank)
  if (equals.length > 0) states.set(chosen.claim.id, 'contradicted')
  const same = all.filter(
    (d) => d.window.edtf === chosen.window.edtf && states.get(d.claim.id) !== 'superseded',
  )
  return [
    {
      about: 'premiere',
      sides: [...sideOf(same), ...sideOf(credible)],
      settledBy: equals.length > 0 ? null : outranks(chosen, credible[0] as Dated),
    },
  ]
}
