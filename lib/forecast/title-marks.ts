/** Pure. What a season's own title tells of its place in a story, in the languages of the lists. */

const FINAL = /\bfinal\b|最終|完結|ファイナル|last season|farewell|终章|終章/i
const PART = /\bpart\b|\bvol(ume)?\b|\bcour\b|クール|前編|後編|前半|後半|分割|第[一二三四1-4]部/i
const NUMBERED = /\bseason\b|第.{1,2}[期季]|シーズン|(\s|^)(ii+|iv|v|vi)\b|[2-9２-９]\s*$|2nd|3rd|\dth/i
const SPECIAL = /special|スペシャル|\bova\b|特別|movie|劇場版|mini/i
const LIMITED = /limited series|miniseries|mini-series/i
const KIDS = /ちゃん|くん|たん|プリキュア|baby|kids|junior|little/i

export interface TitleMarks {
  final: number
  part: number
  numbered: number
  special: number
  limited: number
  kids: number
  subtitle: number
  length: number
  kana: number
  han: number
  hangul: number
  foreign: number
}

/** Marks of a title: 1 where it has one, and its length and share of scripts. */
export function titleMarks(title: string, season: number): TitleMarks {
  const letters = Math.max(1, title.length)
  const share = (script: RegExp) => (title.match(script)?.length ?? 0) / letters
  return {
    final: Number(FINAL.test(title)),
    part: Number(PART.test(title)),
    numbered: Number(season > 1 && NUMBERED.test(title)),
    special: Number(SPECIAL.test(title)),
    limited: Number(LIMITED.test(title)),
    kids: Number(KIDS.test(title)),
    subtitle: Number(/[:：～~\-–—]/.test(title)),
    length: Math.min(60, title.length),
    kana: share(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu),
    han: share(/\p{Script=Han}/gu),
    hangul: share(/\p{Script=Hangul}/gu),
    foreign: share(/[À-ÿĀ-ž]/g),
  }
}
