import type { ClaimKind, EventKind, SourceClass } from '@/db/schema/words'
import type { Day } from '@/lib/shared/day'

export type { ClaimKind, EventKind, SourceClass }

/** One dated statement by one source about one season, as the ledger holds it. */
export interface Claim {
  /** Content hash: `c_` and 20 hex digits. */
  id: string
  season: number
  kind: ClaimKind
  value: string
  edtf: string | null
  earliest: Day | null
  latest: Day | null
  who: string | null
  personStatus: 'confirmed' | 'returning' | 'expected' | 'new' | 'out' | null
  modality: 'done' | 'planned'
  /** The outlet a second-hand statement credits, by name. */
  citing: string | null
  /** The one it credits is a network, service or rights holder, so that it repeats an announcement and not a guess. */
  citesOfficialBody: boolean
  url: string
  publishedOn: Day | null
  seenOn: Day
  /** The instant it was recorded: tells apart what one source said twice on one day. Missing where nobody asks. */
  recordedAt?: string
  source: { slug: string; name: string }
  sourceClass: SourceClass
  retractedOn: Day | null
  retractReason: string | null
}

/** How many statements are on record: with a day of publication, and without one. */
export interface Statements {
  dated: number
  undated: number
}

/** How a claim stands on a day. */
export type ClaimState = 'stands' | 'superseded' | 'missed' | 'not_confirmed' | 'contradicted' | 'retracted'

export interface LedgerEvent {
  season: number
  kind: EventKind
  /**
   * What it was before and became, never in words: of dates and premieres EDTF, of castings names, else a code; '' for
   * nothing known. Events of older releases may hold words no claim explains.
   */
  was: string
  became: string
  because: string[]
  happenedOn: Day
}

/** An event as deciding about its telling needs it. */
export interface HeldEvent {
  id: number
  kind: EventKind
  was: string
  became: string
  happenedOn: string
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
