/** What the learned order lives on: without a group of features, with less to learn from, on a set it never saw. */
import { addTaste, FEATURES, type Mode } from './engine'
import { learn, orderOf, type Prepared } from './learn'
import { ndcgAt } from './metrics'
import { Palate } from './taste'
import { SETTINGS } from './trees'
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

/** One learning and judging: which sources teach, which are judged, what no tree may ask. */
export function trial(
  lessons: Prepared[],
  mode: Mode,
  random: () => number,
  by: {
    teaches: (lesson: Prepared, source: number) => boolean
    judges: (lesson: Prepared, source: number) => boolean
    without?: ReadonlySet<number>
  },
  judged: Judged,
): void {
  const { taste, forest } = learn(lessons, mode, random, by.teaches, { ...SETTINGS, without: by.without })
  for (const lesson of lessons) {
    const palate = new Palate(lesson.engine.measured.catalogue, taste)
    for (const [source, rows] of lesson.rows) {
      if (!by.judges(lesson, source)) continue
      addTaste(palate, source, rows)
      const worth = ndcgAt(orderOf(rows, forest), lesson.named.get(source)!, 10)
      judged.set(lesson.name, [...(judged.get(lesson.name) ?? []), worth])
    }
  }
}

/** How often people agree: of pairs whose other end was asked too, those named from there as well. */
export function agreement(pairs: Pair[]): { asked: number; agreed: number } {
  const sources = new Set(pairs.map(({ source }) => source))
  const named = new Set(pairs.map(({ source, related }) => `${source} ${related}`))
  const asked = pairs.filter(({ related }) => sources.has(related))
  const agreed = asked.filter(({ source, related }) => named.has(`${related} ${source}`))
  return { asked: asked.length, agreed: agreed.length }
}
