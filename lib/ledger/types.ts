import type { EventKind } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'
import type { LedgerEvent } from '@/lib/status/claim'

/** How many statements are on record: with a day of publication, and without one. */
export interface Statements {
  dated: number
  undated: number
}

/** An event as deciding about its telling needs it. */
export interface HeldEvent {
  id: number
  kind: EventKind
  was: string
  became: string
  happenedOn: Day
  /** Until when it may be taken back; an instant in epoch milliseconds. */
  heldUntilMs: number
}

/** An event as it is on record. */
export interface RecordedEvent extends LedgerEvent {
  /** When we wrote it down, an instant in UTC to the second; `happenedOn` may lie long before it. */
  recordedAt: string
  /** What feeds call it, for ever. */
  key: string
  /** What browsers remember it by, where an older release gave it such a name. */
  seenKey: string | null
}

/** An event in a list of changes over all shows. */
export interface Change extends RecordedEvent {
  id: number
  show: { slug: string; title: string }
  /** The first of the deciding statements: who said it, where, and what; not what, where that may give an ending away. */
  source: { slug: string; name: string; url: string; says: string | null } | null
}

export interface Correction {
  /** The season it is about; null where it is about the whole show. */
  season: number | null
  text: string
  publishedOn: Day
  claimId: string | null
}

/** A correction in a list over all shows. */
export interface ListedCorrection extends Correction {
  id: number
  show: { slug: string; title: string }
  /** The page of the statement it is about; null where it is about none. */
  source: { name: string; url: string } | null
}
