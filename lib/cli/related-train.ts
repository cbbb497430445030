import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Worth, worthOf } from '@/lib/learning/ranking-metrics'
import { FEATURES, type Mode } from '@/lib/related/engine'
import { learn, prepare } from '@/lib/related/learn'
import { written } from '@/lib/related/model'
import { seeded } from '@/lib/shared/random'
import { crossValidate } from '@/lib/workshop/related/cross-validate'
import { type Judged, noteIn } from '@/lib/workshop/related/study'
import { type Run, UsageError } from './command-line'
import { type LearningSet, lessonsOf, setsFrom, wholeNumber, worthWords } from './related-files'

export const MODEL_FILE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../related/model.json')

const SEED = 7
const MODES: Mode[] = ['content', 'pairs']

/** By set and mode: the nDCG@10 over its sources, and the interval that 95 % of resamples fall in. */
type Validation = Record<string, Partial<Record<Mode, Worth>>>

function crossValidated(
  sets: LearningSet[],
  modes: Mode[],
  folds: number,
  report: (line: string) => void,
): Validation {
  const result: Validation = {}
  for (const mode of modes) {
    const lessons = lessonsOf(sets, mode)
    const judged: Judged = new Map()
    crossValidate(lessons, mode, {
      folds,
      random: seeded(SEED),
      report: (line) => report(`${mode}: ${line}`),
      each: noteIn(judged, lessons),
    })
    for (const [name, worth] of judged)
      result[name] = { ...result[name], [mode]: worthOf(worth, seeded(SEED)) }
  }
  return result
}

const sentences = (result: Validation) =>
  Object.entries(result)
    .flatMap(([name, found]) =>
      Object.entries(found).map(([mode, worth]) => `${name} ${mode}: ${worthWords(worth)}`),
    )
    .join('\n')

/**
 * `related train --from DIR`: learns the shipped model from every folder in DIR that has a titles.ndjson and a
 * truth.csv, all sets together. With `--folds N` nothing is written: the recipe is cross-validated, each set's sources
 * judged by models that never learned from them; `--mode` then takes one of the two.
 */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const { from, out: file = MODEL_FILE, mode: only } = options
  if (!from) throw new UsageError('--from DIR is missing')
  const folds = options.folds === undefined ? 0 : wholeNumber('--folds', options.folds, 2, 50)
  if (only !== undefined && (!folds || !MODES.some((mode) => mode === only)))
    throw new UsageError('--mode is content or pairs, and goes with --folds: a model is learned whole')
  const modes = MODES.filter((mode) => only === undefined || mode === only)
  const read = await setsFrom(from, err)
  if (folds) {
    const result = crossValidated(read, modes, folds, err)
    out(flags.has('json') ? JSON.stringify(result) : sentences(result))
    return 0
  }
  const learned = (mode: Mode) => {
    const prepared = lessonsOf(read, mode).map(prepare)
    err(`${mode}: measured`)
    const found = learn(prepared, FEATURES[mode].length, seeded(SEED))
    err(`${mode}: learned`)
    return found
  }
  const models = { content: learned('content'), pairs: learned('pairs') }
  writeFileSync(file, `${JSON.stringify(written(models))}\n`)
  out(
    flags.has('json')
      ? JSON.stringify({ file, sets: read.map(({ name }) => name) })
      : `the model is in ${file}`,
  )
  return 0
}
