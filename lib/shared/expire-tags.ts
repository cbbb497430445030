import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { cacheTag } from '@/db/schema/setting'

/**
 * Expires cache tags for every web process, from a process that is none (worker, command line): they read
 * the table within a second (lib/shared/cache-tags.mjs). Names in lib/shared/tags.
 */
export async function expireTags(tags: readonly string[], now: Date): Promise<void> {
  if (tags.length === 0) return
  const at = now.getTime()
  await db()
    .insert(cacheTag)
    .values([...new Set(tags)].sort().map((tag) => ({ tag, stale: at, expired: at })))
    .onConflictDoUpdate({
      target: cacheTag.tag,
      set: {
        stale: sql`greatest(${cacheTag.stale}, excluded.stale)`,
        expired: sql`greatest(${cacheTag.expired}, excluded.expired)`,
      },
    })
}
