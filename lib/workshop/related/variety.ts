/** Lists that do not say the same thing ten times: how alike the titles of a list are, and an order that spreads them. */

import { mean, ndcgAt } from '@/lib/learning/ranking-metrics'
import type { Engine } from '@/lib/related/engine'
import { likeness } from '@/lib/related/meaning'
import type { Order } from './baselines'

/** How far down the order a varied list may reach. */
const REACH = 40

/**
 * The first `limit` of an order spread out (maximal marginal relevance): each place goes to the title with the best
 * place less `pull` for its likeness to the nearest of those above it; places fall by the logarithm, as their worth does.
 */
export function varied({ measured }: Engine, list: readonly number[], limit: number, pull: number): number[] {
  const [, , all] = measured.senses
  const rest = list
    .slice(0, REACH)
    .map((title, place) => ({ title, worth: 1 / Math.log2(place + 2), clone: 0 }))
  const chosen: number[] = []
  while (chosen.length < limit && rest.length) {
    let best = 0
    const value = (i: number) => rest[i]!.worth - pull * rest[i]!.clone
    for (let i = 1; i < rest.length; i++) if (value(i) > value(best)) best = i
    const [{ title }] = rest.splice(best, 1) as [(typeof rest)[number]]
    chosen.push(title)
    for (const other of rest) other.clone = Math.max(other.clone, likeness(all.meaning, title, other.title))
  }
  return chosen
}

/** The mean likeness of any two titles of a list (intra-list similarity). */
export function sameness({ measured }: Engine, list: readonly number[]): number {
  const [, , all] = measured.senses
  const values = list.flatMap((a, i) => list.slice(0, i).map((b) => likeness(all.meaning, a, b)))
  return mean(values)
}

/** How unevenly the places of all lists fall to the titles (Gini): 0 where all are shown alike, 1 where one is. */
export function gini(shown: readonly number[]): number {
  const sorted = [...shown].sort((a, b) => a - b)
  const sum = sorted.reduce((a, b) => a + b, 0)
  if (sum === 0) return 0
  const weighted = sorted.reduce((total, count, i) => total + (i + 1) * count, 0)
  return (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length
}

/** What spreading the lists does, and how many titles have a full list. */
export interface VarietyReport {
  sources: number
  /** Of all titles, the share with twelve related ones. */
  with_twelve: number
  gini: number
  plain: { ndcg: number; sameness: number }
  varied: { ndcg: number; sameness: number }
}

const FULL = 12

/** Compares plain lists with varied ones over some sources. */
export function reportVariety(
  engine: Engine,
  order: Order,
  named: ReadonlyMap<number, ReadonlySet<number>>,
  { at, pull }: { at: number; pull: number },
): VarietyReport {
  const { candidates, catalogue } = engine.measured
  const count = catalogue.titles.length
  const shown = new Array<number>(count).fill(0)
  const plain = { ndcg: [] as number[], sameness: [] as number[] }
  const spread = { ndcg: [] as number[], sameness: [] as number[] }
  for (const [source, right] of named) {
    const list = order(source)
    const lists = [
      { into: plain, list: list.slice(0, at) },
      { into: spread, list: varied(engine, list, at, pull) },
    ]
    for (const { into, list: some } of lists) {
      into.ndcg.push(ndcgAt(some, right, at))
      into.sameness.push(sameness(engine, some))
    }
    for (const title of list.slice(0, FULL)) shown[title]!++
  }
  return {
    sources: named.size,
    with_twelve: candidates.filter(({ titles }) => titles.length >= FULL).length / count,
    gini: gini(shown),
    plain: { ndcg: mean(plain.ndcg), sameness: mean(plain.sameness) },
    varied: { ndcg: mean(spread.ndcg), sameness: mean(spread.sameness) },
  }
}
