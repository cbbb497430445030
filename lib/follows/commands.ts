import 'server-only'
import { and, count, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { follow } from '@/db/schema/follow'
import { season, show } from '@/db/schema/show'
import { transaction } from '@/db/transaction'
import { lockReader } from '@/lib/accounts/lock'
import type { Follower } from '@/lib/accounts/types'
import { ensureMailChannel } from '@/lib/notices/mail-channel'
import { LIMITS, limited, spend } from '@/lib/shared/rate-limit'
import { FOLLOWS_MAX, isSeasonName } from './rules'
import type { FollowResult, SeasonName } from './types'
import { noteTimeZone } from './wishes'

const UNKNOWN: FollowResult = {
  ok: false,
  reason: 'unknown-season',
  message: 'There is no such season in the catalogue.',
}
const NOBODY: FollowResult = {
  ok: false,
  reason: 'signed-out',
  message: 'Sign in first: a follow belongs to an account.',
}

async function seasonId({ slug, number }: SeasonName): Promise<number | undefined> {
  const [row] = await db()
    .select({ id: season.id })
    .from(season)
    .innerJoin(show, eq(show.id, season.showId))
    .where(and(eq(show.slug, slug), eq(season.number, number)))
  return row?.id
}

async function change(
  viewer: Follower | null,
  name: SeasonName,
  write: (readerId: string, seasonId: number) => Promise<FollowResult>,
): Promise<FollowResult> {
  if (!viewer) return NOBODY
  if (!isSeasonName(name)) return UNKNOWN
  const refused = limited(await spend(LIMITS.follow, viewer.id), {
    often: 'That was more than 60 changes in a minute. Wait a little and try again.',
    broken: 'Following is out of order for a moment.',
  })
  if (refused) return refused
  const id = await seasonId(name)
  return id === undefined ? UNKNOWN : write(viewer.id, id)
}

/**
 * Makes the viewer follow a season. Safe to repeat: following twice is following once.
 * At most 60 changes a minute and 2,000 follows a reader. `timeZone` is the browser's, kept where none was chosen.
 */
export async function followSeason(
  viewer: Follower | null,
  name: SeasonName,
  { timeZone = null }: { timeZone?: string | null } = {},
): Promise<FollowResult> {
  return change(viewer, name, (readerId, id) =>
    transaction(
      async () => {
        if (!(await lockReader(readerId))) return NOBODY
        const [{ total, there } = { total: 0, there: 0 }] = await db()
          .select({
            total: count(),
            there: sql<number>`(count(*) filter (where ${follow.seasonId} = ${id}))::int`,
          })
          .from(follow)
          .where(eq(follow.readerId, readerId))
        if (there === 0 && total >= FOLLOWS_MAX)
          return {
            ok: false as const,
            reason: 'full' as const,
            message: 'You follow 2,000 seasons, which is the most there can be. Unfollow one first.',
          }
        await db().insert(follow).values({ readerId, seasonId: id }).onConflictDoNothing()
        await ensureMailChannel(readerId)
        await noteTimeZone(readerId, timeZone)
        return { ok: true as const, following: true }
      },
      { idempotent: true },
    ),
  )
}

/** Ends a follow of the viewer's. Safe to repeat: what is not followed stays not followed. */
export async function unfollowSeason(viewer: Follower | null, name: SeasonName): Promise<FollowResult> {
  return change(viewer, name, (readerId, id) =>
    transaction(
      async () => {
        await db()
          .delete(follow)
          .where(and(eq(follow.readerId, readerId), eq(follow.seasonId, id)))
        return { ok: true as const, following: false }
      },
      { idempotent: true },
    ),
  )
}

/**
 * Marks everything up to an instant as seen by the viewer. The instant is the one the list was read at, so
 * nothing that happened since is lost; it never moves back and never into the future.
 */
export async function markLooked(viewer: Follower | null, seenUntil: Date, now: Date): Promise<FollowResult> {
  if (!viewer) return NOBODY
  const until = new Date(Math.min(seenUntil.getTime(), now.getTime()))
  await db()
    .update(reader)
    .set({ lastLookedAt: sql`greatest(${reader.lastLookedAt}, ${sql.param(until, reader.lastLookedAt)})` })
    .where(eq(reader.id, viewer.id))
  return { ok: true, following: true }
}
