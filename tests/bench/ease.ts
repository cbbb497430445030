/**
 * How long EASE takes to solve, how exact it is and what memory it takes, on a made-up crowd of readers.
 *
 *   node --import tsx tests/bench/ease.ts [--titles 1000,3000,5000] [--json]
 *
 * The time is that of the inverse alone, the matrix already built: by the clock, and on the processor, which other
 * work on the machine does not change. The residual is the largest entry of |A·A⁻¹ − 1| in 200 rows.
 */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { invert } from '../../lib/learning/inverse'
import { seeded } from '../../lib/shared/random'

const { values } = parseArgs({
  options: {
    titles: { type: 'string', default: '1000,3000,5000' },
    json: { type: 'boolean', default: false },
  },
})
const ROWS_CHECKED = 200

/** Who follows what together, with a pull of 200: ten readers a title, popular titles more likely. */
function crowd(titles: number): Float64Array {
  const random = seeded(titles)
  const matrix = new Float64Array(titles * titles)
  for (let reader = 0; reader < titles * 10; reader++) {
    const own = new Set<number>()
    while (own.size < 30) own.add(Math.floor(titles * random() ** 2.5))
    for (const i of own) for (const j of own) matrix[i * titles + j]! += 1
  }
  for (let i = 0; i < titles; i++) matrix[i * titles + i]! += 200
  return matrix
}

function residual(matrix: Float64Array, inverse: Float64Array, n: number): number {
  let worst = 0
  const sums = new Float64Array(n)
  const step = Math.max(1, Math.floor(n / ROWS_CHECKED))
  for (let i = 0; i < n; i += step) {
    sums.fill(0)
    for (let k = 0; k < n; k++) {
      const amount = matrix[i * n + k]!
      if (amount !== 0) for (let j = 0; j < n; j++) sums[j]! += amount * inverse[k * n + j]!
    }
    sums[i]! -= 1
    for (const sum of sums) worst = Math.max(worst, Math.abs(sum))
  }
  return worst
}

for (const n of values.titles.split(',').map(Number)) {
  const matrix = crowd(n)
  const inverse = matrix.slice()
  const before = process.memoryUsage()
  const [start, processor] = [performance.now(), process.cpuUsage()]
  invert(inverse, n)
  const seconds = (performance.now() - start) / 1_000
  const used = process.cpuUsage(processor)
  const result = {
    titles: n,
    seconds,
    processor_seconds: (used.user + used.system) / 1e6,
    residual: residual(matrix, inverse, n),
    matrix_mb: (n * n * 8) / 2 ** 20,
    beside_it_mb: (process.memoryUsage().arrayBuffers - before.arrayBuffers) / 2 ** 20,
    peak_rss_mb: process.resourceUsage().maxRSS / 1024,
    load: loadavg()[0]! / cpus().length,
  }
  console.log(
    values.json
      ? JSON.stringify(result)
      : `${n} titles: ${seconds.toFixed(1)} s (${result.processor_seconds.toFixed(1)} s of processor, load ${result.load.toFixed(1)} a core), residual ${result.residual.toExponential(1)}, matrix ${result.matrix_mb.toFixed(0)} MB, peak with a copy to check by ${result.peak_rss_mb.toFixed(0)} MB`,
  )
}
