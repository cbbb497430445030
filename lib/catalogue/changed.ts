/** What every writer of the catalogue does around its work; a part of its transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { expireTags } from '@/lib/shared/expire-tags'
import { CATALOGUE_TAG, cardTag, seasonsTag, showTag } from '@/lib/shared/tags'

/** One importer at a time: two could both find a slug free, or both add up the facts of a show. */
export const takeCatalogueTurn = () => db().execute(sql`select pg_advisory_xact_lock(7242611)`)

/** Tells whoever keeps things built from the catalogue (the search index) that it has changed. */
async function bumpCatalogueVersion(): Promise<void> {
  await db().execute(sql`
    insert into setting (key, value) values ('catalogue_version', '1')
    on conflict (key) do update set value = (setting.value::bigint + 1)::text, changed_at = now()`)
}

/** Has whatever is built from the catalogue, and the pages of these shows, made anew. */
export async function tellOfChange(slugs: string[]): Promise<void> {
  await bumpCatalogueVersion()
  await expireTags([
    CATALOGUE_TAG,
    ...[...new Set(slugs)].flatMap((slug) => [showTag(slug), seasonsTag(slug), cardTag(slug)]),
  ])
}
