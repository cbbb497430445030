import type { Interaction } from '@/lib/related/recommend/types'
import { seeded } from '@/lib/shared/random'

/** Parts each reader's rows: a `share` of them, drawn at random, is held out. The same seed draws the same rows. */
export function holdOut(
  rows: Interaction[],
  share: number,
  seed: number,
): { training: Interaction[]; heldout: Interaction[] } {
  const random = seeded(seed)
  const readers = new Map<string, Interaction[]>()
  for (const row of rows) readers.set(row.user, [...(readers.get(row.user) ?? []), row])
  const drawn = new Set<Interaction>()
  for (const own of readers.values()) {
    const wanted = Math.round(own.length * share)
    for (let k = 0; k < wanted; k++) {
      const other = k + Math.floor(random() * (own.length - k))
      ;[own[k], own[other]] = [own[other]!, own[k]!]
      drawn.add(own[k]!)
    }
  }
  return { training: rows.filter((row) => !drawn.has(row)), heldout: rows.filter((row) => drawn.has(row)) }
}
