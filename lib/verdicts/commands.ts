import 'server-only'
import { and, count, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { show } from '@/db/schema/show'
import { verdict } from '@/db/schema/verdict'
import { transaction } from '@/db/transaction'
import { lockReader } from '@/lib/accounts/lock'
import type { Follower } from '@/lib/accounts/types'
import { LIMITS, limited, spend } from '@/lib/shared/rate-limit'
import { isSlug } from '@/lib/shared/slug'
import type { VerdictResult, VerdictWord } from './types'

/** The most shows one reader may say a word on. */
export const VERDICTS_MAX = 5_000

const NOBODY: VerdictResult = {
  ok: false,
  reason: 'signed-out',
  message: 'Sign in first: what you have seen or waved off belongs to an account.',
}
const UNKNOWN: VerdictResult = {
  ok: false,
  reason: 'unknown-show',
  message: 'There is no such show in the catalogue.',
}

/**
 * Says a word on a show for the viewer, or takes it back with null. Safe to repeat; a new word replaces the old one.
 * At most 60 words a minute and 5,000 a reader.
 */
export async function sayVerdict(
  viewer: Follower | null,
  slug: string,
  word: VerdictWord | null,
): Promise<VerdictResult> {
  if (!viewer) return NOBODY
  const refused = limited(await spend(LIMITS.verdict, viewer.id), {
    often: 'That was more than 60 changes in a minute. Wait a little and try again.',
    broken: 'Your list is out of order for a moment.',
  })
  if (refused) return refused
  const readerId = viewer.id
  const [found] = isSlug(slug) ? await db().select({ id: show.id }).from(show).where(eq(show.slug, slug)) : []
  if (!found) return UNKNOWN
  const showId = found.id
  return transaction(
    async () => {
      if (!(await lockReader(readerId))) return NOBODY
      if (word === null) {
        await db()
          .delete(verdict)
          .where(and(eq(verdict.readerId, readerId), eq(verdict.showId, showId)))
        return { ok: true as const, word }
      }
      const [{ others } = { others: 0 }] = await db()
        .select({ others: count() })
        .from(verdict)
        .where(and(eq(verdict.readerId, readerId), sql`${verdict.showId} <> ${showId}`))
      if (others >= VERDICTS_MAX)
        return {
          ok: false as const,
          reason: 'full' as const,
          message:
            'You have said a word on 5,000 shows, which is the most there can be. Take one back first.',
        }
      await db()
        .insert(verdict)
        .values({ readerId, showId, word })
        .onConflictDoUpdate({ target: [verdict.readerId, verdict.showId], set: { word, at: sql`now()` } })
      return { ok: true as const, word }
    },
    { idempotent: true },
  )
}
