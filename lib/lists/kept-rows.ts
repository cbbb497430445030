import 'server-only'
import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { db } from '@/db/client'
import { withoutDeadline } from '@/db/deadline'
import { textList } from '@/db/rows'
import { hearExpiry, hearsExpiry } from '@/lib/shared/kept'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, cardTag, slugOfTag } from '@/lib/shared/tags'
import { LIST_COLUMNS, LIST_TABLES, type ListRow, toListItem } from './rows'
import type { ShowListItem } from './types'

/** The best known shows stand in most lists. A row takes about a kilobyte, and its cover two more once it was drawn. */
const ROWS_MAX = 4_000

type Row = Promise<ShowListItem | undefined>

// Next may load this module once for pages and once for routes; rows are kept once a process.
const KEY = Symbol.for('greenlit.list-rows')
const shared = globalThis as { [KEY]?: LRUCache<string, Row> }
shared[KEY] ??= new LRUCache({ max: ROWS_MAX })
const kept = shared[KEY]

hearExpiry('list-rows', (tags) => {
  if (!tags || tags.includes(CATALOGUE_TAG)) return kept.clear()
  for (const tag of tags) {
    const slug = slugOfTag(tag)
    if (slug !== undefined) kept.delete(slug)
  }
})

async function readRows(slugs: readonly string[]): Promise<Map<string, ShowListItem>> {
  const rows = await db().execute<ListRow>(sql`
    select ${LIST_COLUMNS} from ${LIST_TABLES}
    where show.slug in ${textList(slugs)}`)
  return new Map(rows.map((row) => [row.slug, toListItem(row)]))
}

/** Puts rows that are being read where others find them; what expires meanwhile is forgotten before it is there. */
function keepRows(slugs: readonly string[]): void {
  const reading = withoutDeadline(() => readRows(slugs))
  for (const slug of slugs) {
    const row: Row = reading.then((rows) => rows.get(slug))
    kept.set(slug, row)
    const forget = () => {
      if (kept.peek(slug) === row) kept.delete(slug)
    }
    // Nobody's slug may become somebody's.
    row.then((found) => found ?? forget(), forget)
  }
}

/**
 * What lists show of some shows, by their slugs; one statement for those that are not kept, however many. A slug nobody
 * has is left out. A row is kept until its show's tag or the catalogue's expires, in processes that hear of it.
 */
export async function showsBySlug(slugs: readonly string[]): Promise<Map<string, ShowListItem>> {
  if (slugs.length === 0) return new Map()
  if (!hearsExpiry()) {
    const rows = await readRows(slugs)
    reads(...[...rows.keys()].map(cardTag))
    return rows
  }
  const missing = slugs.filter((slug) => !kept.has(slug))
  if (missing.length > 0) keepRows(missing)
  const rows = await Promise.all(slugs.map(async (slug) => [slug, await kept.get(slug)] as const))
  const found = rows.filter((row): row is [string, ShowListItem] => row[1] !== undefined)
  reads(...found.map(([slug]) => cardTag(slug)))
  return new Map(found)
}
