/** What came of asking, once what was answered is read. Pure. */
import type { Got, Read } from './types'

/** The answer read, with its ETag; an answer that cannot be read is unreadable. */
export function having<From, To>(got: Got<From>, parse: (value: From) => Read<To>): Got<To> {
  if (!got.ok) return got
  const read = parse(got.value)
  if (read.ok) return { ...got, value: read.value }
  return { ok: false, kind: 'unreadable', reason: read.reason, bodyHash: null }
}

/** An answer that is there and cannot be used. */
export const unreadable = (reason: string) =>
  ({ ok: false, kind: 'unreadable', reason, bodyHash: null }) as const
