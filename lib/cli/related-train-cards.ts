import { writeFileSync } from 'node:fs'
import { worthOf } from '@/lib/learning/ranking-metrics'
import { indexTitles } from '@/lib/related/compared'
import { CARD_MODEL_FILE } from '@/lib/related/load-index'
import { writtenCards } from '@/lib/related/model'
import { loadShown, loadTitles } from '@/lib/related/queries'
import { seeded } from '@/lib/shared/random'
import { cardLesson, crossValidateCards, learnCards } from '@/lib/workshop/related/card-training'
import { type Run, UsageError } from './command-line'
import { filesFrom, knownOf, wholeNumber, worthWords } from './related-files'

const SEED = 7

/**
 * `related train-cards --from DIR`: learns the order of the cards anew, from the shows of the running database and the
 * pairs in every folder of DIR that has a titles.ndjson and a truth.csv, as far as the site knows both ends of them.
 * With `--folds N` nothing is written: the cards as they would be shown are judged beside sources that taught nothing.
 */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const { from, out: target = CARD_MODEL_FILE } = options
  if (!from) throw new UsageError('--from DIR is missing')
  const folds = options.folds === undefined ? 0 : wholeNumber('--folds', options.folds, 2, 50)
  const [titles, shows] = await Promise.all([loadTitles(), loadShown()])
  const index = indexTitles(titles)
  const lessons = (await filesFrom(from, err)).map(({ name, file, pairs }) =>
    cardLesson(index, { titles, shows }, { name, titles: knownOf(file), pairs }),
  )
  const random = seeded(SEED)
  if (folds === 0) {
    const model = writtenCards(learnCards(index, lessons, { random, report: err }))
    writeFileSync(target, `${JSON.stringify(model)}\n`)
    out(
      flags.has('json')
        ? JSON.stringify({ file: target, sets: lessons.map(({ name }) => name) })
        : `the model is in ${target}`,
    )
    return 0
  }
  const judged = crossValidateCards(index, lessons, { folds, random, report: err })
  const found = [...judged].map(([name, values]) => [name, worthOf(values, seeded(SEED))] as const)
  if (flags.has('json')) out(JSON.stringify(Object.fromEntries(found)))
  else for (const [name, worth] of found) out(`${name}: ${worthWords(worth)}`)
  return 0
}
