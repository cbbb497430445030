/**
 * The file a backup is: gzip (RFC 1952) of UTF-8 text, which `gunzip` shows and PostgreSQL's COPY understands.
 *
 *     {"greenlit":"backup","format":1,...}          what made it, when, which schema
 *     {"table":"reader","columns":["id",...]}       before each table
 *     ...                                           its rows in COPY's text form, by primary key
 *     \.                                            COPY's own end mark, which no row can be
 *     {"rows":2,"sha256":"..."}                     after each table
 *     {"end":true,"tables":..,"rows":..,"sequences":{..},"sha256":"..."}   last; the sum of all before it
 *
 * Tables come in the order of their names; the same database gives the same rows in the same order.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { BACKUP_FORMAT, readHeader, readTableFoot, readTableHead } from './rules'
import {
  type BackupContents,
  type BackupEnd,
  BackupError,
  type BackupHeader,
  type TableDone,
  type TablePart,
} from './types'

const END_MARK = '\\.\n'
const LINE_MAX_BYTES = 1_000_000
/** Rows are handed on in pieces of about this size. */
const PIECE_BYTES = 1 << 16

/** Counts and sums up rows as they pass. */
export class RowSum {
  rows = 0
  private readonly hash = createHash('sha256')
  add(piece: Buffer): Buffer {
    this.hash.update(piece)
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) this.rows++
    return piece
  }
  done(): { rows: number; sha256: string } {
    return { rows: this.rows, sha256: this.hash.digest('hex') }
  }
}

/** The text of a backup, piece by piece. `finish` is asked once all tables are written. */
export async function* writeContainer(
  header: BackupHeader,
  tables: AsyncIterable<TablePart>,
  finish: () => Promise<Pick<BackupEnd, 'sequences'>>,
  onTable: (table: TableDone) => void,
): AsyncGenerator<Buffer> {
  const whole = createHash('sha256')
  const pass = (piece: Buffer) => {
    whole.update(piece)
    return piece
  }
  const line = (value: unknown) => pass(Buffer.from(`${JSON.stringify(value)}\n`))
  yield line(header)
  let [written, rows] = [0, 0]
  for await (const { table, columns, rows: pieces } of tables) {
    yield line({ table, columns })
    const sum = new RowSum()
    for await (const piece of inPieces(pieces)) yield pass(sum.add(piece))
    yield pass(Buffer.from(END_MARK))
    const foot = sum.done()
    yield line(foot)
    written++
    rows += foot.rows
    onTable({ table, columns, rows: foot.rows, sha256: foot.sha256 })
  }
  const { sequences } = await finish()
  const end: BackupEnd = { end: true, tables: written, rows, sequences, sha256: whole.digest('hex') }
  yield Buffer.from(`${JSON.stringify(end)}\n`)
}

/** A row at a time is too little for a compressor to be woken for. */
async function* inPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    bytes += chunk.length
    if (bytes < PIECE_BYTES) continue
    yield Buffer.concat(held)
    held = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(held)
}

/** Reads lines and rows out of a stream of bytes, never more of it in memory than a piece and a line. */
class Text {
  private held: Buffer = Buffer.alloc(0)
  private over = false
  private readonly chunks: AsyncIterator<Buffer>

  constructor(
    chunks: AsyncIterable<Buffer>,
    private readonly broken: (why: string) => BackupError,
    private readonly whole: Hash,
  ) {
    this.chunks = chunks[Symbol.asyncIterator]()
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.chunks.next()
    if (done) this.over = true
    else this.held = this.held.length === 0 ? value : Buffer.concat([this.held, value])
    return !this.over
  }

  /** The next line without its end; it is not summed up yet. */
  async line(): Promise<string> {
    let at = this.held.indexOf(10)
    while (at < 0) {
      if (this.held.length > LINE_MAX_BYTES) throw this.broken('a line is too long')
      if (!(await this.more())) throw this.broken('it ends too early')
      at = this.held.indexOf(10)
    }
    const line = this.held.toString('utf8', 0, at)
    this.held = this.held.subarray(at + 1)
    return line
  }

