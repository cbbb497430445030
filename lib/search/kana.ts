/** Kana in Latin letters (Hepburn), with long vowels as they are written. Pure. */

const ROWS = `
 あいうえお
k かきくけこ
g がぎぐげご
s さしすせそ
z ざじずぜぞ
t たちつてと
d だぢづでど
n なにぬねの
h はひふへほ
b ばびぶべぼ
p ぱぴぷぺぽ
m まみむめも
r らりるれろ
`
const VOWELS = 'aiueo'
const OWN: Record<string, string> = {
  し: 'shi',
  じ: 'ji',
  ち: 'chi',
  ぢ: 'ji',
  つ: 'tsu',
  づ: 'zu',
  ふ: 'fu',
  や: 'ya',
  ゆ: 'yu',
  よ: 'yo',
  わ: 'wa',
  ゐ: 'i',
  ゑ: 'e',
  を: 'o',
  ん: 'n',
  ゔ: 'vu',
  ぁ: 'a',
  ぃ: 'i',
  ぅ: 'u',
  ぇ: 'e',
  ぉ: 'o',
  ゎ: 'wa',
}
const LETTERS = new Map<string, string>()
for (const row of ROWS.split('\n').filter(Boolean)) {
  const [consonant = '', kana = ''] = row.split(' ')
  for (const [i, letter] of [...kana].entries()) LETTERS.set(letter, consonant + VOWELS[i])
}
for (const [kana, latin] of Object.entries(OWN)) LETTERS.set(kana, latin)

const SMALL: Record<string, string> = {
  ゃ: 'ya',
  ゅ: 'yu',
  ょ: 'yo',
  ぁ: 'a',
  ぃ: 'i',
  ぅ: 'u',
  ぇ: 'e',
  ぉ: 'o',
}

/** A syllable that ends in a vowel, with the small kana behind it: "kya", "sha" (not "shya"), "fa", "ti", "nee". */
function withSmall(syllable: string, small: string): string {
  const stem = syllable.slice(0, -1)
  if (syllable.endsWith(small)) return syllable + small
  if (small.length > 1) return /(?:sh|ch|j)$/.test(stem) ? stem + small[1] : stem + small
  return (/(?:^|[aiueo])u$/.test(syllable) ? `${stem}w` : stem) + small
}

/** Hiragana in Latin letters; other letters stay as they are. Katakana must be folded before. */
export function latinOfKana(hiragana: string): string {
  let out = ''
  let doubled = false
  for (const kana of hiragana) {
    const small = SMALL[kana]
    if (kana === 'っ') doubled = true
    else if (kana === 'ー') out += /[aiueo]$/.exec(out)?.[0] ?? ''
    else if (small && /[aiueo]$/.test(out)) out = withSmall(out, small)
    else {
      const latin = LETTERS.get(kana) ?? kana
      out += doubled ? (latin.startsWith('ch') ? 't' : latin.charAt(0)) + latin : latin
      doubled = false
    }
  }
  return out
}
