/** Large files that lie in the database in pieces (the open data): read and sent a piece at a time, whole or in part. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PUBLIC_CACHE } from '@/lib/shared/problem'
import { refuse } from './answers'
import { openDatabase } from './database'
import { securityHeaders } from './headers'
import { entityTagsIn } from './page-cache'

/** A file as it is sent. */
export interface Stored {
  bytes: number
  /** Hex, of the bytes: its entity tag. */
  sha256: string
  madeAt: Date
  /** What is at this address never changes. */
  isFixed: boolean
  /** All pieces but the last have this length. */
  pieceBytes: number
  piece(position: number): Promise<Uint8Array>
}

/** The file at an address; null where there is none, or none yet. */
export type FindStored = (path: string) => Promise<Stored | null>

const FIXED_CACHE = 'public, max-age=604800, immutable'
/** A reader who takes nothing for so long is gone. */
const STALLED_MS = 60_000

/** The bytes asked for: from the first to the last, both included. */
export interface Span {
  from: number
  to: number
}

/**
 * Pure: what a Range header asks of a file of so many bytes (RFC 9110, 14.2). Null where the whole is to be sent: without
 * one, for several ranges, which nobody needs of such a file, and for what is no range. `out` where none of it is there.
 */
export function spanOf(range: string | undefined, bytes: number): Span | 'out' | null {
  const match = /^\s*bytes\s*=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(range ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first, last] = match as unknown as [string, string, string]
  if (first === '') {
    const length = Math.min(Number(last), bytes)
    return length === 0 ? 'out' : { from: bytes - length, to: bytes - 1 }
  }
  const from = Number(first)
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < from) return null
  return from >= bytes ? 'out' : { from, to }
}

async function* bytesOf({ pieceBytes, piece }: Stored, { from, to }: Span): AsyncGenerator<Uint8Array> {
  for (let position = Math.floor(from / pieceBytes); position * pieceBytes <= to; position++) {
    const begins = position * pieceBytes
    const whole = await piece(position)
    yield whole.subarray(Math.max(0, from - begins), Math.min(whole.length, to + 1 - begins))
  }
}

const holds = (header: string | undefined, etag: string) =>
  entityTagsIn(header ?? '').some((tag) => tag === '*' || tag === etag)

/** Answers with a file: whole, in part, or 304 to who has it. */
export async function sendStored(
  request: IncomingMessage,
  response: ServerResponse,
  finding: Promise<Stored | null> | undefined,
): Promise<void> {
  const open = { 'Access-Control-Allow-Origin': '*' }
  const file = await finding
  if (!file)
    return refuse(
      request,
      response,
      404,
      'There is no such export, or not yet. /data says which there are and when the next one comes.',
      open,
    )
  const { headers, method, url = '' } = request
  const etag = `"${file.sha256}"`
  const sent = {
    ...securityHeaders(url),
    ...open,
    'Accept-Ranges': 'bytes',
    'Cache-Control': file.isFixed ? FIXED_CACHE : PUBLIC_CACHE,
    ETag: etag,
    'Last-Modified': file.madeAt.toUTCString(),
  }
  if (holds(headers['if-none-match'], etag)) {
    response.writeHead(304, sent)
    response.end()
    return
  }
  // A part is of the file its asker has begun with, or the whole is sent (RFC 9110, 13.1.5).
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag
  const span = method === 'GET' && isSame ? spanOf(headers.range, file.bytes) : null
  if (span === 'out')
    return refuse(request, response, 416, `The file has ${file.bytes} bytes.`, {
      ...open,
      'Content-Range': `bytes */${file.bytes}`,
    })
  const { from, to } = span ?? { from: 0, to: file.bytes - 1 }
  response.writeHead(span ? 206 : 200, {
    ...sent,
    'Content-Type': 'application/gzip',
    'Content-Length': to - from + 1,
    ...(span ? { 'Content-Range': `bytes ${from}-${to}/${file.bytes}` } : {}),
  })
  if (method === 'HEAD') {
    response.end()
    return
  }
  response.setTimeout(STALLED_MS, () => response.destroy())
  // Who goes in the middle is no fault of ours; neither can a broken-off answer be mended by another one.
  await pipeline(Readable.from(bytesOf(file, { from, to })), response).catch(() => response.destroy())
}

/** An export's entry of a file, as far as it is sent by. */
interface Row {
  id: number
  made_at: Date
  bytes: number | null
  sha256: string | null
  piece_bytes: number | null
}

/** Asks the database; between two pieces it holds nothing there. */
export function storedFinder(databaseUrl: string): FindStored {
  const sql = openDatabase(databaseUrl, 'edge-stored', { max: 4, statementTimeoutMs: 5_000 })
  return async (path) => {
    const [, day = null, name = ''] = /^\/data\/(?:(\d{4}-\d{2}-\d{2})\/)?([\w.-]+)$/.exec(path) ?? []
    const [row] = await sql<Row[]>`
      select open_export.id, open_export.made_at,
        (select sum(length(bytes)) from open_chunk where export_id = open_export.id and file = ${name})::float8 as bytes,
        (select entry ->> 'sha256' from jsonb_array_elements(open_export.manifest::jsonb -> 'files') as entry
          where entry ->> 'name' = ${name}) as sha256,
        (select length(bytes) from open_chunk where export_id = open_export.id and file = ${name} and position = 0) as piece_bytes
      from open_export where ${day}::date is null or open_export.day = ${day}::date
      order by open_export.day desc limit 1`
    if (!row || row.bytes === null || row.sha256 === null || row.piece_bytes === null) return null
    return {
      bytes: row.bytes,
      sha256: row.sha256,
      madeAt: row.made_at,
      isFixed: day !== null,
      pieceBytes: row.piece_bytes,
      async piece(position) {
        const [found] = await sql<{ bytes: Uint8Array }[]>`
          select bytes from open_chunk where export_id = ${row.id} and file = ${name} and position = ${position}`
        if (!found) throw new Error(`piece ${position} of ${name} is gone`)
        return found.bytes
      },
    }
  }
}
