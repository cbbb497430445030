/**
 * Sheets (RFC 4180, as files of the world really are: blanks around fields, lines of any length, any line end, quotes that
 * open and never close, or stand where none may). A field whose quotes are not in order is taken as it is written, to its
 * comma or the end of its line: a stray quote costs its own line at most.
 * One walk over the text counts rows and fields and refuses what no list is like before anything is kept of it; a row's
 * fields are cut, by the same walk, when somebody asks for them. So what was counted is what is cut, and a sheet costs
 * its text and one number a row.
 */

/** The most rows below the header, the most fields of a row and its longest text; people with more have not been met. */
export const ROWS_MAX = 100_000
export const FIELDS_MAX = 1_000
export const ROW_CHARACTERS_MAX = 1_000_000

const QUOTE = 34
const LF = 10
const CR = 13

/** Characters that may be looked through in vain for quotes that close; a list by honest hands needs none of them. */
const VAIN_CHARACTERS_MAX = 50_000_000

/** A sheet's rows, the header among them; lines without a sign are none. */
export interface CsvRows {
  count: number
  /** The line of the file that a row begins on, counted from 1. */
  lineOf: (row: number) => number
  /** The fields of a row, without the blanks around them; the header is row 0. */
  fieldsOf: (row: number) => string[]
}

/** White space as `String.prototype.trim` has it. */
const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(String.fromCharCode(code)))

/** The sign that parts fields: of comma, semicolon and tab the one that is most frequent in the first line. */
export function delimiterOf(text: string): string {
  const counts = new Map([',', ';', '\t'].map((mark) => [mark.charCodeAt(0), 0]))
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LF || code === CR) break
    const count = counts.get(code)
    if (count !== undefined) counts.set(code, count + 1)
  }
  // The first of them where two are as frequent.
  const [best] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))
  return String.fromCharCode(best)
}

/** Ends a walk with the sentence that says why; never leaves this file. */
class Fault extends Error {}

class Walk {
  /** Where the last row that was walked over ended. */
  end = 0
  private readonly text: string
  private readonly delimiter: number
  private vain = 0

  constructor(text: string, delimiter: string) {
    this.text = text
    this.delimiter = delimiter.charCodeAt(0)
  }

  /** How many characters of line end there are at a place: files that two programs wrote to have several kinds. */
  private lineEndAt(at: number): number {
    const code = this.text.charCodeAt(at)
    if (code === LF) return 1
    if (code !== CR) return 0
    return this.text.charCodeAt(at + 1) === LF ? 2 : 1
  }

  /** The place of the first sign of a field, or of what ends it. */
  private pastBlanks(from: number): number {
    let at = from
    while (at < this.text.length) {
      const code = this.text.charCodeAt(at)
      if (code === this.delimiter || !isBlank(code) || this.lineEndAt(at) > 0) break
      at++
    }
    return at
  }

  /** The place of the quote that closes a field, null where none does or something stands between it and the field's end. */
  private closingQuote(open: number): number | null {
    let at = this.text.indexOf('"', open + 1)
    while (at >= 0 && this.text.charCodeAt(at + 1) === QUOTE) at = this.text.indexOf('"', at + 2)
    if (at >= 0) {
      const next = this.pastBlanks(at + 1)
      const ends =
        next >= this.text.length || this.text.charCodeAt(next) === this.delimiter || this.lineEndAt(next) > 0
      if (ends) return at
    }
    this.vain += (at < 0 ? this.text.length : at) - open
    if (this.vain > VAIN_CHARACTERS_MAX)
      throw new Fault('The file has more stray quotes than any list we know.')
    return null
  }

  /**
   * Walks over the row that begins at `from` and counts its fields, 0 for a line without a sign; where `cut` is given,
   * they are put there.
   */
  row(from: number, number: number, cut: string[] | null): number {
    const { text, delimiter } = this
    let at = from
    let fields = 0
    // What was counted is only cut: it was borne once.
    if (cut) this.vain = 0
    for (;;) {
      at = this.pastBlanks(at)
      let field = ''
      const close = text.charCodeAt(at) === QUOTE ? this.closingQuote(at) : null
      const quoted = close !== null
      if (close !== null) {
        // Copied only where it is wanted; whether there is anything is known without.
        if (close > at + 1) field = cut ? text.slice(at + 1, close).replaceAll('""', '"') : '.'
        at = this.pastBlanks(close + 1)
      } else {
        const begin = at
        while (at < text.length && text.charCodeAt(at) !== delimiter && this.lineEndAt(at) === 0) at++
        if (cut) field = withoutStrayQuote(text.slice(begin, at).trimEnd())
        else if (at > begin) field = '.'
      }
      if (at - from > ROW_CHARACTERS_MAX)
        throw new Fault(`Row ${number} of the file is longer than a million characters: no list we know is.`)
      const goesOn = at < text.length && text.charCodeAt(at) === delimiter
      if (fields === 0 && !goesOn && !quoted && field === '') {
        this.end = at + (at < text.length ? this.lineEndAt(at) : 0)
        return 0
      }
      cut?.push(field)
      if (++fields > FIELDS_MAX)
        throw new Fault(`Row ${number} of the file has more than 1,000 fields: no list we know has.`)
      if (!goesOn) {
        this.end = at + (at < text.length ? this.lineEndAt(at) : 0)
        return fields
      }
      at++
    }
  }
}

/** A field as it is written, without a quote at its beginning that has no other. */
const withoutStrayQuote = (field: string): string =>
  field.lastIndexOf('"') === 0 ? field.slice(1).trimStart() : field

/** How many line ends there are between two places. */
function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) lines++
  }
  return lines
}

/** The rows of a sheet, or the sentence that says why it is not read. Never throws; its time is that of one walk. */
export function readCsv(text: string, delimiter = delimiterOf(text)): CsvRows | string {
  const walk = new Walk(text, delimiter)
  const starts: number[] = []
  const lines: number[] = []
  let line = 1
  try {
    for (let at = 0; at < text.length; at = walk.end) {
      const from = line
      const isRow = walk.row(at, starts.length + 1, null) > 0
      line += linesIn(text, at, walk.end)
      if (!isRow) continue
      starts.push(at)
      lines.push(from)
      if (starts.length > ROWS_MAX + 1)
        return 'The file has more than 100,000 lines. Split it and bring the parts one by one.'
    }
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
  return {
    count: starts.length,
    lineOf: (row) => lines[row]!,
    fieldsOf: (row) => {
      const fields: string[] = []
      walk.row(starts[row]!, row + 1, fields)
      return fields
    },
  }
}
