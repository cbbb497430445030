/** From an uploaded file to the titles in it. Nothing here throws on what a file holds: it is read or refused with a sentence. */
import { XMLParser } from 'fast-xml-parser'
import { log } from '@/lib/shared/log'
import { jsonBound, xmlBound } from './bounds'
import { gunzip, isGzip, textOf } from './bytes'
import { readCsv } from './csv'
import { FORMATS } from './formats/all'
import { LETTERBOXD_REFUSAL } from './formats/letterboxd'
import { foldRows, foldUnreadable } from './rules'
import type { Format, Parsed, Reading, Sheet, SheetRow } from './types'
import { ARCHIVE_BYTES_MAX, ArchiveError, isZip, listEntries, readEntry } from './zip'

/** The most a person may upload. */
export const UPLOAD_BYTES_MAX = 20_000_000
/** Titles of one list; people with more have not been met. */
const TITLES_MAX = 5_000
const XML_CHARACTERS_MAX = 15_000_000

/** A file that is not taken, with the sentence that says why. */
class Refused extends Error {}

const UNKNOWN =
  'We do not know this file. Bring an export of one of the services below, or a CSV file with a column “title”.'

/** A sheet's rows, each cut into fields when a format asks for one: most ask for three of twenty, once. */
function sheetOf(text: string, name: string): Sheet {
  const csv = readCsv(text)
  if (typeof csv === 'string') throw new Refused(csv)
  const header = (csv.count > 0 ? csv.fieldsOf(0) : []).map((column) => column.trim().toLowerCase())
  const place = new Map(header.map((column, index) => [column, index]))
  const rowAt = (row: number): SheetRow => {
    let fields: string[] | undefined
    return {
      line: row + 1,
      get: (...names) => {
        fields ??= csv.fieldsOf(row)
        for (const column of names) {
          const at = place.get(column)
          const field = at === undefined ? undefined : fields[at]
          if (field) return field
        }
        return ''
      },
    }
  }
  const count = Math.max(0, csv.count - 1)
  const rows = {
    *[Symbol.iterator]() {
      for (let row = 1; row <= count; row++) yield rowAt(row)
    },
  }
  return { header, name, count, rows }
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
  const bound = xmlBound(text)
  if (bound) throw new Refused(bound)
  try {
    return xml.parse(text)
  } catch {
    throw new Refused('The file is XML that is damaged or cut off.')
  }
}

function jsonOf(text: string): unknown {
  const bound = jsonBound(text)
  if (bound) throw new Refused(bound)
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

interface Recognised {
  format: Format
  parsed: Parsed
}

/** The first format that says a file is its own, with what it read. */
function recognise(text: string, name: string): Recognised {
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
  const sheet = sheetOf(text, name)
  if (sheet.count === 0 && sheet.header.length > 1)
    throw new Refused('The file is empty: there is nothing below its first line.')
  return claim((format) => format.sheet?.(sheet))
}

function readOne(bytes: Buffer, name: string): Recognised {
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
function readArchive(archive: Buffer): Recognised {
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
  const parts: Recognised[] = []
  let left = ARCHIVE_BYTES_MAX
  for (const entry of wanted) {
    if (entry.bytes === 0) continue
    const content = readEntry(archive, entry, left)
    left -= content.length
    const name = baseName(entry.name)
    try {
      parts.push(readOne(content, name))
    } catch (error) {
      // A file of an empty account says nothing; one that is damaged does.
      if (!(error instanceof Refused)) throw error
      if (!/^The file is (empty|a list with nothing)/.test(error.message))
        throw new Refused(`“${name}” in the archive: ${error.message}`)
    }
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

/**
 * The titles in a file that somebody brought: several rows of one show are one. Never throws. A large file takes seconds:
 * a process with other duties has it read apart (`apart.ts`).
 */
export function readUpload(bytes: Buffer, fileName: string): Reading {
  try {
    if (bytes.length > UPLOAD_BYTES_MAX)
      throw new Refused('The file is larger than 20 MB, which is the most we read.')
    const { format, parsed } = isZip(bytes) ? readArchive(bytes) : readOne(bytes, baseName(fileName))
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
