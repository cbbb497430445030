/** A passkey in software: answers WebAuthn's two calls as a browser with its authenticator would (ES256, no attestation). */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { SITE } from './readers'

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const uint = (value: number, bytes: number) => {
  const out = Buffer.alloc(bytes)
  out.writeUIntBE(value, 0, bytes)
  return out
}
const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])

interface Lies {
  /** Where the page seems to stand. */
  origin?: string
  rpId?: string
  /** False where nobody showed finger, face or PIN. */
  verified?: boolean
  /** What the authenticator says it has counted. */
  counter?: number
  challenge?: string
}

export class Authenticator {
  readonly id: Buffer
  readonly keys: { privateKey: KeyObject; publicKey: KeyObject }
  counter = 0

  /** The default id has both letters by which the two alphabets of base64 differ. */
  constructor(id: Buffer = Buffer.concat([Buffer.from([0xfb, 0xff, 0xfe]), randomBytes(29)])) {
    this.id = id
    this.keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  }

  /** The public key as COSE (RFC 9052): an EC2 key for ES256. */
  get publicKey(): Buffer {
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' })
    const [left, right] = [x!, y!].map((part) => Buffer.from(part, 'base64url'))
    const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]
    return Buffer.concat([Buffer.from(head), left!, Buffer.from([0x22, 0x58, 0x20]), right!])
  }

  private clientData(type: 'create' | 'get', challenge: string, { origin = SITE }: Lies): Buffer {
    return Buffer.from(JSON.stringify({ type: `webauthn.${type}`, challenge, origin, crossOrigin: false }))
  }

  private data(
    flags: number,
    { rpId = new URL(SITE).hostname, verified = true, counter = this.counter }: Lies,
  ) {
    // Bit 0: somebody was there; bit 2: it was made sure who.
    return Buffer.concat([sha256(rpId), uint(flags | 1 | (verified ? 4 : 0), 1), uint(counter, 4)])
  }

  /** What `navigator.credentials.create` gives, as JSON. */
  create(options: { challenge: string }, lies: Lies = {}): string {
    const clientData = this.clientData('create', lies.challenge ?? options.challenge, lies)
    const authData = Buffer.concat([
      this.data(0x40, lies),
      Buffer.alloc(16),
      uint(this.id.length, 2),
      this.id,
      this.publicKey,
    ])
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])],
      ...[text('authData'), Buffer.from([0x59]), uint(authData.length, 2), authData],
    ])
    return this.answer({
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal', 'hybrid'],
    })
  }

  /** What `navigator.credentials.get` gives, as JSON. */
  get(options: { challenge: string }, lies: Lies = {}): string {
    const clientData = this.clientData('get', lies.challenge ?? options.challenge, lies)
    const authData = this.data(0, lies)
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.keys.privateKey)
    return this.answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: null,
    })
  }

  private answer(response: Record<string, unknown>): string {
    const id = this.id.toString('base64url')
    return JSON.stringify({
      id,
      rawId: id,
      type: 'public-key',
      response,
      clientExtensionResults: { credProps: { rk: true } },
      authenticatorAttachment: 'platform',
    })
  }
}
