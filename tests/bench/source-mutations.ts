/**
 * Answers of the providers of facts, changed at random places and read:
 *   node --import tsx tests/bench/source-mutations.ts [--runs 100000] [--seed 1]
 * Prints for each provider how many were read and how many refused, and how long the processor was at it: the middle, the
 * longest, and how often it was longer than 50 ms (three times over: what is slow by itself is slow again). Ends with 1 where anything was thrown.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { parseMedia } from '@/lib/sources/anilist/parse'
import { toLook as fromAnilist } from '@/lib/sources/anilist/to-look'
import { isNestedDeeper } from '@/lib/sources/json'
import { parseSeries } from '@/lib/sources/tmdb/parse'
import { toLook as fromTmdb } from '@/lib/sources/tmdb/to-look'
import { parseShow } from '@/lib/sources/tvmaze/parse'
import { toLook as fromTvmaze } from '@/lib/sources/tvmaze/to-look'
import { parseEntities } from '@/lib/sources/wikidata/parse'
import { toLook as fromWikidata } from '@/lib/sources/wikidata/to-look'
import { mutated } from '../support/mutations'
import { aMedia, anItem, aTime } from '../support/other-answers'
import { aSeriesAnswer } from '../support/tmdb-answers'
import { anEpisode, aShowAnswer } from '../support/tvmaze-answers'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const [RUNS, SEED] = [Number(values.runs), Number(values.seed)]
const SLOW_MS = 50

const CASES: { name: string; answer: unknown; share: number; isRead: (answer: unknown) => boolean }[] = [
  {
    name: 'TVmaze',
    share: 0.4,
    answer: aShowAnswer({
      id: 5,
      imdb: 'tt0000012',
      cast: [[1, 'Ingrid Aas', 'Keeper']],
      akas: [['Havnelys', 'Norway']],
      seasons: [{ number: 1, premiere: '2026-01-04', end: '2026-02-01', order: 5 }, { number: 2 }],
      episodes: [1, 2, 3, 4, 5].map((number) => anEpisode(1, number, `2026-01-0${number}`)),
    }),
    isRead: (answer) => {
      const read = parseShow(answer)
      if (read.ok) fromTvmaze(read.value)
      return read.ok
    },
  },
  {
    name: 'TMDB',
    share: 0.2,
    answer: aSeriesAnswer({
      id: 9,
      imdb: 'tt9990001',
      seasons: [{ number: 1, air: '2024-03-03' }],
      last: { season: 1, number: 8, air: '2024-04-21' },
    }),
    isRead: (answer) => {
      const read = parseSeries(answer)
      if (read.ok) fromTmdb(read.value)
      return read.ok
    },
  },
  {
    name: 'AniList',
    share: 0.2,
    answer: aMedia({
      id: 7,
      english: 'Sea Lights Season 2',
      start: [2027, 4, null],
      relations: [['PREQUEL', 6, 'TV']],
      next: { at: '2027-04-06T15:00:00Z', episode: 1 },
    }),
    isRead: (answer) => {
      const read = parseMedia(answer)
      return read.ok && fromAnilist(read.value).ok
    },
  },
  {
    name: 'Wikidata',
    share: 0.2,
    answer: anItem('Q77', 'Harbour Lights', [
      ['P8600', '501'],
      ['P580', aTime('2024-03-03', 11)],
      ['P449', { id: 'Q1' }],
    ]),
    isRead: (answer) => {
      const read = parseEntities(answer)
      return read.ok && read.value[0] !== undefined && fromWikidata(read.value[0], new Map()).ok
    },
  },
]

let thrown = 0
const table = CASES.map(({ name, answer, share, isRead }) => {
  const times: number[] = []
  let [read, refused] = [0, 0]
  fc.assert(
    fc.property(mutated(answer), (changed) => {
      // As it comes: text, of a bounded depth.
      const text = JSON.stringify(changed) ?? 'null'
      const once = () => {
        const began = process.cpuUsage()
        let isUsed = false
        try {
          isUsed = !isNestedDeeper(text, 60) && isRead(JSON.parse(text))
        } catch (error) {
          thrown++
          console.error(name, error)
        }
        const { user, system } = process.cpuUsage(began)
        return { isUsed, ms: (user + system) / 1000 }
      }
      const first = once()
      if (first.isUsed) read++
      else refused++
      // What is slow by itself is slow again; the collector's work falls on anybody.
      times.push(first.ms <= SLOW_MS ? first.ms : Math.min(first.ms, once().ms, once().ms))
    }),
    { numRuns: Math.round(RUNS * share), seed: SEED },
  )
  times.sort((a, b) => a - b)
  return {
    name,
    answers: times.length,
    read,
    refused,
    middleMs: Number(times[Math.floor(times.length / 2)]?.toFixed(3)),
    longestMs: Number(times.at(-1)?.toFixed(1)),
    slow: times.filter((ms) => ms > SLOW_MS).length,
  }
})
console.table(table)
console.log(`${thrown} thrown`)
process.exitCode = thrown > 0 ? 1 : 0
