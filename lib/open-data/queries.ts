import 'server-only'
import { constants, gunzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { reads } from '@/lib/shared/reads'
import { OPEN_DATA_TAG } from '@/lib/shared/tags'
import { fileOf } from './manifest'
import { type Manifest, PARTS, type Part } from './types'

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
