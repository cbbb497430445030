/** What a card says of a pair that people named. */
import type { Reason } from '@/db/schema/words'

/** Who named a pair: so many readers, or, where none counts, an editor's list; or the title both are named beside. */
export interface PairWitness {
  /** Readers who name it; 0 where only lists do. */
  voices: number
  /** The name of the list that says it most strongly; null where none does. */
  source: string | null
  /** The title that both are named beside, where nobody named the pair itself. */
  through?: string | null
}

/**
 * "Named beside it by 3 readers", else "Named beside it in The Paper's list". With the slug of the show on whose page
 * the pair stands, it leads there.
 */
export function pairReason(
  { voices, source, through }: PairWitness,
  { share = 0, slug }: { share?: number; slug?: string | null } = {},
): Reason {
  const list = source ?? 'an editor'
  const [term, text] = through
    ? [through, `Both are named beside ${through}`]
    : voices > 0
      ? ['readers', `Named beside it by ${voices} ${voices === 1 ? 'reader' : 'readers'}`]
      : [list, `Named beside it in ${list}’s list`]
  return { kind: 'pair', term, text, href: slug ? `/shows/${slug}/suggest#named` : null, share }
}
