/** Shapes of who is who among shows: what is compared, how it is judged, and what a person sees of it. */
import type { IdentityReason, IdentityVerdict, PairOfProvider } from '@/db/schema/words'
import type { Refusal } from '@/lib/shared/refusal'

/** A show as it is compared with another. */
export interface Comparable {
  title: string
  /** Every other name. */
  aliases: string[]
  /** When it began, EDTF; null where nobody says. */
  began: string | null
  country: string | null
  network: string | null
  kind: string | null
  /** `tvmaze:1`, `imdb:tt1` … */
  ids: string[]
}

/** How two shows compare. */
export interface Judgement {
  /** What the reasons add up to. */
  score: number
  /** In the order in which they were weighed. */
  reasons: IdentityReason[]
  /** `same`: enough to join them unasked; `doubtful`: a person decides; `different`: nothing to ask. */
  is: 'same' | 'doubtful' | 'different'
}

/** A provider's show that may be one of ours, as a sync found it. */
export interface Doubt {
  namespace: string
  outsideId: string
  showId: number
  judged: Pick<Judgement, 'score' | 'reasons'>
  theirs: PairOfProvider
}

/** Two of our shows that may be one. */
export interface OwnDoubt {
  showIds: [number, number]
  judged: Pick<Judgement, 'score' | 'reasons'>
}

/** One side of a pair as an operator sees it. */
export interface PairSide {
  title: string
  /** Our page, or the provider's. */
  href: string
  /** Ours alone. */
  slug: string | null
  year: string | null
  country: string | null
  network: string | null
  ids: string[]
}

/** A pair as an operator sees it. */
export interface PairLine {
  id: number
  sides: [PairSide, PairSide]
  score: number
  reasons: IdentityReason[]
  /** Instants. */
  seenAt: string
  decided: { verdict: IdentityVerdict; at: string } | null
}

/** The picture for /studio/identity. */
export interface IdentityOverview {
  open: PairLine[]
  openCount: number
  /** The newest decisions; each can be undone. */
  decided: PairLine[]
}

/** What became of a command. */
export type IdentityResult = { ok: true } | Refusal<'operators' | 'unknown-pair' | 'identity'>
