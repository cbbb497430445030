import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, CHANGES_TAG, LEDGER_TAG } from '@/lib/shared/tags'
import { numberLines } from './number'
import { claimLines, eventLines, type FoundLine, showLines } from './read'
import type { Operation, OperationKind, Part } from './types'

/** Changes a page has at most; fewer where their lines are long. */
const PAGE = 500
const LETTERS_MAX = 2_000_000

interface LineRow extends Record<string, unknown> {
  part: keyof typeof PARTS
  key: string
  serial: number
}

const PARTS = { show: 'catalogue', claim: 'claims', event: 'events' } as const satisfies Record<string, Part>

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

function operationOf(of: LineRow['part'], serial: number, { key, line, mark }: FoundLine): Operation {
  return { serial, op: opOf(of, line, mark), part: PARTS[of], key, line }
}

function opOf(of: LineRow['part'], line: string | null, mark: FoundLine['mark']): OperationKind {
  if (of === 'show') return line === null ? 'show_removed' : 'show_put'
  if (of === 'claim')
    return line === null ? 'claim_removed' : mark === 'retracted' ? 'claim_retracted' : 'claim_recorded'
  if (line === null) return 'event_removed'
  return mark === 'corrected'
    ? 'event_corrected'
    : mark === 'withdrawn'
      ? 'event_withdrawn'
      : 'event_recorded'
}
