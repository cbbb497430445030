/** Control characters other than tab and line ends, and the marks that reorder text on screen (Unicode bidi, UAX #9). */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u

const EVERY_UNSAFE = new RegExp(UNSAFE, 'gu')

/** True where text could corrupt a file or lie on screen: control or bidi characters, or half a surrogate pair. */
export function hasUnsafeCharacters(text: string): boolean {
  return UNSAFE.test(text.replace(/[\t\r\n]/g, '')) || !text.isWellFormed()
}

/** The same text without those characters; for words a reader typed, where a refusal would not help. */
export function withoutUnsafeCharacters(text: string): string {
  return text.toWellFormed().replace(EVERY_UNSAFE, ' ')
}

/** The letters and digits of a text alone, in lower case: how names are compared that are spelt with other signs. */
export const lettersOnly = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** A text as the first of a sentence or a line. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Text as it may stand in HTML and its attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
