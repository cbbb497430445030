/** Pure: the one normal form of an address (RFC 3986, section 6.2), so that caches and rooms mean the same page by it. */

/** A path and its query, both as text without `?`; or where the same address is written in its normal form; or why it is none. */
export type Address =
  | { path: string; query: string }
  | { normal: string }
  | { refused: 'long' | 'broken' | 'strange' }

/** Longer addresses are none of ours: the longest is a search for 200 letters of four bytes each. */
const CHARACTERS_MAX = 4_096
/** Longer parts are no name of ours, and none that a file system takes. */
const PART_CHARACTERS_MAX = 200

const UNRESERVED = /[A-Za-z0-9._~-]/
// What may stand in a path as it is: pchar of RFC 3986 and the slash.
const PLAIN_PATH = /^[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/

/** One encoded byte in its normal form: plain where it needs no sign, else with capital letters. */
function normalByte(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
  return UNRESERVED.test(character) ? character : encoded.toUpperCase()
}

/** The path without `.`, `..`, empty parts and the slash at its end. */
function withoutDots(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/**
 * Reads a request's target. What is written in another way than the normal form (an encoded letter, a dot segment, two
 * slashes, a slash at the end) is answered with the normal form, never served: a cache that compares decoded addresses
 * would keep one page under another's name. A control character, an encoded slash, bytes that are not UTF-8 and a
 * broken percent sign are refused.
 */
export function readAddress(target: string): Address {
  if (target.length > CHARACTERS_MAX) return { refused: 'long' }
  if (!target.startsWith('/')) return { refused: 'strange' }
  const [beforeHash] = target.split('#', 1) as [string]
  const mark = beforeHash.indexOf('?')
  const path = mark < 0 ? beforeHash : beforeHash.slice(0, mark)
  const query = mark < 0 ? '' : beforeHash.slice(mark + 1)
  if (!PLAIN_PATH.test(path) || /%(?![0-9A-Fa-f]{2})/.test(path)) return { refused: 'broken' }
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return { refused: 'broken' }
  }
  if (/\p{Cc}/u.test(decoded) || /%2f|%5c/i.test(path)) return { refused: 'broken' }
  if (decoded.split('/').some((part) => part.length > PART_CHARACTERS_MAX)) return { refused: 'long' }
  const normal = withoutDots(path.replace(/%[0-9A-Fa-f]{2}/g, normalByte))
  if (normal !== path || beforeHash.length !== target.length)
    return { normal: query ? `${normal}?${query}` : normal }
  return { path, query }
}

/** What each refusal of an address says. */
export const ADDRESS_SENTENCES = {
  long: 'This is no address of this site: it is longer than any of them.',
  broken:
    'This is no address of this site: it has a broken percent sign, a control character or a hidden slash.',
  strange: 'This is no address of this site: ask for a path that begins with a slash.',
} as const
