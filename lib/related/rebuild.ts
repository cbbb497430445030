import 'server-only'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { enqueue, type JobName } from '@/lib/shared/enqueue'
import { VOICES_NEEDED } from './pair-rules'

const LISTS_ASKED = z.object({ showIds: z.array(z.number().int()).optional() })
/** Whose lists are to be built: those of some shows, else all. */
export type ListsAsked = z.output<typeof LISTS_ASKED>

/** The job that builds lists of related titles. */
export const BUILD_RELATED: JobName<ListsAsked> = { id: 'build-related', payload: LISTS_ASKED }
/** With more shows than this, all lists are built at once. */
const SHOWS_MAX = 100

/** Has the worker build all lists anew, as soon as the running transaction commits. */
export async function rebuildAllLists(): Promise<void> {
  await enqueue(BUILD_RELATED)
}

/** Has the worker build the lists of some shows anew, once each, as soon as the running transaction commits. */
export async function rebuildLists(showIds: number[]): Promise<void> {
  // In one order, so that two who ask for the same lists do not wait for each other.
  const ids = [...new Set(showIds)].sort((a, b) => a - b)
  if (ids.length > SHOWS_MAX) await rebuildAllLists()
  else if (ids.length > 0)
    await enqueue(
      BUILD_RELATED,
      ids.map((id) => ({ key: `${BUILD_RELATED.id}-${id}`, payload: { showIds: [id] } })),
    )
}

/** The same for the pairs that a reader who is about to leave helped to count. */
export async function rebuildListsOf(readerId: string): Promise<void> {
  const rows = await db().execute<{ show_id: number; related_show_id: number }>(sql`
    select show_id, related_show_id from pair_voice
    where (show_id, related_show_id) in (
      select show_id, related_show_id from pair_voice where reader_id = ${readerId})
    group by show_id, related_show_id having count(*) >= ${VOICES_NEEDED}`)
  await rebuildLists(rows.flatMap(({ show_id, related_show_id }) => [show_id, related_show_id]))
}

/** Slugs of some shows, whose pages are expired when their lists are new. */
export async function slugsOf(showIds: number[]): Promise<string[]> {
  const rows = await db().execute<{ slug: string }>(sql`select slug from show where id in ${idList(showIds)}`)
  return rows.map(({ slug }) => slug)
}
