/** A file of lines as it is kept: packed while it is written, cut into pieces of one length, summed up. */
import { createHash } from 'node:crypto'
import { createGzip } from 'node:zlib'

/** Bytes of a piece: what is in memory of a file at a time, where it is written and where it is sent. */
export const PIECE_BYTES = 512 * 1024
/** Lines are packed together up to this many characters. */
const BLOCK_CHARACTERS = 64 * 1024
/** What gzip takes off at 9 more than at 6 is a hundredth, for twice the time. */
const LEVEL = 6

/** What a packed file is. */
export interface Sums {
  rows: number
  bytes: number
  sha256: string
  plain_bytes: number
  plain_sha256: string
}

/** Takes pieces as they are ready, in order. */
export type Put = (piece: Buffer, position: number) => Promise<void>

/** Writes one file. The same lines give the same bytes: a gzip head (RFC 1952) made here holds no name and no time. */
export class Packer {
  readonly #gzip = createGzip({ level: LEVEL })
  readonly #packed = createHash('sha256')
  readonly #plain = createHash('sha256')
  readonly #put: Put
  #ready: Buffer[] = []
  #readyBytes = 0
  #block: string[] = []
  #blockCharacters = 0
  #position = 0
  #sums = { rows: 0, bytes: 0, plain_bytes: 0 }
  readonly #ended: Promise<void>

  constructor(put: Put) {
    this.#put = put
    this.#ended = new Promise((done, failed) => {
      this.#gzip.once('end', done).once('error', failed)
    })
    this.#ended.catch(() => {})
    this.#gzip.on('data', (part: Buffer) => {
      this.#ready.push(part)
      this.#readyBytes += part.length
    })
  }

  /** Adds a line, without its end. */
  async line(text: string): Promise<void> {
    this.#sums.rows++
    this.#block.push(text, '\n')
    this.#blockCharacters += text.length + 1
    if (this.#blockCharacters >= BLOCK_CHARACTERS) await this.#pack()
  }

  async #pack(): Promise<void> {
    const block = Buffer.from(this.#block.join(''))
    this.#block = []
    this.#blockCharacters = 0
    this.#plain.update(block)
    this.#sums.plain_bytes += block.length
    await new Promise<void>((done, failed) => {
      this.#gzip.write(block, (error) => (error ? failed(error) : done()))
    })
    while (this.#readyBytes >= PIECE_BYTES) await this.#give(PIECE_BYTES)
  }

  async #give(bytes: number): Promise<void> {
    const all = Buffer.concat(this.#ready)
    const piece = all.subarray(0, bytes)
    const rest = all.subarray(bytes)
    this.#ready = rest.length > 0 ? [rest] : []
    this.#readyBytes = rest.length
    this.#packed.update(piece)
    this.#sums.bytes += piece.length
    await this.#put(piece, this.#position++)
  }

  /** Ends the file. */
  async end(): Promise<Sums> {
    if (this.#block.length > 0) await this.#pack()
    this.#gzip.end()
    await this.#ended
    while (this.#readyBytes >= PIECE_BYTES) await this.#give(PIECE_BYTES)
    if (this.#readyBytes > 0) await this.#give(this.#readyBytes)
    return {
      ...this.#sums,
      sha256: this.#packed.digest('hex'),
      plain_sha256: this.#plain.digest('hex'),
    }
  }
}
