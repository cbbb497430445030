import 'server-only'
import { constants, gunzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, CHANGES_TAG, LEDGER_TAG, OPEN_DATA_TAG } from '@/lib/shared/tags'
import { fileOf } from './manifest'
import { numberLines } from './number'
import { claimLines, eventLines, type FoundLine, showLines } from './read'
import { type Manifest, type Operation, type OperationKind, PARTS, type Part } from './types'

/** Changes a page has at most; fewer where their lines are long. */
const PAGE = 500
const LETTERS_MAX = 2_000_000

interface LineRow extends Record<string, unknown> {
  part: keyof typeof WORDS
  key: string
  serial: number
}

const WORDS = {
  show: { part: 'catalogue', put: 'show_put', marked: 'show_put', removed: 'show_removed' },
  claim: { part: 'claims', put: 'claim_recorded', marked: 'claim_retracted', removed: 'claim_removed' },
  event: { part: 'events', put: 'event_recorded', marked: 'event_corrected', removed: 'event_removed' },
} as const satisfies Record<string, { part: Part } & Record<'put' | 'marked' | 'removed', OperationKind>>

/** A page of changes. */
export interface OperationPage {
  operations: Operation[]
  /** The serial to go on from. */
  next: number
  /** True where nothing had changed beyond this page: all operations up to here make the export of this moment. */
  upToDate: boolean
}

/**
 * The changes after a serial, in order. A line that changed twice is there once, as it is now, under the serial of its
 * last change. Null for a serial that this site never gave out: after a backup was put back, say.
 */
export async function getOperations(after: number): Promise<OperationPage | null> {
  reads(CATALOGUE_TAG, LEDGER_TAG, CHANGES_TAG)
  await numberLines()
  return transaction(() => readPage(after), { isolation: 'repeatable read', idempotent: true })
}

async function readPage(after: number): Promise<OperationPage | null> {
  const rows = [
    ...(await db().execute<LineRow>(sql`
      select part, key, serial::float8 as serial from open_line where serial > ${after}::bigint order by serial limit ${PAGE + 1}`)),
  ]
  const [state] = await db().execute<{ pending: boolean; last: number }>(sql`
    select exists (select from open_line where serial is null) as pending,
      coalesce((select max(serial) from open_line), 0)::float8 as last`)
  const pending = state?.pending ?? false
  if (after > (state?.last ?? 0) && !pending) return null
  const page = rows.slice(0, PAGE)
  const keys = (part: LineRow['part']) => page.flatMap((row) => (row.part === part ? [row.key] : []))
  const found: Record<LineRow['part'], Map<string, FoundLine>> = {
    show: await showLines(keys('show')),
    claim: await claimLines(keys('claim')),
    event: await eventLines(keys('event')),
  }
  const operations: Operation[] = []
  let [next, letters, taken] = [after, 0, 0]
  for (const { part, key, serial } of page) {
    const line = found[part].get(key)
    if (letters > 0 && letters + (line?.line?.length ?? 0) > LETTERS_MAX) break
    letters += line?.line?.length ?? 0
    taken++
    next = serial
    if (line) operations.push(operationOf(part, serial, line))
  }
  return { operations, next, upToDate: !pending && taken === rows.length }
}

function operationOf(part: LineRow['part'], serial: number, { key, line, marked }: FoundLine): Operation {
  const words = WORDS[part]
  const op = line === null ? words.removed : marked ? words.marked : words.put
  return { serial, op, part: words.part, key, line }
}

/** The manifests of the exports that are kept, newest first. */
export async function getExports(): Promise<{ manifest: Manifest; text: string }[]> {
  reads(OPEN_DATA_TAG)
  const rows = await db().execute<{ manifest: string }>(
    sql`select manifest from open_export order by day desc`,
  )
  return [...rows].map(({ manifest }) => ({ manifest: JSON.parse(manifest) as Manifest, text: manifest }))
}

/** The first line of each file of the newest export; those of files without lines, and all before the first, are missing. */
export async function getFirstLines(): Promise<Partial<Record<Part, string>>> {
  reads(OPEN_DATA_TAG)
  const rows = await db().execute<{ file: string; bytes: Buffer }>(sql`
    select file, bytes from open_chunk
    where position = 0 and export_id = (select id from open_export order by day desc limit 1)`)
  const lines: Partial<Record<Part, string>> = {}
  for (const { file, bytes } of rows) {
    const part = PARTS.find((one) => fileOf(one) === file)
    // A first piece alone is a packed file that breaks off.
    const plain = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
    const end = plain.indexOf(10)
    if (part && end > 0) lines[part] = plain.subarray(0, end).toString()
  }
  return lines
}
