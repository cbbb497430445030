/**
 * The history of a season: the claims told again in the order they were made, a day at a time, and what really
 * changed on each. A statement that cannot be dated to a day changes nothing here; it is in the present status all
 * the same. Two outlets reporting one happening make one event.
 */
import { EVENT_KINDS } from '@/db/schema/words'
import { addDays, type Day, daysBetween } from '@/lib/shared/day'
import { oneSpelling } from '@/lib/shared/edtf'
import type { Claim, EventKind, LedgerEvent } from './claim'
import { type Settled, settle } from './settle'
import { isCredible, isDone, saidOn, weigh } from './trust'
import type { SeasonFacts } from './types'
import { hasBegun } from './words'

/** Reports of one happening spread over so many days. */
const ONE_HAPPENING_DAYS = 10

/** Tells the claims again; the events come oldest first. Pure: the order and the copies of the claims do not matter. */
export function replay(
  claims: Claim[],
  facts: SeasonFacts,
  today: Day,
): { events: LedgerEvent[]; last: Settled | null } {
  const dated = claims.filter((claim) => (saidOn(claim) ?? '9999') <= today)
  // Told without the record's own dates: those are hindsight; they enter on the day they came true.
  const before: SeasonFacts = { ...facts, premiere: null, finale: null, recorded: false }
  const days = new Set(dated.map((claim) => saidOn(claim) as Day))
  for (const claim of dated) {
    if (claim.retractedOn && claim.retractedOn <= today) days.add(claim.retractedOn)
    if (
      claim.latest &&
      claim.latest < today &&
      (claim.kind === 'release_date' || claim.kind === 'release_window')
    )
      days.add(addDays(claim.latest, 1))
  }
  const begunOn = facts.premiere && facts.premiere.latest <= today ? facts.premiere.latest : null
  const events: LedgerEvent[] = []
  let last: Settled | null = null
  const seen = new Set<EventKind>()
  for (const day of [...days].sort()) {
    if (begunOn && day >= begunOn) break
    const known = dated.filter((claim) => (saidOn(claim) as Day) <= day)
    const now = settle(known, day, before)
    events.push(...changes(last, now, known, day, facts.number, seen))
    last = now
    if (hasBegun(now)) break
  }
  const present = settle(claims, today, facts)
  events.push(...missedWindows(claims, present, facts.number, today))
  events.push(...happenings(claims, facts.number, today))
  events.push(...onTheRecord(present, facts, today))
  return {
    events: events.sort(
      (a, b) =>
        a.happenedOn.localeCompare(b.happenedOn) ||
        EVENT_KINDS.indexOf(a.kind) - EVENT_KINDS.indexOf(b.kind) ||
        a.became.localeCompare(b.became),
    ),
    last,
  }
}

/** A date as an event keeps it. */
const spelt = (edtf: string | undefined) => (edtf ? oneSpelling(edtf) : '')

/** What changed between two mornings; `seen` keeps what happens once from happening twice. */
function changes(
  was: Settled | null,
  now: Settled,
  known: Claim[],
  day: Day,
  season: number,
  seen: Set<EventKind>,
): LedgerEvent[] {
  const event = (kind: EventKind, before: string, became: string, because: string[]): LedgerEvent => ({
    season,
    kind,
    was: before,
    became,
    because,
    happenedOn: day,
  })
  const before = was?.status ?? 'unannounced'
  const found: LedgerEvent[] = []
  if (now.status === 'cancelled' && before !== 'cancelled')
    return [event('cancelled', before, 'cancelled', now.because)]
  if (now.stop && !was?.stop && now.stop.kind === 'cancelled')
    found.push(event('cancelled', before, 'cancelled', now.stop.claimIds))
  if ((before === 'unannounced' || before === 'cancelled') && now.status !== before) {
    const order = now.track[0]?.claimId
    const kind =
      known.find((claim) => claim.id === order)?.kind === 'renewed' || before === 'cancelled'
        ? 'renewed'
        : 'announced'
    // Whoever films has ordered, though nobody said so; a day is an answer of its own.
    const isMade = now.status === 'filming' || now.status === 'wrapped'
    if (now.status === 'announced' || order)
      found.push(event(kind, before, 'announced', order ? [order] : now.because))
    else if (isMade) found.push(event(kind, before, now.status, now.because))
  }
  if (now.finalSeason && !was?.finalSeason) {
    found.push(event('final-season', '', 'final-season', now.finalBecause))
  }
  const [, filming, wrapped] = now.track
  if (filming?.claimId && !wrapped?.claimId && !seen.has('filming-started')) {
    seen.add('filming-started')
    found.push(event('filming-started', '', 'filming', [filming.claimId]))
  }
  if (wrapped?.claimId && !seen.has('filming-wrapped')) {
    seen.add('filming-wrapped').add('filming-started')
    found.push(event('filming-wrapped', '', 'wrapped', [wrapped.claimId]))
  }
  const [old, next] = [was?.premiere, now.premiere]
  if (next && !hasBegun(now) && spelt(next.edtf) !== spelt(old?.edtf)) {
    const excluded = old && (old.latest < next.earliest || next.latest < old.earliest)
    found.push(event(excluded ? 'moved' : 'dated', spelt(old?.edtf), spelt(next.edtf), now.premiereBecause))
  }
  return found
}

