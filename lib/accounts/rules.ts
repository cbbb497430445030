/** Pure rules of accounts: addresses, codes, roles, how long a link and a session live. */
import type { Asker, AtTheMachine } from './types'

/** A mailed link or code works this long. */
export const LINK_LIFETIME_MS = 10 * 60_000
/** A session ends after so long without a visit … */
export const SESSION_IDLE_MS = 14 * 86_400_000
/** … and after so long in any case. */
export const SESSION_ABSOLUTE_MS = 90 * 86_400_000
/** A session's last visit is written down at most this often. */
export const SESSION_TOUCH_MS = 3_600_000
/** Deleting an account asks for a sign-in no older than this. */
export const RECENT_SIGN_IN_MS = 10 * 60_000
/** Wrong codes a sign-in request survives. */
export const CODE_ATTEMPTS_MAX = 5

const ADDRESS_LENGTH_MAX = 254
const LOCAL_LENGTH_MAX = 64
// RFC 5321 dot-string, without the characters mail programs gave a meaning of their own: % ! | and the backtick
// (routes), ? (encoded words).
const LOCAL = /^[a-z0-9#$&'*+/=^_{}~-]+(\.[a-z0-9#$&'*+/=^_{}~-]+)*$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The one form in which an address is stored, compared and written to: trimmed, lower case, ASCII.
 * Quoted locals, comments, lists, look-alike signs and line breaks are not repaired but refused, so a crafted
 * address can never be read as another person's by the next machine.
 * @returns null for anything that is not one plain address
 */
export function normaliseAddress(text: string): string | null {
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, '')
  // Looked at before lower-casing, which makes ASCII of some other letters (the Kelvin sign becomes a k).
  if (trimmed.length > ADDRESS_LENGTH_MAX || !/^[\x21-\x7e]+$/.test(trimmed)) return null
  const address = trimmed.toLowerCase()
  const parts = address.split('@')
  const [local, domain] = parts
  if (parts.length !== 2 || !local || !domain) return null
  if (local.length > LOCAL_LENGTH_MAX || !LOCAL.test(local)) return null
  const labels = domain.split('.')
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null
  return /[a-z]/.test(labels.at(-1)!) ? address : null
}

// Crockford's base 32: no I, L, O or U to mistake or to spell words with.
const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 8

/** Eight characters (40 bits) from at least five bytes. */
export function codeFrom(bytes: Uint8Array): string {
  let bits = 0n
  for (const byte of bytes.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte)
  let code = ''
  for (let i = 0; i < CODE_LENGTH; i++) {
    code = CODE_ALPHABET[Number(bits & 31n)] + code
    bits >>= 5n
  }
  return code
}

/** A typed code as it was shown: case, blanks and hyphens do not matter, O is 0, I and L are 1. Null when it is none. */
export function normaliseCode(text: string): string | null {
  if (text.length > 40) return null
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return code.length === CODE_LENGTH && [...code].every((c) => CODE_ALPHABET.includes(c)) ? code : null
}

/** A code as it is shown: `ABCD-EFGH`. */
export function spellCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** When a session that is used now ends: after the idle time, but never past its absolute end. */
export function sessionEnd(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + SESSION_IDLE_MS, createdAt.getTime() + SESSION_ABSOLUTE_MS))
}

/** Whether a session was begun so recently that it may delete the account. */
export function isRecentSignIn(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() <= RECENT_SIGN_IN_MS
}

/** The command line, where it asks for what is an operator's. */
export const AT_THE_MACHINE: AtTheMachine = { role: 'operator', at: 'the machine' }

/** Whether somebody may see and do what is an operator's. Asked inside the queries and commands themselves. */
export function mayOperate(asker: Asker): boolean {
  return asker?.role === 'operator'
}
