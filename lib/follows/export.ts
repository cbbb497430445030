import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { follow } from '@/db/schema/follow'
import { season, show } from '@/db/schema/show'
import type { Viewer } from '@/lib/accounts/types'
import { csvOf } from '@/lib/shared/csv'
import { listVerdicts } from '@/lib/verdicts/queries'

const readFollows = (viewer: Viewer) =>
  db()
    .select({ show: show.slug, title: show.title, season: season.number, followed_at: follow.followedAt })
    .from(follow)
    .innerJoin(season, eq(season.id, follow.seasonId))
    .innerJoin(show, eq(show.id, season.showId))
    .where(eq(follow.readerId, viewer.id))
    .orderBy(asc(follow.followedAt), asc(follow.id))

/** What the viewer follows, has seen and has waved off, each in its order of time, in one object fit for JSON. */
export async function exportFollows(viewer: Viewer, now: Date) {
  const [follows, verdicts] = await Promise.all([readFollows(viewer), listVerdicts(viewer)])
  return { exported_at: now.toISOString(), follows, verdicts }
}

/** What the viewer follows as CSV. `show` is the slug, by which an import finds it again exactly. */
export async function exportFollowsCsv(viewer: Viewer): Promise<string> {
  return csvOf(
    ['show', 'title', 'season', 'followed_at'],
    (await readFollows(viewer)).map((row) => [
      row.show,
      row.title,
      row.season,
      row.followed_at.toISOString(),
    ]),
  )
}
