/**
 * Pure. The chance that a waited-for season premieres in each period after the last one ended, if it has not before: a
 * discrete-time hazard (Cox 1972; Singer and Willett 1993). One ridge logistic regression over all periods, on binned
 * features, their meeting with the source, and the network by name: what a network, or a source, has of its own is drawn
 * towards what all have as far as its seasons are few. Seasons that their source lost sight of teach the periods it saw.
 * As far as the chance is spent only within RENEWAL_DAYS, whoever never returns is cured (mixture cure in effect).
 */
import { fitLogistic, sparseRows } from '@/lib/learning/logistic'
import { FEATURES, WIDTH } from './features'
import { networkKey } from './rates'
import { AGES, type Asked, type Table } from './table'
import { endOf, RENEWAL_DAYS } from './types'

export interface Hazard {
  /** By feature, the values up to which a bin reaches; null where a feature is a flag or not used. */
  bounds: (number[] | null)[]
  weights: Record<string, number>
}

const BINS = 8
const RIDGE = 10
const SEEN_MIN = 5

/** What changes while one waits is told by the period. */
const PASSING = /^(waited|asked-month|waited-since-end|waited-of-gap)$/
const FLAGS = /^(source|class|country|genre|kind|material):/

/** The last day, counted from the premiere, of each period of a season. */
function periodEnds(row: { premiere: number; end: number | null }): number[] {
  const ended = endOf({ premiere: row.premiere, end: row.end }) - row.premiere
  return [ended + AGES[1], ended + AGES[2], RENEWAL_DAYS].map((day) => Math.min(day, RENEWAL_DAYS))
}

function boundsOf({ values, examples }: Table): Hazard['bounds'] {
  return FEATURES.map(({ code }, f) => {
    if (PASSING.test(code) || FLAGS.test(code)) return null
    const sorted = Float32Array.from(examples, (_, i) => values[i * WIDTH + f]!).sort()
    const bounds = new Set<number>()
    for (let b = 1; b < BINS; b++) bounds.add(sorted[Math.floor((b * sorted.length) / BINS)]!)
    return [...bounds].sort((a, b) => a - b)
  })
}

/** The names of what holds of a row, but for the period. */
export function termsOf(
  bounds: Hazard['bounds'],
  values: Float32Array,
  at: number,
  source: string,
  network: string | null,
): string[] {
  const terms = ['all']
  for (let f = 0; f < WIDTH; f++) {
    const value = values[at + f]!
    const code = FEATURES[f]!.code
    const own = bounds[f]
    let term: string | null = null
    if (own) {
      let bin = 0
      for (const bound of own) if (value > bound) bin++
      term = `${code}=${bin}`
    } else if (!PASSING.test(code) && value === 1) term = code
    if (term) terms.push(term, `${source}|${term}`)
  }
  if (network) terms.push(`network:${networkKey(network)}`, `${source}|network:${networkKey(network)}`)
  return terms
}

const periodTerms = (period: number, source: string) => [`period:${period}`, `${source}|period:${period}`]

/** Learns from some places of a table. */
export function fitHazard(table: Table, places: readonly number[]): Hazard {
  const bounds = boundsOf({ values: table.values, examples: table.examples })
  const rows: string[][] = []
  const labels: number[] = []
  for (const i of places) {
    const { outcome, ageDays, asOf } = table.examples[i]!
    const { row, gapDays, followUpDays } = outcome
    const period = AGES.indexOf(ageDays as (typeof AGES)[number])
    const end = periodEnds(row)[period]!
    if (asOf - row.premiere >= end) continue
    const came = gapDays !== null && gapDays <= end
    if (!came && followUpDays < end) continue
    if (gapDays !== null && row.premiere + gapDays <= asOf) continue
    rows.push([
      ...termsOf(bounds, table.values, i * WIDTH, row.source, row.network),
      ...periodTerms(period, row.source),
    ])
    labels.push(Number(came))
  }
  const seen = new Map<string, number>()
  for (const row of rows) for (const term of row) seen.set(term, (seen.get(term) ?? 0) + 1)
  const names = [...seen].filter(([, count]) => count >= SEEN_MIN).map(([term]) => term)
  const columns = new Map(names.map((term, i) => [term, i]))
  const sparse = sparseRows(
    rows.map((row) =>
      row.flatMap((term) => {
        const column = columns.get(term)
        return column === undefined ? [] : [[column, 1] as const]
      }),
    ),
    names.length,
  )
  const weights = fitLogistic(
    sparse,
    labels,
    new Float64Array(labels.length).fill(1),
    names.map((term) => (term === 'all' ? 1e-3 : RIDGE)),
    { steps: 12, inner: 40, tolerance: 1e-3 },
  )
  return { bounds, weights: Object.fromEntries(names.map((term, i) => [term, weights[i]!])) }
}

/** The weights of one source by feature and bin, so that a chance is looked up and not spelled. */
interface Laid {
  all: number
  /** Of a binned feature one a bin, of a flag what it adds, of others nothing. */
  weights: (Float64Array | number)[]
  periods: number[]
}

const laid = new WeakMap<Hazard, Map<string, Laid>>()

function laidOut(hazard: Hazard, source: string): Laid {
  const known = laid.get(hazard) ?? new Map<string, Laid>()
  laid.set(hazard, known)
  const found = known.get(source)
  if (found) return found
  const weight = (term: string) => hazard.weights[term] ?? 0
  const both = (term: string) => weight(term) + weight(`${source}|${term}`)
  const made: Laid = {
    all: weight('all'),
    weights: FEATURES.map(({ code }, f) => {
      const bins = hazard.bounds[f]
      if (!bins) return PASSING.test(code) ? 0 : both(code)
      return Float64Array.from({ length: bins.length + 1 }, (_, bin) => both(`${code}=${bin}`))
    }),
    periods: AGES.map((_, period) => both(`period:${period}`)),
  }
  known.set(source, made)
  return made
}

/** The log-odds of a row, but for the period. */
function baseOf(hazard: Hazard, values: Float32Array, at: number, source: string, network: string | null) {
  const { all, weights } = laidOut(hazard, source)
  let base = all
  for (let f = 0; f < WIDTH; f++) {
    const own = weights[f]!
    const value = values[at + f]!
    if (typeof own === 'number') {
      if (value === 1) base += own
      continue
    }
    let bin = 0
    for (const bound of hazard.bounds[f]!) if (value > bound) bin++
    base += own[bin]!
  }
  if (!network) return base
  const term = `network:${networkKey(network)}`
  return base + (hazard.weights[term] ?? 0) + (hazard.weights[`${source}|${term}`] ?? 0)
}

/** The chance that the next season still comes in time, asked on the day of an example that is not settled. */
export function hazardChance(hazard: Hazard, values: Float32Array, at: number, { asOf, row }: Asked): number {
  const base = baseOf(hazard, values, at, row.source, row.network)
  const { periods } = laidOut(hazard, row.source)
  const waited = asOf - row.premiere
  let without = 1
  let begin = endOf(row) - row.premiere
  for (const [period, end] of periodEnds(row).entries()) {
    // Of a period that has begun only what is left of it counts, as if its chance were spread evenly.
    const left = (end - Math.max(waited, begin)) / (end - begin)
    if (end > begin && left > 0) {
      const chance = 1 / (1 + Math.exp(-(base + periods[period]!)))
      without *= (1 - chance) ** Math.min(1, left)
    }
    begin = end
  }
  return 1 - without
}
