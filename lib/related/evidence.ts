/**
 * What people's pairs ("if you liked X, try Y") say of a title whose own pairs are not looked at: who names it, who is
 * named beside it, and what people name beside titles like it.
 */

import type { Candidates } from './candidates'
import { cosine, type Meaning } from './meaning'
import type { Pair } from './types'

interface Edge {
  title: number
  /** The pair's weight over the largest of its source. */
  weight: number
}

/** All pairs by source and by named title. */
export interface Evidence {
  named: Edge[][]
  namers: Edge[][]
  /** Pairs a source, where a title has any. */
  density: number
  /** The share of titles that are a source. */
  reach: number
}

/**
 * What is measured of a candidate. Nothing counts who names the candidate: when a model learns from a source, its own
 * pairs are hidden, so that what it names has one namer fewer than it else would, and a forest that can tell the
 * candidates apart by their facts finds the answer in the count (the leak of leave-one-out encodings).
 */
export const EVIDENCE_FEATURES = [
  ...['names', 'names.weight', 'names.share', 'siblings', 'chained', 'walk2', 'walk3', 'walk.rank'],
  ...['lent.out', 'lent.in', 'lent.sibling', 'lent.rank', 'like.named', 'like.named.best'],
  ...['named.in', 'namers.of', 'set.density', 'set.named'],
] as const

const LENDERS = 25

export function evidenceOf(pairs: Pair[], count: number): Evidence {
  const named: Edge[][] = Array.from({ length: count }, () => [])
  const namers: Edge[][] = Array.from({ length: count }, () => [])
  const top = new Float64Array(count)
  for (const { source, weight } of pairs) top[source] = Math.max(top[source]!, weight)
  for (const { source, related, weight } of pairs) {
    if (source === related) continue
    const share = top[source]! > 0 ? Math.max(weight / top[source]!, 0.01) : 1
    named[source]!.push({ title: related, weight: share })
    namers[related]!.push({ title: source, weight: share })
  }
  return counted(named, namers)
}

function counted(named: Edge[][], namers: Edge[][]): Evidence {
  const used = named.reduce((sum, list) => sum + list.length, 0)
  const sources = named.filter((list) => list.length > 0).length
  return { named, namers, density: used / Math.max(1, sources), reach: sources / Math.max(1, named.length) }
}

/** The evidence that is left when some sources have never been asked. */
export const silenced = ({ named, namers }: Evidence, isSilent: (source: number) => boolean): Evidence =>
  counted(
    named.map((list, source) => (isSilent(source) ? [] : list)),
    namers.map((list) => list.filter(({ title }) => !isSilent(title))),
  )

const bump = (sums: Map<number, number>, title: number, amount: number) => {
  sums.set(title, (sums.get(title) ?? 0) + amount)
}

/** Titles the evidence leads to from `title`, each way with its strength; its own pairs stay unread. */
export interface Trails {
  names: Map<number, Edge & { share: number }>
  siblings: Map<number, number>
  chained: Map<number, number>
  walk2: Map<number, number>
  walk3: Map<number, number>
  lentOut: Map<number, number>
  lentIn: Map<number, number>
  lentSibling: Map<number, number>
}

