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

/**
 * A file's text, whatever wrote it: UTF-8 (with damaged characters, if there are some), UTF-16 with its mark, or
 * windows-1252 where no UTF-8 is in it. Null for what is no text.
 */
export function textOf(bytes: Buffer): string | null {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  if (mark === 0xfffe) return new TextDecoder('utf-16le').decode(bytes)
  if (mark === 0xfeff) return new TextDecoder('utf-16be').decode(bytes)
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
