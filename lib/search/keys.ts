/** The letters by which a name is found exactly; the index and whoever waits for a name share this one rule. Pure. */
import { decodeEntities } from '@/lib/shared/entities'
import { fold, letters, romanised, withoutArticle } from './letters'
import { cleanQuery } from './query'
import { oneSpelling } from './spelling'

/** A folded text as comparable letters without spaces. */
const keyOf = (folded: string) => letters(folded).replaceAll(' ', '')
const distinct = (keys: string[]) => [...new Set(keys)].filter(Boolean)

/** The letters of a folded text: as written, without its article, with words in the one way we spell them. */
function forms(folded: string): string[] {
  const bare = withoutArticle(folded)
  return [folded, bare, oneSpelling(bare)]
}

/** The letters that have a show of this name found as the very same: as written, without its article, romanised. */
export function nameKeys(name: string): string[] {
  const folded = fold(decodeEntities(name))
  return distinct([...forms(folded), ...romanised(folded)].map(keyOf))
}

/**
 * The letters a query asks for: as typed, without its article, in one spelling. A name answers exactly where it has one
 * of them.
 */
export function queryKeys(query: string): string[] {
  return distinct(forms(fold(cleanQuery(decodeEntities(query)))).map(keyOf))
}
