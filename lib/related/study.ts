/** What the learned order lives on: without a group of features, with less to learn from, on a set it never saw. */

import type { Trial } from './cross-validate'
import { FEATURES, type Mode } from './engine'
import { type Lesson, orderOf } from './learn'
import { ndcgAt } from './metrics'
import type { Pair } from './types'

const GROUPS: Record<string, RegExp> = {
  'shared terms by field':
    /^(tag|genre|creator|cast|source|summary|country|language|network|era|format|title)$/,
  'first order': /^rough/,
  meaning: /^(words|facets|all)(\.|$)/,
  'how much is told': /^((genres|tags|cast)\.|summary\.in)/,
  'fame and rating': /^(known|rating)\./,
  'year and length': /^(year|episodes)\./,
  taste: /^taste/,
  'pairs that name it': /^names/,
  'siblings and walks': /^(siblings|chained|walk)/,
  'pairs of like titles': /^lent/,
  'likeness to its company': /^like\./,
}

/** The groups a model of this mode has, each with the places of its features. */
export function groupsOf(mode: Mode): Map<string, ReadonlySet<number>> {
  const found = Object.entries(GROUPS).map(
    ([name, pattern]) =>
      [name, new Set(FEATURES[mode].flatMap((feature, f) => (pattern.test(feature) ? [f] : [])))] as const,
  )
  return new Map(found.filter(([, features]) => features.size > 0))
}

/** For each set, the nDCG@10 of every source judged. */
export type Judged = Map<string, number[]>

/** Notes what a trial is worth. */
export const noteIn =
  (judged: Judged, lessons: Lesson[]) =>
  ({ name, source, rows, forest }: Trial): void => {
    const { named } = lessons.find((lesson) => lesson.name === name)!
    const worth = ndcgAt(orderOf(rows, forest), named.get(source)!, 10)
    judged.set(name, [...(judged.get(name) ?? []), worth])
  }

/** How often people agree: of pairs whose other end was asked too, those named from there as well. */
export function agreement(pairs: Pair[]): { asked: number; agreed: number } {
  const sources = new Set(pairs.map(({ source }) => source))
  const named = new Set(pairs.map(({ source, related }) => `${source} ${related}`))
  const asked = pairs.filter(({ related }) => sources.has(related))
  const agreed = asked.filter(({ source, related }) => named.has(`${related} ${source}`))
  return { asked: asked.length, agreed: agreed.length }
}
