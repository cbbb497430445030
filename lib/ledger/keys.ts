/** What an event is called where it must be known again. */
import { createHash } from 'node:crypto'
import type { LedgerEvent } from '@/lib/status/claim'

/**
 * The name of an event in every feed: made once, when it is recorded, from codes and dates, and kept with it. `ordinal`
 * tells apart what happened more than once on its day.
 */
export function eventKey(
  slug: string,
  { season, kind, was, became, happenedOn }: Omit<LedgerEvent, 'because'>,
  ordinal = 0,
): string {
  const parts = [slug, season, kind, was, became, happenedOn, ...(ordinal > 0 ? [ordinal] : [])]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)
}
