/** Where a show's name ends and its season begins, in lists that write both into one field. Pure. */
import { NUMBER_WORDS, wordLines } from './number-words'
import { SEASON_WORDS } from './season-words'

/** A season's number above it is none: a year, or worse. */
export const SEASON_MAX = 1000

/** Letters as words are compared by: one width, lower case; accents are part of a word, and left out by some. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('ı', 'i')
    .replace(/\s+/g, ' ')
    .trim()

const escaped = (word: string) => plain(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Alternatives, the longest first, so that no word is taken for its beginning. */
const anyOf = (words: Iterable<string>) =>
  [...new Set([...words].map(escaped))].sort((a, b) => b.length - a.length).join('|')
const all = Object.values(SEASON_WORDS)
const WORD = anyOf(all.flatMap(({ season, part = [] }) => [...season, ...part]))
const SINGLE = anyOf(all.flatMap(({ single = [] }) => single))

/** Numbers in words: from one on in each line, Roman and Chinese numerals among them. */
const COUNTED = [
  'i ii iii iv v vi vii viii ix x'.split(' '),
  [...'一二三四五六七八九十'],
  ...wordLines(NUMBER_WORDS),
]
const NUMBERS = new Map(
  COUNTED.flatMap((words) => words.map((word, index) => [plain(word), index + 1] as const)),
)
const NUMBER = `\\p{Nd}{1,4}|${anyOf(NUMBERS.keys())}`
const ORDINAL_MARK = '(?:\\.|st|nd|rd|th|-?[ийяеаі]|-?[ao]|-?ша|-?га|º|ª|°|:s?e|e|er|ere|eme)?'
/** "season 2", "2. évad", "第2季", "시즌 2", "2기". */
const BEFORE = `(?:${WORD})(?:\\s?(?:no\\.?|nr\\.?|n°|#|№))?[\\s.:-]{0,2}(?<before>${NUMBER})(?![\\p{L}\\p{M}\\p{Nd}])`
const BEHIND = `第?\\s?(?<behind>${NUMBER})${ORDINAL_MARK}\\s?(?:${WORD})(?![\\p{L}\\p{M}\\p{Nd}])`
const EITHER = `(?:${BEFORE}|${BEHIND})`

const WHOLE = new RegExp(`^(?:${EITHER}|(?<single>${SINGLE}))$`, 'u')
const BEGINNING = new RegExp(`^(?:${EITHER}|(?:${WORD}|${SINGLE})(?![\\p{L}\\p{M}]))`, 'u')
/** Behind a blank alone a word has to be a season's: "Peeping Tom 2" is no second volume of "Peeping". */
const SPACED = anyOf([...all.flatMap(({ season }) => season), 'series', 'part', 'volume'])
const SPACED_EITHER = EITHER.replaceAll(WORD, SPACED)
const UNSPACED = '(?<=[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hangul}])'
/** A season's name at the end of another: behind a sign, behind a blank, or behind letters that know no blanks. */
const AT_THE_END = [
  `\\s*[,:|·–—-]\\s*(?:${EITHER}|${SINGLE})$`,
  `\\s+${SPACED_EITHER}$`,
  `${UNSPACED}${SPACED_EITHER}$`,
].map((pattern) => new RegExp(pattern, 'u'))

/** The number that a season's name has, from digits of any script, numerals and words. */
function numberIn(text: string): number | null {
  if (!/^\p{Nd}+$/u.test(text)) return NUMBERS.get(text) ?? null
  const number = Number([...text].map((digit) => digitOf(digit)).join(''))
  return number >= 1 && number <= SEASON_MAX ? number : null
}

/** A digit of any script: its decimal block begins at a zero, whose place is the last multiple of such a run. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0)!
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return code - zero
}

const seasonIn = (match: RegExpExecArray): number | null => {
  const number = match.groups?.before ?? match.groups?.behind
  return number === undefined ? null : numberIn(number)
}

/** What a text names as a season of some show and nothing else; null where it does not. */
export function seasonPart(text: string): { season: number | null } | null {
  const match = WHOLE.exec(plain(text))
  return match && { season: seasonIn(match) }
}

/** True where a text begins like a season's name: "Book One: Water", "Series 3, part 2". */
export const beginsLikeSeason = (text: string): boolean => BEGINNING.test(plain(text))

/** What stands in brackets at the end and is no year: "[dt./OV]", "(4K UHD)". */
const TAG = /\s*(?:\[[^\]]*\]|\((?!\d{4}\))[^)]*\))\s*$/u
const QUALITY = /\s*[-–—|,]?\s*\b(?:4k|uhd|hd|ultra hd|4k uhd|hdr|ov|omu)\s*$/iu

/** A name without what is put behind it to say which edition it is. */
export function withoutTags(name: string): string {
  let bare = name.trim()
  for (let before = ''; before !== bare; ) {
    before = bare
    bare = bare.replace(TAG, '').replace(QUALITY, '').trim() || before
  }
  return bare
}

/** A name that ends with a season's, cut in two; null where it does not. */
export function cutSeason(name: string): { title: string; season: number | null } | null {
  const match = AT_THE_END.map((pattern) => pattern.exec(plain(name))).find((found) => found !== null)
  if (!match) return null
  // Folding may have changed how many letters there are: what is cut is measured in words and signs of the name itself.
  const title = plain(name).length === name.length ? name.slice(0, match.index) : plainHead(name, match.index)
  const bare = title.replace(/[\s,:|·–—-]+$/u, '')
  return bare === '' ? null : { title: bare, season: seasonIn(match) }
}

/** The beginning of a name that folds to so many letters. */
function plainHead(name: string, length: number): string {
  let end = 0
  while (end < name.length && plain(name.slice(0, end + 1)).length <= length) end++
  return name.slice(0, end)
}
