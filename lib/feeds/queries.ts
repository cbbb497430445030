import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { Day } from '@/lib/shared/day'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, LEDGER_TAG } from '@/lib/shared/tags'
import { FIXED_PATHS, SITEMAP_FILE_MAX, type SitemapEntry, type SitemapType } from './sitemap'

/** How many shows, and seasons with at least one sourced claim, the sitemap has. */
export async function countSitemap(): Promise<{ shows: number; seasons: number }> {
  reads(CATALOGUE_TAG, LEDGER_TAG)
  const [row] = await db().execute<{ shows: number; seasons: number }>(sql`
    select (select count(*)::int from show) as shows,
           (select count(*)::int from season_state where claim_count > 0) as seasons`)
  return row ?? { shows: 0, seasons: 0 }
}

/** One page (from 1) of the sitemap's addresses of a type, in a steady order; empty past the end. */
export async function getSitemapEntries(type: SitemapType, page: number): Promise<SitemapEntry[]> {
  reads(CATALOGUE_TAG, LEDGER_TAG)
  if (type === 'pages') return page === 1 ? FIXED_PATHS.map((path) => ({ path, changedOn: null })) : []
  const slice = sql`limit ${SITEMAP_FILE_MAX} offset ${(page - 1) * SITEMAP_FILE_MAX}`
  const rows =
    type === 'shows'
      ? await db().execute<{ path: string; changed_on: Day | null }>(sql`
          select '/shows/' || show.slug as path,
                 (case when show_state.claim_count > 0 then show_state.changed_on end)::text as changed_on
            from show left join show_state on show_state.show_id = show.id order by show.id ${slice}`)
      : await db().execute<{ path: string; changed_on: Day | null }>(sql`
          select '/shows/' || show.slug || '/seasons/' || season.number as path,
                 season_state.changed_on::text as changed_on
            from season_state join season on season.id = season_state.season_id
            join show on show.id = season.show_id
           where season_state.claim_count > 0 order by season.id ${slice}`)
  return rows.map((row) => ({ path: row.path, changedOn: row.changed_on }))
}
