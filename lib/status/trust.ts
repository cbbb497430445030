/**
 * Whom we believe, and how far. Order of trust: official, interview (a maker on record), trade, press, aggregator,
 * fan; within a class the more specific statement, then the newer.
 *
 * A change of status needs one source of the press or better, or two independent ones below it with nothing better
 * speaking against them: a single rumour flips nothing. Whoever repeats another outlet counts as that outlet,
 * and never for more than it.
 */

import { addDays, type Day, daysBetween } from '@/lib/shared/day'
import type { Claim, ClaimKind, SourceClass } from './claim'

const CLASS_RANK: Record<SourceClass, number> = {
  official: 6,
  interview: 5,
  trade: 4,
  press: 3,
  aggregator: 2,
  fan: 1,
}

/** Days between two statements that still belong to one moment; past them the later is news, not a contradiction. */
export const SAME_MOMENT_DAYS = 30

/** Kinds whose date says when the thing happened, not when it is hoped for. */
const HAPPENINGS = new Set<ClaimKind>([
  'announced',
  'renewed',
  'cancelled',
  'ended',
  'final_season',
  'filming_started',
  'filming_wrapped',
  'trailer',
  'no_news',
])

/** A claim with what trust makes of it; worked out once for each derivation. */
export interface Weighed {
  claim: Claim
  /** 1 (fan) to 6 (official); a copy has at most the rank of the outlet it credits, where that outlet is here too. */
  rank: number
  /** The day it was said, as near as it can be dated to a day; null where only the page knows. */
  saidOn: Day | null
  /** The outlet the statement comes from, folded: the credited one for a copy. */
  origin: string
  /** Its own page says the opposite as well. */
  selfContradicting: boolean
}

const fold = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** True for a statement that a thing has been done: not intended, and not dated after it was said. */
export function isDone(claim: Claim): boolean {
  if (claim.modality === 'planned') return false
  // A day of grace: what is the 16th in Seoul is reported on the 15th elsewhere.
  return !(claim.earliest && claim.publishedOn && claim.earliest > addDays(claim.publishedOn, 1))
}

/** The day a claim was said: its publication, or for a thing reported as done the one day it happened on. */
export function saidOn(claim: Claim): Day | null {
  if (claim.publishedOn) return claim.publishedOn
  const happened = HAPPENINGS.has(claim.kind) && claim.modality === 'done'
  return happened && claim.earliest !== null && claim.earliest === claim.latest ? claim.earliest : null
}

/** Press or better. */
export const isCredible = (weighed: Weighed): boolean => weighed.rank >= CLASS_RANK.press
/** Trade, a maker on record, or official. */
export const isStrong = (weighed: Weighed): boolean => weighed.rank >= CLASS_RANK.trade

/** The claims that count on a day, each once, in the order of their ids: said by then and not retracted. */
export function weigh(claims: Claim[], today: Day): Weighed[] {
  const once = new Map<string, Claim>()
  for (const claim of claims) once.set(claim.id, claim)
  const live = [...once.values()]
    .filter((claim) => !(claim.retractedOn && claim.retractedOn <= today))
    // An undated page was there at the latest when it was seen.
    .filter((claim) => (saidOn(claim) ?? claim.seenOn) <= today)
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const best = new Map<string, number>()
  const silentPages = new Set<string>()
  for (const claim of live) {
    const name = fold(claim.source.name)
    best.set(name, Math.max(best.get(name) ?? 0, CLASS_RANK[claim.sourceClass]))
    if (claim.kind === 'no_news') silentPages.add(`${name} ${claim.url}`)
  }
  return live.map((claim) => {
    const own = CLASS_RANK[claim.sourceClass]
    const credited = claim.citing ? fold(claim.citing) : ''
    const rank = Math.min(own, best.get(credited) ?? own)
    const dayed = claim.kind === 'release_date' && claim.earliest === claim.latest
    const order = claim.kind === 'renewed' && own < CLASS_RANK.press
    return {
      claim,
      rank,
      saidOn: saidOn(claim),
      origin: credited || fold(claim.source.name),
      selfContradicting: (dayed || order) && silentPages.has(`${fold(claim.source.name)} ${claim.url}`),
    }
  })
}

/** How wide a window is: days up to three weeks, then months, so that no quarter counts as narrower than another. */
function width({ claim }: Weighed): number {
  if (!claim.earliest || !claim.latest) return Number.MAX_SAFE_INTEGER
  const days = daysBetween(claim.earliest, claim.latest)
  return days <= 21 ? days : 21 + Math.round(days / 30.4)
}

/** Most trusted first, then the more specific, then the newer, then by id so that the order never wavers. */
export function byTrust(a: Weighed, b: Weighed): number {
  return (
    b.rank - a.rank ||
    width(a) - width(b) ||
    (b.saidOn ?? '').localeCompare(a.saidOn ?? '') ||
    (a.claim.id < b.claim.id ? -1 : 1)
  )
}

/** Most trusted first, then the newer: for statements whose news is more than their detail. */
export function byTrustThenNewer(a: Weighed, b: Weighed): number {
  return b.rank - a.rank || (b.saidOn ?? '').localeCompare(a.saidOn ?? '') || byTrust(a, b)
}

/** How many outlets stand behind these claims, copies counted with the outlet they copy. */
export function independentOrigins(claims: Weighed[]): number {
  const groups = new Map<string, string>()
  const root = (name: string): string => {
    const parent = groups.get(name)
    return parent === undefined || parent === name ? name : root(parent)
  }
  for (const { claim, origin } of claims) {
    const own = root(fold(claim.source.name))
    groups.set(own, own)
    groups.set(root(origin), own)
  }
  return new Set(claims.map(({ origin }) => root(origin))).size
}

/**
 * The claims that settle something: those of the press or better if there are any, most trusted first; else all,
 * if at least two independent outlets say it and nobody of the press or better says otherwise; else none.
 */
export function settling(claims: Weighed[], against: Weighed[] = []): Weighed[] {
  const credible = claims.filter(isCredible)
  if (credible.length > 0) return credible.sort(byTrustThenNewer)
  if (claims.length < 2 || independentOrigins(claims) < 2) return []
  const newest = claims.reduce((day, { saidOn: said }) => (said && said > day ? said : day), '')
  const denied = against.some(
    (other) => isCredible(other) && (other.saidOn === null || other.saidOn >= newest),
  )
  return denied ? [] : [...claims].sort(byTrustThenNewer)
}

/** The class outranks another: for the sentence that names the rule. */
export const outranks = (a: Weighed, b: Weighed): string | null =>
  a.rank > b.rank ? `${a.claim.sourceClass} outranks ${b.claim.sourceClass}` : null
