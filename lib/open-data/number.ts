import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { IS_LIKE_WITHHELD } from './read'

/** Who numbers: one at a time, so that a number is never read before a lower one. */
const NUMBERING = 7_242_614
const AT_ONCE = 5_000
const ORDER = ['show', 'claim', 'event']

interface Pending extends Record<string, unknown> {
  part: string
  key: string
}

/**
 * Numbers lines that changed, at most a few thousand. Only what has committed is seen, and what a writer is at work on is
 * passed over until it commits: so a lower number never comes after a higher one has been read, however writers overlap.
 * Returns how many were numbered.
 */
export async function numberLines(): Promise<number> {
  return transaction(
    async () => {
      await db().execute(sql`select pg_advisory_xact_lock(${NUMBERING})`)
      const pending = await db().execute<Pending>(sql`
        select part, key from open_line where serial is null order by part desc, key limit ${AT_ONCE}
        for update skip locked`)
      if (pending.length === 0) return 0
      await renewHidden(JSON.stringify([...pending]))
      const serials = await db().execute<{ serial: number }>(sql`
        select nextval('open_serial')::float8 as serial from generate_series(1, ${pending.length}::int) order by 1`)
      // A claim speaks of a show, an event of claims: whoever loads them in turn has met what each speaks of.
      const rows = [...pending]
        .sort((a, b) => ORDER.indexOf(a.part) - ORDER.indexOf(b.part))
        .map((row, i) => ({ ...row, serial: serials[i]?.serial }))
      await db().execute(sql`
        update open_line set serial = x.serial
        from json_to_recordset(${JSON.stringify(rows)}::json) as x(part text, key text, serial bigint)
        where open_line.part = x.part and open_line.key = x.key`)
      return pending.length
    },
    { idempotent: true },
  )
}

/**
 * What is said of a show comes to light or goes with the providers that have it. Where some of them may not be passed on,
 * a change of the show is one of all that is said of it.
 */
async function renewHidden(rows: string): Promise<void> {
  await db().execute(sql`
    update open_line set serial = null from (
      select said.part, said.key from (
        with meant as (
          select show.id from json_to_recordset(${rows}::json) as x(part text, key text) join show on show.slug = x.key
          where x.part = 'show' and (exists (select from unnest(show.provenance) as entry where lower(entry) ${IS_LIKE_WITHHELD})
            or exists (select from fact where fact.show_id = show.id and lower(fact.provider) ${IS_LIKE_WITHHELD})))
        select 'claim' as part, claim.id as key from meant join claim on claim.show_id = meant.id
        union all
        select 'event', event.id::text from meant join season on season.show_id = meant.id join event on event.season_id = season.id
      ) as said join open_line as line on line.part = said.part and line.key = said.key
      where line.serial is not null for update of line skip locked
    ) as x where open_line.part = x.part and open_line.key = x.key`)
}

/** Numbers all that waits and is not under way. */
export async function numberAll(): Promise<void> {
  while ((await numberLines()) > 0);
}
