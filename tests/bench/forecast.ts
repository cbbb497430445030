/**
 * How long 100,000 seasons take to measure and forecast, and how much of it is measuring:
 * `npm run bench:forecast -- MODEL.json SEASONS.csv`. The file's shows are repeated under other names until there are enough.
 */
import { readFileSync } from 'node:fs'
import { forecastRows } from '@/lib/forecast/forecast'
import { readModel } from '@/lib/forecast/model'
import { Rates } from '@/lib/forecast/rates'
import { readSeasons } from '@/lib/forecast/read-seasons'
import { outcomesOf, shelve } from '@/lib/forecast/shows'
import { countsOf, tableOf } from '@/lib/forecast/table'

const SEASONS = 100_000

const [modelFile, seasonsFile] = process.argv.slice(2)
if (!modelFile || !seasonsFile) throw new Error('name a model and a file of seasons')
const model = readModel(readFileSync(modelFile, 'utf8'))
const rows = readSeasons(readFileSync(seasonsFile, 'utf8'))
const copies = Math.ceil(SEASONS / outcomesOf(shelve([...rows])).length)
const many = Array.from({ length: copies }, (_, copy) =>
  rows.map((row) => ({ ...row, show: `${row.show} ${copy}`, title: `${copy} ${row.title}` })),
).flat()

const begun = process.cpuUsage()
const seconds = () => process.cpuUsage(begun).user / 1e6
const shelf = shelve(many)
const outcomes = outcomesOf(shelf).slice(0, SEASONS)
const table = tableOf(shelf, outcomes, new Rates([model.counts, countsOf(outcomes)]), [0])
const measured = seconds()
forecastRows(model, table.values, table.examples)
console.log(
  `${outcomes.length} seasons: ${seconds().toFixed(1)} s of processor time, ${((100 * measured) / seconds()).toFixed(0)} % of it measuring`,
)
