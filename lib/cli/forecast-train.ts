import { shelfAt } from '@/lib/forecast/from-catalogue'
import { decidedOf, endOfCatalogue, learnCatalogue } from '@/lib/forecast/learn-catalogue'
import { type ForecastModel, writeModel } from '@/lib/forecast/model'
import { readCatalogue } from '@/lib/forecast/queries'
import { outcomesOf, shelve } from '@/lib/forecast/shows'
import { train } from '@/lib/forecast/train'
import { seeded } from '@/lib/shared/random'
import { CommandError, type Run, UsageError } from './command-line'
import { withDatabase } from './database'
import { forecastFiles, SEED } from './forecast-files'
import { writeFileWhole } from './write-file'

/** Fewer seasons teach nothing that holds. */
const SEASONS_MIN = 200

/** A model learned from somewhere, and how many seasons taught it. */
interface Learned {
  model: ForecastModel
  seasons: number
}

const tooFew = (where: string, seasons: number) =>
  new CommandError(`${where} has ${seasons} dated seasons; ${SEASONS_MIN} are needed to learn`)

async function fromFiles(
  options: Record<string, string | undefined>,
  report: (line: string) => void,
): Promise<Learned> {
  const { rows, titles } = await forecastFiles(options)
  const shelf = shelve(rows, titles)
  const seasons = outcomesOf(shelf).length
  if (seasons < SEASONS_MIN) throw tooFew(options.seasons!, seasons)
  return { model: train(shelf, seeded(SEED), { report }), seasons }
}

/** From the catalogue as its own lists tell it: no clock is asked, so the same database gives the same model. */
async function fromDatabase(report: (line: string) => void): Promise<Learned> {
  const shows = await withDatabase(() => readCatalogue())
  const until = endOfCatalogue(shows)
  const seasons = until === null ? 0 : decidedOf(shelfAt(shows, until)).length
  if (until === null || seasons < SEASONS_MIN) throw tooFew('the database', seasons)
  return { model: learnCatalogue(shows, until, seeded(SEED), report), seasons }
}

/** `forecast train`: learns a model from a file of seasons, or from the database; the same ones give the same model. */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const file = options.model
  if (!file) throw new UsageError('--model OUT.json is missing')
  const isOwn = flags.has('from-database')
  if (isOwn && (options.seasons || options.titles))
    throw new UsageError('--from-database takes no files of seasons or titles')
  const { model, seasons } = isOwn ? await fromDatabase(err) : await fromFiles(options, err)
  await writeFileWhole(file, (write) => write(`${writeModel(model)}\n`))
  out(flags.has('json') ? JSON.stringify({ file, seasons }) : `the model is in ${file}`)
  return 0
}
