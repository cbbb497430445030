/**
 * How much of a score readers should have by how many follow a title: from how many on they count for as much as the
 * title's own facts (`half`), and how much their strongest word adds (`weight`), by what other readers like together.
 *
 *   node --import tsx tests/bench/related-share.ts --titles FILE.ndjson --interactions FILE.csv --min VALUE --namespace NAME [--json]
 *
 * A fifth of the readers teach nothing: of two titles one of them likes, it is a hit where the second is among the
 * twelve beside the first. The rest teach, all of them, a fifth and a twentieth, as a young site has few; then the
 * hits are averaged over the three. `half` Infinity is the facts alone, 0 the readers alone where they say anything.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readTitles } from '../../lib/related/files'
import { type People, readersWord } from '../../lib/related/people'
import { readInteractions } from '../../lib/related/recommend/interactions'
import { indexTitles, listAt, READERS_WEIGHT } from '../../lib/related/rules'
import { seeded } from '../../lib/shared/random'

const { values } = parseArgs({
  options: {
    titles: { type: 'string' },
    interactions: { type: 'string' },
    min: { type: 'string' },
    namespace: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (!values.titles || !values.interactions || !values.min || !values.namespace)
  throw new Error('--titles, --interactions, --min and --namespace are wanted')

const HALVES = [0, 2, 5, 10, 20, 50, 100, Number.POSITIVE_INFINITY]
const WEIGHTS = [0.3, 0.6, 1]
const PARTS = [1, 0.2, 0.05]
const PAIRS_PER_READER = 20

const { titles } = await readTitles(readFileSync(values.titles, 'utf8').split('\n').filter(Boolean))
const index = indexTitles(titles)
const { numbers } = index.catalogue
const random = seeded(1)
const liked = new Map<string, string[]>()
for (const { user, item, value } of readInteractions(
  readFileSync(values.interactions, 'utf8'),
  values.interactions,
)) {
  const showId = `${values.namespace}:${item}`
  if (value >= Number(values.min) && numbers.has(showId))
    liked.set(user, [...(liked.get(user) ?? []), showId])
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
const sources = [...new Set(pairs.map(([source]) => source))]

/** The share of pairs of which the second is beside the first. */
function hits(people: People): number {
  const lists = new Map(
    sources.map((source) => [
      source,
      new Set(listAt({ ...index, people }, source).map(({ title }) => title)),
    ]),
  )
  return pairs.filter(([source, other]) => lists.get(source)!.has(other)).length / pairs.length
}

const table = new Map<string, number[]>()
for (const part of PARTS) {
  const teachers = readers.filter(
    ([reader]) => fate.get(reader)! >= 0.2 && fate.get(reader)! < 0.2 + 0.8 * part,
  )
  const follows = teachers.flatMap(([reader, list]) => list.map((showId) => ({ reader, showId })))
  // With half 1 a share of n / (n + 1) tells n.
  const word = readersWord(follows, numbers, 1)
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
      table.set(key, [...(table.get(key) ?? []), hits(people)])
    }
  console.error(`${teachers.length} readers teach; they speak of ${word.size} titles`)
}
const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length
for (const [key, list] of table)
  if (values.json) console.log(JSON.stringify({ key, parts: PARTS, hits: list, mean: mean(list) }))
  else
    console.log(
      `${key.padEnd(26)} ${list.map((hit) => hit.toFixed(4)).join('  ')}  mean ${mean(list).toFixed(4)}`,
    )
