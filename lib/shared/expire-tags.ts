import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { insertRows } from '@/db/rows'
import { cacheExpiry } from '@/db/schema/setting'
import { EXPIRY_CHANNEL } from './tags'

/** Rows older than this are gone; a server that was away longer forgets everything instead. */
export const EXPIRIES_KEPT_MS = 86_400_000

/**
 * Expires cache tags in every server once the running transaction commits, so that no page kept anywhere goes on
 * saying what is no longer so. Names in lib/shared/tags; who hears it: lib/edge/expiry.
 */
export async function expireTags(tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return
  await insertRows(
    cacheExpiry,
    [...new Set(tags)].map((tag) => ({ tag })),
  )
  await db().execute(sql`select pg_notify(${EXPIRY_CHANNEL}, '')`)
}

/** Removes what every server has heard long ago. */
export async function forgetExpiries(now: Date): Promise<void> {
  const before = new Date(now.getTime() - EXPIRIES_KEPT_MS).toISOString()
  await db().execute(sql`delete from cache_expiry where at < ${before}::timestamptz`)
}
