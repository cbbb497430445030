/** Who belongs to whose story: sequels, spin-offs and remakes are no discoveries. */
import type { RelatedTitle } from './types'

/** What says to whose story a title belongs. */
export type Kin = Pick<RelatedTitle, 'title' | 'kind' | 'country' | 'franchise'>

const folded = new WeakMap<Kin, string>()

function foldedTitle(title: Kin): string {
  let text = folded.get(title)
  if (text === undefined) {
    text = title.title.normalize('NFKC').toLowerCase()
    folded.set(title, text)
  }
  return text
}

/** Two titles that begin with different Latin letters cannot be one and its sequel; most pairs end here. */
function beginUnlike(a: string, b: string): boolean {
  const [x, y] = [a.charCodeAt(0) | 32, b.charCodeAt(0) | 32]
  return x !== y && x >= 97 && x <= 122 && y >= 97 && y <= 122
}

/**
 * True where one is a sequel, spin-off or remake of the other: they share a franchise id,
 * or one title is the other plus a subtitle, number or season mark.
 */
export function sameFranchise(a: Kin, b: Kin): boolean {
  if (a.franchise.some((id) => b.franchise.includes(id))) return true
  if (beginUnlike(a.title, b.title)) return false
  const [one, other] = [foldedTitle(a), foldedTitle(b)]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < 3 || !long.startsWith(short)) return false
  const rest = long.slice(short.length)
  if (rest === '') return a.kind === b.kind && a.country === b.country
  return /^\s*(?:[:：\-–—!！♪☆★(（]|\d|第|s\d|[ivx]+$)/u.test(rest) || short.length >= 14
}
