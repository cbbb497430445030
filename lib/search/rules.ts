/** Search by name in any script: which shows a query can mean, best first. Pure. */
import { decodeEntities } from '@/lib/shared/entities'
import { barestReading, type Reading, readAsked } from './asked'
import { queryKeys } from './keys'
import { fold, isInitials, letters, withoutArticle } from './letters'
import {
  type AskedKeys,
  beginsAName,
  Found,
  findAcronyms,
  findInitials,
  findNamed,
  findPrefix,
  findTypos,
  findWords,
  MISFIT,
  type Misfit,
  namedRows,
  TIER,
} from './match'
import type { SearchIndex } from './names'
import { isFar } from './nearness'
import { cleanQuery } from './query'
import { soundsAsked } from './sounds'
import type { SearchResult } from './types'

const QUERY_WORDS_MAX = 24

function keysOf(title: string): AskedKeys {
  const folded = fold(title)
  const words = letters(withoutArticle(folded)).split(' ').slice(0, QUERY_WORDS_MAX)
  return { title, words, keys: queryKeys(title), sounds: soundsAsked(folded) }
}

/** What a title finds, and how well its best is met; a tier is better the smaller it is. */
interface TitleFound {
  tier: number
  results: SearchResult[]
}

function searchTitle(index: SearchIndex, title: string, limit: number, misfit?: Misfit): TitleFound {
  const key = letters(fold(title)).replaceAll(' ', '')
  const found = new Found(index)
  const asked = keysOf(title)
  const words = [...new Set(asked.words)]
  findNamed(index, found, asked)
  findPrefix(index, found, asked)
  const isOneWord = key.length >= 3 && words.length === 1
  if (isOneWord) findAcronyms(index, found, key, true)
  if (found.size < limit) findWords(index, found, words, key)
  if (found.size < limit && key.length >= 2 && !isInitials(key)) findTypos(index, found, key)
  if (found.size < limit) {
    if (isInitials(key)) findInitials(index, found, key)
    else if (isOneWord) findAcronyms(index, found, key, false)
  }
  return { tier: found.bestTier ?? Number.POSITIVE_INFINITY, results: found.results(limit, key, misfit) }
}

/** What a reading says of a show besides its title; undefined where it says nothing. */
function fitting({ country, year }: Reading): Misfit | undefined {
  if (country === null && year === null) return undefined
  return (show) => {
    // A pilot or the first showing abroad is often a year off.
    const years = year === null ? 0 : Math.abs(year - (show.year ?? 0))
    return (country === null || show.country === country) && years <= 1 ? years : MISFIT
  }
}

/** The results of a reading with the season it asks for; they have its title, but whether it was asked for is a guess. */
const answers = (results: SearchResult[], { season, trust }: Reading): SearchResult[] =>
  results.map((result) => {
    const nearness = trust !== 'clear' && result.nearness === 'same' ? 'near' : result.nearness
    return season === null ? { ...result, nearness } : { ...result, nearness, season }
  })

/** The shows that bear the title of a reading and fit what else it says. */
function bearers(index: SearchIndex, reading: Reading): Set<string> {
  const misfit = fitting(reading)
  const shows = namedRows(index, keysOf(reading.title)).map((row) => index.shows[index.rowShow[row]!]!)
  return new Set(shows.filter((show) => !misfit || misfit(show) < MISFIT).map(({ slug }) => slug))
}

/** The first reading whose title a show bears; one that is clear before others, and while a name is being typed only such. */
function answering(index: SearchIndex, readings: Reading[], onlyClear: boolean): Reading | undefined {
  let likely: Reading | undefined
  for (const reading of readings)
    if (reading.trust === 'clear' || !(onlyClear || likely)) {
      if (bearers(index, reading).size === 0) continue
      if (reading.trust === 'clear') return reading
      likely = reading
    }
  return likely
}

