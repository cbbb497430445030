/** What tests of merging look at: the whole database as text, and the pair of two shows. */
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { AT_THE_MACHINE } from '@/lib/accounts/rules'
import { decidePair, namePair, undoDecision } from '@/lib/identity/commands'
import type { IdentityResult } from '@/lib/identity/types'
import { asOwner } from './database'

/**
 * What a merge itself writes down, and what counts how often something was done: a line of the open data that came and went
 * stays marked as gone, for whoever had read it.
 */
const LEFT_OUT = [
  'show_merge',
  'show_merge_row',
  'identity_pair',
  'setting',
  'rate_limit',
  'cache_expiry',
  'tally',
  'open_line',
]

/** Every row of every other table, a line each, in an order of its own. */
export const everyRow = (): Promise<string[]> =>
  asOwner(async (owner) => {
    const tables = await owner<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
    const lines: string[] = []
    for (const { name } of tables) {
      if (LEFT_OUT.includes(name)) continue
      const rows = await owner.unsafe<{ row: string }[]>(`select to_jsonb(t)::text as row from "${name}" t`)
      lines.push(...rows.map(({ row }) => `${name} ${row}`))
    }
    // What is counted stands there as steps up and down: their sum is what counts.
    const sums = await owner<{ row: string }[]>`
      select what || ' ' || sum(amount) as row from tally group by what having sum(amount) <> 0`
    lines.push(...sums.map(({ row }) => `counted ${row}`))
    return lines.sort()
  })

/** The pair of two shows; put on the list where it is not. */
export async function pairOf(one: string, other: string, now: Date): Promise<number> {
  await namePair(AT_THE_MACHINE, { one, other }, now)
  const [row] = await db().execute<{ id: number }>(sql`
    select p.id from identity_pair p join show a on a.id = p.show_id join show b on b.id = p.other_show_id
    where (a.slug, b.slug) in ((${one}, ${other}), (${other}, ${one}))`)
  return row!.id
}

/** Makes one show of two; `into` stays. */
export async function mergeShows(
  { from, into }: { from: string; into: string },
  now: Date,
): Promise<{ pair: number; result: IdentityResult }> {
  const pair = await pairOf(from, into, now)
  return { pair, result: await decidePair(AT_THE_MACHINE, { pair, verdict: 'same', keep: into }, now) }
}

export const undo = (pair: number, now: Date) => undoDecision(AT_THE_MACHINE, { pair }, now)

/** What one has that the other lacks, both ways. */
export const apart = (before: string[], after: string[]) => {
  const [was, is] = [new Set(before), new Set(after)]
  return { gone: before.filter((line) => !is.has(line)), new: after.filter((line) => !was.has(line)) }
}
export const NOTHING = { gone: [], new: [] }
