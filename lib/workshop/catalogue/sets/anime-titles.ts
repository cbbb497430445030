/** What a Japanese instalment's title says about its place in the series. Pure. */

import { hanNumber } from '@/lib/shared/numerals'

const ROMAN: Record<string, number> = { II: 2, III: 3, IV: 4, V: 5, Ⅱ: 2, Ⅲ: 3, Ⅳ: 4, Ⅴ: 5, Ⅵ: 6 }
const WORDS: [RegExp, number][] = [
  [/セカンド・?シーズン|second season/i, 2],
  [/サード・?シーズン|third season/i, 3],
]

/** The season a title names as one, or null: 第2期, 2nd season, Season 3, 十三期. */
export function seasonInTitle(title: string): number | null {
  const text = title.normalize('NFKC')
  const digits =
    /第?(\d{1,2})(?:st|nd|rd|th)?(?:期|シリーズ|シーズン)/.exec(text) ??
    /(?:season|シーズン|シリーズ)\s?(\d{1,2})(?!\d)/i.exec(text) ??
    /(\d{1,2})(?:st|nd|rd|th) season/i.exec(text)
  if (digits) return Number(digits[1])
  const kanji = /第?([〇一二三四五六七八九十]{1,3})期/.exec(text)
  if (kanji) return hanNumber(kanji[1] ?? '') || null
  for (const [word, number] of WORDS) if (word.test(text)) return number
  return null
}

/**
 * The number of a title, or null: the season it names, else II or a bare 2 at the end. That last may as well be a part
 * of the name (Macross 7, Voltes V).
 */
export function numberInTitle(title: string): number | null {
  const season = seasonInTitle(title)
  if (season !== null) return season
  const text = title.normalize('NFKC')
  const roman = /[^A-Z](II|III|IV|V)$/.exec(text)
  if (roman) return ROMAN[roman[1] ?? ''] ?? null
  const bare = /[^\d.,:/#-](?:\s)?([2-9])$/.exec(text)
  return bare ? Number(bare[1]) : null
}

/** True for the second and later cours of one season. */
export const courMark = (title: string) =>
  /第?\d\s?クール|後半|後期クール|part\.?\s?[2-9]|パート\s?[2-9]/i.test(title.normalize('NFKC'))

/** The name without number, year and punctuation, for comparing instalments. */
export function baseTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:tvアニメ|アニメ|新)[\s・「『]*/, '')
    .replace(/第?(?:\d{1,2}(?:st|nd|rd|th)?|[一二三四五六七八九十]{1,3})(?:期|シリーズ|シーズン|クール)/g, '')
    .replace(/(?:season|シーズン)\s?\d+|\d+(?:st|nd|rd|th) season|セカンドシーズン|サードシーズン/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** A later instalment's own name where it is more than the show's name with a number, else null. */
export function substantiveName(show: string, instalment: string): string | null {
  const [base, own] = [baseTitle(show), baseTitle(instalment)]
  const rest = own.startsWith(base) ? own.slice(base.length) : own
  return /^(?:[\divxⅱⅲⅳ]*|第?[二三四五六七八九十]+(?:期|部|章)?)$/.test(rest) ? null : instalment
}
