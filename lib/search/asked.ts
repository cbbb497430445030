/**
 * What a query asks for, read word by word: a title, and what people put around it, the season in any common language
 * and form, a question, a country or a year, an article behind. Pure. A reading is a guess: whoever searches tries them
 * in order, and a show that bears the whole query as its name always wins (*Season of the Witch*, *Room 104*).
 */

import { NUMBER_WORDS, wordLines } from '@/lib/shared/number-words'
import { hanNumber } from '@/lib/shared/numerals'
import { type SeasonWords as LanguageWords, SEASON_WORDS } from '@/lib/shared/season-words'
import { fold } from './letters'
import { ARTICLES, COUNTRY_WORDS, QUESTIONS_BEFORE, QUESTIONS_BEHIND } from './question-words'
import {
  COUR_WORDS,
  EPISODE_WORDS,
  LINKING_WORDS,
  MORE_PART_WORDS,
  MORE_SEASON_WORDS,
  NUMBER_ENDINGS,
  OTHER_SEASON_WORDS,
} from './season-words'

/** A query without some of its words, and what those said. */
export interface Reading {
  /** The title as it was typed. */
  title: string
  /** The season asked for; null where none was, or one without a number ("the new season"). */
  season: number | null
  /** The part of a season or cour asked for. */
  part: number | null
  country: string | null
  year: number | null
  /**
   * How sure it is that what was left out is no part of the title: a number beside a word for season is `clear`, a word
   * of a question `likely`, a bare number, year or country at the end a `guess`.
   */
  trust: 'clear' | 'likely' | 'guess'
}

const wordsOf = (text: string) => fold(text).split(' ').filter(Boolean)
const setOf = (list: string) => new Set(wordLines(list).flat().flatMap(wordsOf))

const written = (kind: keyof LanguageWords) =>
  Object.values(SEASON_WORDS).flatMap((words) => (words[kind] ?? []).flatMap(wordsOf))
const SEASON = new Set([...setOf(MORE_SEASON_WORDS), ...written('season')])
const COUR = setOf(COUR_WORDS)
const EPISODE = setOf(EPISODE_WORDS)
const PART = new Set([
  ...setOf(MORE_PART_WORDS),
  ...written('part').filter((word) => !SEASON.has(word) && !COUR.has(word)),
])
const OTHER = setOf(OTHER_SEASON_WORDS)
const LINKING = setOf(LINKING_WORDS)
const ARTICLE = new Set(wordsOf(ARTICLES))
const ENDING = new Set(wordsOf(NUMBER_ENDINGS))
const NUMBERS = new Map(
  wordLines(NUMBER_WORDS).flatMap((words) => words.map((word, i) => [fold(word), i + 1] as const)),
)

/** Phrases by their first word (or last), the longest first. */
function phrases(list: string, end: 'first' | 'last'): Map<string, string[][]> {
  const found = new Map<string, string[][]>()
  for (const line of list.trim().split('\n'))
    for (const phrase of line.slice(line.indexOf(' ')).split(';')) {
      const words = wordsOf(phrase)
      const key = words.at(end === 'first' ? 0 : -1)
      if (key) found.set(key, [...(found.get(key) ?? []), words])
    }
  for (const same of found.values()) same.sort((a, b) => b.length - a.length)
  return found
}
const BEFORE = phrases(QUESTIONS_BEFORE, 'first')
const BEHIND = phrases(QUESTIONS_BEHIND, 'last')
// "Silo when is season 3": what begins a question also follows a name.
const BEFORE_AT_END = phrases(QUESTIONS_BEFORE, 'last')

const COUNTRY = new Map(
  COUNTRY_WORDS.flatMap(({ country, words }) => words.map((word) => [fold(word), country] as const)),
)
const COUNTRY_WORDS_MAX = 3

const NUMBER_MAX = 60
const ROMAN = /^(?=.)(x{0,2})(ix|iv|v?i{0,3})$/
const ROMAN_DIGITS: Record<string, number> = { i: 1, v: 5, x: 10 }

