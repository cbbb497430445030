/** FNV-1a over UTF-16 units with a final avalanche: the same number everywhere for the same text. */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The entry of a list that a hash calls for. */
export const pick = <T>(list: readonly T[], hash: number): T => list[hash % list.length] as T
