/**
 * JSON that is nearly right, as people and half-finished programs leave it: a comma too many, an object on each line, one
 * item of a list with a mistake in it. Pure; one walk over the text.
 */
import type { Unreadable } from './types'

const QUOTE = 34
const BACKSLASH = 92

/** The items of a list at the text's beginning, or the objects that stand one after another, as texts with their lines. */
function* itemsIn(text: string): Generator<{ item: string; line: number }> {
  const first = text.search(/\S/)
  const isList = text[first] === '['
  let depth = isList ? -1 : 0
  let line = 1
  let start = -1
  let startLine = 1
  /** How far in the first item begins, where each begins on a line of its own. */
  let indent: string | null = null
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10) {
      line++
      const [, blanks] = /^([^\S\n]*)\{/.exec(text.slice(at + 1, at + 200)) ?? []
      if (blanks !== undefined) indent ??= blanks
      // An item that has lost a bracket ends where the next one begins.
      if (isList && depth > 0 && blanks === indent && start >= 0) {
        yield { item: text.slice(start, at).replace(/,\s*$/, ''), line: startLine }
        start = -1
        depth = 0
      }
      continue
    }
    const sign = text[at]!
    if (depth < 0) {
      if (at === first) depth = 0
      continue
    }
    const ends = depth === 0 && (sign === ',' || (isList && sign === ']'))
    if (ends) {
      if (start >= 0) yield { item: text.slice(start, at), line: startLine }
      start = -1
      continue
    }
    if (start < 0 && /\s/.test(sign)) continue
    if (start < 0) {
      start = at
      startLine = line
    }
    if (code === QUOTE) {
      // A text ends with its line: what is open beyond it has lost its quote.
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE && text.charCodeAt(at) !== 10; at++)
        if (text.charCodeAt(at) === BACKSLASH) at++
      if (text.charCodeAt(at) === 10) at--
    } else if (sign === '[' || sign === '{') depth++
    else if (sign === ']' || sign === '}') {
      depth--
      if (depth === 0 && !isList) {
        yield { item: text.slice(start, at + 1), line: startLine }
        start = -1
      }
    }
  }
  if (start >= 0) yield { item: text.slice(start), line: startLine }
}

/** A comma before a closing bracket, outside of texts. */
const withoutSurplusCommas = (text: string) =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[\]}])/g, (found) => (found === ',' ? '' : found))

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** What a JSON text with mistakes in it says all the same, the items that cannot be read named by their lines; null where nothing can be read. */
export function looseJson(text: string): { value: unknown; unreadable: Unreadable[] } | null {
  const mended = parsed(withoutSurplusCommas(text))
  if (mended) return { value: mended.value, unreadable: [] }
  const values: unknown[] = []
  const unreadable: Unreadable[] = []
  for (const { item, line } of itemsIn(text)) {
    const read = parsed(item) ?? parsed(withoutSurplusCommas(item))
    if (read) values.push(read.value)
    else {
      const title = /"(?:title|name)"\s*:\s*"((?:[^"\\\n]|\\.){1,200})"/.exec(item)?.[1] ?? null
      unreadable.push({ line, title, reason: 'It is JSON with a mistake in it.' })
    }
  }
  const isList = values.some((value) => typeof value === 'object' && value !== null)
  return isList ? { value: values, unreadable } : null
}