/** Windows the press or better gave that were not kept; dated by the first who looked afterwards and could know. */
function missedWindows(claims: Claim[], present: Settled, season: number, today: Day): LedgerEvent[] {
  const credible = new Set(
    weigh(claims, today)
      .filter(isCredible)
      .map(({ claim }) => claim.id),
  )
  return present.missed.flatMap(({ window, claimIds, lookedOn, by }) =>
    claimIds.some((id) => credible.has(id))
      ? [
          {
            season,
            kind: 'window-missed' as const,
            was: spelt(window.edtf),
            became: '',
            because: [...claimIds].sort().concat(by ?? []),
            happenedOn: lookedOn,
          },
        ]
      : [],
  )
}

/** Trailers and castings: reports of the press or better, gathered where they speak of the same days. */
function happenings(claims: Claim[], season: number, today: Day): LedgerEvent[] {
  const found: LedgerEvent[] = []
  for (const [kind, kinds] of [
    ['trailer', ['trailer']],
    ['cast-confirmed', ['cast_new', 'cast_confirmed']],
  ] as const) {
    const dated = weigh(claims, today)
      .filter(
        (weighed) =>
          isCredible(weighed) &&
          isDone(weighed.claim) &&
          (kinds as readonly string[]).includes(weighed.claim.kind),
      )
      .flatMap(({ claim }) => {
        const day = claim.earliest && claim.earliest === claim.latest ? claim.earliest : claim.publishedOn
        return day && day <= today ? [{ claim, day }] : []
      })
      .sort((a, b) => a.day.localeCompare(b.day) || a.claim.id.localeCompare(b.claim.id))
    let group: { claims: Claim[]; day: Day } | null = null
    for (const { claim, day } of dated) {
      if (group && daysBetween(group.day, day) <= ONE_HAPPENING_DAYS) group.claims.push(claim)
      else {
        if (group) found.push(gathered(kind, group, season))
        group = { claims: [claim], day }
      }
    }
    if (group) found.push(gathered(kind, group, season))
  }
  return found
}

function gathered(
  kind: 'trailer' | 'cast-confirmed',
  group: { claims: Claim[]; day: Day },
  season: number,
): LedgerEvent {
  const people = [...new Set(group.claims.flatMap(({ who }) => (who ? [who] : [])))].sort()
  return {
    season,
    kind,
    was: '',
    became: kind === 'trailer' ? 'trailer' : people.join(', '),
    because: group.claims.map(({ id }) => id).sort(),
    happenedOn: group.day,
  }
}

/** The premiere and the finale, where the day is known and somebody says that it came. */
function onTheRecord(present: Settled, facts: SeasonFacts, today: Day): LedgerEvent[] {
  const found: LedgerEvent[] = []
  const { finale } = facts
  const premiere = present.premiereState === 'premiered' ? present.premiere : null
  if (premiere && premiere.earliest === premiere.latest && premiere.latest <= today)
    found.push({
      season: facts.number,
      kind: 'premiered',
      was: '',
      became: spelt(premiere.edtf),
      because: present.premiereBecause,
      happenedOn: premiere.latest,
    })
  if (finale && finale.earliest === finale.latest && finale.latest <= today)
    found.push({
      season: facts.number,
      kind: 'complete',
      was: '',
      became: spelt(finale.edtf),
      because: [],
      happenedOn: finale.latest,
    })
  return found
}
