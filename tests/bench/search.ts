/**
 * How well search finds every name of the starter catalogue, intact and mistyped, and how fast; minisearch beside it.
 * With --expose-gc also how much memory the index takes.
 *
 *   node --expose-gc --import tsx tests/bench/search.ts [--catalogue FILE] [--failures FILE] [--seed N] [--no-peer] [--json]
 *
 * Right is the show the name was taken from or another that carries the very same name (letter case and width
 * aside). Errors are made at random on letters: wrong, added, missing, swapped; in Hangul one wrong jamo. A name
 * bears one error from 4 letters (Hangul counts jamo), two from 8; shorter names are reported apart.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import MiniSearch from 'minisearch'
import { fold } from '../../lib/search/letters'
import { buildIndex } from '../../lib/search/names'
import { searchIndex } from '../../lib/search/rules'
import { seeded } from '../../lib/shared/random'
import {
  letterCount,
  measure,
  readShows,
  type Score,
  type Searcher,
  type Trial,
  Typist,
  trialsOf,
} from '../support/search-measure'

const { values } = parseArgs({
  options: {
    catalogue: {
      type: 'string',
      default: fileURLToPath(new URL('../../db/starter/catalogue.ndjson', import.meta.url)),
    },
    failures: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'no-peer': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const shows = readShows(values.catalogue)
const heapBytes = () => {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
const bytesBefore = heapBytes()
const buildStart = performance.now()
const index = buildIndex(shows)
const buildMs = performance.now() - buildStart
const indexMb = globalThis.gc ? (heapBytes() - bytesBefore) / 1e6 : null

const exact = trialsOf(shows)
const typist = new Typist(
  exact.map((trial) => trial.name),
  seeded(Number(values.seed)),
)
const withErrors = (trials: Trial[], errors: number): Trial[] =>
  trials.map((trial) => {
    let query = trial.name
    for (let i = 0; i < errors; i++) query = typist.mistype(query)
    return { ...trial, query }
  })
const ofLength = (least: number, most = Number.POSITIVE_INFINITY) =>
  exact.filter(({ name }) => letterCount(name) >= least && letterCount(name) <= most)

const sets: [label: string, within: number, trials: Trial[], goal: number | null][] = [
  ['exact name', 1, exact, 0.97],
  ['one error, names of 4 letters and more', 5, withErrors(ofLength(4), 1), 0.95],
  ['two errors, names of 8 letters and more', 5, withErrors(ofLength(8), 2), 0.85],
  ['one error, names of 2-3 letters', 5, withErrors(ofLength(2, 3), 1), null],
  ['two errors, names of 4-7 letters', 5, withErrors(ofLength(4, 7), 2), null],
]

function peer(): Searcher {
  const documents = shows.map((show) => ({ id: show.slug, names: [show.title, ...show.names].join(' \n ') }))
  const mini = new MiniSearch({
    fields: ['names'],
    processTerm: (term) => fold(term),
    searchOptions: { prefix: true, fuzzy: 0.25, combineWith: 'AND' },
  })
  mini.addAll(documents)
  return (query) =>
    mini
      .search(query)
      .slice(0, 8)
      .map((result) => String(result.id))
}

const ours: Searcher = (query) => searchIndex(index, query, 8).map((result) => result.slug)
for (const { query } of exact.slice(0, 2_000)) ours(query)

const rows: { search: string; what: string; goal: number | null; score: Score }[] = []
for (const [what, within, trials, goal] of sets)
  if (trials.length > 0) rows.push({ search: 'greenlit', what, goal, score: measure(ours, trials, within) })
if (!values['no-peer']) {
  const mini = peer()
  const sample = (trials: Trial[]) => trials.filter((_, i) => i % 20 === 0)
  for (const [what, within, trials, goal] of sets.slice(0, 3))
    rows.push({
      search: 'minisearch (every 20th name)',
      what,
      goal,
      score: measure(mini, sample(trials), within),
    })
}

const missed = rows.filter(
  (row) => row.search === 'greenlit' && row.goal !== null && row.score.found < row.goal,
)
if (values.failures)
  writeFileSync(
    values.failures,
    rows
      .filter((row) => row.search === 'greenlit')
      .flatMap((row) => row.score.failures.map((failure) => JSON.stringify({ what: row.what, ...failure })))
      .join('\n'),
  )
if (values.json)
  console.log(
    JSON.stringify({
      shows: shows.length,
      names: exact.length,
      buildMs,
      indexMb,
      rows: rows.map((row) => ({ ...row, score: { ...row.score, failures: row.score.failures.length } })),
    }),
  )
else {
  console.log(
    `${shows.length} shows, ${exact.length} names, ${index.rowKey.length} index rows built in ${Math.round(buildMs)} ms` +
      (indexMb === null ? '' : `, ${indexMb.toFixed(1)} MB`),
  )
  for (const { search, what, goal, score } of rows)
    console.log(
      `${search.padEnd(29)} ${what.padEnd(40)} n=${String(score.trials).padStart(5)}  in first ${score.within}: ` +
        `${(score.found * 100).toFixed(2)} %${goal ? ` (goal ${goal * 100} %)` : ''}, strictly ${(score.foundStrictly * 100).toFixed(2)} %  ` +
        `p50 ${score.p50Ms.toFixed(2)} ms  p99 ${score.p99Ms.toFixed(2)} ms`,
    )
}
for (const row of missed) console.error(`missed: ${row.what}`)
process.exitCode = missed.length > 0 ? 1 : 0
