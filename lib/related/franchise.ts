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

/** The Latin letter a title begins with, as a number; 0 for anything else. */
function initial({ title }: Kin): number {
  const letter = title.charCodeAt(0) | 32
  return letter >= 97 && letter <= 122 ? letter : 0
}

/** Two titles that begin with different Latin letters cannot be one and its sequel; most pairs end here. */
const unlike = (a: number, b: number) => a !== b && a !== 0 && b !== 0

/**
 * True where one is a sequel, spin-off or remake of the other: they share a franchise id,
 * or one title is the other plus a subtitle, number or season mark.
 */
export function sameFranchise(a: Kin, b: Kin): boolean {
  if (a.franchise.some((id) => b.franchise.includes(id))) return true
  if (unlike(initial(a), initial(b))) return false
  const [one, other] = [foldedTitle(a), foldedTitle(b)]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < 3 || !long.startsWith(short)) return false
  const rest = long.slice(short.length)
  if (rest === '') return a.kind === b.kind && a.country === b.country
  return /^\s*(?:[:：\-–—!！♪☆★(（]|\d|第|s\d|[ivx]+$)/u.test(rest) || short.length >= 14
}

/** `sameFranchise` for the titles of a list by their places, most pairs told apart without a look at the titles. */
export function kinship(titles: RelatedTitle[]): (a: number, b: number) => boolean {
  const initials = Uint8Array.from(titles, initial)
  const bearers = new Map<string, number>()
  for (const { franchise } of titles) for (const id of franchise) bearers.set(id, (bearers.get(id) ?? 0) + 1)
  const linked = Uint8Array.from(titles, ({ franchise }) =>
    franchise.some((id) => bearers.get(id)! > 1) ? 1 : 0,
  )
  return (a, b) =>
    !(unlike(initials[a]!, initials[b]!) && !(linked[a] && linked[b])) &&
    sameFranchise(titles[a]!, titles[b]!)
}