/** A Roman number up to 29, or null. */
function romanNumber(word: string): number | null {
  if (!ROMAN.test(word)) return null
  const digits = [...word].map((letter) => ROMAN_DIGITS[letter]!)
  return digits.reduce((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0)
}

function numberOf(word: string, max = NUMBER_MAX): number | null {
  const digits = /^(\d{1,4})(\D{0,4})$/.exec(word)
  if (digits) {
    const [, number = '', ending = ''] = digits
    return Number(number) <= max && (ending === '' || ENDING.has(ending)) ? Number(number) : null
  }
  return NUMBERS.get(word) ?? romanNumber(word)
}

const seasonOf = (number: string) => `season ${/\d/.test(number) ? Number(number) : hanNumber(number)}`

/** How scripts without spaces write a season into the name, as the words the other scripts have. */
const JOINED: [RegExp, (number: string) => string][] = [
  [/第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:期|季|部|シーズン|シリーズ)/gu, seasonOf],
  [/第?\s*(\d{1,3})\s*クール/gu, (n) => `cour ${n}`],
  [/(\d{1,3})\s*(?:期|季|シーズン|シリーズ)(?![\p{Script=Han}\p{Script=Katakana}])/gu, (n) => `season ${n}`],
  [/(?<!\p{Script=Han})([二三四五六七八九])\s*(?:期|季)(?![\p{L}\p{N}])/gu, seasonOf],
  [/(ファースト|セカンド|サード|フォース|フィフス)\s*・?シーズン/gu, (n) => `season ${NUMBERS.get(fold(n))}`],
  [/(?:シーズン|시즌|ซีซั่น|ซีซัน|ภาค)\s*(\d{1,3})(?!\d)/gu, (n) => `season ${n}`],
  [/(?:パート|파트)\s*(\d{1,3})(?!\d)/gu, (n) => `part ${n}`],
  [/(\d{1,3})\s*기(?![\p{L}\p{N}])/gu, (n) => `season ${n}`],
  [/(?:最[終终新]季|新一?季|ファイナルシーズン|新シーズン|新作)/gu, () => 'new season'],
]

interface Word {
  /** Folded, one word. */
  text: string
  /** The place of the typed word it comes from. */
  typed: number
  /** A comma stands before it. */
  comma: boolean
}

/** A query being read: what is left of its words, and what the others said. */
interface State extends Omit<Reading, 'title'> {
  words: Word[]
  /** A season was named without its number ("the final season"): a part beside it is a part of that one. */
  isNamed: boolean
}

/** A query of which nothing is understood yet. */
const UNREAD: Omit<State, 'words'> = {
  season: null,
  part: null,
  country: null,
  year: null,
  trust: 'clear',
  isNamed: false,
}

type Step = (state: State) => State[]

const lowest = (a: Reading['trust'], b: Reading['trust']) =>
  a === 'guess' || b === 'guess' ? 'guess' : a === 'likely' || b === 'likely' ? 'likely' : 'clear'

const isLinking = ({ text }: Word) => LINKING.has(text) || OTHER.has(text)

/** The words around a phrase, without what only links them to it; as they are too, for that may be a part of the title. */
function around(words: Word[], from: number, to: number): Word[][] {
  const before = words.slice(0, from)
  const after = words.slice(to)
  const isFirst = before.every(isLinking)
  const isLast = after.length === 0
  const found: Word[][] = []
  if (isFirst && after.length > 0) {
    // "De" and "La" also begin titles: one linking word goes, then all, then none.
    const unlinked = Math.max(
      after.findIndex((word) => !LINKING.has(word.text)),
      0,
    )
    found.push(after.slice(Math.min(unlinked, 1)), after.slice(unlinked), after)
  } else if (isLast) {
    const end = before.findLastIndex((word) => !isLinking(word)) + 1
    found.push(before, before.slice(0, end))
  } else {
    const unlinked = after.slice(
      Math.max(
        after.findIndex((word) => !LINKING.has(word.text)),
        0,
      ),
    )
    found.push([...before, ...after], before)
    // A number that is left over is no title.
    if (unlinked.some(({ text }) => /\p{L}/u.test(text))) found.push(unlinked)
  }
  return found
}

