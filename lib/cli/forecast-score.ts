import { readFileSync } from 'node:fs'
import { judgeShelf } from '@/lib/forecast/judge'
import { readModel } from '@/lib/forecast/model'
import type { Figures, Scores } from '@/lib/forecast/score'
import { scoresOf } from '@/lib/forecast/score'
import { shelve } from '@/lib/forecast/shows'
import { seeded } from '@/lib/shared/random'
import { CommandError, type Run, readableFile, UsageError } from './command-line'
import { forecastFiles, SEED } from './forecast-files'

const digits = (value: number | null, places: number) => (value === null ? '–' : value.toFixed(places))

function lineOf(name: string, { renewal, gap }: Figures): string {
  return (
    `${name}: renewal of ${renewal.n}: Brier ${digits(renewal.brier, 4)}, log loss ${digits(renewal.log_loss, 4)}, ` +
    `AUC ${digits(renewal.auc, 3)}, calibration error ${digits(renewal.ece, 3)}; ` +
    `gap of ${gap.n}: median error ${digits(gap.median_ae_days, 1)} days, ` +
    `80 % window covers ${digits(gap.coverage80, 3)}, ${digits(gap.width80_days, 0)} days wide`
  )
}

/** Figures as lines for the terminal. */
export const scoreLines = (scores: Scores): string[] => [
  lineOf('all', scores),
  ...Object.entries(scores.by_source).map(([source, figures]) => lineOf(source, figures)),
]

/** `forecast score`: how well a model forecasts the seasons of a file, as of the day each ended. */
export const run: Run = async ({ options, flags }, { out }) => {
  const file = options.model
  if (!file) throw new UsageError('--model FILE.json is missing')
  const text = readFileSync(readableFile(file), 'utf8')
  let model: ReturnType<typeof readModel>
  try {
    model = readModel(text)
  } catch (error) {
    throw new CommandError(`${file}: ${(error as Error).message}`)
  }
  const { rows, titles } = await forecastFiles(options)
  const scores = scoresOf(judgeShelf(model, shelve(rows, titles)), seeded(SEED))
  if (flags.has('json')) out(JSON.stringify(scores))
  else for (const line of scoreLines(scores)) out(line)
  return 0
}
