import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** The first of a lock's two numbers says that it is the turn of a show; the second is the show's id. */
const TURN_OF_A_SHOW = 7_242_612

/**
 * Waits for the turn to write the ledger or the states of these shows; held to the end of the running transaction.
 * One writer of a show at a time: two could both miss what the other is about to say. Writers of different shows do not
 * wait for each other.
 *
 * The turns are taken in the order of the ids, so that two who want the same shows never wait for each other in a ring.
 * Who will need several shows in one transaction therefore takes them all in one call. What was read of a show before
 * its turn came is of yesterday: read it again.
 */
export async function takeTurns(showIds: readonly number[]): Promise<void> {
  const ids = [...new Set(showIds)].sort((a, b) => a - b)
  if (ids.length === 0) return
  await db().execute(sql`
    select pg_advisory_xact_lock(${TURN_OF_A_SHOW}::int, value::int)
    from json_array_elements_text(${JSON.stringify(ids)}::json)`)
}