  sum(line: string): void {
    this.whole.update(`${line}\n`)
  }

  /** The rows up to the end mark. */
  async *rows(sum: RowSum): AsyncGenerator<Buffer> {
    const give = (bytes: number) => {
      const piece = this.held.subarray(0, bytes)
      this.held = this.held.subarray(bytes)
      this.whole.update(piece)
      return sum.add(piece)
    }
    while (this.held.length < END_MARK.length && (await this.more()));
    let at = this.held.subarray(0, END_MARK.length).equals(Buffer.from(END_MARK)) ? 0 : -1
    while (at < 0) {
      const found = this.held.indexOf(`\n${END_MARK}`)
      if (found >= 0) at = found + 1
      else {
        // What may be the beginning of the mark stays.
        const sure = this.held.length - END_MARK.length
        if (sure > 0) yield give(sure)
        if (!(await this.more())) throw this.broken('it ends too early')
      }
    }
    if (at > 0) yield give(at)
    this.whole.update(END_MARK)
    this.held = this.held.subarray(END_MARK.length)
  }

  async isOver(): Promise<boolean> {
    return this.held.length === 0 && !(await this.more())
  }
}

/**
 * Reads a backup to its end and hands each table's rows to `take`, which need not read them. What it gives is given
 * before the file is known to be whole: only when it returns is every sum right.
 * @throws BackupError when the file is none, of a later format, cut off, changed or added to.
 */
export async function readContainer(
  file: string,
  take: (part: TablePart, header: BackupHeader) => Promise<void>,
): Promise<BackupContents> {
  const broken = (why: string) => new BackupError(`${file} is damaged: ${why}`)
  const none = new BackupError(`${file} is no backup of Greenlit`)
  const { size } = await stat(file)
  if (size === 0) throw new BackupError(`${file} is empty`)
  const source = createReadStream(file)
  const unpacked = createGunzip()
  source.on('error', (error) => unpacked.destroy(error))
  source.pipe(unpacked)
  const whole = createHash('sha256')
  let begun = false
  try {
    const text = new Text(unpacked as AsyncIterable<Buffer>, broken, whole)
    const first = await text.line().catch((error: Error) => {
      throw error instanceof BackupError ? none : error
    })
    const header = readHeader(first)
    if (!header) throw none
    begun = true
    if (header.format !== BACKUP_FORMAT)
      throw new BackupError(`${file} is a backup of a later format (${header.format}): take a newer release`)
    text.sum(first)
    const tables: TableDone[] = []
    for (;;) {
      const line = await text.line()
      const head = readTableHead(line)
      if (!head) throw broken('a table does not begin where it should')
      if ('end' in head) {
        const rows = tables.reduce((all, one) => all + one.rows, 0)
        const isRight = head.sha256 === whole.digest('hex') && head.tables === tables.length
        if (!isRight || head.rows !== rows) throw broken('its checksum is wrong')
        const isOver = (await text.isOver()) && unpacked.bytesWritten === size
        if (!isOver) throw broken('something follows its end')
        return { header, tables, end: head }
      }
      text.sum(line)
      const sum = new RowSum()
      const rows = text.rows(sum)
      await take({ table: head.table, columns: head.columns, rows }, header)
      for await (const _ of rows);
      const said = await text.line()
      const foot = readTableFoot(said)
      const found = sum.done()
      if (foot?.rows !== found.rows || foot.sha256 !== found.sha256)
        throw broken(`the rows of ${head.table} are not those that were saved`)
      text.sum(said)
      tables.push({ table: head.table, columns: head.columns, rows: found.rows, sha256: found.sha256 })
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw begun ? broken('it ends too early') : none
    if (code?.startsWith('Z_')) throw begun ? broken('it cannot be unpacked') : none
    throw error
  } finally {
    source.destroy()
    unpacked.destroy()
  }
}
