import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { IdentityVerdict } from '@/db/schema/words'
import { transaction } from '@/db/transaction'
import { mayOperate } from '@/lib/accounts/rules'
import type { AtTheMachine, Viewer } from '@/lib/accounts/types'
import { takeCatalogueTurn } from '@/lib/catalogue/changed'
import type { OutsideId } from '@/lib/catalogue/ids'
import { refusal } from '@/lib/shared/refusal'
import { noteOwnDoubts } from './doubts'
import { leaveId, putOnId, takeOffId, takeOnAgain } from './ids'
import { merge, part } from './merge'
import { comparables } from './queries'
import { compare, scoreOf } from './rules'
import type { IdentityResult } from './types'

/** Who decides: an operator signed in, or the command line. */
export type Decider = Pick<Viewer, 'id' | 'role'> | AtTheMachine | null

const NOT_FOR_YOU = refusal('operators', 'Only an operator decides which shows are one.')
const UNKNOWN = refusal('unknown-pair', 'There is no such pair.')
const DECIDED = refusal('identity', 'That is decided already. Undo it first to decide otherwise.')

interface PairRow extends Record<string, unknown> {
  id: number
  showId: number
  otherShowId: number | null
  namespace: string | null
  outsideId: string | null
  verdict: IdentityVerdict | null
  mergeId: number | null
}

/** The provider's id of a pair; null where both sides are ours. */
const outsideOf = ({ namespace, outsideId }: PairRow): OutsideId | null =>
  namespace !== null && outsideId !== null ? { namespace, value: outsideId } : null

async function lockPair(id: number): Promise<PairRow | undefined> {
  // The turn of the catalogue first, as whoever imports takes it: nobody waits for another in a ring.
  await takeCatalogueTurn()
  const [row] = await db().execute<PairRow>(sql`
    select id, show_id as "showId", other_show_id as "otherShowId", namespace, outside_id as "outsideId", verdict, merge_id as "mergeId"
    from identity_pair where id = ${id}::int for update`)
  return row
}

async function noteVerdict(
  id: number,
  verdict: IdentityVerdict | null,
  { by, now, mergeId = null }: { by: Decider; now: Date; mergeId?: number | null },
): Promise<void> {
  const who = by && 'id' in by ? by.id : null
  const at = verdict === null ? null : now.toISOString()
  await db().execute(sql`
    update identity_pair set verdict = ${verdict}, decided_at = ${at}::timestamptz,
      decided_by = ${verdict === null ? null : who}::uuid, merge_id = ${mergeId}::int where id = ${id}::int`)
}

/** A command fails by its answer, and takes back whatever was written before it found out. */
class Refused extends Error {
  constructor(readonly result: Exclude<IdentityResult, { ok: true }>) {
    super(result.message)
  }
}

async function inOne(work: () => Promise<IdentityResult>): Promise<IdentityResult> {
  try {
    return await transaction(
      async () => {
        const result = await work()
        if (!result.ok) throw new Refused(result)
        return result
      },
      { idempotent: true },
    )
  } catch (error) {
    if (error instanceof Refused) return error.result
    throw error
  }
}

/**
 * Decides that a pair is one show, or two. One: our two become one at the address of `keep` (a slug; the one that came
 * first, unless said), or the provider's id becomes our show's. Two: remembered, and never asked again. Deciding the same
 * again changes nothing.
 */
export async function decidePair(
  by: Decider,
  { pair: id, verdict, keep = null }: { pair: number; verdict: IdentityVerdict; keep?: string | null },
  now: Date,
): Promise<IdentityResult> {
  if (!mayOperate(by)) return NOT_FOR_YOU
  return inOne(async () => {
    const pair = await lockPair(id)
    if (!pair) return UNKNOWN
    if (pair.verdict === verdict) return { ok: true }
    if (pair.verdict !== null) return DECIDED
    const outside = outsideOf(pair)
    if (outside) {
      const done = verdict === 'same' ? await putOnId(pair.showId, outside) : await leaveId(outside)
      if (!done.ok) return done
      await noteVerdict(id, verdict, { by, now })
      return { ok: true }
    }
    if (verdict === 'two') {
      await noteVerdict(id, verdict, { by, now })
      return { ok: true }
    }
    const ends = await endsOf(pair, keep)
    if (!ends) return refusal('identity', 'Say which of the two addresses stays (keep).')
    const merged = await merge(ends, now)
    if (!merged.ok) return merged
    await noteVerdict(id, verdict, { by, now, mergeId: merged.mergeId })
    return { ok: true }
  })
}

