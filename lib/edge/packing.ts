/** Bodies as they go over the wire: plain, gzip or br, each made once. */
import { promisify } from 'node:util'
import zlib from 'node:zlib'

export type Coding = 'br' | 'gzip' | 'identity'

const brotli = promisify(zlib.brotliCompress)
const unbrotli = promisify(zlib.brotliDecompress)
const gzip = promisify(zlib.gzip)

/** Half of what 11 takes off more, for a hundredth of its time. */
const BROTLI_QUALITY = 5
const GZIP_LEVEL = 6
/** Smaller bodies fit into one packet as they are. */
const PACKED_FROM_BYTES = 860

/** Pure: whether packing a body of this type makes it smaller. */
export const isPackable = (type: string, bytes: number) =>
  bytes >= PACKED_FROM_BYTES &&
  /^(?:text\/|application\/(?:json|javascript|xml|manifest\+json|problem\+json|feed\+json|atom\+xml)|image\/svg)/.test(
    type,
  )

const known = new Map<string, Coding>()
const KNOWN_MAX = 500

/** Pure: the best coding an Accept-Encoding header takes (RFC 9110, 12.5.3): br before gzip before none. */
export function codingFor(accepted: string | undefined): Coding {
  if (!accepted) return 'identity'
  let coding = known.get(accepted)
  if (coding === undefined) {
    const refused = (name: string) =>
      new RegExp(`(?:^|,)\\s*${name}\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)`, 'i').test(accepted)
    const names = accepted
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';', 1)[0]!.trim())
    coding =
      names.includes('br') && !refused('br')
        ? 'br'
        : names.includes('gzip') && !refused('gzip')
          ? 'gzip'
          : 'identity'
    // What clients send is few; who sends others on purpose fills no memory.
    if (known.size < KNOWN_MAX) known.set(accepted, coding)
  }
  return coding
}

/** In memory of its own: zlib answers with a piece of a block of 16 kB, and who keeps the piece keeps the block. */
export async function toBrotli(plain: Buffer): Promise<Buffer> {
  const packed = await brotli(plain, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  })
  const own = Buffer.allocUnsafeSlow(packed.length)
  packed.copy(own)
  return own
}
export const fromBrotli = (packed: Buffer): Promise<Buffer> => unbrotli(packed)
export const toGzip = (plain: Buffer): Promise<Buffer> => gzip(plain, { level: GZIP_LEVEL })
