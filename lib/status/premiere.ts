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
 * - Three newer outlets of lower trust that agree on another time overtake an old statement: trust is no grave.
 * - Silence is not an event. A window whose last day is over is `missed` only where somebody looked afterwards: a
 *   statement that speaks of the season as still to come, or a provider's record, of a later day without a premiere. Otherwise it is
 *   `not_confirmed`. One that something had superseded by its end is neither.
 * - The season has begun where the record, or a `release_date` said on or after its own day, says so; and an announced day
 *   was kept where somebody said on it or later that the show has ended with the season (`toldOverOn`). An announced day
 *   that came with nothing said since was `due` for DUE_DAYS, then it is not confirmed.
 * - What else is said of a premiere after the premiere concerns a part of the season and decides nothing.
 */

import { addDays, type Day, latestDay } from '@/lib/shared/day'
import { formatWindow, oneSpelling } from '@/lib/shared/edtf'
import type { Claim, ClaimState } from './claim'
import { type Dated, datedClaims, disjoint, isAnnounced, overtakenOn, sameMoment, within } from './dates'
import { isKind } from './kinds'
import { isOfRecord } from './record'
import { byTrust, byTrustThenNewer, isCredible, outranks, type Weighed } from './trust'
import type { Contradiction, MissedWindow, SeasonFacts, Window } from './types'

/** For so long an announced day that came unconfirmed is called due. */
export const DUE_DAYS = 30
export interface PremiereFindings {
  /** Announced, on record or presumed; null where there is none. */
  premiere: {
    window: Window
    claimIds: string[]
    /** A better source's window that the day lies in: without it the day would not have been chosen. */
    framedBy: string[]
    byRecord: boolean
    begun: boolean
    /** Its announced day has come, and nobody has said since whether it was kept. */
    due: boolean
  } | null
  expected: { window: Window; claimIds: string[] } | null
  missed: MissedWindow[]
  /** Windows that are over, and nobody looked afterwards. */
  unconfirmed: { window: Window; claimIds: string[] }[]
  contradictions: Contradiction[]
  states: Map<string, ClaimState>
  /** A delay without a new date after which no date was given. */
  delay: Weighed | null
}

/** What says that the season began: a date of the press or better, said on its day or after it, or borne out by an end. */
function saidToHaveBegun(
  all: Dated[],
  overtaken: Map<Dated, Day | null>,
  toldOverOn: Day | null,
  today: Day,
): Dated | null {
  return (
    all
      .filter(
        (dated) =>
          dated.claim.kind === 'release_date' &&
          dated.claim.modality === 'done' &&
          isAnnounced(dated) &&
          dated.window.latest <= (latestDay([dated.saidOn, toldOverOn]) ?? '') &&
          dated.window.latest <= today &&
          overtaken.get(dated) === null,
      )
      .sort(byTrustThenNewer)[0] ?? null
  )
}

