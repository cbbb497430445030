/**
 * How much a named pair should add to a card's score, and how much one through a third title: nDCG@10 of the cards'
 * order on sets of named pairs, a source's own pairs hidden, for several weights of both.
 *
 *   node --import tsx tests/bench/related-pairs.ts --from DIR [--sources 100] [--json]
 *
 * DIR holds folders with a titles.ndjson and a truth.csv. Pairs count as agreed; fame is made 0 to 100 by rank.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { mean, ndcgAt } from '../../lib/learning/ranking-metrics'
import { indexTitles } from '../../lib/related/compared'
import { PAIR_WEIGHT } from '../../lib/related/explain'
import { readPairs, readTitles } from '../../lib/related/files'
import { namedBySource } from '../../lib/related/learn'
import { type PairWord, pairsWord, THROUGH } from '../../lib/related/people'
import { listAt } from '../../lib/related/rules'
import type { NamedPair } from '../../lib/related/types'

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    sources: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
})
if (!values.from) throw new Error('--from DIR is wanted')
const WEIGHTS = [0, 0.3, 0.8, 1.2, 2]
const THROUGHS = [0, 0.2, 0.4, 0.8]

const sets = []
for (const name of readdirSync(values.from).sort()) {
  const file = (part: string) => readFileSync(path.join(values.from!, name, part), 'utf8')
  const { titles, places } = await readTitles(file('titles.ndjson').split('\n').filter(Boolean))
  const fames = titles.flatMap(({ popularity }) => popularity ?? []).sort((a, b) => a - b)
  const fame = (value: number) => (100 * fames.indexOf(value)) / fames.length
  const index = indexTitles(
    titles.map((title) => ({
      ...title,
      popularity: title.popularity === null ? null : fame(title.popularity),
    })),
  )
  const { numbers } = index.catalogue
  const numberOf = (place: number) => numbers.get(titles[place]!.id)!
  const pairs = readPairs(file('truth.csv'), places)
  const named: NamedPair[] = pairs.map(({ source, related, weight }) => ({
    showId: titles[source]!.id,
    relatedShowId: titles[related]!.id,
    weight,
    voices: 2,
    origin: 'reader',
    source: null,
  }))
  const all = [...namedBySource(pairs)]
  const step = Math.max(1, Math.ceil(all.length / Number(values.sources)))
  const asked = all
    .filter((_, i) => i % step === 0)
    .map(([source, right]) => {
      const others = named.filter(({ showId }) => showId !== titles[source]!.id)
      const word = pairsWord(others, numbers).get(numberOf(source)) ?? new Map<number, PairWord>()
      return { number: numberOf(source), right: new Set([...right].map(numberOf)), word }
    })
  sets.push({ name, index, asked })
}

for (const weight of WEIGHTS)
  for (const through of weight === 0 ? [0] : THROUGHS) {
    const scaled = (said: PairWord) =>
      (said.strength * weight * (said.through === null ? 1 : through / THROUGH)) / PAIR_WEIGHT
    const figures = sets.map(({ name, index, asked }) => {
      const worth = asked.map(({ number, right, word }) => {
        const kept = [...word].map(([other, said]) => [other, { ...said, strength: scaled(said) }] as const)
        const pairs = new Map([[number, new Map(kept.filter(([, { strength }]) => strength > 0))]])
        const list = listAt({ ...index, people: { readers: new Map(), pairs } }, number)
        return ndcgAt(
          list.map(({ title }) => title),
          right,
          10,
        )
      })
      return [name, mean(worth)] as const
    })
    if (values.json) console.log(JSON.stringify({ weight, through, ...Object.fromEntries(figures) }))
    else
      console.log(
        `weight ${weight}, through ${through}`.padEnd(26),
        figures.map(([name, value]) => `${name} ${value.toFixed(4)}`).join('  '),
      )
  }
