/**
 * What the pages cost at 10,000 and at 100,000 shows, as the functions behind them do it:
 *   npm run bench:grow && npm run bench:size -- [--shows 10000,100000] [--folder DIR] [--calls 200] [--only browse,home] [--json]
 * Each size runs in a process of its own, as patient and as small as a site's (heap of 256 MB, statements of 2.5 s), that
 * keeps what a site's keeps. Of each page: the middle and the 99th of a hundred calls in milliseconds of the clock (the
 * best of three for what no process keeps, so that other work on the machine counts less), the processor's milliseconds a
 * call here and in PostgreSQL together, and the statements. Then the ratio of the last size to the first by the middle and
 * by the processor, and the memory of the process beside one that has nothing loaded. Rendering is not measured.
 */
import { execFileSync } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Figure, Measured } from '../support/size-pages'
import { SIZE_FOLDER } from '../support/size-server'

const { values } = parseArgs({
  options: {
    shows: { type: 'string', default: '10000,100000' },
    folder: { type: 'string', default: SIZE_FOLDER },
    calls: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})

/** What is asked: the 99th of a hundred, in milliseconds. */
const ASKED_MS: Record<string, number> = {
  browse: 50,
  'browse, later pages': 50,
  'API list': 50,
  'search page': 30,
  'search, nothing found': 30,
  autocomplete: 10,
  'show page': 30,
  'season page': 30,
  calendar: 50,
  home: 50,
}
const RATIO_MAX = 1.5
const MEMORY_RATIO_MAX = 2

function measured(shows: string): Measured {
  const out = execFileSync(
    process.execPath,
    [
      ...['--max-old-space-size=256', '--expose-gc', '--conditions=react-server', '--import', 'tsx'],
      fileURLToPath(new URL('../support/size-pages.ts', import.meta.url)),
      ...['--shows', shows, '--folder', values.folder, '--calls', values.calls, '--only', values.only],
    ],
    {
      encoding: 'utf8',
      env: { ...process.env, MALLOC_ARENA_MAX: '2' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  return JSON.parse(out.trim().split('\n').at(-1)!)
}

const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')
const loadBefore = load()
const sizes = values.shows.split(',').map(measured)
const [first, last] = [sizes[0]!, sizes.at(-1)!]
const cost = ({ ownMs, serverMs }: Figure) => ownMs + serverMs
const missed: string[] = []
const rows = last.figures.map((figure) => {
  const small = first.figures.find(({ page }) => page === figure.page) ?? figure
  const asked = ASKED_MS[figure.page]
  const ratio = figure.p50Ms / small.p50Ms
  if (asked !== undefined && figure.p99Ms > asked)
    missed.push(`${figure.page}: p99 ${figure.p99Ms.toFixed(1)} ms of ${asked}`)
  if (first !== last && Math.min(ratio, cost(figure) / cost(small)) > RATIO_MAX)
    missed.push(`${figure.page}: ${ratio.toFixed(2)} times the time of the smaller catalogue`)
  return { page: figure.page, small, large: figure, ratio, processorRatio: cost(figure) / cost(small), asked }
})
const memoryRatio = last.memory.rssMb / first.memory.rssMb
if (memoryRatio > MEMORY_RATIO_MAX) missed.push(`memory: ${memoryRatio.toFixed(2)} times`)

if (values.json) console.log(JSON.stringify({ sizes, rows, memoryRatio, missed, load: [loadBefore, load()] }))
else {
  const of = ({ p50Ms, p99Ms, ownMs, serverMs }: Figure) =>
    `${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} | ${ownMs.toFixed(1)} + ${serverMs.toFixed(1)}`
  console.log(`load before and after: ${loadBefore}, ${load()} on ${availableParallelism()} processors`)
  console.log(
    `| page | ${first.shows} shows: p50 ms | p99 | processor ms a call | ${last.shows} shows: p50 ms | p99 | processor ms a call | asked p99 | statements | times, p50 | times, processor |`,
  )
  console.log('|---|---|---|---|---|---|---|---|---|---|---|')
  for (const { page, small, large, ratio, processorRatio, asked } of rows)
    console.log(
      `| ${page} | ${of(small)} | ${of(large)} | ${asked ?? '–'} | ${large.statements.toFixed(1)} | ${ratio.toFixed(2)} | ${processorRatio.toFixed(2)} |`,
    )
  for (const { shows, built, memory } of sizes)
    console.log(shows, JSON.stringify(built), JSON.stringify(memory))
  console.log(`memory of the process: ${memoryRatio.toFixed(2)} times`)
  for (const line of missed) console.log(`missed: ${line}`)
}
process.exitCode = missed.length > 0 ? 1 : 0
