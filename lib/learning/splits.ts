/** Pure. Dealing examples into folds, and how far a figure may be chance. */
import { quantile } from './metrics'

/** Deals groups into `folds` parts of nearly equal number; what is of one group falls into one fold. */
export function foldsByGroup(groups: readonly string[], folds: number, random: () => number): Uint8Array {
  const names = [...new Set(groups)].sort()
  for (let i = names.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[names[i], names[j]] = [names[j]!, names[i]!]
  }
  const foldOf = new Map(names.map((name, i) => [name, i % folds]))
  return Uint8Array.from(groups, (group) => foldOf.get(group)!)
}

/**
 * The interval that 95 % of resamples of whole groups fall in (cluster bootstrap): `figure` gets the places of the
 * examples drawn. Null where there are no two groups.
 */
export function bootstrap95(
  groups: readonly string[],
  figure: (places: number[]) => number,
  random: () => number,
  rounds = 200,
): [number, number] | null {
  const placesOf = new Map<string, number[]>()
  for (const [i, group] of groups.entries()) {
    const places = placesOf.get(group)
    if (places) places.push(i)
    else placesOf.set(group, [i])
  }
  const all = [...placesOf.values()]
  if (all.length < 2) return null
  const figures: number[] = []
  for (let round = 0; round < rounds; round++) {
    const drawn: number[] = []
    for (let i = 0; i < all.length; i++) drawn.push(...all[Math.floor(random() * all.length)]!)
    const found = figure(drawn)
    if (Number.isFinite(found)) figures.push(found)
  }
  return figures.length === 0 ? null : [quantile(figures, 0.025), quantile(figures, 0.975)]
}
