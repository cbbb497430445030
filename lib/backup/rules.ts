/** What a backup must be to be taken. */
import type { BackupEnd, BackupHeader, Migration, TableFoot, TableHead } from './types'

/** Version of the container this release writes and reads. */
export const BACKUP_FORMAT = 1

type Json = Record<string, unknown>

function objectOf(line: string): Json | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
  } catch {
    return null
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value)

/** The first line of a backup; null when it is none. */
export function readHeader(line: string): BackupHeader | null {
  const header = objectOf(line)
  if (header?.greenlit !== 'backup' || !isCount(header.format)) return null
  // Of a later format only this much is known.
  if (header.format !== BACKUP_FORMAT) return header as unknown as BackupHeader
  const { madeAt, release, server, schema, secret } = header
  const isWhole =
    [madeAt, release, server].every(isText) &&
    Array.isArray(schema) &&
    schema.every((one: Json | null) => isCount(one?.madeAtMs) && isText(one?.hash)) &&
    (secret === null || (isText((secret as Json)?.salt) && isText((secret as Json)?.proof)))
  return isWhole ? (header as unknown as BackupHeader) : null
}

/** The line before a table's rows, or the last line of all; null for anything else. */
export function readTableHead(line: string): TableHead | BackupEnd | null {
  const head = objectOf(line)
  if (head?.end === true) {
    const { tables, rows, sequences, sha256 } = head
    const places = typeof sequences === 'object' && sequences !== null ? Object.values(sequences) : [0]
    const isWhole = isCount(tables) && isCount(rows) && isHash(sha256) && places.every(isText)
    return isWhole ? (head as unknown as BackupEnd) : null
  }
  const isWhole = isText(head?.table) && Array.isArray(head.columns) && head.columns.every(isText)
  return isWhole ? (head as unknown as TableHead) : null
}

/** The line after a table's rows; null for anything else. */
export function readTableFoot(line: string): TableFoot | null {
  const foot = objectOf(line)
  return isCount(foot?.rows) && isHash(foot.sha256) ? (foot as unknown as TableFoot) : null
}

/**
 * How many of a release's migrations make the schema a backup was taken from, so that the rest can be applied to its
 * rows; a sentence when this release cannot make that schema.
 */
export function migrationsBehind(
  { schema, release }: Pick<BackupHeader, 'schema' | 'release'>,
  known: readonly Migration[],
): number | string {
  if (schema.length === 0) return 'the backup was taken from a database without a schema'
  const ours = new Set(known.map(({ madeAtMs }) => madeAtMs))
  const unknown = schema.filter(({ madeAtMs }) => !ours.has(madeAtMs)).length
  if (unknown > 0)
    return `the backup was made by a newer release (${release}): its schema has ${count(unknown, 'change')} this release does not know; restore it with that release or a later one`
  const had = new Set(schema.map(({ madeAtMs }) => madeAtMs))
  const first = known.slice(0, schema.length)
  if (!first.every(({ madeAtMs }) => had.has(madeAtMs)))
    return 'the backup was taken from a database that lacks a change of its schema in the middle: bring that database up to date first'
  return schema.length
}

/** "1 row", "2 rows", "7,521 rows". */
export function count(number: number, word: string): string {
  return `${number.toLocaleString('en-GB')} ${word}${number === 1 ? '' : 's'}`
}

/** "12.3 MB". */
export function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
