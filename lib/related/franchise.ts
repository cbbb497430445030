/** Who belongs to whose story: sequels, spin-offs and remakes are no discoveries. */
import type { RelatedTitle } from './types'

const folded = new WeakMap<RelatedTitle, string>()

function foldedTitle(title: RelatedTitle): string {
  let text = folded.get(title)
  if (text === undefined) {
    text = title.title.normalize('NFKC').toLowerCase()
    folded.set(title, text)
  }
  return text
}

/**
 * True where one is a sequel, spin-off or remake of the other: they share a franchise id,
 * or one title is the other plus a subtitle, number or season mark.
 */
export function sameFranchise(a: RelatedTitle, b: RelatedTitle): boolean {
  if (a.franchise.some((id) => b.franchise.includes(id))) return true
  const [one, other] = [foldedTitle(a), foldedTitle(b)]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < 3 || !long.startsWith(short)) return false
  const rest = long.slice(short.length)
  if (rest === '') return a.kind === b.kind && a.country === b.country
  return /^\s*(?:[:：\-–—!！♪☆★(（]|\d|第|s\d|[ivx]+$)/u.test(rest) || short.length >= 14
}
