import { type Backtest, backtest, backtestOf, type ClassRecord } from '@/lib/forecast/backtest'
import { endOfCatalogue } from '@/lib/forecast/learn-catalogue'
import { readCatalogue } from '@/lib/forecast/queries'
import { dayNumber, dayOfNumber } from '@/lib/forecast/read-seasons'
import { seeded } from '@/lib/shared/random'
import { CommandError, type Run } from './command-line'
import { SEED } from './forecast-files'
import { writeFileWhole } from './write-file'

/** Every other year, each asked about the two that follow. */
const ORIGINS = ['2012-01-01', '2014-01-01', '2016-01-01', '2018-01-01', '2020-01-01', '2022-01-01']
const SPAN_DAYS = 731

const said = (value: number | null) => (value === null ? '–' : String(value))

const lineOf = (name: string, { renewal, gap }: ClassRecord) =>
  `${name}: return of ${renewal.n}: Brier ${said(renewal.brier)} (rate ${said(renewal.baseline_brier)}), ` +
  `calibration error ${said(renewal.calibration_error)}; wait of ${gap.n}: median error ` +
  `${said(gap.median_error_days)} days (median ${said(gap.baseline_median_error_days)}), 80 % window covers ` +
  `${said(gap.covered80)}, ${said(gap.width80_days)} days wide`

/** `forecast backtest`: how forecasts of the catalogue's seasons would have fared, by rolling origin. */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const shows = await readCatalogue()
  const until = endOfCatalogue(shows)
  if (until === null) throw new CommandError('the catalogue has no list that tells of later seasons')
  const asked = { origins: ORIGINS.map(dayNumber), spanDays: SPAN_DAYS, until }
  const { lines, simple, later } = backtest(shows, asked, seeded(SEED), err)
  if (lines.length === 0) throw new CommandError('the catalogue has too few dated seasons to learn from')
  const told: Backtest = backtestOf(lines, simple, {
    origins: ORIGINS,
    until: dayOfNumber(until),
    later,
    random: seeded(SEED),
  })
  const { out: file } = options
  if (file) await writeFileWhole(file, (write) => write(`${JSON.stringify(told, null, 1)}\n`))
  if (flags.has('json')) out(JSON.stringify(told))
  else
    for (const [name, record] of [['all', told.all] as const, ...Object.entries(told.by_class)])
      out(lineOf(name, record))
  return 0
}
