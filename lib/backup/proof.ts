import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import type { BackupHeader } from './types'

const PROOF_BYTES = 32

const proofOf = (secret: string, salt: string) =>
  scryptSync(secret, Buffer.from(salt, 'base64url'), PROOF_BYTES)

/**
 * By what a secret is known again without being written down: scrypt (RFC 7914) makes guessing a weak one dear. Null
 * for no secret.
 */
export function proveSecret(secret: string | null): BackupHeader['secret'] {
  if (!secret) return null
  const salt = randomBytes(16).toString('base64url')
  return { salt, proof: proofOf(secret, salt).toString('base64url') }
}

/** Whether a secret is the one a backup was made beside; null where that cannot be told. */
export function isSecretOf(kept: BackupHeader['secret'], secret: string | null): boolean | null {
  if (!kept || !secret) return null
  const [known, given] = [Buffer.from(kept.proof, 'base64url'), proofOf(secret, kept.salt)]
  return known.length === given.length && timingSafeEqual(known, given)
}
