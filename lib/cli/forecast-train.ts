import { writeModel } from '@/lib/forecast/model'
import { outcomesOf, shelve } from '@/lib/forecast/shows'
import { train } from '@/lib/forecast/train'
import { seeded } from '@/lib/shared/random'
import { CommandError, type Run, UsageError } from './command-line'
import { forecastFiles, SEED } from './forecast-files'
import { writeFileWhole } from './write-file'

/** Fewer seasons teach nothing that holds. */
const SEASONS_MIN = 200

/** `forecast train`: learns a model from a file of seasons; the same files give the same model. */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const file = options.model
  if (!file) throw new UsageError('--model OUT.json is missing')
  const { rows, titles } = await forecastFiles(options)
  const shelf = shelve(rows, titles)
  const seasons = outcomesOf(shelf).length
  if (seasons < SEASONS_MIN)
    throw new CommandError(
      `${options.seasons} has ${seasons} dated seasons; ${SEASONS_MIN} are needed to learn`,
    )
  const model = train(shelf, seeded(SEED), { report: err })
  await writeFileWhole(file, (write) => write(`${writeModel(model)}\n`))
  out(flags.has('json') ? JSON.stringify({ file, seasons }) : `the model is in ${file}`)
  return 0
}
