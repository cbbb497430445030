import { bootstrapInterval, mean } from '@/lib/learning/ranking-metrics'
import { SETTINGS } from '@/lib/learning/trees'
import { FEATURES } from '@/lib/related/engine'
import { learn, prepare } from '@/lib/related/learn'
import { seeded } from '@/lib/shared/random'
import { crossValidate, judge } from '@/lib/workshop/related/cross-validate'
import { agreement, groupsOf, type Judged, noteIn, noteLimits } from '@/lib/workshop/related/study'
import { type Run, UsageError } from './command-line'
import { lessonsOf, setsFrom, wholeNumber } from './related-files'

const SEED = 7
const SHARES = [0.25, 0.5, 1]

/**
 * `related study --from DIR --by WHAT`: what the learned order lives on. `ablation` leaves out a group of features at
 * a time, `curve` teaches a quarter, half and all of the sources, `limits` tells apart how many name a title and what
 * the best order of the same candidates would be, `across` judges every set by what the others taught,
 * `agreement` counts how often people name a pair from both its ends. All but the last print nDCG@10 a set, over
 * sources that taught nothing (see `crossValidate`).
 */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const { from, by, mode = 'content' } = options
  if (!from) throw new UsageError('--from DIR is missing')
  if (!by || !['ablation', 'curve', 'limits', 'across', 'agreement'].includes(by))
    throw new UsageError('--by is ablation, curve, limits, across or agreement')
  if (mode !== 'content' && mode !== 'pairs')
    throw new UsageError(`--mode ${mode} is neither content nor pairs`)
  const folds = options.folds === undefined ? 3 : wholeNumber('--folds', options.folds, 2, 50)
  const sets = await setsFrom(from, err)
  const tell = (row: Record<string, string | number>, sentence: string) =>
    out(flags.has('json') ? JSON.stringify(row) : sentence)
  if (by === 'agreement') {
    for (const { name, pairs } of sets) {
      const { asked, agreed } = agreement(pairs)
      tell(
        { set: name, pairs: pairs.length, asked, agreed },
        `${name}: of ${asked} pairs whose other end was asked too, ${agreed} are named from there (${((100 * agreed) / asked).toFixed(1)} %)`,
      )
    }
    return 0
  }
  const lessons = lessonsOf(sets, mode)
  const print = (what: string, judged: Judged) => {
    for (const [set, worth] of judged) {
      const [low, high] = bootstrapInterval(worth, seeded(SEED))
      tell(
        { what, set, mode, sources: worth.length, ndcg: mean(worth), low, high },
        `${what.padEnd(38)} ${set.padEnd(12)} nDCG@10 ${mean(worth).toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`,
      )
    }
  }
  if (by === 'across') {
    const prepared = lessons.map(prepare)
    err('measured')
    for (const [i, lesson] of lessons.entries()) {
      const judged: Judged = new Map()
      const learned = learn(prepared.toSpliced(i, 1), FEATURES[mode].length, seeded(SEED))
      judge(lesson, learned, lesson.named.keys(), noteIn(judged, lessons))
      print('taught by the others', judged)
    }
    return 0
  }
  if (by === 'limits') {
    const { found, each } = noteLimits(lessons)
    crossValidate(lessons, mode, { folds, random: seeded(SEED), report: err, each })
    for (const [what, judged] of found) print(what, judged)
    return 0
  }
  const crossed = (what: string, share: number, without?: ReadonlySet<number>) => {
    const judged: Judged = new Map()
    crossValidate(lessons, mode, {
      folds,
      random: seeded(SEED),
      share,
      settings: { ...SETTINGS, without },
      each: noteIn(judged, lessons),
    })
    print(what, judged)
  }
  if (by === 'curve') for (const share of SHARES) crossed(`${100 * share} % of the sources`, share)
  else {
    crossed('everything', 1)
    for (const [name, features] of groupsOf(mode)) crossed(`without ${name}`, 1, features)
  }
  return 0
}