/** The season named beside its word, before or behind it, or in short ("S03", "T2"). */
const readSeason: Step = (state) => {
  const { words } = state
  if (state.season !== null) return []
  const found: State[] = []
  const take = (from: number, to: number, season: number | null, trust: Reading['trust'] = 'clear') => {
    for (const rest of around(words, from, to))
      found.push({
        ...state,
        words: rest,
        season,
        isNamed: season === null,
        trust: lowest(state.trust, trust),
      })
  }
  const text = (i: number) => words[i]?.text ?? ''
  for (let i = 0; i < words.length; i++) {
    const short = /^(?:s|t)0*(\d{1,3})(?:e\d{1,4})?$/.exec(text(i)) ?? /^(\d{1,2})x\d{2}$/.exec(text(i))
    if (short) take(i, i + 1, Number(short[1]))
    if (text(i) === 's' && /^\d{1,2}$/.test(text(i + 1))) take(i, i + 2, Number(text(i + 1)))
    if (!SEASON.has(text(i))) continue
    const gap = ENDING.has(text(i + 1)) ? 1 : 0
    const behind = numberOf(text(i + 1 + gap), 9_999)
    if (behind !== null) take(i, i + 2 + gap, behind)
    const gapBefore = ENDING.has(text(i - 1)) ? 1 : 0
    const before = numberOf(text(i - 1 - gapBefore)) ?? (gapBefore ? numberOf(text(i - 1)) : null)
    if (before !== null && i > gapBefore) take(i - 1 - gapBefore, i + 1, before)
    if (OTHER.has(text(i - 1))) take(i - 1, i + 1, null, 'likely')
    if (OTHER.has(text(i + 1))) take(i, i + 2, null, 'likely')
    if (before === null && i === words.length - 1) take(i, i + 1, null, 'likely')
  }
  return found
}

/** A part or cour: what some call a season where none is named, else the part of it. An episode says nothing of it. */
const readPart: Step = (state) => {
  const { words } = state
  const found: State[] = []
  const isNamed = state.isNamed || words.some(({ text }) => SEASON.has(text))
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!.text
    const isPart = PART.has(word)
    if (!isPart && !COUR.has(word) && !EPISODE.has(word)) continue
    for (const [at, from, to] of [
      [i + 1, i, i + 2],
      [i - 1, i - 1, i + 1],
    ] as const) {
      const part = words[at] ? numberOf(words[at].text) : null
      if (part === null) continue
      const said = EPISODE.has(word)
        ? {}
        : { part, season: state.season ?? (isPart && !isNamed ? part : null) }
      for (const rest of around(words, from, to)) found.push({ ...state, ...said, words: rest })
    }
  }
  return found
}

const matches = (words: Word[], phrase: string[], at: number) =>
  at >= 0 && phrase.every((word, i) => words[at + i]?.text === word)

const readQuestion: Step = (state) => {
  const { words } = state
  const trust = lowest(state.trust, 'likely')
  const found: State[] = []
  const before = BEFORE.get(words[0]!.text)?.find((phrase) => matches(words, phrase, 0))
  if (before) found.push({ ...state, trust, words: words.slice(before.length) })
  for (const list of [BEHIND, BEFORE_AT_END]) {
    const phrase = list.get(words.at(-1)!.text)?.find((one) => matches(words, one, words.length - one.length))
    if (phrase) found.push({ ...state, trust, words: words.slice(0, words.length - phrase.length) })
  }
  return found.filter(({ words: rest }) => rest.length > 0)
}

/** "Wonder Years, The": the article back to the front, where a comma or more than a letter says that it is one. */
const readArticle: Step = (state) => {
  const { words } = state
  const last = words.at(-1)!
  if (words.length < 2 || !ARTICLE.has(last.text) || (!last.comma && last.text.length < 2)) return []
  return [
    {
      ...state,
      words: [last, ...words.slice(0, -1)],
      trust: lowest(state.trust, last.comma ? 'clear' : 'likely'),
    },
  ]
}

