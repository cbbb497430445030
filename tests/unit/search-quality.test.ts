import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { buildIndex } from '@/lib/search/names'
import { searchIndex } from '@/lib/search/rules'
import { seeded } from '@/lib/shared/random'
import { ANIME_BY_ROMAJI, askedQueries, wordyNames } from '../support/asked-queries'
import { letterCount, measure, readShows, type Trial, Typist, trialsOf } from '../support/search-measure'

const file = fileURLToPath(new URL('../../db/starter/catalogue.ndjson', import.meta.url))
/** Trials are drawn from every eighth name, beginning anywhere: there are 33,000, and in time each has its turn. */
const EVERY = 8
const FIRST = Number(process.env.GREENLIT_FIRST ?? Math.floor(Math.random() * EVERY))

describe('search over the starter catalogue', () => {
  expect(existsSync(file)).toBe(true)
  const shows = readShows(file)
  const index = buildIndex(shows)
  const all = trialsOf(shows)
  const typist = new Typist(
    all.map((trial) => trial.name),
    seeded(20261122),
  )
  const mistyped = (errors: number, lettersMin: number): Trial[] =>
    all
      .filter((trial, i) => i % EVERY === FIRST && letterCount(trial.name) >= lettersMin)
      .map((trial) => {
        let query = trial.name
        for (let i = 0; i < errors; i++) query = typist.mistype(query)
        return { ...trial, query }
      })
  const search = (query: string) => searchIndex(index, query, 8).map((result) => result.slug)
  const report = (what: string, trials: Trial[], within: number) => {
    const score = measure(search, trials, within)
    const list = join(tmpdir(), `greenlit-search-${what}.ndjson`)
    writeFileSync(list, score.failures.map((failure) => JSON.stringify(failure)).join('\n'))
    console.log(
      `search, ${what}, GREENLIT_FIRST=${FIRST}: ${(score.found * 100).toFixed(2)} % of ${score.trials} in the first ${within}, ` +
        `p50 ${score.p50Ms.toFixed(2)} ms, p99 ${score.p99Ms.toFixed(2)} ms; failures in ${list}`,
    )
    return score
  }

  it('any name of a show, in any script, puts that show first (97 of 100 at least)', () => {
    const score = report(
      'exact',
      all.filter((_, i) => i % EVERY === FIRST),
      1,
    )
    expect(score.found).toBeGreaterThanOrEqual(0.97)
  })

  it('one typing error keeps the show in the first five (95 of 100 at least)', () => {
    expect(report('one-error', mistyped(1, 4), 5).found).toBeGreaterThanOrEqual(0.95)
  })

  it('two typing errors keep the show in the first five (85 of 100 at least)', () => {
    expect(report('two-errors', mistyped(2, 8), 5).found).toBeGreaterThanOrEqual(0.85)
  })

  it('a question of the half that no rule was tuned on has a right show first (97 of 100 at least)', () => {
    const asked = askedQueries(file).filter(({ half }) => half === 'kept')
    const wrong = asked.filter(({ query, right }) => !right.has(search(query)[0]!))
    console.log(`asked: ${asked.length - wrong.length} of ${asked.length} right first`)
    expect(wrong.length / asked.length, wrong.map(({ query }) => query).join('\n')).toBeLessThanOrEqual(0.03)
  })

  it('the best-known anime are first by their Japanese names in Latin letters (39 of 40 at least)', () => {
    const found = ANIME_BY_ROMAJI.filter(
      ([name, title]) => searchIndex(index, name, 1)[0]?.title.toLowerCase() === title.toLowerCase(),
    )
    expect(found.length).toBeGreaterThanOrEqual(39)
  })

  it('a name that holds words of seasons or questions itself is first under it', () => {
    const lost = wordyNames(shows, 500).filter(({ query, right }) => !right.has(search(query)[0]!))
    expect(lost.map(({ query }) => query)).toEqual([])
  })
})
