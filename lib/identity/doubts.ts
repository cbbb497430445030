/** Pairs that a person has to look at, written down; a part of its caller's transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { Doubt, OwnDoubt } from './types'

/** Doubts about providers' shows. Seen again, one keeps its decision and says what was said last. */
export async function noteDoubts(doubts: readonly Doubt[], now: Date): Promise<void> {
  if (doubts.length === 0) return
  const rows = doubts.map(({ namespace, outsideId, showId, judged, theirs }) => ({
    namespace,
    outside: outsideId,
    show: showId,
    score: judged.score,
    reasons: judged.reasons,
    theirs,
  }))
  await db().execute(sql`
    insert into identity_pair (show_id, namespace, outside_id, score, reasons, theirs, first_seen_at, seen_at)
    select x.show, x.namespace, x.outside, x.score, x.reasons, x.theirs, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as x(show int, namespace text, outside text, score real, reasons jsonb, theirs jsonb)
    on conflict (namespace, outside_id, show_id) where namespace is not null do update set score = excluded.score,
      reasons = excluded.reasons, theirs = excluded.theirs, seen_at = excluded.seen_at`)
}

/** The same about two of our own. */
export async function noteOwnDoubts(doubts: readonly OwnDoubt[], now: Date): Promise<void> {
  if (doubts.length === 0) return
  const rows = doubts.map(({ showIds, judged }) => {
    const [one, other] = [...showIds].sort((a, b) => a - b)
    return { one, other, score: judged.score, reasons: judged.reasons }
  })
  await db().execute(sql`
    insert into identity_pair (show_id, other_show_id, score, reasons, first_seen_at, seen_at)
    select x.one, x.other, x.score, x.reasons, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as x(one int, other int, score real, reasons jsonb)
    on conflict (show_id, other_show_id) where other_show_id is not null do update set score = excluded.score,
      reasons = excluded.reasons, seen_at = excluded.seen_at`)
}