export function trailsFrom({ named, namers }: Evidence, title: number, alike: Candidates): Trails {
  const trails: Trails = {
    names: new Map(),
    siblings: new Map(),
    chained: new Map(),
    walk2: new Map(),
    walk3: new Map(),
    lentOut: new Map(),
    lentIn: new Map(),
    lentSibling: new Map(),
  }
  const own = namers[title]!
  // Both ways along every pair but those of the title itself.
  const around = (x: number) => [...named[x]!, ...namers[x]!.filter((edge) => edge.title !== title)]
  for (const { title: x, weight } of own) {
    trails.names.set(x, { title: x, weight, share: 1 / named[x]!.length })
    for (const { title: y } of named[x]!)
      if (y !== title) bump(trails.siblings, y, 1 / Math.log2(1 + named[x]!.length))
    for (const { title: y } of namers[x]!)
      if (y !== title) bump(trails.chained, y, 1 / Math.log2(1 + named[y]!.length))
  }
  let front = new Map(own.map(({ title: x, weight }) => [x, weight]))
  const step = (from: Map<number, number>) => {
    const next = new Map<number, number>()
    for (const [x, amount] of from) {
      const edges = around(x)
      for (const { title: y, weight } of edges)
        if (y !== title) bump(next, y, (amount * weight) / edges.length)
    }
    return next
  }
  trails.walk2 = step(front)
  front = trails.walk2
  trails.walk3 = step(front)
  const lenders = Math.min(LENDERS, alike.titles.length)
  for (let i = 0; i < lenders; i++) {
    const t = alike.titles[i]!
    const trust = 1 / (i + 4)
    for (const { title: y, weight } of named[t]!) if (y !== title) bump(trails.lentOut, y, trust * weight)
    for (const { title: x, weight } of namers[t]!) {
      if (x === title) continue
      bump(trails.lentIn, x, trust * weight)
      for (const { title: y } of named[x]!)
        if (y !== title && y !== t) bump(trails.lentSibling, y, trust / named[x]!.length)
    }
  }
  return trails
}

/** Titles that the trails add to the candidates, most travelled first. */
export function trailEnds(trails: Trails, limit: number): number[] {
  const sums = new Map<number, number>()
  for (const x of trails.names.keys()) bump(sums, x, 10)
  const scaled = (map: Map<number, number>, weight: number) => {
    const best = Math.max(1e-9, ...map.values())
    for (const [y, amount] of map) bump(sums, y, (weight * amount) / best)
  }
  scaled(trails.siblings, 3)
  scaled(trails.walk2, 2)
  scaled(trails.walk3, 1)
  scaled(trails.lentOut, 1.5)
  scaled(trails.lentIn, 1.5)
  scaled(trails.lentSibling, 1)
  return [...sums]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, limit)
    .map(([y]) => y)
}

/** The logarithm of each title's place, most travelled first. */
const placesIn = (map: Map<number, number>): Map<number, number> =>
  new Map([...map].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([y], place) => [y, Math.log2(place + 1)]))

/** The mean and the best likeness of `title` to those at the other ends of some pairs; -1 where there is none. */
function nearness(meaning: Meaning, title: number, edges: Edge[]): [mean: number, best: number] {
  let sum = 0
  let best = 0
  let count = 0
  for (const edge of edges) {
    if (edge.title === title) continue
    const near = Math.max(0, cosine(meaning, title, edge.title))
    sum += near
    count++
    if (near > best) best = near
  }
  return count ? [sum / count, best] : [-1, -1]
}

const FAR = 12

/** Writes the candidates' evidence behind their content features, in rows of `width`. */
export function evidenceFeatures(
  evidence: Evidence,
  trails: Trails,
  meaning: Meaning,
  title: number,
  others: Int32Array,
  out: Float32Array,
  width: number,
): void {
  const walkPlaces = placesIn(trails.walk3)
  const lent = new Map(trails.lentOut)
  for (const [other, amount] of trails.lentIn) bump(lent, other, amount)
  const lentPlaces = placesIn(lent)
  const ownNamers = evidence.namers[title]!.length
  for (let c = 0; c < others.length; c++) {
    const other = others[c]!
    const names = trails.names.get(other)
    out.set(
      [
        names ? 1 : 0,
        names?.weight ?? 0,
        names?.share ?? 0,
        trails.siblings.get(other) ?? 0,
        trails.chained.get(other) ?? 0,
        trails.walk2.get(other) ?? 0,
        trails.walk3.get(other) ?? 0,
        walkPlaces.get(other) ?? FAR,
        trails.lentOut.get(other) ?? 0,
        trails.lentIn.get(other) ?? 0,
        trails.lentSibling.get(other) ?? 0,
        lentPlaces.get(other) ?? FAR,
        ...nearness(meaning, title, evidence.named[other]!),
        evidence.named[other]!.length,
        ownNamers,
        evidence.density,
        evidence.reach,
      ],
      (c + 1) * width - EVIDENCE_FEATURES.length,
    )
  }
}
