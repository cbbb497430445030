/**
 * How much of a score readers should have by how many follow a title: from how many on they count for as much as the
 * title's own facts (`half`), and how much their strongest word adds (`weight`), by what other readers like together.
 *
 *   node --import tsx tests/bench/related-share.ts --titles FILE.ndjson --interactions FILE.csv --items FILE.csv --min VALUE --truth FILE.csv [--json]
 *
 * A fifth of the readers teach nothing: of two titles one of them likes, it is a hit where the second is among the
 * twelve beside the first (`hits`); `ndcg` is by the pairs people name, over the titles that readers speak of. The rest teach, all of them, a fifth and a twentieth, as a young site has few; then the
 * figures are averaged over the three. Items (columns item and title) are found among the titles by name. `half` Infinity is the facts alone, 0 the readers alone where they say anything.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { ndcgAt } from '../../lib/learning/ranking-metrics'
import { indexTitles } from '../../lib/related/compared'
import { READERS_WEIGHT } from '../../lib/related/explain'
import { readPairs, readTitles } from '../../lib/related/files'
import { namedBySource } from '../../lib/related/learn'
import { type People, readersWord } from '../../lib/related/people'
import { listAt } from '../../lib/related/rules'
import { seeded } from '../../lib/shared/random'
import { readInteractions } from '../../lib/workshop/recommend/interactions'

const { values } = parseArgs({
  options: {
    titles: { type: 'string' },
    interactions: { type: 'string' },
    truth: { type: 'string' },
    min: { type: 'string' },
    items: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (!values.titles || !values.interactions || !values.items || !values.min || !values.truth)
  throw new Error('--titles, --interactions, --items, --min and --truth are wanted')

const HALVES = [0, 5, 20, 50, 100, 200, 400, Number.POSITIVE_INFINITY]
const WEIGHTS = [0.15, 0.3, 0.6]
const PARTS = [1, 0.2, 0.05]
const PAIRS_PER_READER = 20

const { titles: raw, places } = await readTitles(
  readFileSync(values.titles, 'utf8').split('\n').filter(Boolean),
)
// Fame as the site keeps it, 0 to 100.
const fames = raw.flatMap(({ popularity }) => popularity ?? []).sort((a, b) => a - b)
const titles = raw.map((title) => ({
  ...title,
  popularity: title.popularity === null ? null : (100 * fames.indexOf(title.popularity)) / fames.length,
}))
const index = indexTitles(titles)
const { numbers } = index.catalogue
const folded = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const byName = new Map(titles.map(({ id, title }) => [folded(title), id]))
const items = new Map(
  (parse(readFileSync(values.items, 'utf8'), { columns: true, bom: true }) as Record<string, string>[]).map(
    ({ item, title }) => [item, byName.get(folded(title ?? ''))],
  ),
)
const random = seeded(1)
const liked = new Map<string, string[]>()
for (const { user, item, value } of readInteractions(
  readFileSync(values.interactions, 'utf8'),
  values.interactions,
)) {
  const showId = items.get(item)
  if (showId && value >= Number(values.min)) liked.set(user, [...(liked.get(user) ?? []), showId])
}
const readers = [...liked].filter(([, list]) => list.length >= 2)
const fate = new Map(readers.map(([reader]) => [reader, random()]))
const pairs: [number, number][] = []
for (const [reader, list] of readers) {
  if (fate.get(reader)! >= 0.2) continue
  const one = () => numbers.get(list[Math.floor(random() * list.length)]!)!
  for (let i = 0; i < PAIRS_PER_READER; i++) {
    const pair: [number, number] = [one(), one()]
    if (pair[0] !== pair[1]) pairs.push(pair)
  }
}
const named = new Map(
  [...namedBySource(readPairs(readFileSync(values.truth, 'utf8'), places))].map(([source, set]) => [
    numbers.get(titles[source]!.id)!,
    new Set([...set].map((other) => numbers.get(titles[other]!.id)!)),
  ]),
)
const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length

/** How far the lists find what readers like together, and what people name. */
function judged(people: People): { hits: number; ndcg: number } {
  const lists = new Map<number, number[]>()
  const list = (source: number) => {
    if (!lists.has(source))
      lists.set(
        source,
        listAt({ ...index, people }, source).map(({ title }) => title),
      )
    return lists.get(source)!
  }
  return {
    hits: mean(pairs.map(([source, other]) => (list(source).includes(other) ? 1 : 0))),
    ndcg: mean(
      [...named]
        .filter(([source]) => spoken.has(source))
        .map(([source, right]) => ndcgAt(list(source), right, 10)),
    ),
  }
}

const table = new Map<string, { hits: number; ndcg: number }[]>()
let spoken = new Set<number>()
for (const part of PARTS) {
  const teachers = readers.filter(
    ([reader]) => fate.get(reader)! >= 0.2 && fate.get(reader)! < 0.2 + 0.8 * part,
  )
  const follows = teachers.flatMap(([reader, list]) => list.map((showId) => ({ reader, showId })))
  // With half 1 a share of n / (n + 1) tells n.
  const word = readersWord(follows, numbers, 1)
  spoken = new Set(word.keys())
  for (const weight of WEIGHTS)
    for (const half of HALVES) {
      const scaled: People['readers'] = new Map(
        [...word].map(([title, { share, beside }]) => {
          const count = share / (1 - share)
          const scale = weight / READERS_WEIGHT
          return [
            title,
            {
              share: half === Number.POSITIVE_INFINITY ? 0 : count / (count + half),
              beside: new Map(
                [...beside].map(([other, { strength, both }]) => [
                  other,
                  { strength: strength * scale, both },
                ]),
              ),
            },
          ]
        }),
      )
      const key = `weight ${weight}, half ${half}`
      const people = { readers: half === Number.POSITIVE_INFINITY ? new Map() : scaled, pairs: new Map() }
      table.set(key, [...(table.get(key) ?? []), judged(people)])
    }
  console.error(`${teachers.length} readers teach; they speak of ${word.size} titles`)
}
for (const [key, list] of table) {
  const [hits, ndcg] = [list.map((one) => one.hits), list.map((one) => one.ndcg)]
  if (values.json) console.log(JSON.stringify({ key, parts: PARTS, hits, ndcg }))
  else
    for (const [name, figures] of Object.entries({ hits, ndcg }))
      console.log(
        `${key.padEnd(24)} ${name.padEnd(5)} ${figures.map((figure) => figure.toFixed(4)).join('  ')}  mean ${mean(figures).toFixed(4)}`,
      )
}
