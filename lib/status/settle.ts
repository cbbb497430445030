/**
 * What the claims about one season add up to on one day, without its history: the core that status and replay share.
 * Pure, the same for any order of the claims and for any number of copies of them.
 */

import { addDays, type Day, latestDay } from '@/lib/shared/day'
import type { Claim, ClaimKind, ClaimState } from './claim'
import { findPremiere, isAwaited } from './premiere'
import {
  byTrust,
  byTrustThenNewer,
  independentOrigins,
  isCredible,
  isDone,
  settling,
  type Weighed,
  weigh,
} from './trust'
import type {
  Contradiction,
  PremiereState,
  SeasonFacts,
  SeasonStatus,
  SeasonStatusWord,
  TrackStep,
} from './types'

export type Settled = Omit<SeasonStatus, 'changedOn'>

/** A season whose finale nobody recorded is called airing for so long after its premiere. */
export const AIRING_DAYS = 90

/** Statements by which a season is ordered, or is taken to be. */
export const ORDER_KINDS: ReadonlySet<ClaimKind> = new Set<ClaimKind>([
  'renewed',
  'announced',
  'final_season',
  'filming_started',
  'filming_wrapped',
  'release_date',
])
/** Nobody casts, trails or splits a season that was not ordered; said by a second outlet, these confirm a rumour. */
const SUPPORT_KINDS = new Set<ClaimKind>([
  'trailer',
  'cast_new',
  'cast_confirmed',
  'plot_official',
  'episode_count',
  'split_release',
  'writing',
])

const ids = (claims: Weighed[]) => claims.map(({ claim }) => claim.id)
const newestDay = (claims: Weighed[]) => latestDay(claims.map(({ saidOn }) => saidOn))

/** Filming that has happened by the day, as far as the statement goes. */
const happened = (weighed: Weighed, today: Day) =>
  isDone(weighed.claim) && !(weighed.claim.earliest && weighed.claim.earliest > today)

interface Order {
  claims: Weighed[]
  rumours: Weighed[]
}

/** Who says that the season was ordered, and whether that is enough. */
function findOrder(claims: Weighed[], today: Day): Order {
  const orders = claims.filter(
    (weighed) =>
      ORDER_KINDS.has(weighed.claim.kind) &&
      !weighed.selfContradicting &&
      (weighed.claim.kind === 'release_date' ? weighed.claim.modality === 'done' : happened(weighed, today)),
  )
  const signs = claims.filter((w) => ['trailer', 'split_release'].includes(w.claim.kind) && isCredible(w))
  // A date alone orders nothing when only a rumour names it.
  const told = orders.filter((weighed) => weighed.claim.kind !== 'release_date' || isCredible(weighed))
  const denials = claims.filter(({ claim }) => ['no_news', 'cancelled', 'ended'].includes(claim.kind))
  const settled = settling([...told, ...signs], denials)
  if (settled.length > 0) return { claims: settled, rumours: [] }
  const support = claims.filter(
    ({ claim }) =>
      SUPPORT_KINDS.has(claim.kind) || (claim.kind === 'filming_started' && claim.modality === 'planned'),
  )
  const spoken = support.filter(isCredible)
  // Two outlets of the press or better that cast, write or schedule it take the order for granted.
  const assumed = spoken.length > 1 && independentOrigins(spoken) > 1
  const rumours = claims
    .filter(
      ({ claim }) =>
        ['renewed', 'announced', 'final_season', 'release_date'].includes(claim.kind) &&
        claim.modality === 'done',
    )
    .sort(byTrustThenNewer)
  const backed = told.length > 0 && spoken.length > 0 && independentOrigins([...told, ...spoken]) > 1
  if (backed || assumed) return { claims: [...told, ...spoken].sort(byTrustThenNewer), rumours: [] }
  return { claims: [], rumours }
}

