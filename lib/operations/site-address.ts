import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { knownSiteUrl } from '@/lib/shared/site'

const SETTING = 'site_url'

/** Writes down where this site stands, for workers that are not told. Does nothing where this process does not know. */
export async function noteSiteUrl(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const url = knownSiteUrl(env)
  if (url === null) return
  await db().execute(sql`
    insert into setting (key, value) values (${SETTING}, ${url})
    on conflict (key) do update set value = excluded.value where setting.value <> excluded.value`)
}

/**
 * True where this process knows, or learns from what the site wrote down, where the site stands. What is learnt holds for
 * the process's whole life.
 */
export async function learnSiteUrl(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (knownSiteUrl(env) !== null) return true
  const [row] = await db().execute<{ value: string }>(sql`select value from setting where key = ${SETTING}`)
  if (row) env.GREENLIT_URL = row.value
  return row !== undefined
}