/** Of a name that itself names a season ("Beastars 2nd Season") the season, where the rest of it is the show's name too. */
function seasonsInNames(index: SearchIndex, results: SearchResult[], readings: Reading[]): SearchResult[] {
  const asking = readings.filter(({ season }) => season !== null)
  return results.map((result) => {
    if (result.matched === result.title || result.nearness === 'far') return result
    const reading = asking.find((one) => bearers(index, one).has(result.slug))
    return reading ? { ...result, season: reading.season! } : result
  })
}

/**
 * The shows `query` can mean, best first, at most `limit`. Tiers: the same name; its beginning; words of it;
 * the name with typing errors (1 from 4 letters, 2 from 8, 3 from 16; a swap of neighbours is one; Hangul by
 * jamo); initials. Popularity orders equals, then the shorter name, then the slug.
 *
 * A show that bears the whole query as its name comes first. Else what people put around a title is left out (a season,
 * a question, a country, a year: `readAsked`), and the season asked for comes with the results. Where that finds nothing
 * but what looks alike, a name that stands whole among the words is what was meant. Never throws; an empty query finds
 * nothing.
 */
export function searchIndex(index: SearchIndex, query: string, limit: number): SearchResult[] {
  const cleaned = cleanQuery(decodeEntities(query))
  if (!fold(cleaned) || limit < 1) return []
  const results = searchAsked(index, cleaned, limit)
  if (!isFar(results)) return results
  const among = searchAmong(index, cleaned, limit)
  return among.length > 0 ? among : results
}

function searchAsked(index: SearchIndex, cleaned: string, limit: number): SearchResult[] {
  const readings = readAsked(cleaned)
  const asked = keysOf(cleaned)
  if (readings.length === 0) return searchTitle(index, cleaned, limit).results
  if (namedRows(index, asked).length > 0)
    return seasonsInNames(index, searchTitle(index, cleaned, limit).results, readings)
  const answer = answering(index, readings, beginsAName(index, asked))
  if (answer) {
    const results = answers(searchTitle(index, answer.title, limit, fitting(answer)).results, answer)
    return answer.season === null ? seasonsInNames(index, results, readings) : results
  }
  return searchLike(index, cleaned, readings, limit)
}

/** Words of a query tried for a name that stands among them; of one word it stands first and has so many letters. */
const AMONG_WORDS_MAX = 8
const AMONG_LETTERS_MIN = 5

/** The shows whose whole name is the longest run of the query's words that is one: "peaky blinders movie". */
function searchAmong(index: SearchIndex, query: string, limit: number): SearchResult[] {
  const reading = barestReading(query)
  const words = withoutArticle(fold(reading.title)).split(' ').slice(0, AMONG_WORDS_MAX)
  for (let length = words.length - 1; length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const run = words.slice(from, from + length).join(' ')
      if (length === 1 && (from > 0 || run.length < AMONG_LETTERS_MIN)) continue
      const named = bearers(index, { ...reading, title: run })
      if (named.size === 0) continue
      const results = searchTitle(index, run, limit).results.filter(({ slug }) => named.has(slug))
      return answers(results, { ...reading, trust: 'guess' })
    }
  return []
}

/** Where no show bears the name in any reading: the whole query against the barest reading of it, and a guess. */
function searchLike(index: SearchIndex, query: string, readings: Reading[], limit: number): SearchResult[] {
  const whole = searchTitle(index, query, limit)
  const barest = barestReading(query)
  const bare = barest.title === query ? whole : searchTitle(index, barest.title, limit)
  const isClear = barest.trust === 'clear' && bare !== whole
  if (isClear && bare.tier <= whole.tier) return answers(bare.results, barest)
  // What begins a name is being typed: only what is clear is taken out of it.
  if (whole.tier > TIER.prefix) {
    if (bare.tier < whole.tier) return answers(bare.results, barest)
    const guess = readings.find(({ trust }) => trust === 'guess')
    const guessed = guess && searchTitle(index, guess.title, limit)
    const isBetter = guessed && guessed.tier < whole.tier
    const isSame = guessed?.tier === whole.tier && guessed.results[0]?.slug === whole.results[0]?.slug
    if (guessed && (isBetter || isSame)) return answers(guessed.results, guess)
  }
  return seasonsInNames(index, whole.results, readings)
}
