/**
 * Statements that name a time for a premiere, and when one takes another's place. Pure; the rules they serve are told in
 * premiere.ts.
 */
import { addDays, type Day } from '@/lib/shared/day'
import { independentOrigins, isCredible, isStrong, SAME_MOMENT_DAYS, type Weighed } from './trust'
import type { Window } from './types'

/** Outlets of lower trust that it takes to overtake an older statement of higher trust, each so many days newer. */
const OUTVOTING_OUTLETS = 3
const OUTVOTING_DAYS = 180

/** A claim that names a time for the premiere. */
export interface Dated extends Weighed {
  window: Window
}

/** True where two windows share no day. */
export const disjoint = (a: Window, b: Window) => a.latest < b.earliest || b.latest < a.earliest
/** True where one window lies in another. */
export const within = (inner: Window, outer: Window) =>
  inner.earliest >= outer.earliest && inner.latest <= outer.latest

/** The claims that name a time for the premiere; a delay only where its date lies ahead of the day it was said. */
export function datedClaims(claims: Weighed[]): Dated[] {
  return claims.flatMap((weighed) => {
    const { kind, edtf, earliest, latest } = weighed.claim
    if (!edtf || !earliest || !latest) return []
    const ahead = weighed.saidOn !== null && earliest > weighed.saidOn
    if (kind !== 'release_date' && kind !== 'release_window' && !(kind === 'delayed' && ahead)) return []
    return [{ ...weighed, window: { edtf, earliest, latest } }]
  })
}

/** A date anybody can hold the makers to, as opposed to an outlet's expectation. */
export function isAnnounced(dated: Dated): boolean {
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
  // What a source itself says after its undated page was read is its newer word.
  if (newer.claim.source.slug === older.claim.source.slug && newer.saidOn >= older.claim.seenOn)
    return (
      newer.saidOn > older.claim.seenOn || (newer.claim.recordedAt ?? '') > (older.claim.recordedAt ?? '')
    )
  // An undated page counts as the older one where the date moved back; its announced day yields only to another.
  return older.window.latest < newer.window.earliest && (!isAnnounced(older) || isAnnounced(newer))
}

/** A delay with no new date takes back the dates given before it. */
function takesBack(delay: Weighed, older: Dated): boolean {
  if (delay.saidOn === null || !(isCredible(delay) || delay.rank >= older.rank)) return false
  if (older.saidOn !== null) return older.saidOn < delay.saidOn
  return older.window.earliest <= addDays(delay.saidOn, 366)
}

/** The day on which enough newer outlets of lower trust had named another time; null while they have not. */
function outvotedOn(older: Dated, all: Dated[]): Day | null {
  const { saidOn } = older
  if (saidOn === null) return null
  const newer = all
    .filter(
      (other) =>
        other.rank < older.rank &&
        other.saidOn !== null &&
        other.saidOn > addDays(saidOn, OUTVOTING_DAYS) &&
        other.window.earliest > other.saidOn &&
        disjoint(other.window, older.window),
    )
    .sort((a, b) => (a.saidOn as Day).localeCompare(b.saidOn as Day))
  const enough = newer.findIndex((_, i) => independentOrigins(newer.slice(0, i + 1)) >= OUTVOTING_OUTLETS)
  return newer[enough]?.saidOn ?? null
}

/** The day from which a statement no longer held, because a later one took its place; null while it holds. */
export function overtakenOn(dated: Dated, all: Dated[], delays: Weighed[], today: Day): Day | null {
  const days = [
    ...all
      // What has itself passed unmet keeps no other window closed.
      .filter((other) => other.window.latest >= today || dated.window.latest < today)
      .filter((other) => supersedes(other, dated))
      .map((other) => other.saidOn),
    ...delays.filter((delay) => takesBack(delay, dated)).map((delay) => delay.saidOn),
    outvotedOn(dated, all),
  ].filter((day): day is Day => day !== null)
  return days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : null
}

/** True for statements that may belong to one moment: then the later is no news, but a contradiction. */
export const sameMoment = (a: Weighed, b: Weighed) =>
  a.saidOn === null ||
  b.saidOn === null ||
  (a.saidOn <= addDays(b.saidOn, SAME_MOMENT_DAYS) && b.saidOn <= addDays(a.saidOn, SAME_MOMENT_DAYS))
