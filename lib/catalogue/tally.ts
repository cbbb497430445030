import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** How many there are: shows, seasons on record, claims whose page bears a day and those whose does not. */
export type Tally = Record<'shows' | 'seasons' | 'dated' | 'undated', number>

/**
 * What is counted by triggers, as of now. To count a million claims takes a second; to add up what was counted when they
 * came takes none.
 */
export async function readTally(): Promise<Tally> {
  const rows = await db().execute<{ what: keyof Tally; amount: number }>(
    sql`select what, sum(amount)::int as amount from tally group by what`,
  )
  const tally: Tally = { shows: 0, seasons: 0, dated: 0, undated: 0 }
  for (const { what, amount } of rows) tally[what] = amount
  return tally
}

/** Makes one row of what many statements counted. Who reads meanwhile reads the same sums; two at once fold apart. */
export async function foldTally(): Promise<void> {
  await db().execute(sql`
    with folded as (delete from tally returning what, amount)
    insert into tally (what, amount) select what, sum(amount) from folded group by what having sum(amount) <> 0`)
}