/** Whether anybody we trust says there will be no more, and no later order says otherwise. */
function findStop(
  claims: Weighed[],
  order: Order,
): { kind: 'cancelled' | 'ended'; claims: Weighed[] } | null {
  const of = (kind: ClaimKind) =>
    claims.filter(({ claim }) => claim.kind === kind && claim.modality === 'done')
  // All who speak of it as ordered, not only those whose word was enough: one more such word takes none away.
  const spoken = order.claims.length > 0 ? [...order.claims, ...claims.filter(isCredible)] : []
  const orders = spoken.filter(({ claim }) =>
    ['renewed', 'announced', 'filming_started', 'release_date'].includes(claim.kind),
  )
  const stops = (['cancelled', 'ended'] as const).flatMap((kind) => {
    const said = settling(of(kind), orders)
    // An undated page counts with the dated ones: who speaks of an order after them speaks after it, too.
    const day = newestDay(said) ?? newestDay([...of('cancelled'), ...of('ended')])
    const revived = day !== null && orders.some((o) => isCredible(o) && o.saidOn !== null && o.saidOn > day)
    return said.length > 0 && !revived ? [{ kind, claims: said }] : []
  })
  return stops.sort((a, b) => byTrustThenNewer(a.claims[0] as Weighed, b.claims[0] as Weighed))[0] ?? null
}

const RANK: Record<SeasonStatusWord, number> = {
  unannounced: 0,
  announced: 1,
  filming: 2,
  wrapped: 3,
  dated: 4,
  airing: 5,
  complete: 6,
  cancelled: -1,
}

/** The contradictions about whether the season comes at all. */
function renewalContradictions(
  claims: Weighed[],
  order: Order,
  stop: ReturnType<typeof findStop>,
): Contradiction[] {
  const cancelled = claims.filter(({ claim }) => claim.kind === 'cancelled' && claim.modality === 'done')
  const ended = claims.filter(({ claim }) => claim.kind === 'ended')
  if (cancelled.length > 0 && ended.length > 0) {
    const sides = [cancelled, ended].map((side) => ({
      claimIds: ids(side),
      says: side === cancelled ? 'cancelled' : 'ended by choice',
    }))
    const [a, b] = [cancelled, ended].map((side) => [...side].sort(byTrust)[0] as Weighed)
    const [high, low] = a!.rank >= b!.rank ? [a!, b!] : [b!, a!]
    const settledBy =
      high.rank > low.rank ? `${high.claim.sourceClass} outranks ${low.claim.sourceClass}` : null
    return [{ about: 'renewal', sides, settledBy: settledBy ?? (stop ? 'the newer statement' : null) }]
  }
  const denials = claims.filter((w) => w.claim.kind === 'no_news' && isCredible(w))
  if (order.rumours.length > 0 && denials.length > 0) {
    const [rumour, denial] = [order.rumours[0] as Weighed, [...denials].sort(byTrust)[0] as Weighed]
    return [
      {
        about: 'renewal',
        sides: [
          { claimIds: ids(order.rumours), says: 'ordered' },
          { claimIds: ids(denials), says: 'not announced' },
        ],
        settledBy:
          denial.rank > rumour.rank
            ? `${denial.claim.sourceClass} outranks ${rumour.claim.sourceClass}`
            : null,
      },
    ]
  }
  return []
}

