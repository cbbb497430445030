/** From an uploaded file to the titles in it. Nothing here throws on what a file holds: it is read or refused with a sentence. */
import { once } from 'node:events'
import { setImmediate as breathe } from 'node:timers/promises'
import { type CsvError, parse } from 'csv-parse'
import { XMLParser } from 'fast-xml-parser'
import { log } from '@/lib/shared/log'
import { gunzip, isGzip, textOf } from './bytes'
import { FORMATS } from './formats/all'
import { LETTERBOXD_REFUSAL } from './formats/letterboxd'
import { foldRows, foldUnreadable } from './rules'
import type { Format, Parsed, Reading, Sheet, SheetRow } from './types'
import { ARCHIVE_BYTES_MAX, ArchiveError, isZip, listEntries, readEntry } from './zip'

/** The most a person may upload. */
export const UPLOAD_BYTES_MAX = 20_000_000
/** Lines of one sheet, titles of one list; people with more have not been met. */
const LINES_MAX = 100_000
const TITLES_MAX = 5_000
const PIECE = 1 << 17
const XML_CHARACTERS_MAX = 15_000_000

/** A file that is not taken, with the sentence that says why. */
class Refused extends Error {}

const UNKNOWN =
  'We do not know this file. Bring an export of one of the services below, or a CSV file with a column “title”.'

/** The fields of a sheet, line by line. Long sheets are parsed in pieces, so that others are answered in between. */
async function linesOf(text: string, delimiter: string): Promise<string[][]> {
  const lines: string[][] = []
  const parser = parse({
    ...{ delimiter, trim: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true },
  })
  parser.on('data', (line: string[]) => lines.push(line))
  const ended = once(parser, 'end')
  ended.catch(() => {}) // also when it breaks while pieces are still being written
  for (let at = 0; at < text.length && lines.length <= LINES_MAX + 1 && !parser.destroyed; at += PIECE) {
    parser.write(text.slice(at, at + PIECE))
    await breathe()
  }
  if (!parser.destroyed) parser.end()
  await ended
  return lines
}

async function sheetOf(text: string, name: string): Promise<Sheet> {
  const first = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = [',', ';', '\t'].reduce((best, mark) =>
    first.split(mark).length > first.split(best).length ? mark : best,
  )
  let lines: string[][]
  try {
    lines = await linesOf(text, delimiter)
  } catch (error) {
    throw new Refused(
      (error as CsvError).code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'The file ends in the middle of a quoted field: it may be cut off.'
        : 'The file cannot be read as CSV.',
    )
  }
  if (lines.length > LINES_MAX + 1)
    throw new Refused('The file has more than 100,000 lines. Split it and bring the parts one by one.')
  const header = (lines[0] ?? []).map((column) => column.trim().toLowerCase())
  const place = new Map(header.map((column, index) => [column, index]))
  const rows = lines.slice(1).map(
    (fields, index): SheetRow => ({
      line: index + 2,
      get: (...names) => {
        for (const column of names) {
          const at = place.get(column)
          const field = at === undefined ? undefined : fields[at]
          if (field) return field
        }
        return ''
      },
    }),
  )
  return { header, name, rows }
}

const LISTED_TAGS = new Set(['anime', 'manga', 'Video', 'Directory', 'Guid'])
const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (tag) => LISTED_TAGS.has(tag),
})

function xmlOf(text: string): unknown {
  if (/<!(doctype|entity)/i.test(text))
    throw new Refused('The file is XML of a kind we do not read (it has a DOCTYPE).')
  if (text.length > XML_CHARACTERS_MAX) throw new Refused('The file is larger than any list we know.')
  try {
    return xml.parse(text)
  } catch {
    throw new Refused('The file is XML that is damaged or cut off.')
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(
      /[}\]]\s*$/.test(text)
        ? 'The file is JSON with a mistake in it.'
        : 'The file is JSON that is cut off in the middle.',
    )
  }
}

