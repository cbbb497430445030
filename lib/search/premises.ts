/**
 * What a query says of shows where it does not name one ("k-drama zombie", "turkish crime series"): the filters of the
 * list of shows, each by a word that list has. Pure. All words must be understood, or none is.
 */
import { fold } from './letters'
import { COUNTRY_WORDS } from './question-words'

/** The filters that a word can be. */
export type PremiseFilter = 'genre' | 'tag' | 'country' | 'language' | 'network' | 'kind'

/** A value of a filter, as the list of shows has it. */
export interface Term {
  filter: PremiseFilter
  value: string
  label: string
}

/** The terms of a catalogue by their folded words. */
export type Terms = ReadonlyMap<string, readonly Term[]>

/** What was understood: at most one term of each filter, in the order of the words. */
export type Premise = Term[]

/** Words that say only that shows are wanted. */
const SAID_ANYWAY = new Set(
  fold(
    'a an the and of in on with about for by from to best good great top popular new like some shows show series serie serien tv television drama-series programmes programs starring actor actress featuring set watch what which',
  ).split(' '),
)

/** What people call a term, beside its own words: a kind, a genre or a premise under another name. */
const OTHER_WORDS: [words: string, filter: PremiseFilter, value: string][] = [
  ['sci fi', 'genre', 'science-fiction'],
  ['scifi', 'genre', 'science-fiction'],
  ['sf', 'genre', 'science-fiction'],
  ['romantic', 'genre', 'romance'],
  ['funny', 'genre', 'comedy'],
  ['scary', 'genre', 'horror'],
  ['historical', 'genre', 'history'],
  ['kids', 'genre', 'children'],
  ['spy', 'genre', 'espionage'],
  ['rom com', 'tag', 'romantic-comedy'],
  ['romcom', 'tag', 'romantic-comedy'],
  ['cop', 'tag', 'police'],
  ['cooking', 'genre', 'food'],
  ['bl', 'tag', 'boys-love'],
  ['gl', 'tag', 'girls-love'],
  ['cartoon', 'kind', 'animation'],
  ['animated', 'kind', 'animation'],
  ['docuseries', 'kind', 'documentary'],
  ['j drama', 'country', 'japan'],
  ['jdrama', 'country', 'japan'],
  ['dizi', 'country', 'turkey'],
  ['telenovela', 'country', 'mexico'],
]

const singular = (word: string) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word)
const keyOf = (words: readonly string[]) => words.map(singular).join(' ')
const TERM_WORDS_MAX = 5

/** The terms by their words, and by the other words people have for them where the catalogue has the term. */
export function termsOf(terms: readonly Term[]): Terms {
  const found = new Map<string, Term[]>()
  const add = (words: string, term: Term) => {
    const key = keyOf(fold(words).split(' '))
    found.set(key, [...(found.get(key) ?? []), term])
  }
  for (const term of terms) add(term.label, term)
  const byValue = new Map(terms.map((term) => [`${term.filter} ${term.value}`, term]))
  for (const [words, filter, value] of OTHER_WORDS) {
    const term = byValue.get(`${filter} ${value}`)
    if (term) add(words, term)
  }
  const countries = new Map(terms.flatMap((term) => (term.filter === 'country' ? [[term.label, term]] : [])))
  for (const { country, words } of COUNTRY_WORDS) {
    const term = countries.get(country)
    // Two letters are a code behind a name, and a word in a sentence.
    if (term) for (const name of words.filter((word) => word.length > 2)) add(name, term)
  }
  return found
}

/** The premise that a query is, or null where a word of it is not understood. */
export function readPremise(query: string, terms: Terms): Premise | null {
  const words = fold(query).split(' ')
  const premise: Premise = []
  for (let i = 0; i < words.length; ) {
    const [taken, term] = longest(words, i, terms, premise)
    if (term) premise.push(term)
    else if (!SAID_ANYWAY.has(words[i]!)) return null
    i += taken
  }
  return premise.length > 0 ? premise : null
}

/** The premises that have all the words of one ("zombies", "zombie outbreak"), itself first; a list has one of them. */
export function kinOf(term: Term, terms: Terms): Term[] {
  if (term.filter !== 'tag') return [term]
  const own = keyOf(fold(term.label).split(' ')).split(' ')
  const kin = [...terms.values()].flat().filter(({ filter, label }) => {
    const words = keyOf(fold(label).split(' ')).split(' ')
    return filter === 'tag' && own.every((word) => words.includes(word))
  })
  return [...new Set([term, ...kin])]
}

/** The term of most words from a place on, of a filter that nothing was said of yet. */
function longest(words: string[], from: number, terms: Terms, premise: Premise): [number, Term | undefined] {
  for (let count = Math.min(TERM_WORDS_MAX, words.length - from); count > 0; count--) {
    const named = terms.get(keyOf(words.slice(from, from + count)))
    const term = named?.find(({ filter }) => premise.every((other) => other.filter !== filter))
    if (term) return [count, term]
  }
  return [1, undefined]
}

/** A query without the words that say only that shows are wanted: "series with Ana Lima" → "Ana Lima". */
export const withoutSaidAnyway = (query: string): string =>
  query
    .split(/\s+/)
    .filter((word) => !SAID_ANYWAY.has(fold(word)))
    .join(' ')
