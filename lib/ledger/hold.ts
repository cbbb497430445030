/**
 * The hold: what is said by others than the makers waits a while before readers are told, so that a flip and its
 * reversal cancel out. Pure.
 */

import type { SourceClass } from '@/db/schema/words'
import { fromEnv, type Given } from '@/lib/shared/env'
import type { EventKind, LedgerEvent } from '@/lib/status/claim'
import { freshEvents, isAnsweredBy, type Standing } from './rules'
import type { HeldEvent } from './types'

const HOLD_MINUTES_DEFAULT = 30

/** How long unofficial news is held, from GREENLIT_HOLD_MINUTES; 30 minutes unless set. */
export function holdMs(env: Given = process.env): number {
  return (fromEnv('GREENLIT_HOLD_MINUTES', env) ?? HOLD_MINUTES_DEFAULT) * 60_000
}

/** What the clock brings is nobody's word: there is nothing to take back. */
const BY_THE_CLOCK = new Set<EventKind>(['window-missed', 'premiered', 'complete'])

/** Whether an event needs no hold: the clock brought it, or an official source is among those that decided it. */
export function isUnheld(kind: EventKind, deciding: readonly SourceClass[]): boolean {
  return BY_THE_CLOCK.has(kind) || deciding.includes('official')
}

/** Kinds that speak of one thing, so that a later one can take an earlier one back. */
const QUESTION: Partial<Record<EventKind, 'order' | 'date'>> = {
  announced: 'order',
  renewed: 'order',
  cancelled: 'order',
  dated: 'date',
  moved: 'date',
}

const toldAs = ({ kind, became }: Pick<HeldEvent, 'kind' | 'became'>) =>
  QUESTION[kind] === 'order' ? (kind === 'cancelled' ? 'cancelled' : 'ordered') : became
// "unannounced", "announced", "cancelled": before an order nothing was ordered, whatever it was called.
const standingBefore = ({ kind, was }: Pick<HeldEvent, 'kind' | 'was'>) =>
  QUESTION[kind] === 'order'
    ? was === 'cancelled'
      ? 'cancelled'
      : was === '' || was === 'unannounced'
        ? ''
        : 'ordered'
    : was

/** What readers were last told of each question; null for nothing that still counts. */
export interface LastTold {
  order: 'cancelled' | 'ordered' | null
  date: string | null
}

/** What a season's told events, in the order they were recorded, have left readers knowing. */
export function lastTold(told: Pick<HeldEvent, 'kind' | 'became'>[]): LastTold {
  const last: LastTold = { order: null, date: null }
  for (const event of told) {
    if (QUESTION[event.kind] === 'order') last.order = event.kind === 'cancelled' ? 'cancelled' : 'ordered'
    if (QUESTION[event.kind] === 'date') last.date = event.became
    // A date ends with the season, and with its own passing: given again it is news.
    if (event.kind === 'cancelled' || event.kind === 'window-missed') last.date = null
  }
  return last
}

/** What is to become of held events. */
export interface Settlement {
  tell: HeldEvent[]
  withdraw: { event: HeldEvent; reason: string }[]
  /** When to look again; null where nothing is held any more. */
  againAtMs: number | null
}

/**
 * Decides about the held events of one season, given in the order they were recorded: `standing` and `history` are
 * how the season stands and what happened to it by the claims as they are now, `known` what readers know.
 *
 * - Events about one question (ordered or not; the date) are settled together, when the last of them is ripe: when
 *   they lead back to where they began, or to what readers know, none is told; otherwise the last one is, if it
 *   still answers the question.
 * - Of the others, what the history no longer holds is withdrawn. What the clock brought stands.
 */
export function settleHeld(
  held: HeldEvent[],
  { standing, history, known }: { standing: Standing; history: LedgerEvent[]; known: LastTold },
  nowMs: number,
): Settlement {
  const settlement: Settlement = { tell: [], withdraw: [], againAtMs: null }
  const wait = (ms: number) => {
    settlement.againAtMs = Math.min(settlement.againAtMs ?? ms, ms)
  }
  for (const question of ['order', 'date'] as const) {
    const asked = held.filter(({ kind }) => QUESTION[kind] === question)
    const last = asked.at(-1)
    if (!last) continue
    if (last.heldUntilMs > nowMs) {
      wait(last.heldUntilMs)
      continue
    }
    const stands = isAnsweredBy(last, standing)
    const back =
      toldAs(last) === known[question] || (asked.length > 1 && standingBefore(asked[0]!) === toldAs(last))
    const reason = !stands
      ? 'no longer holds'
      : back
        ? 'taken back before anybody was told'
        : 'overtaken before anybody was told'
    for (const event of asked)
      if (event === last && stands && !back) settlement.tell.push(event)
      else settlement.withdraw.push({ event, reason })
  }
  for (const event of held.filter(({ kind }) => !QUESTION[kind])) {
    const asEvent: LedgerEvent = { ...event, season: 0, because: [] }
    if (event.heldUntilMs > nowMs) wait(event.heldUntilMs)
    else if (BY_THE_CLOCK.has(event.kind) || freshEvents([asEvent], history).length === 0)
      settlement.tell.push(event)
    else settlement.withdraw.push({ event, reason: 'no longer holds' })
  }
  return settlement
}
