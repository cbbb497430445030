/** The letters by which a name is found exactly; the index and whoever waits for a name share this one rule. Pure. */
import { fold, letters, romanised, withoutArticle } from './letters'
import { cleanQuery } from './query'

/** A folded text as comparable letters without spaces. */
const keyOf = (folded: string) => letters(folded).replaceAll(' ', '')
const distinct = (keys: string[]) => [...new Set(keys)].filter(Boolean)

/** The letters that have a show of this name found as the very same: as written, without its article, romanised. */
export function nameKeys(name: string): string[] {
  const folded = fold(name)
  return distinct([folded, withoutArticle(folded), ...romanised(folded)].map(keyOf))
}

/** The letters a query asks for: as typed, then without its article. A name answers exactly where it has one of them. */
export function queryKeys(query: string): string[] {
  const folded = fold(cleanQuery(query))
  return distinct([folded, withoutArticle(folded)].map(keyOf))
}
