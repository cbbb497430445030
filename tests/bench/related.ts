/**
 * What related titles cost at scale: a catalogue resampled from the facts of the starter catalogue, every title's list
 * built, one title's list built anew, and the peak of memory.
 *
 *   node --import tsx tests/bench/related.ts [--titles N] [--threads N] [--learned] [--json]
 *
 * A made-up title has the country, network and genres of one show, the tags of a second, the cast of a third (names
 * numbered, so that no actor is in thousands) and forty words by Zipf's law for a summary. `--learned` measures and
 * ranks with the learned order as well. `build_s` is the wall time of index and lists; memory is of the whole process.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { indexTitles } from '../../lib/related/compared'
import { engineOf, ranked, withTaste } from '../../lib/related/engine'
import { readTitles } from '../../lib/related/files'
import { everyList, threadsFor } from '../../lib/related/lists'
import { readModel } from '../../lib/related/model'
import { type Listed, relatedToTitle } from '../../lib/related/rules'
import type { RelatedTitle } from '../../lib/related/types'
import { seeded } from '../../lib/shared/random'

const { values } = parseArgs({
  options: {
    titles: { type: 'string', default: '100000' },
    threads: { type: 'string' },
    learned: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const fileOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

const { titles: starter } = await readTitles(
  readFileSync(fileOf('db/starter/catalogue.ndjson'), 'utf8').split('\n'),
)
const tagged = starter.filter((title) => title.tags.length > 0)
const staffed = starter.filter((title) => title.cast.length > 0)
const described = starter.filter((title) => title.genres.length > 0)
const random = seeded(1)
const one = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!
const WORDS = 20_000
const word = () => `w${Math.floor(WORDS ** random())}x`

function made(i: number): RelatedTitle {
  const base = one(described)
  const premise = one(tagged)
  const people = one(staffed)
  return {
    ...base,
    id: `made:${i}`,
    title: `${word()} ${word()} ${i}`,
    tags: [...new Set([...premise.tags, one(one(tagged).tags)])],
    cast: people.cast.map((name) => `${name} ${Math.floor(random() * 13)}`),
    summary: Array.from({ length: 40 }, word).join(' '),
    year: 1960 + Math.floor(67 * random() ** 0.3),
    rating: Math.round(random() * 100) / 10,
    franchise: [`made:${i}`],
  }
}

const figures: Record<string, number> = {}
function timed<T>(name: string, work: () => T): T {
  const startedAt = performance.now()
  const result = work()
  figures[name] = Math.round(performance.now() - startedAt) / 1000
  return result
}
const peak = () => process.resourceUsage().maxRSS / 1024

const titles = Array.from({ length: Number(values.titles) }, (_, i) => made(i))
figures.titles = titles.length
const index = timed('index_s', () => indexTitles(titles))
const threads = values.threads ? Number(values.threads) : threadsFor(titles.length)
figures.threads = threads
let full = 0
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage().user]
for await (const { lists } of everyList(index, { threads }))
  for (const list of JSON.parse(lists) as Listed[][]) if (list.length === 12) full++
figures.lists_s = Math.round(performance.now() - startedAt) / 1000
figures.lists_cpu_s = Math.round((process.cpuUsage().user - cpuBefore) / 1e4) / 100
figures.build_s = figures.index_s! + figures.lists_s
figures.with_twelve = full / titles.length
timed('one_title_s', () => relatedToTitle(index, made(titles.length)))
figures.peak_mb = Math.round(peak())
if (values.learned) {
  const { content } = readModel(JSON.parse(readFileSync(fileOf('lib/related/model.json'), 'utf8')))
  const engine = timed('measure_s', () => withTaste(engineOf(titles), content.taste))
  const sample = Math.min(2_000, titles.length)
  timed('learned_sample_s', () => {
    for (let i = 0; i < sample; i++) ranked(engine, content.forest, i)
  })
  figures.learned_sample = sample
  figures.peak_learned_mb = Math.round(peak())
}
if (values.json) console.log(JSON.stringify(figures))
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(20)} ${value}`)