const readCountry: Step = (state) => {
  const { words } = state
  if (state.country) return []
  const found: State[] = []
  for (let count = Math.min(COUNTRY_WORDS_MAX, words.length - 1); count > 0; count--)
    for (const [own, rest] of [
      [words.slice(-count), words.slice(0, -count)],
      [words.slice(0, count), words.slice(count)],
    ] as const) {
      const country = COUNTRY.get(own.map(({ text }) => text).join(' '))
      if (country) found.push({ ...state, country, words: rest, trust: 'guess' })
    }
  return found
}

/** A bare number at the end: a year, or the season. */
const readNumber: Step = (state) => {
  const { words } = state
  if (words.length < 2) return []
  const last = words.at(-1)!.text
  const rest = words.slice(0, -1)
  if (/^(?:19|20)\d\d$/.test(last))
    return state.year ? [] : [{ ...state, year: Number(last), words: rest, trust: 'guess' }]
  if (state.season !== null) return []
  // Short words are numbers in some language and words in another; I, V and X are letters.
  const number = /^\d|^[ivx]{2}|^.{3}/.test(last) && !/^[vx]+$/.test(last) ? numberOf(last) : null
  return number === null || number < 1 ? [] : [{ ...state, season: number, words: rest, trust: 'guess' }]
}

/** "Season3" as two words. */
function apart(word: string): string[] {
  const [, name = '', number = ''] = /^(\p{L}+)(\d{1,3})$/u.exec(word) ?? []
  return SEASON.has(name) || PART.has(name) || COUR.has(name) ? [name, number] : [word]
}

function wordsTyped(query: string): { typed: string[]; words: Word[] } {
  let text = query.normalize('NFKC')
  for (const [pattern, words] of JOINED) text = text.replace(pattern, (_, number) => ` ${words(number)} `)
  const typed = text.split(/\s+/).filter(Boolean)
  const words = typed.flatMap((word, i) =>
    wordsOf(word)
      .flatMap(apart)
      .map((folded, part) => ({
        text: folded,
        typed: i,
        comma: part === 0 && /[,，]$/.test(typed[i - 1] ?? ''),
      })),
  )
  return { typed, words }
}

const READINGS_MAX = 60

/** Words that can be a title: more than an article. */
const isTitle = (words: Word[]) => words.some(({ text }) => !ARTICLE.has(text))

function toReading({ words, isNamed: _, ...said }: State, typed: string[]): Reading {
  const kept = words
    .filter((word, i) => word.typed !== words[i - 1]?.typed)
    .map((word) => typed[word.typed])
    .join(' ')
  // What stood between the title and the rest goes too, but not where signs are all there is ("!!!").
  const title = kept.replace(/^[\s,:–—-]+|[\s,:–—([-]+$/gu, '') || kept
  return { title, ...said }
}

const STEPS: Step[] = [readSeason, readPart, readArticle, readQuestion, readCountry, readNumber]

/** The readings of a query but for the query itself as a title, the least taken away first; at most 60. */
export function readAsked(query: string): Reading[] {
  const { typed, words } = wordsTyped(query)
  if (words.length === 0) return []
  const start = { ...UNREAD, words }
  const states = [start]
  const seen = new Set([keyOf(start)])
  for (let i = 0; i < states.length && states.length <= READINGS_MAX; i++)
    for (const step of STEPS)
      for (const next of step(states[i]!)) {
        const key = keyOf(next)
        if (seen.has(key) || !isTitle(next.words)) continue
        seen.add(key)
        states.push(next)
      }
  return states.slice(1, READINGS_MAX + 1).map((state) => toReading(state, typed))
}

const keyOf = ({ words, season, isNamed, country, year }: State) =>
  `${words.map(({ text }) => text).join(' ')}|${season ?? isNamed}|${country}|${year}`

/** A query without all that is surely or likely no part of the title; the title as typed where nothing is. */
export function barestReading(query: string): Reading {
  const { typed, words } = wordsTyped(query)
  let state: State = { ...UNREAD, words }
  const steps = [readSeason, readPart, readQuestion, readArticle]
  for (let next: State | undefined = state; next; ) {
    state = next
    next = words.length ? steps.flatMap((step) => step(state)).find((one) => isTitle(one.words)) : undefined
  }
  return state.words === words ? { ...toReading(state, []), title: query } : toReading(state, typed)
}