/** The first format that says a file is its own, with what it read. */
async function recognise(text: string, name: string): Promise<{ format: Format; parsed: Parsed }> {
  const begin = text.trimStart()
  const claim = (read: (format: Format) => Parsed | null | undefined) => {
    for (const format of FORMATS) {
      const parsed = read(format)
      if (parsed) return { format, parsed }
    }
    throw new Refused(UNKNOWN)
  }
  if (/^[[{]/.test(begin)) {
    const value = jsonOf(text)
    if (Array.isArray(value) && value.length === 0)
      throw new Refused('The file is a list with nothing in it.')
    return claim((format) => format.json?.(value, name))
  }
  if (/^<(!doctype html|html)/i.test(begin))
    throw new Refused('This is a web page, not an export. Use the download that the service offers.')
  if (begin.startsWith('<')) {
    const value = xmlOf(text)
    return claim((format) => format.xml?.(value))
  }
  const sheet = await sheetOf(text, name)
  if (sheet.rows.length === 0 && sheet.header.length > 1)
    throw new Refused('The file is empty: there is nothing below its first line.')
  return claim((format) => format.sheet?.(sheet))
}

async function readOne(bytes: Buffer, name: string): Promise<{ format: Format; parsed: Parsed }> {
  const unpacked = isGzip(bytes) ? gunzip(bytes) : bytes
  if (!unpacked) throw new Refused('The file is gzip that is damaged or unpacks to more than 50 MB.')
  if (isGzip(unpacked)) throw new Refused('The file is packed twice. Unpack it once and bring it again.')
  if (unpacked.length === 0) throw new Refused('The file is empty.')
  const text = textOf(unpacked)?.replace(/^\ufeff/, '')
  if (text === undefined) throw new Refused(`This is neither text nor an archive. ${UNKNOWN}`)
  if (text.trim() === '') throw new Refused('The file is empty.')
  return recognise(text, name.replace(/\.gz$/, ''))
}

const baseName = (path: string) => path.split(/[/\\]/).at(-1)!.toLowerCase()
const LETTERBOXD_NAMES = ['diary.csv', 'watched.csv', 'watchlist.csv', 'ratings.csv']

/** Reads the entries of an archive that are on a format's list; nothing else in it is opened. */
async function readArchive(archive: Buffer): Promise<{ format: Format; parsed: Parsed }> {
  const entries = listEntries(archive)
  const wanted = entries.filter(({ name }) => {
    const path = name.toLowerCase().replaceAll('\\', '/')
    return (
      !/(^|\/)(__macosx|deleted|orphaned)\//.test(path) &&
      FORMATS.some((format) => format.entries?.test(path))
    )
  })
  if (wanted.length === 0) {
    const names = new Set(entries.map(({ name }) => baseName(name)))
    if (LETTERBOXD_NAMES.filter((name) => names.has(name)).length >= 2) throw new Refused(LETTERBOXD_REFUSAL)
    throw new Refused(
      'No file in this archive has a name we know, so none was opened. Unpack it and bring the file with your list.',
    )
  }
  const parts: { format: Format; parsed: Parsed }[] = []
  let left = ARCHIVE_BYTES_MAX
  for (const entry of wanted) {
    if (entry.bytes === 0) continue
    const content = readEntry(archive, entry, left)
    left -= content.length
    const name = baseName(entry.name)
    try {
      parts.push(await readOne(content, name))
    } catch (error) {
      // A file of an empty account says nothing; one that is damaged does.
      if (!(error instanceof Refused)) throw error
      if (!/^The file is (empty|a list with nothing)/.test(error.message))
        throw new Refused(`“${name}” in the archive: ${error.message}`)
    }
    await breathe() // others are waiting for this process
  }
  const [first] = parts
  if (!first) throw new Refused('The files in this archive that we know are empty.')
  return {
    format: first.format,
    parsed: {
      rows: parts.flatMap(({ parsed }) => parsed.rows),
      unreadable: parts.flatMap(({ parsed }) => parsed.unreadable),
      refusal: parts.every(({ parsed }) => parsed.refusal) ? first.parsed.refusal : undefined,
    },
  }
}

/** The titles in a file that somebody brought: several rows of one show are one. Never throws. */
export async function readUpload(bytes: Buffer, fileName: string): Promise<Reading> {
  try {
    if (bytes.length > UPLOAD_BYTES_MAX)
      throw new Refused('The file is larger than 20 MB, which is the most we read.')
    const { format, parsed } = isZip(bytes)
      ? await readArchive(bytes)
      : await readOne(bytes, baseName(fileName))
    if (parsed.refusal) throw new Refused(parsed.refusal)
    const rows = foldRows(parsed.rows)
    const unreadable = foldUnreadable(parsed.unreadable)
    if (rows.length === 0 && unreadable.length === 0)
      throw new Refused(`This is a file of ${format.service}, but no show is named in it.`)
    if (unreadable.length === 0 && rows.every(({ kind }) => kind === 'film'))
      throw new Refused(
        'The file names films only. Greenlit follows series, so there is nothing in it to follow.',
      )
    if (rows.length + unreadable.length > TITLES_MAX)
      throw new Refused('The list names more than 5,000 titles. Split it and bring the parts one by one.')
    return { ok: true, service: format.service, rows, unreadable }
  } catch (error) {
    if (error instanceof Refused || error instanceof ArchiveError)
      return { ok: false, message: error.message }
    // A reader of ours broke on something nobody foresaw: said as what it is, without the file's content.
    log.error('import-unreadable', { error })
    return { ok: false, message: UNKNOWN }
  }
}
