import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { dayOf } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { OPEN_DATA_TAG } from '@/lib/shared/tags'
import { fileOf, manifestText } from './manifest'
import { numberAll } from './number'
import { Packer, type Put, type Sums } from './pack'
import { allLines } from './read'
import { PARTS, type Part } from './types'

/** How many exports are kept, one a day. */
export const EXPORTS_KEPT = 7
/** An export waits so often for a moment in which nothing waits for its number. */
const QUIET_ATTEMPTS_MAX = 5

/** Writes every part through packers of its own. Inside one `repeatable read` transaction. */
async function writeParts(putOf: (part: Part) => Put): Promise<Record<Part, Sums>> {
  const packers = {
    catalogue: new Packer(putOf('catalogue')),
    claims: new Packer(putOf('claims')),
    events: new Packer(putOf('events')),
  }
  for await (const lines of allLines())
    for (const part of PARTS) for (const line of lines[part]) await packers[part].line(line)
  return {
    catalogue: await packers.catalogue.end(),
    claims: await packers.claims.end(),
    events: await packers.events.end(),
  }
}

/**
 * Runs `work` in one moment of the database, given the serial up to which changes are in it. Where writers leave no
 * moment in which all is numbered, some later ones are in it too: who follows on from the serial is told of them again,
 * which changes nothing.
 */
async function atOneMoment<T>(work: (serial: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await numberAll()
    const done = await transaction(
      async () => {
        const [state] = await db().execute<{ pending: boolean; serial: number }>(sql`
          select exists (select from open_line where serial is null) as pending,
            coalesce((select max(serial) from open_line), 0)::float8 as serial`)
        if (!state || (state.pending && attempt < QUIET_ATTEMPTS_MAX)) return null
        return { value: await work(state.serial) }
      },
      { isolation: 'repeatable read' },
    )
    if (done) return done.value
  }
}

/**
 * Makes the export of a day and keeps it, unless there is one; older ones than the last seven go. It appears whole, in
 * the transaction that wrote it, or not at all; killed half-way it is made again. Returns whether it made one.
 */
export async function makeExport(now: Date): Promise<boolean> {
  const day = dayOf(now)
  const [there] = await db().execute(sql`select from open_export where day = ${day}`)
  if (there) return false
  const made = await atOneMoment(async (serial) => {
    const [row] = await db().execute<{ id: number }>(sql`
      insert into open_export (day, made_at, manifest) values (${day}, ${now.toISOString()}::timestamptz, '')
      on conflict (day) do nothing returning id`)
    if (!row) return false
    const sums = await writeParts((part) => async (piece, position) => {
      await db().execute(sql`
        insert into open_chunk (export_id, file, position, bytes) values (${row.id}, ${fileOf(part)}, ${position}, ${piece})`)
    })
    await db().execute(sql`
      update open_export set manifest = ${manifestText({ madeAt: now, serial }, sums)} where id = ${row.id}`)
    await db().execute(sql`
      delete from open_export where id in (select id from open_export order by day desc offset ${EXPORTS_KEPT})`)
    await expireTags([OPEN_DATA_TAG])
    return true
  })
  return made
}

/**
 * The same bytes to wherever `putOf` puts them, of the database as it is now. Returns the manifest's text and what is in
 * each part.
 */
export async function writeExport(
  now: Date,
  putOf: (part: Part) => Put,
): Promise<{ manifest: string; sums: Record<Part, Sums> }> {
  return atOneMoment(async (serial) => {
    const sums = await writeParts(putOf)
    return { manifest: manifestText({ madeAt: now, serial }, sums), sums }
  })
}
