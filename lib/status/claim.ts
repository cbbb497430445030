/** A claim as the rules read it, and what follows from claims: the state of each, and events. */
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

/** How a claim stands on a day. */
export type ClaimState = 'stands' | 'superseded' | 'missed' | 'not_confirmed' | 'contradicted' | 'retracted'

/** A real change of what holds, worked out from the claims. */
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
