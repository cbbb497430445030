/**
 * How many of 400 queries, asked as people ask them, have a right show first, and how many carry the season asked;
 * 500 names that hold such words themselves; 40 anime by their romanised names; and after how many letters each of the
 * 100 best-known shows stands first, and among the first three.
 *
 *   node --import tsx tests/bench/asked.ts [--half tuned|kept] [--failures]
 *
 * Rules are tuned on the half `tuned`; of the other half only the figure is looked at, and its failures at the end.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildIndex } from '../../lib/search/names'
import { searchIndex } from '../../lib/search/rules'
import { ANIME_BY_ROMAJI, askedQueries, wordyNames } from '../support/asked-queries'
import { readShows } from '../support/search-measure'

const { values } = parseArgs({
  options: { half: { type: 'string' }, failures: { type: 'boolean', default: false } },
})
const file = fileURLToPath(new URL('../../db/starter/catalogue.ndjson', import.meta.url))
const shows = readShows(file)
const index = buildIndex(shows)
const asked = askedQueries(file)

// What is timed is a server that has been asked before.
for (const { query } of asked) searchIndex(index, query, 8)
const times: number[] = []
function timed(query: string) {
  const start = performance.now()
  const [found] = searchIndex(index, query, 8)
  times.push(performance.now() - start)
  return found
}

for (const half of values.half ? [values.half] : ['tuned', 'kept']) {
  const own = asked.filter((one) => one.half === half)
  const results = own.map((one) => ({ one, first: timed(one.query) }))
  const right = results.filter(({ one, first }) => first && one.right.has(first.slug))
  const seasons = results.filter(({ one }) => one.season !== null)
  const carried = seasons.filter(({ one, first }) => first?.season === one.season)
  console.log(
    `${half}: ${right.length} of ${own.length} right first (${((100 * right.length) / own.length).toFixed(1)} %), season carried by ${carried.length} of ${seasons.length}`,
  )
  for (const kind of new Set(own.map((one) => one.kind))) {
    const of = results.filter(({ one }) => one.kind === kind)
    console.log(
      `  ${kind.padEnd(10)} ${of.filter(({ one, first }) => first && one.right.has(first.slug)).length} of ${of.length}`,
    )
  }
  if (values.failures)
    for (const { one, first } of results)
      if (!first || !one.right.has(first.slug) || (one.season ?? null) !== (first.season ?? null))
        console.log(
          `  ${one.kind} ${one.language} "${one.query}" wanted ${[...one.right].slice(0, 3).join(', ')}${one.season ? ` season ${one.season}` : ''}, got ${first ? `${first.slug} ${first.season ?? ''}` : 'nothing'}`,
        )
}

times.sort((a, b) => a - b)
console.log(
  `asked: p50 ${times[times.length >> 1]!.toFixed(2)} ms, p99 ${times[Math.floor(times.length * 0.99)]!.toFixed(2)} ms, most ${times.at(-1)!.toFixed(2)} ms`,
)

const first = (query: string) => searchIndex(index, query, 3).map(({ slug }) => slug)

const wordy = wordyNames(shows, 500)
const lost = wordy.filter(({ query, right }) => !right.has(first(query)[0]!))
console.log(
  `names that hold such words: ${wordy.length - lost.length} of ${wordy.length} first by their own name`,
)
for (const { query } of lost) console.log(`  "${query}" got ${first(query)[0]}`)

const romaji = ANIME_BY_ROMAJI.map(([name, title]) => ({
  name,
  title,
  found: searchIndex(index, name, 1)[0],
}))
const missed = romaji.filter(({ title, found }) => found?.title.toLowerCase() !== title.toLowerCase())
console.log(`anime by romanised name: ${romaji.length - missed.length} of ${romaji.length}`)
for (const { name, found } of missed) console.log(`  "${name}" got ${found?.title ?? 'nothing'}`)

const famous = shows.toSorted((a, b) => b.popularity - a.popularity).slice(0, 100)
const lettersUntil = (within: number) =>
  famous
    .map(({ slug, title }) => {
      const typed = title.toLowerCase()
      for (let count = 1; count <= typed.length; count++)
        if (first(typed.slice(0, count)).slice(0, within).includes(slug)) return count
      return typed.length + 1
    })
    .sort((a, b) => a - b)
for (const within of [1, 3]) {
  const counts = lettersUntil(within)
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  console.log(
    `letters until a famous show is in the first ${within}: mean ${mean.toFixed(2)}, median ${counts[50]}, 90 % ${counts[90]}, most ${counts.at(-1)}`,
  )
}
