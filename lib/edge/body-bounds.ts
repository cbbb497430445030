/** How long and how slow the body of a request may be. Pure. */
import type { IncomingHttpHeaders } from 'node:http'

/** An honest form is here within this time; a large file goes on as long as it comes at LEAST_BYTES_PER_SECOND. */
export const BODY_PATIENCE_MS = 15_000
const LEAST_BYTES_PER_SECOND = 16_384

/** What the head of a request says of its body. Null where it has none; 'chunked' where the length is not said. */
export function announcedBody(headers: IncomingHttpHeaders): number | 'chunked' | null {
  if (headers['transfer-encoding'] !== undefined) return 'chunked'
  const length = headers['content-length']
  if (length === undefined) return null
  return Number(length)
}

/** The body as it is announced may be read. */
export const isWithin = (announced: number | 'chunked' | null, bytesMax: number) =>
  announced === null || announced === 'chunked' || announced <= bytesMax

/** Whether a sender of `bytes` in `elapsedMs` is too slow to wait for. */
export const isTooSlow = (bytes: number, elapsedMs: number) =>
  elapsedMs > BODY_PATIENCE_MS && bytes < ((elapsedMs - BODY_PATIENCE_MS) / 1000) * LEAST_BYTES_PER_SECOND
