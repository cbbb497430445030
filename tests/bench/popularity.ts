/**
 * How well `popularity` orders the shows as readers' hours and readers' marks order them: Spearman's rank correlation
 * with each, over the shows that can be matched, and the first hundred titles.
 *
 *   npx tsx tests/bench/popularity.ts [--catalogue FILE] [--engagement FILE] [--interactions FILE --items FILE] [--json]
 *
 * Engagement: a CSV with source, title and extra; of source `netflix` the hours of all half years (`h23a=…;h23b=…`) of
 * all seasons count, matched on a title that one show only bears. Interactions: rows with `item`, items with `movieId`
 * and a title such as "Office, The (2005)", matched on title and year; one row is one reader's mark.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import type { CatalogueRecord } from '../../lib/catalogue/types'
import { titleKey } from '../../lib/workshop/catalogue/names'

const { values } = parseArgs({
  options: {
    catalogue: {
      type: 'string',
      default: fileURLToPath(new URL('../../db/starter/catalogue.ndjson', import.meta.url)),
    },
    engagement: { type: 'string' },
    interactions: { type: 'string' },
    items: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (Boolean(values.interactions) !== Boolean(values.items))
  throw new Error('--interactions and --items go together')
const FIRST = 100

const rowsOf = (file: string): Record<string, string>[] =>
  parse(readFileSync(file, 'utf8'), { columns: true, bom: true, relax_column_count: true })

/** Places from the least up; equal values share the middle of theirs. */
function ranks(numbers: number[]): number[] {
  const order = numbers.map((_, index) => index).sort((a, b) => numbers[a]! - numbers[b]!)
  const places: number[] = []
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && numbers[order[to + 1]!] === numbers[order[from]!]) to++
    for (let at = from; at <= to; at++) places[order[at]!] = (from + to) / 2
    from = to + 1
  }
  return places
}

/** Spearman's rank correlation of pairs, -1 to 1; NaN where all of one side are equal. */
function spearman(pairs: [number, number][]): number {
  const [a, b] = [ranks(pairs.map(([one]) => one)), ranks(pairs.map(([, other]) => other))]
  const mean = (pairs.length - 1) / 2
  const sum = (of: (index: number) => number) => pairs.reduce((total, _, index) => total + of(index), 0)
  const spread = (places: number[]) => sum((index) => (places[index]! - mean) ** 2)
  return sum((index) => (a[index]! - mean) * (b[index]! - mean)) / Math.sqrt(spread(a) * spread(b))
}

const shows: CatalogueRecord[] = readFileSync(values.catalogue, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line))
const byTitle = new Map<string, CatalogueRecord[]>()
for (const show of shows)
  byTitle.set(titleKey(show.title), [...(byTitle.get(titleKey(show.title)) ?? []), show])
const yearOf = ({ seasons }: CatalogueRecord) => seasons?.[0]?.premiere?.slice(0, 4)
const add = <K>(counts: Map<K, number>, key: K, more: number) =>
  counts.set(key, (counts.get(key) ?? 0) + more)

/** Pairs of a measure and `popularity`, for each measured name that means one show. */
const paired = (measured: Map<string, number>, find: (name: string) => CatalogueRecord[]) =>
  [...measured].flatMap(([name, value]): [number, number][] => {
    const [show, ...others] = find(name)
    return show && others.length === 0 && value > 0 ? [[value, show.popularity ?? 0]] : []
  })

const figures: { measure: string; n: number; spearman: number }[] = []
const tell = (measure: string, pairs: [number, number][]) =>
  figures.push({ measure, n: pairs.length, spearman: spearman(pairs) })

if (values.engagement) {
  const hours = new Map<string, number>()
  for (const { source, title = '', extra = '' } of rowsOf(values.engagement))
    if (source === 'netflix')
      for (const [, given] of extra.matchAll(/(?:^|;)h\d\d[ab]=(\d+)/g))
        add(hours, titleKey(title), Number(given))
  tell(
    'engagement hours',
    paired(hours, (key) => byTitle.get(key) ?? []),
  )
}

if (values.interactions && values.items) {
  const marks = new Map<string, number>()
  for (const { item = '' } of rowsOf(values.interactions)) add(marks, item, 1)
  const names = new Map(rowsOf(values.items).map(({ movieId = '', title = '' }) => [movieId, title]))
  const named = (item: string) => {
    const form = /^(.*) \((\d{4})(?:[–-]\d*)?\)\s*$/.exec(names.get(item) ?? '')
    if (!form) return []
    const title = form[1]!.replace(/^(.*), (The|A|An)$/, '$2 $1')
    return (byTitle.get(titleKey(title)) ?? []).filter((show) => yearOf(show) === form[2])
  }
  tell('readers’ marks', paired(marks, named))
}

const first = [...shows].sort((a, b) => (b.popularity ?? 0) - (a.popularity ?? 0)).slice(0, FIRST)
if (values.json) console.log(JSON.stringify({ figures, first: first.map(({ title }) => title) }))
else {
  for (const { measure, n, spearman: rho } of figures)
    console.log(`${measure.padEnd(18)} n ${String(n).padStart(5)}  Spearman ${rho.toFixed(3)}`)
  console.log(`\nthe first ${first.length} of ${shows.length}`)
  first.forEach(({ title, popularity }, index) => {
    console.log(`${String(index + 1).padStart(4)}. ${title} (${popularity})`)
  })
}