const person = (who: string) =>
  who
    .split(/ as | \(|\//)[0]!
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/**
 * One person said to be in and out: the better source decides, then the newer. Who left was in before: a newer report of
 * the press or better that they are out is news, whoever had said that they are in.
 */
function castContradictions(claims: Weighed[], states: Map<string, ClaimState>): Contradiction[] {
  const byPerson = new Map<string, Weighed[]>()
  for (const weighed of claims) {
    const { kind, who, modality } = weighed.claim
    // What is only intended contradicts nothing that was done.
    if (!who || modality === 'planned' || !['cast_new', 'cast_confirmed', 'cast_out'].includes(kind)) continue
    const name = person(who)
    byPerson.set(name, [...(byPerson.get(name) ?? []), weighed])
  }
  const found: Contradiction[] = []
  for (const said of byPerson.values()) {
    const out = said.filter(({ claim }) => claim.kind === 'cast_out')
    const inside = said.filter(({ claim }) => claim.kind !== 'cast_out')
    if (out.length === 0 || inside.length === 0) continue
    const lastIn = newestDay(inside)
    const left = out.filter((one) => isCredible(one) && one.saidOn && one.saidOn > (lastIn ?? ''))
    const first = [...(left.length > 0 ? left : said)].sort(byTrustThenNewer)[0] as Weighed
    const name = (first.claim.who ?? '').split(/ as | \(|\//)[0]
    const losers = first.claim.kind === 'cast_out' ? inside : out
    const settled = losers.every((l) => l.rank < first.rank || (l.saidOn ?? '') < (first.saidOn ?? ''))
    for (const loser of losers) states.set(loser.claim.id, settled ? 'superseded' : 'contradicted')
    if (!settled) states.set(first.claim.id, 'contradicted')
    found.push({
      about: 'cast',
      sides: [
        { claimIds: ids(inside), says: `${name} takes part` },
        { claimIds: ids(out), says: `${name} does not take part` },
      ],
      settledBy: settled ? 'the better or newer source' : null,
    })
  }
  return found
}

interface Milestones {
  order: Order
  filming: Weighed[]
  wrapped: Weighed[]
}

/** What of the other statements still holds, once the status is known. */
function stateOthers(
  claims: Weighed[],
  { order, filming, wrapped }: Milestones,
  status: SeasonStatusWord,
  today: Day,
  states: Map<string, ClaimState>,
): void {
  const orderedOn = newestDay(order.claims)
  const shot = [...filming, ...wrapped]
  for (const { claim, rank, saidOn } of claims) {
    if (states.has(claim.id)) continue
    let state: ClaimState = 'stands'
    if (claim.kind === 'no_news' && orderedOn && (saidOn === null || saidOn < orderedOn)) state = 'superseded'
    if (
      status === 'cancelled' &&
      ['renewed', 'announced', 'filming_started', 'writing', 'release_window', 'release_date'].includes(
        claim.kind,
      )
    )
      state = 'superseded'
    if (
      ['renewed', 'announced', 'final_season'].includes(claim.kind) &&
      order.rumours.some((r) => r.claim === claim)
    ) {
      const denied = claims.some(
        (o) => o.claim.kind === 'no_news' && o.rank > rank && (saidOn === null || (o.saidOn ?? '') >= saidOn),
      )
      if (denied) state = 'contradicted'
    }
    if (
      (claim.kind === 'filming_started' || claim.kind === 'filming_wrapped') &&
      (claim.modality === 'planned' || !isDone(claim)) &&
      claim.latest
    ) {
      const peers = claim.kind === 'filming_started' ? shot : wrapped
      const kept = peers.some(
        ({ claim: done }) =>
          done.earliest && done.latest && done.earliest <= claim.latest! && done.latest >= claim.earliest!,
      )
      // A plan is never missed by silence: what was done later took its place, or nobody has confirmed it.
      const done = [...shot, ...wrapped].some((other) => (other.saidOn ?? '') > claim.latest!)
      if (!kept && claim.latest < today) state = done ? 'superseded' : 'not_confirmed'
    }
    states.set(claim.id, state)
  }
}

/** How the premiere stands: begun, ahead or due; else what became of the last window that is over. */
function premiereStateOf({ premiere, missed, unconfirmed }: ReturnType<typeof findPremiere>): PremiereState {
  if (premiere) return premiere.begun ? 'premiered' : premiere.due ? 'due' : 'open'
  const [unmet, silent] = [missed[0]?.window.latest ?? '', unconfirmed[0]?.window.latest ?? '']
  return unmet || silent ? (unmet >= silent ? 'missed' : 'not_confirmed') : 'open'
}

/** What the claims say as of `today`, with the catalogue's facts of the season. */
export function settle(claims: Claim[], today: Day, facts: SeasonFacts): Settled {
  const live = weigh(claims, today)
  const found = findPremiere(live, facts, today)
  const { states } = found
  const order = findOrder(live, today)
  const shot = (kind: ClaimKind) => settling(live.filter((w) => w.claim.kind === kind && happened(w, today)))
  const wrapped = shot('filming_wrapped')
  const filming = shot('filming_started')
  const stop = findStop(live, order)
  const begun = found.premiere?.begun ?? false

  let status: SeasonStatusWord = 'unannounced'
  let because: string[] = []
  if (begun && found.premiere) {
    const over = facts.finale
      ? facts.finale.latest <= today
      : addDays(found.premiere.window.latest, AIRING_DAYS) < today
    status = over ? 'complete' : 'airing'
    because = found.premiere.claimIds
  } else if (stop?.kind === 'cancelled') {
    status = 'cancelled'
    because = ids(stop.claims)
  } else if (stop) {
    because = ids(stop.claims)
  } else if (found.premiere) {
    status = 'dated'
    because = [...found.premiere.claimIds, ...found.premiere.framedBy]
  } else if (wrapped.length > 0) {
    status = 'wrapped'
    because = ids(wrapped)
  } else if (filming.length > 0) {
    status = 'filming'
    because = ids(filming)
  } else if (order.claims.length > 0) {
    status = 'announced'
    because = ids(order.claims)
  }
  // A season that the catalogue counts and nobody speaks of as still to come is behind us; when it began is not known.
  const countedOnly =
    facts.recorded === true && !facts.premiere && !live.some((weighed) => isAwaited(weighed, facts))
  if (countedOnly) status = 'complete'
  const stopped = !begun && stop !== null
  if (stopped)
    for (const [id, state] of states)
      if (state === 'stands' || state === 'missed' || state === 'not_confirmed') states.set(id, 'superseded')
  const cast = castContradictions(live, states)
  stateOthers(live, { order, filming, wrapped }, status, today, states)
  for (const claim of claims) {
    if (claim.retractedOn && claim.retractedOn <= today) states.set(claim.id, 'retracted')
    else if (!states.has(claim.id)) states.set(claim.id, 'stands')
  }

  const premiere = stopped ? null : (found.premiere?.window ?? null)
  const final = settling(
    live.filter(({ claim }) => claim.kind === 'final_season' && claim.modality === 'done'),
  )
  return {
    status,
    because,
    byRecord:
      countedOnly || (status !== 'cancelled' && premiere !== null && (found.premiere?.byRecord ?? false)),
    premiere,
    premiereBecause: premiere ? (found.premiere?.claimIds ?? []) : [],
    expected: RANK[status] >= RANK.announced && status !== 'dated' && !begun ? found.expected : null,
    premiereState: stopped ? 'open' : premiereStateOf(found),
    stop: stop && { kind: stop.kind, claimIds: ids(stop.claims) },
    rumours: status === 'unannounced' ? ids(order.rumours) : [],
    hold: !begun && !stopped && found.delay ? found.delay.claim.id : null,
    finale: facts.finale,
    finalSeason: final.length > 0,
    finalBecause: ids(final),
    missed: stopped ? [] : found.missed,
    unconfirmed: stopped ? [] : found.unconfirmed,
    contradictions: [
      ...(stopped ? [] : found.contradictions),
      ...renewalContradictions(live, order, stop),
      ...cast,
    ],
    states: Object.fromEntries([...states].sort(([a], [b]) => (a < b ? -1 : 1))),
    track: track(status, { order, filming, wrapped }, premiere, found.premiere?.claimIds ?? [], facts),
    checkedOn: latestDay(claims.map(({ seenOn }) => seenOn)),
  }
}

const STEPS = ['announced', 'filming', 'wrapped', 'dated', 'airing', 'complete'] as const

/** The road of a season: what is behind it, with the best statement for each step, where it is, what is open. */
function track(
  status: SeasonStatusWord,
  { order, filming, wrapped }: Milestones,
  premiere: SeasonStatus['premiere'],
  premiereBecause: string[],
  facts: SeasonFacts,
): TrackStep[] {
  const said: Record<(typeof STEPS)[number], { edtf: string | null; claimId: string | null } | null> = {
    announced: stepOf(
      [...order.claims.filter(({ claim }) => claim.kind === 'renewed' || claim.kind === 'announced')].sort(
        byTrust,
      ),
    ),
    filming: stepOf([...filming].sort(byTrust)),
    wrapped: stepOf([...wrapped].sort(byTrust)),
    dated: premiere && { edtf: premiere.edtf, claimId: premiereBecause[0] ?? null },
    airing: premiere && { edtf: premiere.edtf, claimId: premiereBecause[0] ?? null },
    complete: facts.finale && { edtf: facts.finale.edtf, claimId: null },
  }
  const begun = RANK[status] >= RANK.airing
  return STEPS.map((step) => {
    // A date can be set before the cameras roll: shooting counts where it was reported, or where the season began.
    const shooting = step === 'filming' || step === 'wrapped'
    const passed =
      RANK[step] <= RANK[status] && (!shooting || begun || said[step] !== null || step === status)
    const reached = status === 'cancelled' || (shooting && !begun) ? said[step] !== null : passed
    const state = status === step ? 'now' : reached ? 'done' : 'open'
    const { edtf = null, claimId = null } = (reached && said[step]) || {}
    return { step, state, edtf, claimId }
  })
}

const stepOf = (claims: Weighed[]) => {
  const dated = claims.find(({ claim }) => claim.edtf) ?? claims[0]
  return dated ? { edtf: dated.claim.edtf, claimId: dated.claim.id } : null
}
