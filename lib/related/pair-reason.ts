/** What a card says of a pair that people named. */
import type { Reason } from '@/db/schema/words'

/** Who named a pair: so many readers, or, where none counts, an editor's list. */
export interface PairWitness {
  /** Readers who name it; 0 where only lists do. */
  voices: number
  /** The name of the list that says it most strongly; null where none does. */
  source: string | null
}

/**
 * "Named beside it by 3 readers", else "Named beside it in The Paper's list". With the slug of the show that the pair
 * is of, it leads to the page where all of that show's pairs stand.
 */
export function pairReason(
  { voices, source }: PairWitness,
  { share = 0, slug = null }: { share?: number; slug?: string | null } = {},
): Reason {
  const who =
    voices > 0 ? `by ${voices} ${voices === 1 ? 'reader' : 'readers'}` : `in ${source ?? 'an editor'}’s list`
  return {
    kind: 'pair',
    term: voices > 0 ? 'readers' : (source ?? 'an editor'),
    text: `Named beside it ${who}`,
    href: slug ? `/shows/${slug}/suggest#named` : null,
    share,
  }
}
