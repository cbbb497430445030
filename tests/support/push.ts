/** The far side of web push, written from the RFCs alone: a browser's keys, its decryption, the check of a signature. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'

/** What a browser makes for a subscription. */
export interface BrowserKeys {
  privateKey: string
  p256dh: string
  auth: string
}

/** Keys as a browser makes them. */
export function newBrowserKeys(): BrowserKeys {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  return {
    privateKey: curve.getPrivateKey('base64url'),
    p256dh: curve.getPublicKey('base64url'),
    auth: randomBytes(16).toString('base64url'),
  }
}

/** The text of an encrypted push message (RFC 8291 over RFC 8188, one record). @throws where it is not for these keys */
export function decryptPush(body: Buffer, { privateKey, p256dh, auth }: BrowserKeys): string {
  const salt = body.subarray(0, 16)
  const keyEnd = 21 + body[20]!
  const sender = body.subarray(21, keyEnd)
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(privateKey, 'base64url')
  const shared = curve.computeSecret(sender)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.from(p256dh, 'base64url'), sender])
  const input = Buffer.from(hkdfSync('sha256', shared, Buffer.from(auth, 'base64url'), info, 32))
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${what}\0`, length))
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(body.subarray(-16))
  const padded = Buffer.concat([decipher.update(body.subarray(keyEnd, -16)), decipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('no end of the record')
  return padded.subarray(0, end).toString()
}

/** What a VAPID header claims (RFC 8292), and by which key. @throws where the signature is not that key's */
export function readVapid(authorization: string): { aud: string; exp: number; sub: string; key: string } {
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const [head, claims, signature] = token?.split('.') ?? []
  if (!head || !claims || !signature || !key) throw new Error(`no VAPID header: ${authorization}`)
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!signed) throw new Error('the signature is another’s')
  return { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), key }
}
