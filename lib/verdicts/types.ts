import type { VerdictWord } from '@/db/schema/words'
import type { Refusal } from '@/lib/shared/refusal'

export type { VerdictWord }

/** A reader's word on a show, as they read it back. */
export interface Verdict {
  show: string
  title: string
  word: VerdictWord
  at: Date
}

/** What became of a wish to say a word on a show, or to take it back (null). */
export type VerdictResult =
  | { ok: true; word: VerdictWord | null }
  | Refusal<'signed-out' | 'unknown-show' | 'limit' | 'full' | 'unavailable'>
