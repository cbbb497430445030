/** What the learned order lives on, and what holds it back. */

import { ndcgAt } from '@/lib/learning/ranking-metrics'
import { FEATURES, type Mode } from '@/lib/related/engine'
import { type Lesson, orderOf } from '@/lib/related/learn'
import type { Pair } from '@/lib/related/types'
import type { Trial } from './cross-validate'

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

const note = (judged: Judged, set: string, worth: number) => {
  const list = judged.get(set)
  if (list) list.push(worth)
  else judged.set(set, [worth])
}

const namedIn = (lessons: Lesson[], { name, source }: Trial) =>
  lessons.find((lesson) => lesson.name === name)!.named.get(source)!

/** Notes what a trial is worth. */
export const noteIn = (judged: Judged, lessons: Lesson[]) => (trial: Trial) =>
  note(judged, trial.name, ndcgAt(orderOf(trial.rows, trial.forest), namedIn(lessons, trial), 10))

/** How many of the other titles name a source, from a number on. */
const COMPANY = [
  ['named by five or more', 5],
  ['named by two to four', 2],
  ['named by one', 1],
  ['named by nobody', 0],
] as const

/**
 * Notes what holds an order back: its worth by how many name the source, and what it would be worth if everything
 * named that is among the candidates came first.
 */
export function noteLimits(lessons: Lesson[]): { found: Map<string, Judged>; each: (trial: Trial) => void } {
  const names = ['everything', 'the same candidates in the best order', ...COMPANY.map(([name]) => name)]
  const found = new Map<string, Judged>(names.map((name) => [name, new Map()]))
  const namers = new Map(
    lessons.map(({ name, named }) => {
      const counts = new Map<number, number>()
      for (const related of named.values())
        for (const title of related) counts.set(title, (counts.get(title) ?? 0) + 1)
      return [name, counts]
    }),
  )
  const each = (trial: Trial) => {
    const named = namedIn(lessons, trial)
    const order = orderOf(trial.rows, trial.forest)
    const best = [...order.filter((title) => named.has(title)), ...order.filter((title) => !named.has(title))]
    const count = namers.get(trial.name)!.get(trial.source) ?? 0
    const [company] = COMPANY.find(([, least]) => count >= least)!
    const worth = ndcgAt(order, named, 10)
    note(found.get('everything')!, trial.name, worth)
    note(found.get(company)!, trial.name, worth)
    note(found.get('the same candidates in the best order')!, trial.name, ndcgAt(best, named, 10))
  }
  return { found, each }
}

/** How often people agree: of pairs whose other end was asked too, those named from there as well. */
export function agreement(pairs: Pair[]): { asked: number; agreed: number } {
  const sources = new Set(pairs.map(({ source }) => source))
  const named = new Set(pairs.map(({ source, related }) => `${source} ${related}`))
  const asked = pairs.filter(({ related }) => sources.has(related))
  const agreed = asked.filter(({ source, related }) => named.has(`${related} ${source}`))
  return { asked: asked.length, agreed: agreed.length }
}
