import type { ReasonKind, RelatedTitle } from './types'

/** The fields a title is compared by. `format` and `title` weigh in without ever being given as a premise. */
export const FIELDS = [
  'tag',
  'genre',
  'creator',
  'cast',
  'source',
  'summary',
  'country',
  'language',
  'network',
  'era',
  'format',
  'title',
] as const
export type Field = (typeof FIELDS)[number]

/** A fact of a title that another may share. */
export interface Term {
  field: Field
  /** What is compared, folded. */
  key: string
  /** What is shown, as stored. */
  label: string
}

const SOURCE_WORKS = [
  'webtoon',
  'manhwa',
  'manga',
  'light novel',
  'web novel',
  'visual novel',
  'novella',
  'novel',
  'short story',
  'book',
  'comic',
  'graphic novel',
  'video game',
  'game',
  'film',
  'play',
  'podcast',
  'series',
]

const STOP_WORDS = new Set(
  `a about after all also an and are as at be been before between but by can do during each early for from get has have he
  her him his how in into is it its itself just later life like live lives make makes man many more most much must new no not
  now of off on one only or other others out over own people returns series season set she show so some story still take takes
  than that the their them then there these they things this those three through time to together tries try turns two under
  until up upon used very was way what when where which while who whose why will with woman women world year years young`
    .split(/\s+/)
    .filter(Boolean),
)

/** Stands between a name that several people have and what tells them apart; never shown. */
export const NAMESAKE = '\u0001'

const termOf = (text: string) => text.normalize('NFKC').toLowerCase().trim()

/** A word of English without its plural, verb and adverb endings; the cheap way, close to Porter's first steps. */
export function stem(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word
  const short = word
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/sses$/, 'ss')
    .replace(/(?<=[a-z]{3}[^s])s$/, '')
    .replace(/(?<=[a-z]{4})(?:ing|ed|ly|es)$/, '')
    .replace(/(?<=[a-z]{4})(?:ation|ment|ness|er|or)$/, '')
  return short.replace(/([^aeiouls])\1$/, '$1').replace(/(?<=[a-z]{3})(?:ie|[ey])$/, '')
}

/** Scripts without spaces are compared by pairs of letters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u

function letterPairs(word: string): string[] {
  const letters = [...word]
  return letters.slice(1).map((letter, i) => letters[i]! + letter)
}

/** The words of a summary worth comparing, each by its stem and as first written. */
export function summaryTerms(summary: string): { key: string; label: string }[] {
  const words = termOf(summary).match(/\p{L}{3,}/gu) ?? []
  const terms = new Map<string, string>()
  for (const word of words) {
    if (STOP_WORDS.has(word)) continue
    for (const key of UNSPACED.test(word) ? letterPairs(word) : [stem(word)])
      if (key.length >= 2 && !terms.has(key)) terms.set(key, word)
  }
  return [...terms].map(([key, label]) => ({ key, label }))
}

/** Words of a title that say something: Han and katakana runs, long Latin words. */
export function titleTerms(title: string): string[] {
  const words = termOf(title).match(/\p{Script=Han}{2,4}|\p{Script=Katakana}{4,}|[a-z]{5,}/gu) ?? []
  return words.filter((word) => !STOP_WORDS.has(word))
}

function sourceKinds(source: string): string[] {
  const text = termOf(source)
  const found = SOURCE_WORKS.find((work) => text.includes(work))
  return found ? [found] : []
}

/** Every term of a title, each once. */
export function termsOf(title: RelatedTitle): Term[] {
  const terms = new Map<string, Term>()
  const add = (field: Field, label: string, key = termOf(label)) => {
    if (key && !terms.has(`${field}:${key}`)) terms.set(`${field}:${key}`, { field, key, label })
  }
  for (const tag of title.tags) add('tag', tag)
  for (const genre of title.genres) add('genre', genre)
  const addPerson = (field: Field, person: string) =>
    add(field, person.split(NAMESAKE)[0] as string, termOf(person))
  for (const person of title.creators) addPerson('creator', person)
  for (const person of title.cast.slice(0, 12)) addPerson('cast', person)
  if (title.sourceMaterial) for (const work of sourceKinds(title.sourceMaterial)) add('source', work)
  if (title.summary) for (const { key, label } of summaryTerms(title.summary)) add('summary', label, key)
  if (title.country) add('country', title.country)
  if (title.language) add('language', title.language)
  if (title.network) add('network', title.network)
  if (title.year) add('era', String(title.year))
  add('format', title.kind)
  for (const word of titleTerms(title.title)) add('title', word)
  return [...terms.values()]
}

/** The reason a field's term gives. Single words of a summary or a title weigh in but tell a reader nothing; format neither. */
export function reasonKind(field: Field): ReasonKind | null {
  return field === 'format' || field === 'title' || field === 'summary' || field === 'language' ? null : field
}
