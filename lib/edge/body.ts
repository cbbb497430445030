/** Bodies of requests: read no further than a place allows, and no longer than an honest sender takes. */
import type { IncomingMessage } from 'node:http'
import { type Readable, Transform } from 'node:stream'
import { BODY_PATIENCE_MS, isTooSlow } from './body-bounds'

/** Up to here a body is read before anything else begins; larger ones are handed on as they come. */
const SMALL_BYTES = 65_536

/** Why a body is refused: 413 (RFC 9110, 15.5.14), 408 (15.5.9) or 400. */
export type BodyRefusal = 413 | 408 | 400

/**
 * Reads a body of at most `bytesMax`. Small places get it whole before anything begins; a place for files gets a stream
 * that ends with an error where the body is too long or too slow.
 */
export async function takeBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<{ body: Buffer | Readable } | { refused: BodyRefusal }> {
  const guarded = guard(request, bytesMax)
  if (bytesMax > SMALL_BYTES) return { body: guarded }
  const parts: Buffer[] = []
  try {
    for await (const part of guarded) parts.push(part as Buffer)
  } catch (error) {
    return { refused: error instanceof BodyError ? error.status : 400 }
  }
  return { body: Buffer.concat(parts) }
}

/** A body that came too long or too slowly. */
export class BodyError extends Error {
  constructor(readonly status: BodyRefusal) {
    super(status === 413 ? 'body too long' : 'body too slow')
  }
}

function guard(request: IncomingMessage, bytesMax: number): Readable {
  const startedAt = Date.now()
  let bytes = 0
  const counted = new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length
      if (bytes > bytesMax) done(new BodyError(413))
      else done(null, part)
    },
  })
  const clock = setInterval(() => {
    const elapsedMs = Date.now() - startedAt
    // A reader that is busy with what came already is not the sender's fault.
    if (
      counted.readableLength === 0 &&
      (isTooSlow(bytes, elapsedMs) || (bytes === 0 && elapsedMs > BODY_PATIENCE_MS))
    )
      counted.destroy(new BodyError(408))
  }, 500)
  const over = () => clearInterval(clock)
  counted.once('close', over)
  request.once('error', () => counted.destroy(new BodyError(400)))
  request.once('aborted', () => counted.destroy(new BodyError(400)))
  request.pipe(counted)
  return counted
}
