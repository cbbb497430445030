/** Setting a title in a box without a layout engine: widths are known, so no line is ever cut off. */

/** A line of a poster's title: its text, baseline and size in the sheet's units. */
export interface PosterLine {
  text: string
  x: number
  y: number
  size: number
}

/** Advance widths of Bricolage Grotesque at weight 700, set 3 hundredths of an em tight, in hundredths of an em, from U+0020. */
const ADVANCES = [
  20, 26, 30, 61, 61, 95, 72, 12, 27, 27, 39, 45, 17, 33, 20, 31, 64, 30, 57, 58, 59, 58, 63, 42, 63, 62, 22,
  20, 46, 47, 47, 37, 96, 67, 65, 65, 67, 58, 55, 69, 69, 26, 34, 65, 48, 91, 75, 69, 61, 69, 65, 62, 46, 68,
  57, 91, 66, 51, 53, 28, 30, 28, 54, 53, 25, 56, 61, 54, 61, 55, 37, 57, 60, 25, 25, 56, 24, 92, 60, 58, 61,
  61, 40, 52, 37, 59, 53, 83, 54, 57, 50, 30, 24, 31, 48,
]
/** A system face may be a little wider than ours, and so may its bold. */
const SAFETY = 1.07
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u
const SIZES = [38, 33, 29, 25, 22, 19, 16.5, 14, 12, 10.5, 9, 8, 7, 6]
const LEADING = 1.04
/** Marks no line may begin with. */
const NO_START = /^[、。，．・：；？！）」』】〉》〕~～ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ!?,.:;)\]}]/u

/** The width of a text in em. */
export function widthOf(text: string): number {
  let hundredths = 0
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0) as number
    if (/\p{M}/u.test(char)) continue
    hundredths += ADVANCES[code - 32] ?? (WIDE.test(char) ? 100 : code < 0x250 ? 64 : 70)
  }
  return (hundredths / 100) * SAFETY
}

/** The smallest pieces a line may break between: words, and single characters where a script writes no spaces. */
function pieces(title: string): string[] {
  const out: string[] = []
  for (const word of title.trim().split(/\s+/)) {
    const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word)
    let first = true
    for (const part of unspaced
      ? (word.match(/[\p{L}\p{N}]?[\x21-\x7e]+|\P{M}\p{M}*/gu) ?? [word])
      : [word]) {
      const last = out.length - 1
      if (!first && last >= 0 && NO_START.test(part)) out[last] += part
      else out.push(first && out.length > 0 ? ` ${part}` : part)
      first = false
    }
  }
  return out
}

/** Breaks pieces into lines of at most `limit` em, or null where a piece is wider than a line. */
function breakLines(parts: string[], limit: number): string[] | null {
  const lines: string[] = []
  for (const part of parts) {
    const line = lines.at(-1)
    if (line !== undefined && widthOf(line + part) <= limit) lines[lines.length - 1] = line + part
    else if (widthOf(part.trim()) <= limit) lines.push(part.trim())
    else return null
  }
  return lines
}

/** Evens out the lines: the narrowest limit that needs no further line. */
function balance(parts: string[], limit: number, count: number): string[] | null {
  let best = breakLines(parts, limit)
  for (let narrow = limit * 0.95; narrow > limit * 0.4; narrow *= 0.95) {
    const lines = breakLines(parts, narrow)
    if (!lines || lines.length > count) break
    best = lines
  }
  return best
}

const round = (n: number) => Math.round(n * 10) / 10

/** Sets a title as large as its box allows, in as many lines as it needs; a title beyond every size ends in an ellipsis. */
export function wrapTitle(
  title: string,
  box: { x: number; y: number; width: number; height: number; edge: 'top' | 'bottom' },
): PosterLine[] {
  const plain = title.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
  const place = (lines: string[], size: number) => {
    const tall = lines.length * size * LEADING
    const top = box.edge === 'top' ? box.y : box.y + box.height - tall
    return lines.map((text, i) => ({ text, x: box.x, y: round(top + size * (0.86 + i * LEADING)), size }))
  }
  const parts = pieces(plain)
  for (const size of SIZES) {
    const lines = breakLines(parts, box.width / size)
    if (!lines || lines.length * size * LEADING > box.height) continue
    return place(balance(parts, box.width / size, lines.length) ?? lines, size)
  }
  const size = SIZES.at(-1) as number
  const letters = [...plain]
  const lines = breakLines(letters, box.width / size) ?? [plain.slice(0, 20)]
  const room = Math.floor(box.height / (size * LEADING))
  if (lines.length <= room) return place(lines, size)
  return place([...lines.slice(0, room - 1), `${(lines[room - 1] ?? '').slice(0, -2)}…`], size)
}
