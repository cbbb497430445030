import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Mode, withPairs } from '@/lib/related/engine'
import { crossValidate, type Lesson, learn, namedBySource, orderOf, prepare } from '@/lib/related/learn'
import { bootstrapInterval, mean, ndcgAt } from '@/lib/related/metrics'
import { written } from '@/lib/related/model'
import { seeded } from '@/lib/shared/random'
import { type Run, UsageError } from './command-line'
import { setsFrom, wholeNumber } from './related-files'

export const MODEL_FILE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../related/model.json')

const SEED = 7
const MODES: Mode[] = ['content', 'pairs']

/**
 * `related train --from DIR`: learns the shipped model from every folder in DIR that has a titles.ndjson and a
 * truth.csv, all sets together. With `--folds N` nothing is written: the recipe is cross-validated, each set's sources
 * judged by models that never learned from them.
 */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const { from, out: file = MODEL_FILE } = options
  if (!from) throw new UsageError('--from DIR is missing')
  const folds = options.folds === undefined ? 0 : wholeNumber('--folds', options.folds, 2, 50)
  const read = await setsFrom(from, err)
  const result: Record<string, Record<string, { sources: number; ndcg: number; ci95: [number, number] }>> = {}
  const kept: Partial<Record<Mode, unknown>> = {}
  for (const mode of MODES) {
    const lessons: Lesson[] = read.map(({ name, engine, pairs }) => ({
      name,
      engine: withPairs(engine, mode === 'pairs' ? pairs : null),
      named: namedBySource(pairs),
    }))
    if (folds === 0) {
      const prepared = lessons.map(prepare)
      err(`${mode}: measured`)
      kept[mode] = written(mode, learn(prepared, mode, seeded(SEED)))
      err(`${mode}: learned`)
      continue
    }
    const judged = new Map(lessons.map(({ name }) => [name, [] as number[]]))
    crossValidate(lessons, mode, {
      folds,
      random: seeded(SEED),
      report: (line) => err(`${mode}: ${line}`),
      each: ({ name, named, rows }, source, forest) =>
        judged.get(name)!.push(ndcgAt(orderOf(rows.get(source)!, forest), named.get(source)!, 10)),
    })
    for (const [name, worth] of judged) {
      const ci95 = bootstrapInterval(worth, seeded(SEED))
      const entry = { sources: worth.length, ndcg: mean(worth), ci95 }
      result[name] = { ...result[name], [mode]: entry }
      if (!flags.has('json'))
        out(
          `${name} ${mode}: nDCG@10 ${entry.ndcg.toFixed(4)} (${ci95[0].toFixed(4)} to ${ci95[1].toFixed(4)}), ${entry.sources} sources`,
        )
    }
  }
  if (folds === 0) writeFileSync(file, `${JSON.stringify(kept)}\n`)
  if (flags.has('json')) out(JSON.stringify(folds ? result : { file, sets: read.map(({ name }) => name) }))
  else if (folds === 0) out(`the model is in ${file}`)
  return 0
}
