/** Kana in Latin letters (Hepburn), with long vowels as they are written. Pure. */

/** Each hiragana in Latin letters (Hepburn), small ones as they sound alone. */
export const KANA: ReadonlyMap<string, string> = new Map(
  (
    'あa いi うu えe おo かka きki くku けke こko さsa しshi すsu せse そso たta ちchi つtsu てte とto なna にni ぬnu ねne のno ' +
    'はha ひhi ふfu へhe ほho まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa ゐi ゑe をo んn ' +
    'がga ぎgi ぐgu げge ごgo ざza じji ずzu ぜze ぞzo だda ぢji づzu でde どdo ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo ' +
    'ゔvu ぁa ぃi ぅu ぇe ぉo ゃya ゅyu ょyo ゎwa'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
)

/** Katakana as hiragana; everything else as it is. */
export function hiraganaOf(text: string): string {
  return text.replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (kana) =>
    String.fromCharCode(kana.charCodeAt(0) - 0x60),
  )
}

const SMALL_KANA = new Set('ゃゅょぁぃぅぇぉ')
/** A syllable that ends in a vowel, with the small kana behind it: "kya", "sha" (not "shya"), "fa", "ti", "nee". */
function withSmall(syllable: string, small: string): string {
  const stem = syllable.slice(0, -1)
  if (syllable.endsWith(small)) return syllable + small
  if (small.length > 1) return /(?:sh|ch|j)$/.test(stem) ? stem + small[1] : stem + small
  return (/(?:^|[aiueo])u$/.test(syllable) ? `${stem}w` : stem) + small
}

/** Hiragana in Latin letters; other letters stay as they are. Katakana must be made hiragana before. */
export function latinOfKana(hiragana: string): string {
  let out = ''
  let doubled = false
  for (const kana of hiragana) {
    const latin = KANA.get(kana)
    if (kana === 'っ') doubled = true
    else if (kana === 'ー') out += /[aiueo]$/.exec(out)?.[0] ?? ''
    else if (latin && SMALL_KANA.has(kana) && /[aiueo]$/.test(out)) out = withSmall(out, latin)
    else {
      const sound = latin ?? kana
      out += doubled ? (sound.startsWith('ch') ? 't' : sound.charAt(0)) + sound : sound
      doubled = false
    }
  }
  return out
}
