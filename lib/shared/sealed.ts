/**
 * Text that lies in the database and only this installation can read: AES-256-GCM under a key made from AUTH_SECRET.
 * Whoever has a copy of the database without the secret reads nothing of it and changes nothing in it unnoticed.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Given } from './env'
import { readingSecrets } from './secrets'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
/** NIST SP 800-38D, 8.2.2: 96 random bits are safe for 2^32 texts under one key. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_BYTES = 6

const SEALED = /^sealed:1:([\w-]{8}):([\w-]+)$/

interface Key {
  /** Says under which secret a text was sealed, so that a changed secret leaves what is sealed readable. */
  id: string
  bytes: Buffer
}

const made = new Map<string, Key>()

/** HKDF (RFC 5869) makes of one secret as many keys as there are purposes; none of them tells anything of another. */
function keyOf(secret: string, purpose: string): Key {
  const name = `${purpose}\0${secret}`
  let key = made.get(name)
  if (!key) {
    const derive = (what: string, bytes: number) =>
      Buffer.from(hkdfSync('sha256', secret, '', `greenlit.${what}.${purpose}`, bytes))
    key = { id: derive('key-id', KEY_ID_BYTES).toString('base64url'), bytes: derive('sealed', KEY_BYTES) }
    made.set(name, key)
  }
  return key
}

/** True for what `seal` made. */
export function isSealed(text: string): boolean {
  return text.startsWith('sealed:1:')
}

/**
 * Seals a text.
 * @param purpose what kind of text it is: each kind has a key of its own
 * @param context whose text it is (a row's own name): sealed text that was moved to another row cannot be opened there
 * @throws where AUTH_SECRET is not set
 */
export function seal(
  text: string,
  { purpose, context }: { purpose: string; context: string },
  env: Given = process.env,
): string {
  const key = keyOf(readingSecrets(env)[0]!, purpose)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key.bytes, nonce)
  cipher.setAAD(Buffer.from(context))
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `sealed:1:${key.id}:${sealed.toString('base64url')}`
}

/**
 * Opens what `seal` made, also under a secret of AUTH_SECRET_OLD.
 * @returns null where the secret is not known any more, or the text was changed or belongs elsewhere
 */
export function unseal(
  sealed: string,
  { purpose, context }: { purpose: string; context: string },
  env: Given = process.env,
): string | null {
  const [, id, body] = SEALED.exec(sealed) ?? []
  if (!id || !body) return null
  const key = readingSecrets(env)
    .map((secret) => keyOf(secret, purpose))
    .find((one) => one.id === id)
  const bytes = Buffer.from(body, 'base64url')
  if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) return null
  try {
    const opener = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    opener.setAAD(Buffer.from(context))
    opener.setAuthTag(bytes.subarray(-TAG_BYTES))
    const text = opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8')
    return text + opener.final('utf8')
  } catch {
    return null
  }
}
