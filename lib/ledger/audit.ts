import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { batchesOf } from '@/lib/shared/batches'
import type { Day } from '@/lib/shared/day'
import { type GivenFact, type GroundField, groundsOf, type Sentence } from './grounds'
import { deriveShows } from './states'

/** Memory stays small however large the catalogue. */
const SHOWS_AT_ONCE = 500

/** One show's first line with what grounds it. */
export interface GroundedShow {
  slug: string
  answer: string
  sentences: Sentence[]
}

/** The first lines of some shows and every sentence of theirs that needs a ground. Three queries more than deriving. */
async function groundedShows(ids: number[], today: Day): Promise<GroundedShow[]> {
  const [shows, facts] = await Promise.all([
    deriveShows(ids, today),
    db().execute<
      GivenFact & { show_id: number; season: number; field: GroundField } & Record<string, unknown>
    >(sql`
      select show_id, season, field, provider, value, seen_on::text as "seenOn" from fact
      where (field in ('premiere', 'finale') or (season = 0 and field in ('ended', 'seasons')))
        and withdrawn_on is null and show_id in ${idList(ids)}`),
  ])
  const given = new Map<string, GivenFact[]>()
  for (const { show_id, season, field, ...fact } of facts) {
    const key = `${show_id} ${season} ${field}`
    given.set(key, [...(given.get(key) ?? []), fact])
  }
  return shows.map((show) => ({
    slug: show.slug,
    answer: show.status.answer,
    sentences: groundsOf(show, (season, field) => given.get(`${show.id} ${season} ${field}`) ?? [], today),
  }))
}

/** Every sentence of the whole ledger that needs a ground, with its grounds, show by show. */
export async function* auditLedger(today: Day): AsyncGenerator<GroundedShow> {
  const rows = await db().execute<{ id: number }>(sql`select id from show order by slug`)
  const ids = [...rows].map(({ id }) => id)
  for (const some of batchesOf(ids, SHOWS_AT_ONCE)) yield* await groundedShows(some, today)
}

/** `count` shows drawn by chance, the same for the same seed and catalogue. */
export async function sampleShows(seed: number, count: number, today: Day): Promise<GroundedShow[]> {
  const rows = await db().execute<{ id: number }>(sql`
    select id from show order by md5(slug || ${`#${seed}`}), slug limit ${count}`)
  return groundedShows(
    [...rows].map(({ id }) => id),
    today,
  )
}
