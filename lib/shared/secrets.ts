import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { fromEnv, type Given } from './env'

/** 32 random bytes in 43 URL-safe characters. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** True for text that could have come from `randomToken`. */
export function looksLikeToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** How a random token is kept: one-way, no key needed, because 256 random bits cannot be guessed from it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/**
 * The installation's secrets: AUTH_SECRET, under which everything is written, then those it had before
 * (`AUTH_SECRET_OLD`, one or several with commas between), under which what was written can still be read.
 * @throws where AUTH_SECRET is not set
 */
export function readingSecrets(env: Given = process.env): string[] {
  const secret = fromEnv('AUTH_SECRET', env)
  if (!secret)
    throw new Error('AUTH_SECRET is not set: `npm start` makes one; elsewhere set 32 random bytes.')
  // Whole too, for a secret may have a comma in it.
  const whole = fromEnv('AUTH_SECRET_OLD', env) ?? ''
  const old = [whole, ...whole.split(',')].map((one) => one.trim()).filter(Boolean)
  return [...new Set([secret, ...old])]
}

const hashUnder = (secret: string, purpose: string, text: string) =>
  createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url')

/**
 * A keyed hash for what could be guessed (codes, addresses), under AUTH_SECRET and bound to its purpose.
 * @throws where AUTH_SECRET is not set
 */
export function keyedHash(purpose: string, text: string): string {
  return hashUnder(readingSecrets()[0]!, purpose, text)
}

const SHORT_HASH_LENGTH = 22

/** The first 22 characters (132 bits) of a keyed hash, for where it has to be short. */
export function shortHash(purpose: string, text: string): string {
  return keyedHash(purpose, text).slice(0, SHORT_HASH_LENGTH)
}

/** Whether `shortHash` made this of the same text, under the present secret or an older one. */
export function isShortHash(hash: string, purpose: string, text: string): boolean {
  return readingSecrets().some((secret) =>
    sameHash(hash, hashUnder(secret, purpose, text).slice(0, SHORT_HASH_LENGTH)),
  )
}

/** Compares two hashes without telling by its duration where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
