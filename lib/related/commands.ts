import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { loadTitles } from './queries'
import { indexTitles, type RelatedIndex, relatedTo, relatedToTitle } from './rules'

const ROWS_PER_INSERT = 5_000

/** The index of the last full build in this process: one show's list needs no reading of all the others. */
let last: RelatedIndex | null = null

/**
 * Computes related titles for the whole catalogue, or for some shows of it, and replaces their rows in one
 * transaction, so that no page ever reads half a list. Some shows are compared with the catalogue as the last full
 * build of this process found it. Returns how many shows got a list and how many cards.
 */
export async function buildRelated({
  showIds,
  report,
}: {
  showIds?: number[]
  report?: (line: string) => void
} = {}): Promise<{ shows: number; cards: number }> {
  const titles = await loadTitles(showIds && last ? showIds : undefined)
  const index = showIds && last ? last : indexTitles(titles)
  last = index
  const wanted = showIds ? new Set(showIds.map(String)) : null
  const rows: unknown[] = []
  let shows = 0
  for (const title of titles) {
    const { id } = title
    if (wanted && !wanted.has(id)) continue
    const entries = wanted ? relatedToTitle(index, title) : relatedTo(index, id)
    if (entries.length) shows++
    for (const [i, entry] of entries.entries())
      rows.push({
        show_id: Number(id),
        rank: i + 1,
        related_show_id: Number(entry.id),
        score: entry.score,
        reasons: entry.reasons,
      })
  }
  await transaction(
    async () => {
      await db().execute(
        wanted
          ? sql`delete from related where show_id in ${[...wanted].map(Number)}`
          : sql`delete from related`,
      )
      for (let i = 0; i < rows.length; i += ROWS_PER_INSERT)
        await db().execute(sql`
          insert into related (show_id, rank, related_show_id, score, reasons)
          select * from json_to_recordset(${JSON.stringify(rows.slice(i, i + ROWS_PER_INSERT))}::json)
            as row(show_id int, rank int, related_show_id int, score real, reasons jsonb)`)
    },
    { idempotent: true },
  )
  report?.(`Related titles: ${rows.length} cards for ${shows} of ${wanted?.size ?? titles.length} shows.`)
  return { shows, cards: rows.length }
}
