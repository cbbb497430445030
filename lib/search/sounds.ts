/**
 * How a name sounds, for names that are written in Latin letters in more than one way: Japanese with long vowels and
 * particles as one likes, Korean in the revised romanisation and as people spell it, Chinese in pinyin, which also is
 * where the two Chinese scripts meet. Sounds are compared with sounds of their own language only. Pure.
 */
import anyAscii from 'any-ascii'
import { hiraganaOf, latinOfKana } from '@/lib/shared/kana'
import { hasHangul, hasKana, romanised } from './letters'

/** Marks a sound by its language: no letter of a name is one. */
const MARK = { ja: '\u0001', ko: '\u0002', zh: '\u0003' } as const

const JAPANESE: [RegExp, string][] = [
  [/[āâ]/g, 'a'],
  [/\bwo\b/g, 'o'],
  [/\bha\b/g, 'wa'],
  [/\bhe\b/g, 'e'],
  [/ /g, ''],
  [/wo/g, 'o'],
  [/oh(?![aiueoy])/g, 'o'],
  [/ou|oo/g, 'o'],
  [/uu/g, 'u'],
  [/aa/g, 'a'],
  [/ii/g, 'i'],
  [/ee|ei/g, 'e'],
  [/l/g, 'r'],
  [/(?<!s)si/g, 'shi'],
  [/(?<![st])ti/g, 'chi'],
  [/(?<!t)tu/g, 'tsu'],
  [/zi|di/g, 'ji'],
  [/du|dzu/g, 'zu'],
  [/(?<![sc])hu/g, 'fu'],
  [/sy/g, 'sh'],
  [/[ct]y/g, 'ch'],
  [/[zj]y/g, 'j'],
  [/m(?=[bp])/g, 'n'],
  [/cch|tch/g, 'ch'],
  [/(.)\1/g, '$1'],
]

const KOREAN: [RegExp, string][] = [
  [/ /g, ''],
  [/woo|oo/g, 'u'],
  [/ee/g, 'i'],
  [/ou/g, 'o'],
  [/yeo/g, 'yo'],
  [/eo/g, 'o'],
  [/eui|ui/g, 'i'],
  [/eu/g, 'u'],
  [/wae|oe/g, 'we'],
  [/ae|ay/g, 'e'],
  [/sh/g, 's'],
  [/ch|jj|j/g, 'j'],
  [/kk|gg|g|k/g, 'k'],
  [/tt|dd|d|t/g, 't'],
  [/pp|bb|b|p/g, 'p'],
  [/r|l/g, 'l'],
  [/(.)\1/g, '$1'],
]

const heard = (folded: string, rules: [RegExp, string][]) =>
  rules.reduce((text, [pattern, sound]) => text.replace(pattern, sound), folded)

const LETTERS_MIN = 4
const HAN_MIN = 2
const isLatin = (folded: string) => /^[a-z0-9 ]+$/.test(folded) && /[a-z]/.test(folded)
const hasHan = (folded: string) => /\p{Script=Han}/u.test(folded)
const countHan = (folded: string) => folded.match(/\p{Script=Han}/gu)?.length ?? 0

const marked = (mark: string, sound: string) => (sound.length >= LETTERS_MIN ? [mark + sound] : [])
const japanese = (latin: string) => marked(MARK.ja, heard(latin, JAPANESE))
const korean = (latin: string) => marked(MARK.ko, heard(latin, KOREAN))
const pinyin = (folded: string) =>
  marked(
    MARK.zh,
    anyAscii(folded)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ''),
  )

/** The sounds by which a show's name is found; `fromJapan` where a Latin name is a Japanese one or may be. */
export function soundsOf(folded: string, fromJapan: boolean): string[] {
  if (hasHangul(folded)) return [...new Set(romanised(folded).flatMap(korean))]
  if (hasKana(folded)) return hasHan(folded) ? [] : japanese(latinOfKana(hiraganaOf(folded)))
  if (countHan(folded) >= HAN_MIN) return pinyin(folded)
  return fromJapan && isLatin(folded) ? japanese(folded) : []
}

/** The sounds that a query may ask for: it does not say its language. */
export function soundsAsked(folded: string): string[] {
  if (isLatin(folded)) return [...japanese(folded), ...korean(folded), ...pinyin(folded)]
  return soundsOf(folded, false)
}
