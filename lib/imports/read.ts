/** From an uploaded file to the titles in it. Nothing here throws on what a file holds: it is read or refused with a sentence. */
import { XMLParser } from 'fast-xml-parser'
import { log } from '@/lib/shared/log'
import { jsonBound, xmlBound } from './bounds'
import { gunzip, isGzip, textOf } from './bytes'
import { delimiterOf, readCsv } from './csv'
import { FORMATS } from './formats/all'
import { LETTERBOXD_REFUSAL } from './formats/letterboxd'
import { bareList, plain } from './formats/plain'
import { looseJson } from './loose-json'
import { FILMS_ONLY, foldRows, foldUnreadable } from './rules'
import type { Format, Parsed, Reading, Sheet, SheetRow, Unreadable } from './types'
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

/** The first line that some spreadsheets write to say what parts the fields. */
const SEPARATOR_LINE = /^\s*"?sep=(.)"?[^\S\r\n]*(?:\r\n|\n|\r)/i
/** Lines that may stand above a header: the name of a list, the day it was made. */
const BANNER_LINES_MAX = 10

const TITLES = /(^|[\s_])(title|name|show|series|titel|titre|t[ií]tulo|titolo)s?$/
/** What a field of a column looks like, where that can be told. */
const CHECKED: [column: RegExp, field: RegExp][] = [
  [/year|date|_at$|aired|released?$|premiered/, /^[^\p{L}]*\d[^\p{L}]*([TZ][^\p{L}]*)*$/u],
  [/^year$/, /^\d{4}$/],
  [/^const$|imdb_id/, /tt\d+/],
  [/url/, /^https?:/],
  [/type$/, /^\p{L}/u],
  [/rating/, /^\d+([.,]\s*\d+)?$/],
  [/_id$|^(tmdb|tvdb|trakt|mal|position|season|episode|num votes)/, /^\S+$/],
]

/**
 * The fields of a line that has more of them than the header: one among them, a title above all, has the signs in it that
 * part fields. It is the one that, put together, leaves every year, date and id where it belongs; where none does, the
 * surplus falls.
 */
function withoutSurplus(fields: string[], header: string[], delimiter: string): string[] {
  let end = fields.length
  while (end > header.length && fields[end - 1] === '') end--
  const surplus = end - header.length
  const cut = fields.slice(0, header.length)
  if (surplus <= 0) return cut
  const misplaced = (row: string[]) =>
    header.filter((column, index) =>
      CHECKED.some(([of, is]) => of.test(column) && row[index] !== '' && !is.test(row[index]!)),
    ).length
  const joinedAt = (index: number) => [
    ...fields.slice(0, index),
    fields.slice(index, index + surplus + 1).join(`${delimiter} `),
    ...fields.slice(index + surplus + 1, end),
  ]
  const places = header.map((_, index) => index)
  const titles = places.filter((index) => TITLES.test(header[index]!))
  const others = places.filter((index) => !titles.includes(index))
  const rows = [...titles.map(joinedAt), cut, ...others.map(joinedAt)]
  return rows.reduce((best, row) => (misplaced(row) < misplaced(best) ? row : best))
}

