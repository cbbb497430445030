/** How well and how fast a search finds shows by their names, intact and mistyped. */
import { readFileSync } from 'node:fs'
import { fold, letters } from '../../lib/search/letters'
import type { SearchableShow } from '../../lib/search/types'

/** A search under test: slugs, best first. */
export type Searcher = (query: string) => string[]

export interface Trial {
  query: string
  name: string
  /** The show meant and every show that carries the very same name. */
  right: Set<string>
  own: string
}

export interface Score {
  trials: number
  /** Share in which a right show stood within the first `within`. */
  found: number
  within: number
  /** The same, counting only the show the name was taken from, not its namesakes. */
  foundStrictly: number
  p50Ms: number
  p99Ms: number
  failures: { query: string; name: string; wanted: string; got: string[] }[]
}

/** The shows of a catalogue file (NDJSON), with the names search knows them by. */
export function readShows(file: string): SearchableShow[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line, i) => {
      const record = JSON.parse(line)
      const premieres = (record.seasons ?? []).map((s: { premiere?: string }) => s.premiere).filter(Boolean)
      return {
        slug: record.slug ?? `show-${i}`,
        title: record.title,
        year: premieres.length > 0 ? Number(String(premieres.sort()[0]).slice(0, 4)) : null,
        popularity: record.popularity ?? 0,
        country: record.country ?? null,
        names: [record.original_title, ...(record.aliases ?? [])].filter(Boolean),
      }
    })
}

/** The letters of a name as search compares them: Hangul counts jamo. */
export const letterCount = (name: string) => letters(fold(name)).replaceAll(' ', '').length

const INITIALS = 19
const MEDIALS = 21
const FINALS = 28

function scriptOf(letter: string): string {
  for (const script of [
    'Latin',
    'Hangul',
    'Hiragana',
    'Katakana',
    'Han',
    'Cyrillic',
    'Greek',
    'Arabic',
    'Thai',
  ])
    if (new RegExp(`\\p{Script=${script}}`, 'u').test(letter)) return script
  return /\p{N}/u.test(letter) ? 'number' : 'other'
}

/** Makes typing errors; letters to put in come from the names themselves, of the same script. */
export class Typist {
  private readonly alphabet = new Map<string, string[]>()

  constructor(
    names: string[],
    private readonly random: () => number,
  ) {
    const seen = new Set(names.flatMap((name) => [...fold(name)]))
    for (const letter of [...seen].sort()) {
      if (letter === ' ') continue
      const script = scriptOf(letter)
      this.alphabet.set(script, [...(this.alphabet.get(script) ?? []), letter])
    }
    this.alphabet.set('Latin', [...'abcdefghijklmnopqrstuvwxyz'])
    this.alphabet.set('number', [...'0123456789'])
  }

  private pick<T>(list: T[]): T {
    return list[Math.floor(this.random() * list.length)]!
  }

  private wrongJamo(syllable: string): string {
    const index = syllable.charCodeAt(0) - 0xac00
    const parts = [
      Math.floor(index / (MEDIALS * FINALS)),
      Math.floor((index % (MEDIALS * FINALS)) / FINALS),
      index % FINALS,
    ]
    const which = Math.floor(this.random() * 3)
    const size = [INITIALS, MEDIALS, FINALS][which]!
    parts[which] = (parts[which]! + 1 + Math.floor(this.random() * (size - 1))) % size
    return String.fromCharCode(0xac00 + (parts[0]! * MEDIALS + parts[1]!) * FINALS + parts[2]!)
  }

  /** `name`, folded, with one error: a letter wrong, too many, missing, or swapped; in Hangul one wrong jamo. */
  mistype(name: string): string {
    for (let attempt = 0; attempt < 50; attempt++) {
      const text = [...fold(name)]
      const places = text.flatMap((letter, i) => (letter === ' ' ? [] : [i]))
      const at = this.pick(places)
      const letter = text[at]!
      if (/[가-힣]/.test(letter)) text[at] = this.wrongJamo(letter)
      else {
        const other = this.pick(this.alphabet.get(scriptOf(letter)) ?? [letter])
        const error = Math.floor(this.random() * 4)
        if (error === 0) text[at] = other
        else if (error === 1) text.splice(at, 0, other)
        else if (error === 2) text.splice(at, 1)
        else if (at + 1 < text.length) text.splice(at, 2, text[at + 1]!, letter)
      }
      const typed = text.join('').trim()
      if (letters(typed) !== letters(fold(name)) && letterCount(typed) > 0) return typed
    }
    return `${name}x`
  }
}

/** Every name of every show as a trial; a right answer is any show that carries the same name. */
export function trialsOf(shows: SearchableShow[]): Trial[] {
  const carriers = new Map<string, Set<string>>()
  const key = (name: string) => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  for (const show of shows)
    for (const name of [show.title, ...show.names])
      carriers.set(key(name), (carriers.get(key(name)) ?? new Set()).add(show.slug))
  return shows.flatMap((show) =>
    [...new Set([show.title, ...show.names])].map((name) => ({
      query: name,
      name,
      right: carriers.get(key(name))!,
      own: show.slug,
    })),
  )
}

const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** Runs the trials; a trial succeeds when a right show is within the first `within` results. */
export function measure(search: Searcher, trials: Trial[], within: number): Score {
  const times: number[] = []
  const failures: Score['failures'] = []
  let found = 0
  let foundStrictly = 0
  for (const { query, name, right, own } of trials) {
    const start = performance.now()
    const results = search(query)
    times.push(performance.now() - start)
    const first = results.slice(0, within)
    if (first.some((slug) => right.has(slug))) found++
    else failures.push({ query, name, wanted: own, got: first })
    if (first.includes(own)) foundStrictly++
  }
  times.sort((a, b) => a - b)
  return {
    trials: trials.length,
    found: found / trials.length,
    within,
    foundStrictly: foundStrictly / trials.length,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    failures,
  }
}
