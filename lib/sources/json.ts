/** Foreign bytes read as JSON, within bounds; what is wrong comes back as a sentence. Pure. */
import type { z } from 'zod'
import type { Read } from './types'

/** Deeper than any answer of a provider nests; what nests deeper is meant to hurt. */
const DEPTH_MAX = 60

/** True where brackets nest deeper than `max`; what stands in strings does not count. */
export function isNestedDeeper(text: string, max: number): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 92) at++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 91 || code === 123) {
      if (++depth > max) return true
    } else if (code === 93 || code === 125) depth--
  }
  return false
}

/** The text of a body: in the charset its head names, UTF-8 unless it does (RFC 8259 allows no other, some send one). */
function textOf(body: Uint8Array, contentType: string): Read<string> {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return { ok: true, value: new TextDecoder(charset, { fatal: true }).decode(body) }
  } catch (error) {
    return {
      ok: false,
      reason:
        error instanceof RangeError
          ? 'the answer is in a charset nobody knows'
          : `the answer is not the ${charset.toLowerCase()} it says it is`,
    }
  }
}

/** A body as JSON, or what it is instead. */
export function readJson(body: Uint8Array, contentType = ''): Read<unknown> {
  const text = textOf(body, contentType)
  if (!text.ok) return text
  const start = text.value.trimStart()
  if (start === '') return { ok: false, reason: 'the answer is empty' }
  if (start.startsWith('<')) return { ok: false, reason: 'the answer is a page, not JSON' }
  if (isNestedDeeper(start, DEPTH_MAX))
    return { ok: false, reason: `the answer nests deeper than ${DEPTH_MAX} levels` }
  try {
    return { ok: true, value: JSON.parse(start) }
  } catch {
    return { ok: false, reason: 'the answer is not JSON, or was cut off' }
  }
}

/** A value in the shape expected, or the first thing that is wrong with it. */
export function shaped<Schema extends z.ZodType>(schema: Schema, value: unknown): Read<z.output<Schema>> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  const field = issue?.path.map(String).join('.') || 'the answer'
  return {
    ok: false,
    reason: `${field.slice(0, 80)}: ${(issue?.message ?? 'is not what it should be').slice(0, 200)}`,
  }
}
