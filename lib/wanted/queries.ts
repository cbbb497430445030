import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { mayOperate } from '@/lib/accounts/rules'
import type { Asker, Viewer } from '@/lib/accounts/types'
import { searchShows } from '@/lib/search/queries'
import { readWish, type Wish } from './rules'
import type { WantedCounts, WantedLine } from './types'

/** Names an operator is shown at once. */
const LISTED_MAX = 500

/** The wish a search could be, for a page to offer; null for what is none. */
export function wishFor(query: string): Wish | null {
  const read = readWish(query)
  return read.ok ? read.wish : null
}

/** The show that is already here under a wish's very name, found as a search finds it; null where there is none. */
export async function hereAlready({
  words,
}: Pick<Wish, 'words'>): Promise<{ slug: string; title: string } | null> {
  const [first] = await searchShows(words, 1)
  return first?.nearness === 'same' ? { slug: first.slug, title: first.title } : null
}

/** The viewer's wishes, open ones first, the newest first. */
export async function listWanted(viewer: Pick<Viewer, 'id'>): Promise<WantedLine[]> {
  const rows = await db().execute<WantedLine & Record<string, unknown>>(sql`
    select w.id, w.words, to_char(w.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "askedAt",
      case when s.id is not null then json_build_object('slug', s.slug, 'title', s.title,
        'at', to_char(w.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end as came
    from wanted w left join show s on s.id = w.show_id
    where w.reader_id = ${viewer.id} order by (w.done_at is not null), w.asked_at desc, w.id desc`)
  return [...rows]
}

/** What is asked for and not here, with how many ask. Null for who is no operator. */
export async function countWanted(asker: Asker): Promise<WantedCounts | null> {
  if (!mayOperate(asker)) return null
  const [rows, [sums]] = await Promise.all([
    db().execute<WantedCounts['open'][number] & Record<string, unknown>>(sql`
      select mode() within group (order by words) as words, count(*)::int as readers,
        min(asked_at at time zone 'UTC')::date::text as "firstAsked",
        max(asked_at at time zone 'UTC')::date::text as "lastAsked"
      from wanted where done_at is null group by key order by readers desc, max(asked_at) desc, key limit ${LISTED_MAX}`),
    db().execute<{ answered: number }>(
      sql`select count(*)::int as answered from wanted where done_at is not null`,
    ),
  ])
  return { open: [...rows], answered: sums?.answered ?? 0 }
}