/** The announced day that has come lately and that nothing said since speaks against. */
function duePremiere(
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
      addDays(dated.window.latest, DUE_DAYS) >= today &&
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

/** The first day after a window's end on which somebody looked and found no premiere, with the claim that shows it. */
function lookedAfter(
  window: Window,
  claims: Weighed[],
  begun: Window | null,
  { facts, today }: { facts: SeasonFacts; today: Day },
): { lookedOn: Day; by: string | null } | null {
  const looks: { lookedOn: Day; by: string | null }[] = claims.flatMap(({ claim, saidOn, rank }) =>
    saidOn !== null && saidOn > window.latest && rank >= LOOKING_RANK && isStillToCome(claim, saidOn)
      ? [{ lookedOn: saidOn, by: claim.id }]
      : [],
  )
  const { looked, missedOn = {} } = facts
  if (looked && looked.on > window.latest) {
    // Each look moves the newest day; what is on record of the first one does not move, for looking again is no change.
    const before = missedOn[oneSpelling(window.edtf)]
    const first = before && before > window.latest && before < looked.on ? before : looked.on
    if (first <= today) looks.push({ lookedOn: first, by: null })
  }
  // It came later than that: the record says so.
  if (begun && begun.earliest > window.latest) looks.push({ lookedOn: begun.latest, by: null })
  return (
    looks.sort(
      (a, b) => a.lookedOn.localeCompare(b.lookedOn) || (a.by ?? '~').localeCompare(b.by ?? '~'),
    )[0] ?? null
  )
}

/** An aggregator's page of a later day shows that somebody looked; a fan's wish does not. */
const LOOKING_RANK = 2

/**
 * True for a word of a season to come. Against a count of seasons that have begun (`begunBy`) only a newer one speaks.
 */
export const isAwaited = ({ claim, saidOn }: Weighed, { begunBy }: SeasonFacts): boolean =>
  (isKind(claim.kind, 'to-come') || isKind(claim.kind, 'dates')) &&
  (!begunBy || (saidOn !== null && saidOn > begunBy))

/** Speaks of a season that has not come; a new voice, a trailer or a next arc may belong to one that is on. */
const isStillToCome = ({ kind, latest }: Claim, saidOn: Day): boolean =>
  isKind(kind, 'to-come') ||
  ((kind === 'release_date' || kind === 'release_window') && latest !== null && latest >= saidOn)

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

/**
 * Whether a record's premiere has come: a provider that was last read before the day only announced it, unless the show
 * was said to be over by then. A record that says nothing of when it was read is taken as read today.
 */
function hasBegun(
  premiereSeenOn: Day | null,
  toldOverOn: Day | null,
  { earliest, latest }: Window,
  today: Day,
): boolean {
  const isRead = !premiereSeenOn || premiereSeenOn >= latest || (toldOverOn ?? '') >= earliest
  return latest <= today && isRead
}

/** Works out the premiere of a season as of a day. Pure; the order of the claims does not matter. */
export function findPremiere(claims: Weighed[], facts: SeasonFacts, today: Day): PremiereFindings {
  const all = datedClaims(claims)
  const others = claims.filter((weighed) => !all.some((dated) => dated.claim.id === weighed.claim.id))
  const delays = others.filter(({ claim }) => claim.kind === 'delayed')
  const overtaken = new Map(all.map((dated) => [dated, overtakenOn(dated, all, delays, today)]))
  const { premiereSeenOn = null } = facts
  const toldOverOn = facts.toldOverOn && facts.toldOverOn <= today ? facts.toldOverOn : null
  const isOnRecord = facts.premiere && hasBegun(premiereSeenOn, toldOverOn, facts.premiere, today)
  const record = isOnRecord ? facts.premiere : null
  const said = record ? null : saidToHaveBegun(all, overtaken, toldOverOn, today)
  const begun = record ?? said?.window ?? null
  const due = begun ? null : duePremiere(all, others, overtaken, today)

  const states = new Map<string, ClaimState>()
  const passed: Dated[] = []
  for (const dated of all) {
    const { window, claim } = dated
    const overtakenDay = overtaken.get(dated) ?? null
    if (begun && (!disjoint(window, begun) || (dated.saidOn !== null && dated.saidOn > begun.latest))) {
      states.set(claim.id, 'stands')
    } else if (due && !disjoint(window, due.window)) {
      states.set(claim.id, 'stands')
    } else if (window.latest < today && (!begun || window.latest < begun.earliest)) {
      const spokenAfter = dated.saidOn !== null && dated.saidOn > window.latest
      const inTime = overtakenDay !== null && overtakenDay <= window.latest
      const idle = spokenAfter || dated.selfContradicting
      const looked = lookedAfter(window, claims, begun, { facts, today })
      const unmet = looked ? 'missed' : 'not_confirmed'
      states.set(claim.id, inTime ? 'superseded' : idle ? 'contradicted' : unmet)
      if (!inTime && !idle) passed.push(dated)
    } else {
      states.set(claim.id, begun || overtakenDay !== null ? 'superseded' : 'stands')
    }
  }

  const open = all.filter(
    (dated) =>
      states.get(dated.claim.id) === 'stands' &&
      (dated.window.latest >= today || (due !== null && dated.window.edtf === due.window.edtf)),
  )
  const announced = begun ? [] : open.filter(isAnnounced).sort(byTrust)
  const first = due ?? announced[0]
  // An announced day inside a better source's window makes it narrower; it does not contradict it.
  const chosen =
    first &&
    (announced.find((d) => d.claim.kind === 'release_date' && within(d.window, first.window)) ?? first)
  const expectations = open
    .filter((d) => !isAnnounced(d) && isCredible(d) && !d.selfContradicting)
    .sort(byTrust)
  const guess = begun || chosen ? undefined : expectations[0]

  const contradictions = findContradictions(all, begun, chosen ?? guess, overtaken, states)
  const recordAhead =
    !record && facts.premiere && addDays(facts.premiere.latest, DUE_DAYS) >= today ? facts.premiere : null
  const recordOver = !begun && facts.premiere && !recordAhead ? facts.premiere : null
  return {
    premiere: record
      ? {
          window: record,
          claimIds: supporters(all, record),
          framedBy: [],
          byRecord: true,
          begun: true,
          due: false,
        }
      : said
        ? {
            window: said.window,
            claimIds: sameWindow(all, said),
            framedBy: [],
            byRecord: false,
            begun: true,
            due: false,
          }
        : chosen
          ? {
              window: chosen.window,
              claimIds: sameWindow(announced, chosen),
              framedBy: first && first !== chosen ? [first.claim.id] : [],
              byRecord: false,
              begun: false,
              due: chosen === due,
            }
          : recordAhead
            ? {
                window: recordAhead,
                claimIds: ofRecord(all, recordAhead),
                framedBy: [],
                byRecord: true,
                begun: false,
                due: facts.premiere !== null && facts.premiere.latest <= today,
              }
            : null,
    expected: guess ? { window: guess.window, claimIds: sameWindow(expectations, guess) } : null,
    missed: groupByWindow(passed.filter(({ claim }) => states.get(claim.id) === 'missed')).map((group) => ({
      ...group,
      ...(lookedAfter(group.window, claims, begun, { facts, today }) as { lookedOn: Day; by: string | null }),
    })),
    unconfirmed: [
      ...(recordOver ? [{ window: recordOver, claimIds: [] }] : []),
      ...groupByWindow(passed.filter(({ claim }) => states.get(claim.id) === 'not_confirmed')),
    ],
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

/** The claims that repeat what the record says. */
const ofRecord = (all: Dated[], record: Window): string[] =>
  all
    .filter((d) => isOfRecord(d.claim) && d.window.edtf === record.edtf)
    .sort(byTrustThenNewer)
    .map((d) => d.claim.id)

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
