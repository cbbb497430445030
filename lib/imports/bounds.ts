/**
 * What no list of shows is like, found before a file is parsed: a parser makes objects of everything, however useless,
 * and some of its kinds of haste cannot be stopped half-way. Each scan is one pass over the text, keeps nothing, never
 * throws and answers with the sentence for whoever brought the file, or with null. Sheets are bounded where they are cut
 * (`csv.ts`).
 */

/** How deep the lists we know are nested, at most: half as deep. */
export const NESTING_MAX = 20
/** Values of one JSON file. Twenty megabytes of the most wordless export we know hold a third of it. */
export const JSON_VALUES_MAX = 4_000_000
/** Elements of one XML file: five thousand titles of MyAnimeList's are 115,000. */
export const XML_ELEMENTS_MAX = 250_000
export const XML_ATTRIBUTES_MAX = 500_000
export const XML_ATTRIBUTES_OF_ONE_MAX = 100
/** What stands in a tag outside its attributes' values. */
const XML_TAG_CHARACTERS_MAX = 10_000

const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44
const OPEN_LIST = 91
const CLOSE_LIST = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

/** The place of the quote that ends a JSON string; the text's end where none does. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === QUOTE) return at
  }
  return text.length
}

/** Why a JSON text is not parsed: it is nested deeper than 20, or holds more than four million values. */
export function jsonBound(text: string): string | null {
  let depth = 0
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > NESTING_MAX)
        return 'The file is JSON that is nested more than 20 deep: no list we know is.'
      values++
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--
    else if (code === COMMA) values++
    if (values > JSON_VALUES_MAX)
      return 'The file is JSON of more than four million values. Split it and bring the parts one by one.'
  }
  return null
}

const SLASH = 47
const EQUALS = 61
const GREATER = 62
const EXCLAMATION = 33
const APOSTROPHE = 39

interface Tag {
  /** Where its `>` is; the text's end where it has none. */
  end: number
  attributes: number
  bare: number
}

/** The tag that begins at `<`: its attributes are counted outside their values, where a `>` ends nothing. */
function tagAt(text: string, from: number): Tag {
  let attributes = 0
  let bare = 0
  let at = from + 1
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === GREATER) break
    if (code === QUOTE || code === APOSTROPHE) {
      const close = text.indexOf(code === QUOTE ? '"' : "'", at + 1)
      if (close < 0) return { end: text.length, attributes, bare }
      at = close
    } else if (code === EQUALS) attributes++
    if (++bare > XML_TAG_CHARACTERS_MAX || attributes > XML_ATTRIBUTES_OF_ONE_MAX) break
  }
  return { end: at, attributes, bare }
}

/** What is skipped as a whole, and what ends it. */
const SKIPPED: [begin: string, end: string][] = [
  ['<!--', '-->'],
  ['<![', ']]>'],
  ['<?', '?>'],
]

/**
 * Why an XML text is not parsed: it is nested deeper than 20, has more than 250,000 elements, more than 100 attributes in
 * one or 500,000 in all.
 */
export function xmlBound(text: string): string | null {
  let depth = 0
  let elements = 0
  let attributes = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const next = text.charCodeAt(at + 1)
    const skipped =
      next === EXCLAMATION || next === 63 ? SKIPPED.find(([begin]) => text.startsWith(begin, at)) : undefined
    if (skipped) {
      const end = text.indexOf(skipped[1], at + skipped[0].length)
      if (end < 0) return null // cut off; whoever parses it says so
      at = end + skipped[1].length
      continue
    }
    if (next === SLASH) {
      depth = Math.max(0, depth - 1)
      at += 2
      continue
    }
    const tag = tagAt(text, at)
    if (tag.attributes > XML_ATTRIBUTES_OF_ONE_MAX || tag.bare > XML_TAG_CHARACTERS_MAX)
      return 'The file is XML with more than 100 attributes in one element: no list we know has that.'
    if (++elements > XML_ELEMENTS_MAX)
      return 'The file is XML of more than 250,000 elements. Split it and bring the parts one by one.'
    attributes += tag.attributes
    if (attributes > XML_ATTRIBUTES_MAX)
      return 'The file is XML of more than 500,000 attributes. Split it and bring the parts one by one.'
    if (text.charCodeAt(tag.end - 1) !== SLASH && ++depth > NESTING_MAX)
      return 'The file is XML that is nested more than 20 deep: no list we know is.'
    at = tag.end
  }
  return null
}
