/** From a file's bytes to its text. */
import { gunzipSync } from 'node:zlib'

const GZIP_BYTES_MAX = 50_000_000
/** What a decoder writes for bytes that are no character. */
const REPLACEMENT = 0xfffd

/** True for the first bytes of gzip. */
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** What a gzip file holds; null where it is damaged or unpacks to more than 50 MB. */
export function gunzip(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: GZIP_BYTES_MAX })
  } catch {
    return null
  }
}

const WIDE_SAMPLE = 2_000

/** UTF-16 without its mark: in what is mostly ASCII every other byte is a zero, and no other is. */
function wideOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0]
  const sample = Math.min(bytes.length, WIDE_SAMPLE)
  for (let at = 0; at < sample; at++) if (bytes[at] === 0) zeros[at % 2]!++
  const [first, second] = zeros as [number, number]
  if (bytes.length % 2 !== 0 || first + second < 0.25 * sample) return null
  return first === 0 ? 'utf-16le' : second === 0 ? 'utf-16be' : null
}

/**
 * A file's text, whatever wrote it: UTF-8 (with damaged characters, if there are some), UTF-16 with its mark or without, or
 * windows-1252 where no UTF-8 is in it. Null for what is no text.
 */
export function textOf(bytes: Buffer): string | null {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  if (mark === 0xfffe) return new TextDecoder('utf-16le').decode(bytes)
  if (mark === 0xfeff) return new TextDecoder('utf-16be').decode(bytes)
  const wide = wideOf(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  if (bytes.includes(0)) return null
  const text = new TextDecoder('utf-8').decode(bytes)
  let damaged = 0
  let good = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === REPLACEMENT) damaged++
    else if (code > 0x7f) good++
  }
  // In a file of another encoding hardly a letter beyond ASCII happens to be right UTF-8.
  return good >= damaged ? text : new TextDecoder('windows-1252').decode(bytes)
}
