import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { insertRows } from '@/db/rows'
import { source } from '@/db/schema/claim'
import { filterSlug } from '@/lib/shared/slug'

/** More rivals than this minting the same names in the same moments are no coincidence. */
const ROUNDS_MAX = 20

/**
 * Has a row for each publisher. Another writer may mint the same one at the same time, or another one of the same
 * address: whoever comes second waits for the first, then looks again.
 */
export async function ensureSources(names: Iterable<string>): Promise<void> {
  // In one order, so that two writers of the same new names never wait for each other in a ring.
  const wanted = [...new Set(names)].sort()
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const missing = await db().execute<{ name: string }>(sql`
      select value as name from json_array_elements_text(${JSON.stringify(wanted)}::json)
      where not exists (select from source where source.name = value)`)
    if (missing.length === 0) return
    const rows = await withFreeSlugs([...missing].map(({ name }) => name))
    await insertRows(source, rows, { known: 'left' })
  }
  throw new Error('the sources could not be written down: others keep taking their addresses')
}

async function withFreeSlugs(names: string[]): Promise<{ slug: string; name: string }[]> {
  const there = await db().execute<{ slug: string }>(sql`select slug from source`)
  const taken = new Set([...there].map(({ slug }) => slug))
  return names.map((name) => {
    const plain = filterSlug(name) || 'source'
    let slug = plain
    for (let n = 2; taken.has(slug); n++) slug = `${plain}-${n}`
    taken.add(slug)
    return { slug, name }
  })
}
