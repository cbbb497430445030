import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { SeasonStatusWord, ShowStatusWord } from '@/lib/status/types'
import { type Wait, waitsForRevival } from '@/lib/status/waiting'

interface Row extends Record<string, unknown> {
  id: number
  title: string
  number: number
  status: ShowStatusWord
  season_status: SeasonStatusWord
}

/** What those who follow some seasons wait for, by title and season. `which` picks rows of `season` and `show`. */
export async function readWaits(which: SQL, limit = 1): Promise<(Wait & { id: number })[]> {
  const rows = await db().execute<Row>(sql`
    select season.id, show.title, season.number, coalesce(s.status, 'unknown') as status,
           coalesce(n.status, 'unannounced') as season_status
      from season join show on show.id = season.show_id
      left join show_state s on s.show_id = show.id
      left join season_state n on n.season_id = season.id
     where ${which} order by show.title, season.number limit ${limit}`)
  return [...rows].map(({ id, title, number, status, season_status }) => ({
    id,
    title,
    number,
    forRevival: waitsForRevival({ status }, season_status),
  }))
}
