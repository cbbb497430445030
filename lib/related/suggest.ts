import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import type { Viewer } from '@/lib/accounts/types'
import { LIMITS, limited, spend } from '@/lib/shared/rate-limit'
import { type Refusal, refusal } from '@/lib/shared/refusal'
import { sameFranchise } from './franchise'
import { readReason, VOICES_NEEDED } from './pair-rules'
import { countVoices } from './pairs'
import { findTitleIds, loadTitles } from './queries'
import { rebuildLists } from './rebuild'

/** Two shows by their slugs: the one, and what is named beside it. */
export interface PairName {
  slug: string
  related: string
}

/** What became of a wish to name a pair or take it back. */
export type PairResult =
  | { ok: true; voices: number }
  | Refusal<'signed-out' | 'unconfirmed' | 'unknown-show' | 'not-named' | 'pair' | 'limit' | 'unavailable'>

const NOBODY = refusal('signed-out', 'Sign in first: what you name belongs to your account.')
const UNKNOWN = refusal('unknown-show', 'There is no such show in the catalogue.')
const wrong = (message: string) => refusal('pair', message)

async function idsOf({ slug, related }: PairName): Promise<[number, number] | null> {
  const ids = await findTitleIds([slug, related])
  const [one, other] = [ids.get(slug), ids.get(related)]
  return one && other ? [Number(one), Number(other)] : null
}

/** Changes a pair's voices; where it counts before or after, its shows' lists are built anew. */
async function changeVoices([one, other]: [number, number], write: () => Promise<unknown>): Promise<number> {
  // Two readers who name a pair at once wait for each other: the second finds that it counts.
  await db().execute(sql`select pg_advisory_xact_lock(${one}::int, ${other}::int)`)
  const before = await countVoices(one, other)
  await write()
  const after = await countVoices(one, other)
  if (Math.max(before, after) >= VOICES_NEEDED) await rebuildLists([one, other])
  return after
}

/**
 * Names a show beside another, with a reason, as the viewer's voice; naming it again changes the reason. It counts
 * once two readers are heard (pairs.ts says who is). At most ten times a day, with a confirmed address, and no show
 * beside its own kin.
 */
export async function suggestPair(
  viewer: Viewer | null,
  name: PairName,
  typed: string,
  now: Date,
): Promise<PairResult> {
  if (!viewer) return NOBODY
  if (name.slug === name.related) return wrong('A show is not named beside itself. Choose another one.')
  const ids = await idsOf(name)
  if (!ids) return UNKNOWN
  const [one, other] = await loadTitles(ids)
  const reason = readReason(typed, [one!.title, other!.title])
  if (!reason.ok) return wrong(reason.message)
  if (sameFranchise(one!, other!))
    return wrong(`Both belong to one story: who knows ${one!.title} finds ${other!.title} anyway.`)
  const refused = limited(await spend(LIMITS.pairs, viewer.id), {
    often: `That was more than ${LIMITS.pairs.points} in a day. Go on tomorrow.`,
    broken: 'Naming shows is out of order for a moment.',
  })
  if (refused) return refused
  return transaction(
    async () => {
      // The reader's row is the lock: no voice outlives its account.
      const [self] = await db().execute<{ confirmed: boolean }>(
        sql`select email_verified is not null as confirmed from reader where id = ${viewer.id} for update`,
      )
      if (!self) return NOBODY
      if (!self.confirmed)
        return refusal('unconfirmed', 'Confirm your address first: sign in once by the mail we send you.')
      const voices = await changeVoices(ids, () =>
        db().execute(sql`
          insert into pair_voice (reader_id, show_id, related_show_id, reason, at)
          values (${viewer.id}, ${ids[0]}, ${ids[1]}, ${reason.value}, ${now.toISOString()}::timestamptz)
          on conflict (reader_id, show_id, related_show_id) do update set reason = excluded.reason, at = excluded.at
            where pair_voice.reason <> excluded.reason`),
      )
      return { ok: true as const, voices }
    },
    { idempotent: true },
  )
}

/** Takes back what the viewer named; a pair that fewer than two readers name then counts no more. */
export async function withdrawPair(viewer: Viewer | null, name: PairName): Promise<PairResult> {
  if (!viewer) return NOBODY
  const ids = await idsOf(name)
  if (!ids) return UNKNOWN
  return transaction(async () => {
    let gone = 0
    const voices = await changeVoices(ids, async () => {
      const rows = await db().execute(sql`
        delete from pair_voice where reader_id = ${viewer.id} and show_id = ${ids[0]} and related_show_id = ${ids[1]}
        returning 1`)
      gone = rows.length
    })
    return gone > 0
      ? { ok: true, voices }
      : refusal('not-named', 'You have not named that, or took it back already.')
  })
}

/** Removes a pair, whoever names it, readers and lists. @returns false where nobody does */
export async function dropPair(name: PairName): Promise<boolean> {
  const ids = await idsOf(name)
  if (!ids) return false
  return transaction(async () => {
    const gone = await db().execute(sql`
      with voices as (delete from pair_voice where show_id = ${ids[0]} and related_show_id = ${ids[1]} returning 1),
        listed as (delete from pair where show_id = ${ids[0]} and related_show_id = ${ids[1]} returning 1)
      select 1 from voices union all select 1 from listed`)
    if (gone.length > 0) await rebuildLists(ids)
    return gone.length > 0
  })
}