async function endsOf({ showId, otherShowId }: PairRow, keep: string | null) {
  if (otherShowId === null) return null
  if (keep === null) return { into: showId, from: otherShowId }
  const shows = await comparables([showId, otherShowId])
  if (shows.get(showId)?.slug === keep) return { into: showId, from: otherShowId }
  if (shows.get(otherShowId)?.slug === keep) return { into: otherShowId, from: showId }
  return null
}

/** Takes a decision back, with all that followed from it: the pair is open again. Undone already: nothing happens. */
export async function undoDecision(
  by: Decider,
  { pair: id }: { pair: number },
  now: Date,
): Promise<IdentityResult> {
  if (!mayOperate(by)) return NOT_FOR_YOU
  return inOne(async () => {
    const pair = await lockPair(id)
    if (!pair) return UNKNOWN
    if (pair.verdict === null) return { ok: true }
    const outside = outsideOf(pair)
    if (pair.mergeId !== null) {
      const done = await part(pair.mergeId, now)
      if (!done.ok) return done
    } else if (outside) {
      if (pair.verdict === 'same') {
        await takeOffId(pair.showId, outside, { pairId: id, now })
        await db().execute(sql`update identity_pair set withdrawn = null where id = ${id}::int`)
      } else {
        const done = await takeOnAgain(pair.showId, outside, { pairId: id, now })
        if (!done.ok) return done
      }
    }
    await noteVerdict(id, null, { by, now })
    return { ok: true }
  })
}

const SHOWS_NEEDED = refusal('identity', 'Name two shows that are here, by their addresses.')

/** Puts two of our shows on the list, because an operator thinks they may be one. */
export async function namePair(
  by: Decider,
  slugs: { one: string; other: string },
  now: Date,
): Promise<IdentityResult> {
  if (!mayOperate(by)) return NOT_FOR_YOU
  return inOne(async () => {
    const rows = await db().execute<{ id: number }>(
      sql`select id from show where slug in (${slugs.one}, ${slugs.other}) order by id`,
    )
    const [one, other] = [...rows].map(({ id }) => id)
    if (one === undefined || other === undefined) return SHOWS_NEEDED
    const shows = await comparables([one, other])
    const [a, b] = [shows.get(one), shows.get(other)]
    if (!a || !b) return SHOWS_NEEDED
    const reasons = [...compare(a, b), { code: 'by-hand' as const, adds: 0, what: '' }]
    await noteOwnDoubts([{ showIds: [one, other], judged: { score: scoreOf(reasons), reasons } }], now)
    return { ok: true }
  })
}

/**
 * Says that an id is another show's than the one that bears it: it is taken off, what its provider said under it is
 * withdrawn, and no sync and no import joins the two again.
 */
export async function partId(
  by: Decider,
  { slug, namespace, value }: { slug: string; namespace: string; value: string },
  now: Date,
): Promise<IdentityResult> {
  if (!mayOperate(by)) return NOT_FOR_YOU
  return inOne(async () => {
    await takeCatalogueTurn()
    const [show] = await db().execute<{ id: number }>(sql`select id from show where slug = ${slug}`)
    if (!show) return refusal('identity', 'There is no show at that address.')
    const bears = await db().execute(sql`
      select from outside_id where namespace = ${namespace} and value = ${value} and show_id = ${show.id}::int`)
    const [known] = await db().execute<{ id: number; verdict: IdentityVerdict | null }>(sql`
      select id, verdict from identity_pair where namespace = ${namespace} and outside_id = ${value} and show_id = ${show.id}::int`)
    if (bears.length === 0)
      return known?.verdict === 'two'
        ? { ok: true }
        : refusal('identity', `${slug} does not bear the id ${namespace}:${value}.`)
    if (namespace === 'greenlit') return refusal('identity', 'An address of ours is no other show’s.')
    const at = now.toISOString()
    const [pair] = await db().execute<{ id: number }>(sql`
      insert into identity_pair (show_id, namespace, outside_id, score, reasons, first_seen_at, seen_at)
      values (${show.id}, ${namespace}, ${value}, 0, '[{"code": "by-hand", "adds": 0, "what": ""}]'::jsonb, ${at}::timestamptz, ${at}::timestamptz)
      on conflict (namespace, outside_id, show_id) where namespace is not null do update set seen_at = excluded.seen_at
      returning id`)
    const pairId = pair?.id as number
    await takeOffId(show.id, { namespace, value }, { pairId, now })
    await noteVerdict(pairId, 'two', { by, now })
    return { ok: true }
  })
}
