/** How titles and people's names are compared. Pure. */
import { SEASON_WORDS } from '@/lib/shared/season-words'

/** A title without case, accents, articles, punctuation and a country or year in brackets at its end. */
export function titleKey(title: string): string {
  const plain = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s*[([](?:u\.?s\.?a?\.?|u\.?k\.?|(?:19|20)\d\d|original series)[)\]]$/u, '')
    .replace(/:? the (?:tv )?series$/u, '')
    .replace(/&/g, ' and ')
    .replace(/[’'`´]/g, '')
    .replace(/^(?:marvels|dcs)\s+(?=\S)/, '') // the publisher's name, which some sets leave out
    .replace(/^(the|a|an)\s+(?=\S)/, '')
  const letters = plain
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}\u3099\u309a]+/gu, '')
    .normalize('NFC')
  return letters || title.normalize('NFKC').trim()
}

/** The year in brackets at a title's end, "Parenthood (2010)". */
export function bracketYear(title: string): number | undefined {
  const match = /\(((?:19|20)\d\d)\)$/.exec(title.trim())
  return match ? Number(match[1]) : undefined
}

/** The country in brackets at a title's end, "The Office (U.S.)". */
export function bracketCountry(title: string): string | undefined {
  if (/\(u\.?s\.?a?\.?\)$/i.test(title)) return 'United States'
  return /\(u\.?k\.?\)$/i.test(title) ? 'United Kingdom' : undefined
}

/** A title without a year or country in brackets at its end. */
export const bareTitle = (title: string) =>
  title.replace(/\s*\((?:u\.?s\.?a?\.?|u\.?k\.?|(?:19|20)\d\d|original series)\)$/i, '').trim()

/**
 * A person's name so that "Lee Jung-jae", "Jung-jae Lee" and "Lee Jung Jae" meet: accents, case and hyphens gone,
 * the parts in alphabetical order. Romanised Korean names are often spelled apart or together: so no spaces.
 */
export function personKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\(.*?\)/g, '')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[-'’.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join('|')
}

/** What services hang on a title of one season alone, in every language: "Limited Series", "리미티드 시리즈". */
const SINGLES = Object.values(SEASON_WORDS)
  .flatMap(({ single }) => single ?? [])
  .filter((words) => words !== 'specials')
  .join('|')
/** What lists hang on a title that is no part of it: the number of a run in any language, how long it is, what it is. */
const NO_TITLE = new RegExp(
  String.raw`[\s:：–-]*(?:\(?(?:\d{1,2} ?сезон|сезон ?\d{1,2})\)?|[(（]?(?:\d(?:st|nd|rd|th))?シーズン ?\d{0,2}[)）]?(?: \?\?)?|시즌 ?\d{1,2}|\(TV\))$|[\s:：–-]+(?:${SINGLES})$`,
  'iu',
)

/** A title without the marks that lists hang on it; a title that is nothing else stays. */
export const withoutMarks = (title: string) => title.replace(NO_TITLE, '').trim() || title

/** How many people two casts share. */
export function sharedPeople(a: Iterable<string>, b: Iterable<string>): number {
  const keys = new Set([...a].map(personKey))
  return [...new Set([...b].map(personKey))].filter((key) => keys.has(key)).length
}

/** What script a text is mostly in, as far as it tells a language. */
export function scriptOf(text: string): 'hangul' | 'kana' | 'han' | 'latin' | 'other' {
  if (/\p{Script=Hangul}/u.test(text)) return 'hangul'
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'kana'
  if (/\p{Script=Han}/u.test(text)) return 'han'
  return /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s]+$/u.test(text) ? 'latin' : 'other'
}
