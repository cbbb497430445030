import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { Day } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import type { Claim } from '@/lib/status/claim'
import { maySpoil } from './spoilers'

/** What a public correction says of a claim that was taken back. */
export function correctionText(
  claim: Pick<Claim, 'season' | 'kind' | 'personStatus' | 'value'> & {
    name: string
    publishedOn: Day | null
  },
  why: string,
): string {
  const said = claim.publishedOn ? ` of ${formatWindow(claim.publishedOn)}` : ''
  // What may give an ending away is not quoted: a feed and a mail cannot fold it, and the ledger has it.
  const what = maySpoil(claim) ? '' : ` “${claim.value}”`
  return `A statement by ${claim.name}${said} about season ${claim.season} no longer counts:${what} ${why}`
}

/** A claim that an export has as taken back. */
export interface TakenBack {
  id: string
  on: Day
  reason: string
  /** Of its public correction. */
  text: string
}

/**
 * Puts retractions that were made elsewhere on record, each with its public correction; those of claims that are taken
 * back here already are left alone. Readers are not told: it is the past. A part of its caller's transaction. Returns the
 * shows they are about.
 */
export async function writeTakenBack(rows: TakenBack[]): Promise<number[]> {
  if (rows.length === 0) return []
  const shows = await db().execute<{ show_id: number }>(sql`
    with x as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as x(id text, "on" date, reason text, text text)),
      made as (insert into retraction (claim_id, retracted_on, reason) select x.id, x."on", x.reason from x
        join claim on claim.id = x.id on conflict do nothing returning claim_id)
    insert into correction (show_id, season_id, claim_id, text, published_on)
    select claim.show_id, claim.season_id, claim.id, x.text, x."on"
    from made join x on x.id = made.claim_id join claim on claim.id = made.claim_id returning show_id`)
  return [...new Set([...shows].map(({ show_id }) => show_id))]
}
