/**
 * What limits the forecast, on one fifth of the shows that a model never saw:
 * `npm run bench:forecast-limits -- SEASONS.csv [TITLES.ndjson]`.
 *
 * - curve: the same learned from an eighth, a quarter, half and all of the other shows. What still falls would fall further
 *   with more shows.
 * - ablation: learned without one group of features. What does not rise was not worth its features.
 * - floor: the Brier score that the model's own chances would have if they were true, mean of p(1 − p). A calibrated model
 *   with these features gets no lower; only other features do.
 */
import { readFileSync } from 'node:fs'
import { linesOf } from '@/lib/cli/command-line'
import { UNKNOWN, WIDTH } from '@/lib/forecast/features'
import { FEATURE_GROUPS } from '@/lib/forecast/forecast'
import { judge } from '@/lib/forecast/judge'
import { Rates } from '@/lib/forecast/rates'
import { readSeasons, readTitleFacts } from '@/lib/forecast/read-seasons'
import { type Judged, scoresOf } from '@/lib/forecast/score'
import { outcomesOf, shelve } from '@/lib/forecast/shows'
import { countsOf, placesWhere, rowsOf, type Table, tableOf } from '@/lib/forecast/table'
import { learn } from '@/lib/forecast/train'
import { mean } from '@/lib/learning/metrics'
import { foldsByGroup } from '@/lib/learning/splits'
import { seeded } from '@/lib/shared/random'

const SEED = 18
/** One of sixteen parts in the smallest step of the curve is two of the fourteen that teach. */
const PARTS = 16
const TESTED_PARTS = 3

const [seasonsFile, titlesFile] = process.argv.slice(2)
if (!seasonsFile) throw new Error('name a file of seasons')
const rows = readSeasons(readFileSync(seasonsFile, 'utf8'))
const titles = titlesFile ? await readTitleFacts(linesOf(titlesFile)) : null
const shelf = shelve(rows, titles)
const outcomes = outcomesOf(shelf)
const table = tableOf(shelf, outcomes, new Rates([countsOf(outcomes)]))
const partOf = foldsByGroup(
  table.examples.map(({ outcome }) => outcome.show.name),
  PARTS,
  seeded(SEED),
)
const tested = placesWhere(table, (_, i) => partOf[i]! < TESTED_PARTS)
const taught = (until: number) =>
  placesWhere(table, (_, i) => partOf[i]! >= TESTED_PARTS && partOf[i]! < until)

const without = (from: Table, features: readonly number[]): Table => {
  const values = from.values.slice()
  for (let row = 0; row < from.examples.length; row++)
    for (const f of features) values[row * WIDTH + f] = UNKNOWN
  return { examples: from.examples, values }
}

const figure = (value: number | null, digits: number) => (value === null ? '–' : value.toFixed(digits))

function line(name: string, judged: Judged[]) {
  const { by_source: by, ...all } = scoresOf(judged, seeded(SEED))
  const netflix = by.netflix!
  console.log(
    [
      name.padEnd(24),
      `all ${figure(all.renewal.brier, 4)}`,
      `Netflix ${figure(netflix.renewal.brier, 4)} AUC ${figure(netflix.renewal.auc, 3)}`,
      `network TV ${figure(by.rrmeiju!.renewal.brier, 4)}`,
      `gap ${figure(netflix.gap.median_ae_days, 0)} / ${figure(by.rrmeiju!.gap.median_ae_days, 1)} / ${figure(by.bangumi!.gap.median_ae_days, 0)} days`,
      `width80 ${figure(all.gap.width80_days, 0)}`,
    ].join('  '),
  )
}

function tried(name: string, from: Table, teach: number[]) {
  const part = { examples: teach.map((i) => from.examples[i]!), values: rowsOf(from, teach) }
  const judged = judge(learn(part, {}, seeded(SEED)), from, tested)
  line(name, judged)
  return judged
}

console.log('Brier of the chance; median error of the wait for Netflix, network TV, anime; mean width, days')
const everyPart = taught(PARTS)
const judged = tried('everything', table, everyPart)
const floor = (some: Judged[]) =>
  mean(
    some
      .filter(({ ageDays, returned }) => ageDays === 0 && returned !== null)
      .map(({ chance }) => chance * (1 - chance)),
  )
for (const source of [undefined, 'netflix', 'rrmeiju', 'bangumi'])
  console.log(
    `floor of ${(source ?? 'all').padEnd(16)} ${floor(judged.filter((one) => !source || one.source === source)).toFixed(4)}`,
  )
for (const parts of [7, 4, 2]) tried(`from ${parts} of 13 parts`, table, taught(TESTED_PARTS + parts))
for (const { code, features } of FEATURE_GROUPS) tried(`without ${code}`, without(table, features), everyPart)
