import type { Reason, RelatedCard } from '@/lib/related/types'
import { capitalised } from '@/lib/shared/text'

/** Letters of a card's line. */
const LINE_MAX = 104
/** A sentence is ended at a comma only where so many letters stand before it. */
const CLAUSE_MIN = 70
const TERMS_SHOWN = 3

/** A reason without the words that say what kind of fact it is, where the fact tells that by itself. */
export function chipWords({ kind, term, text }: Reason): string {
  if (kind === 'tag' || kind === 'country') return term
  if (kind === 'genre') return term.toLowerCase()
  return text.replace(/^Shared genre: /, '')
}

/** A sentence up to its end; the dot of an initial or of a title is none. */
const SENTENCE = /^.+?(?<!\b\p{Lu})(?<!\b(?:Mr|Mrs|Ms|Dr|St))[.!?](?=\s+\p{Lu}|\s*$)/su

/** The first sentence of a text, cut short after a clause or else after a word, and marked as cut. */
export function firstSentence(text: string): string {
  const sentence = SENTENCE.exec(text)?.[0] ?? text
  if (sentence.length <= LINE_MAX) return sentence
  const room = sentence.slice(0, LINE_MAX + 1)
  const clause = Math.max(room.lastIndexOf(', '), room.lastIndexOf('; '), room.lastIndexOf(': '))
  const end = clause >= CLAUSE_MIN ? clause : room.lastIndexOf(' ')
  return `${room.slice(0, end > 0 ? end : LINE_MAX).replace(/[\s,;:]+$/, '')} …`
}

/**
 * One line about a card's show: the first sentence of what is written about it, else what else its story is about,
 * else its other genres; what its `reasons` say is not said twice. Null where nothing is left.
 */
export function cardLine(
  { summary, tags, genres }: Pick<RelatedCard, 'summary' | 'tags' | 'genres'>,
  reasons: Reason[],
): string | null {
  if (summary) return firstSentence(summary)
  const said = new Set(reasons.map(({ term }) => term.toLowerCase()))
  const unsaid = (terms: string[]) =>
    terms
      .map((term) => term.toLowerCase())
      .filter((term) => !said.has(term))
      .slice(0, TERMS_SHOWN)
  const list = [unsaid(tags), unsaid(genres)].find((terms) => terms.length > 0)?.join(', ')
  return list ? capitalised(list) : null
}