/** A sheet's rows, each cut into fields when a format asks for one: most ask for three of twenty, once. */
function sheetOf(text: string, name: string, delimiter: string, linesBefore: number): Sheet {
  const csv = readCsv(text, delimiter)
  if (typeof csv === 'string') throw new Refused(csv)
  const header = (csv.count > 0 ? csv.fieldsOf(0) : []).map((column) => column.trim().toLowerCase())
  const place = new Map(header.map((column, index) => [column, index]))
  const lineOf = (row: number) => csv.lineOf(row) + linesBefore
  const rowAt = (row: number): SheetRow => {
    let fields: string[] | undefined
    return {
      line: lineOf(row),
      get: (...names) => {
        if (!fields) {
          fields = csv.fieldsOf(row)
          if (fields.length > header.length) fields = withoutSurplus(fields, header, delimiter)
        }
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
  const each = <T>(first: number, rowOf: (row: number) => T): Iterable<T> => ({
    *[Symbol.iterator]() {
      for (let row = first; row <= count; row++) yield rowOf(row)
    },
  })
  return {
    header,
    name,
    count,
    rows: each(1, rowAt),
    lines: each(0, (row) => ({ line: lineOf(row), fields: csv.fieldsOf(row) })),
  }
}

/** True where some format says that a line is a header of its own. */
function isHeader(line: string, name: string): boolean {
  const sheet = sheetOf(line, name, delimiterOf(line), 0)
  return FORMATS.some((format) => format.sheet?.({ ...sheet, count: 0, rows: [], lines: [] }))
}

/** A text's sheet: below the lines that some programs put above the header, if there are any. */
function sheetIn(whole: string, name: string): Sheet {
  const separator = SEPARATOR_LINE.exec(whole)
  const before = separator ? 1 : 0
  const text = separator ? whole.slice(separator[0].length) : whole
  const plainly = sheetOf(text, name, separator?.[1] ?? delimiterOf(text), before)
  let rest = text
  for (let banner = 0; banner < BANNER_LINES_MAX && rest !== ''; banner++) {
    const end = /\r\n|\n|\r/.exec(rest)
    const line = rest.slice(0, end?.index ?? rest.length)
    if (line.trim() !== '' && line.length < 10_000 && isHeader(line, name))
      return banner === 0 ? plainly : sheetOf(rest, name, delimiterOf(line), before + banner)
    rest = end ? rest.slice(end.index + end[0].length) : ''
  }
  return plainly
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

/** What JSON says, and what is said of the items that have a mistake in them and are left out. */
interface Json {
  value: unknown
  unreadable: Unreadable[]
}

function jsonOf(text: string): Json {
  const bound = jsonBound(text)
  if (bound) throw new Refused(bound)
  try {
    return { value: JSON.parse(text), unreadable: [] }
  } catch {
    const loose = looseJson(text)
    if (loose) return loose
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

/** The format that reads most of a file's rows, the first of equals; a list of titles is what nobody else knows. */
function claim(read: (format: Format) => Parsed | null | undefined): Recognised {
  let best: Recognised | undefined
  for (const format of FORMATS) {
    if (best && format === plain) break
    const parsed = read(format)
    if (parsed && (!best || parsed.rows.length > best.parsed.rows.length)) best = { format, parsed }
  }
  if (!best) throw new Refused(UNKNOWN)
  return best
}

const counted = (unreadable: Unreadable[], unit: Unreadable['unit']) =>
  unreadable.map((row) => ({ ...row, unit: row.unit ?? unit }))

/** The format that says a file is its own, with what it read. */
function recognise(text: string, name: string): Recognised {
  const begin = text.trimStart()
  if (/^[[{]/.test(begin)) {
    const { value, unreadable } = jsonOf(text)
    if (Array.isArray(value) && value.length === 0)
      throw new Refused('The file is a list with nothing in it.')
    // One item and nothing around it is a list of one.
    const { format, parsed } = claim(
      (format) => format.json?.(value, name) ?? (Array.isArray(value) ? null : format.json?.([value], name)),
    )
    return {
      format,
      parsed: {
        ...parsed,
        unreadable: [...counted(parsed.unreadable, 'Item'), ...counted(unreadable, 'Line')],
      },
    }
  }
  if (/^<(!doctype html|html)/i.test(begin))
    throw new Refused('This is a web page, not an export. Use the download that the service offers.')
  if (begin.startsWith('<')) {
    const value = xmlOf(text)
    const { format, parsed } = claim((format) => format.xml?.(value))
    return { format, parsed: { ...parsed, unreadable: counted(parsed.unreadable, 'Item') } }
  }
  const sheet = sheetIn(text, name)
  const format = FORMATS.find((one) => one.sheet?.({ ...sheet, count: 0, rows: [], lines: [] }))
  if (!format) {
    const bare = bareList(sheet)
    if (!bare) throw new Refused(UNKNOWN)
    return { format: plain, parsed: { ...bare, unreadable: counted(bare.unreadable, 'Line') } }
  }
  if (sheet.count === 0) throw new Refused('The file is empty: there is nothing below its first line.')
  const parsed = format.sheet!(sheet)!
  return { format, parsed: { ...parsed, unreadable: counted(parsed.unreadable, 'Line') } }
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
const LIST_ENDING = /\.(csv|tsv|txt|json|xml|gz)$/
/** What is never a list of shows, and may be anybody's secret: it is not opened, whatever else is in an archive. */
const PRIVATE_NAME =
  /user|account|profile|token|address|device|login|session|password|payment|billing|card|mail|auth|friend|comment|message|readme|licen[cs]e|^\./
/** Files of names nobody knows that are opened; more than that is no archive of lists. */
const UNKNOWN_FILES_MAX = 10
const NAMES_SHOWN = 20

/** An archive's files: those with a name that a format knows, and those that may be lists all the same. */
function filesIn(archive: Buffer) {
  const files = listEntries(archive).flatMap((entry) => {
    const path = entry.name.toLowerCase().replaceAll('\\', '/')
    return /(^|\/)(__macosx|deleted|orphaned)\//.test(path) || path.endsWith('/') ? [] : [{ entry, path }]
  })
  const known = files.filter(({ path }) => FORMATS.some((format) => format.entries?.test(path)))
  const others = files.filter(
    (file) => !known.includes(file) && LIST_ENDING.test(file.path) && !PRIVATE_NAME.test(baseName(file.path)),
  )
  return { files, known, others }
}

/**
 * Reads the files of an archive that are lists. Where a service's own are among them only those are opened; the others, and
 * what cannot be read, are named.
 */
function readArchive(archive: Buffer): Recognised {
  const { files, known, others } = filesIn(archive)
  const names = new Set(files.map(({ path }) => baseName(path)))
  if (known.length === 0 && LETTERBOXD_NAMES.filter((name) => names.has(name)).length >= 2)
    throw new Refused(LETTERBOXD_REFUSAL)
  const wanted = known.length > 0 ? known : others.length <= UNKNOWN_FILES_MAX ? others : []
  if (wanted.length === 0)
    throw new Refused(
      'No file in this archive has a name we know, so none was opened. Unpack it and bring the file with your list.',
    )
  const parts: Recognised[] = []
  const unreadable: Unreadable[] = []
  let left = ARCHIVE_BYTES_MAX
  for (const { entry } of wanted) {
    if (entry.bytes === 0) continue
    const name = baseName(entry.name)
    try {
      const content = readEntry(archive, entry, left)
      left -= content.length
      parts.push(readOne(content, name))
    } catch (error) {
      if (!(error instanceof Refused || error instanceof ArchiveError)) throw error
      // A file of an empty account says nothing; one that is damaged does.
      if (/^The file is (empty|a list with nothing)/.test(error.message)) continue
      const reason =
        error instanceof ArchiveError ? error.message : `“${name}” in the archive: ${error.message}`
      unreadable.push({ line: null, title: name, reason })
    }
  }
  const [first] = parts
  if (!first) throw new Refused(unreadable[0]?.reason ?? 'The files in this archive that we know are empty.')
  const unread = others.filter((file) => !wanted.includes(file))
  const unopened = [...new Set(unread.map(({ path }) => baseName(path)))]
  if (unopened.length > 0) {
    const more = unopened.length > NAMES_SHOWN ? ` and ${unopened.length - NAMES_SHOWN} more` : ''
    const reason = `Not opened, since no list we know is called so: ${unopened.slice(0, NAMES_SHOWN).join(', ')}${more}. Bring it by itself if it is a list.`
    unreadable.push({ line: null, title: 'The rest of the archive', reason })
  }
  return {
    format: first.format,
    parsed: {
      rows: parts.flatMap(({ parsed }) => parsed.rows),
      unreadable: [...parts.flatMap(({ parsed }) => parsed.unreadable), ...unreadable],
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
    // What IMDb's number says of a title is known to the catalogue alone.
    if (unreadable.length === 0 && rows.every(({ kind, ids }) => kind === 'film' && !ids.imdb))
      throw new Refused(FILMS_ONLY)
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
