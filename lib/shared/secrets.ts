import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

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
 * A keyed hash for what could be guessed (codes, addresses), under AUTH_SECRET and bound to its purpose.
 * @throws where AUTH_SECRET is not set
 */
export function keyedHash(purpose: string, text: string): string {
  const secret = process.env.AUTH_SECRET
  if (!secret)
    throw new Error('AUTH_SECRET is not set: `npm start` makes one; elsewhere set 32 random bytes.')
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url')
}

/** Compares two hashes without telling by its duration where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
