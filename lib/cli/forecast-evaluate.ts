import { acrossShows, acrossTime } from '@/lib/forecast/evaluate'
import { dayNumber } from '@/lib/forecast/read-seasons'
import { shelve } from '@/lib/forecast/shows'
import { seeded } from '@/lib/shared/random'
import type { Run } from './command-line'
import { forecastFiles, SEED } from './forecast-files'
import { scoreLines } from './forecast-score'
import { wholeNumber } from './related-files'

/** Every third year, each asked about the three that follow. */
const ORIGINS = ['2012-01-01', '2015-01-01', '2018-01-01', '2021-01-01'].map(dayNumber)
const SPAN_DAYS = 1096

/** `forecast evaluate`: the forecast on shows and on years it never saw, beside the simple rate and median. */
export const run: Run = async ({ options, flags }, { out, err }) => {
  const folds = options.folds === undefined ? 5 : wholeNumber('--folds', options.folds, 2, 50)
  const { rows, titles } = await forecastFiles(options)
  const shows = acrossShows(shelve(rows, titles), folds, seeded(SEED), (line) => err(`shows: ${line}`))
  const time = acrossTime(rows, titles, ORIGINS, SPAN_DAYS, seeded(SEED), (line) => err(`time: ${line}`))
  if (flags.has('json')) out(JSON.stringify({ across_shows: shows, across_time: time }))
  else
    for (const [name, compared] of [
      ['across shows', shows],
      ['across time', time],
    ] as const)
      for (const by of ['forecast', 'baseline'] as const)
        for (const line of scoreLines(compared[by])) out(`${name}, ${by}, ${line}`)
  return 0
}
