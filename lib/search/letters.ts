/** How a name becomes comparable letters: case, width, accents, punctuation, articles, kana, Hangul. */
import { romanize } from 'es-hangul'
import { hiraganaOf } from '@/lib/shared/kana'

const HANGUL_FIRST = 0xac00
const HANGUL_LAST = 0xd7a3
const MEDIALS = 21
const FINALS = 28

const INITIAL_JAMO = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
// Compound vowels and finals fall apart into the keys one presses, so a half-typed syllable is a prefix.
const MEDIAL_JAMO = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ')
const FINAL_JAMO =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  )

const ROMAN_INITIAL = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
const ROMAN_MEDIAL = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
const ROMAN_FINAL = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')

// Letters that carry no separable accent but are typed without it.
const SPELT_OUT: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  '&': ' and ',
  '×': ' x ',
  ʻ: '',
  ʼ: '',
  '’': '',
  '‘': '',
  "'": '',
}
const SPELT_OUT_PATTERN = /[ßæœøłđðþıς&×ʻʼ’‘']/g

/** True where the text has a Hangul syllable. */
export function hasHangul(text: string): boolean {
  return /[가-힣]/.test(text)
}

/** True where the text has a kana. */
export function hasKana(text: string): boolean {
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
}

/** True where the text is written without spaces between words: Han, kana or Hangul. */
export function isUnspacedScript(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}가-힣]/u.test(text)
}

/**
 * Lower case, one width, no accents on Latin, Greek and Cyrillic letters, punctuation as single spaces.
 * Kana voicing marks and Indic or Thai vowel signs are letters, not accents, and stay.
 */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/(?<=\s)\+(?=\s)/g, 'and')
    .replace(SPELT_OUT_PATTERN, (letter) => SPELT_OUT[letter] ?? letter)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
  // A name of signs alone ("!!!") is still a name: keep the signs.
  return (
    plain ||
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{C}]+/gu, '')
  )
}

/** `folded` without a leading English article; unchanged where nothing else would be left, or the A is an initial ("A.P. Bio"). */
export function withoutArticle(folded: string): string {
  return folded.replace(/^(?:the |an |a (?!.(?: |$)))(?=.)/, '')
}

/** The form two spellings of a name share: folded, leading article dropped, single spaces. */
export function normalise(name: string): string {
  return withoutArticle(fold(name))
}

function jamoOfSyllable(code: number): string {
  const index = code - HANGUL_FIRST
  const initial = INITIAL_JAMO[Math.floor(index / (MEDIALS * FINALS))]!
  const medial = MEDIAL_JAMO[Math.floor((index % (MEDIALS * FINALS)) / FINALS)]!
  return initial + medial + FINAL_JAMO[index % FINALS]!
}

// NFKC turns a jamo typed alone into its conjoining twin; back to the one on the key.
function jamoOfConjoining(code: number): string | undefined {
  if (code >= 0x1100 && code <= 0x1112) return INITIAL_JAMO[code - 0x1100]
  if (code >= 0x1161 && code <= 0x1175) return MEDIAL_JAMO[code - 0x1161]
  if (code >= 0x11a8 && code <= 0x11c2) return FINAL_JAMO[code - 0x11a8 + 1]
  return undefined
}

/** Hangul syllables as the jamo one types for them, katakana as hiragana; other letters as they are. */
export function letters(folded: string): string {
  let out = ''
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    if (code < 0x1100) out += folded[i]
    else if (code >= HANGUL_FIRST && code <= HANGUL_LAST) out += jamoOfSyllable(code)
    else out += jamoOfConjoining(code) ?? folded[i]
  }
  return hiraganaOf(out)
}

/** The initial consonant of each Hangul syllable, other letters as they are: 지금 우리 → ㅈㄱ ㅇㄹ. */
export function initials(folded: string): string {
  let out = ''
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    if (code >= HANGUL_FIRST && code <= HANGUL_LAST)
      out += INITIAL_JAMO[Math.floor((code - HANGUL_FIRST) / (MEDIALS * FINALS))]
    else out += folded[i]
  }
  return out
}

/** True where a query is nothing but initial consonants, at least two: ㅈㄱㅇㄹ. */
export function isInitials(queryLetters: string): boolean {
  return /^[ㄱ-ㅎ]{2,}$/.test(queryLetters)
}

/** The first letters of a Latin name of three words or more: Game of Thrones → got. */
export function acronym(folded: string): string | null {
  const words = folded.split(' ')
  if (words.length < 3 || words.length > 12 || !/^[a-z0-9 ]+$/.test(folded)) return null
  return words.map((word) => word[0]).join('')
}

function romanByLetter(text: string): string {
  let out = ''
  for (const letter of text) {
    const code = letter.charCodeAt(0)
    if (code < HANGUL_FIRST || code > HANGUL_LAST) {
      out += letter
      continue
    }
    const index = code - HANGUL_FIRST
    out +=
      ROMAN_INITIAL[Math.floor(index / (MEDIALS * FINALS))]! +
      ROMAN_MEDIAL[Math.floor((index % (MEDIALS * FINALS)) / FINALS)]! +
      ROMAN_FINAL[index % FINALS]!
  }
  return out
}

/** A Korean name in Latin letters, as pronounced (Revised Romanization) and as spelt, without doubles. */
export function romanised(folded: string): string[] {
  if (!hasHangul(folded)) return []
  return [...new Set([romanize(folded), romanByLetter(folded)])]
}
