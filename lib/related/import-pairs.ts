import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { FileError, readPairRows } from './files'
import { namesOf, resolvePairs, type UnknownName } from './pair-rules'
import { rebuildLists } from './rebuild'

/** What an import of pairs did to a list. */
export interface PairsImported {
  source: string
  rows: number
  added: number
  changed: number
  removed: number
  /** Pairs that stand as they stood. */
  same: number
  /** Names that no show has; their rows say nothing. */
  unknown: UnknownName[]
}

async function findShows(names: string[]): Promise<Map<string, number>> {
  const rows = await db().execute<{ name: string; show_id: number }>(sql`
    with wanted as (select value as name from json_array_elements_text(${JSON.stringify(names)}::json))
    select w.name, o.show_id from wanted w join outside_id o
      on o.namespace = split_part(w.name, ':', 1) and o.value = substr(w.name, strpos(w.name, ':') + 1)
      where strpos(w.name, ':') > 0
    union all select w.name, s.id from wanted w join show s on s.slug = w.name`)
  return new Map(rows.map(({ name, show_id }) => [name, show_id]))
}

interface Changed extends Record<string, unknown> {
  show_id: number
  related_show_id: number
  what: 'added' | 'changed' | 'removed'
}

/**
 * Makes a list say what a file says, `source,related[,weight]` by outside id or slug, all of it in one transaction;
 * what the file no longer names is gone, and the same file again changes nothing.
 * @throws FileError with the line of what is wrong; nothing is changed then
 */
export async function importPairs(
  csv: string,
  { source, now }: { source: string; now: Date },
): Promise<PairsImported> {
  const rows = readPairRows(csv)
  const names = namesOf(rows)
  return transaction(
    async () => {
      await db().execute(sql`select pg_advisory_xact_lock(hashtextextended(${`pairs of ${source}`}, 0))`)
      const { pairs, unknown } = resolvePairs(rows, await findShows(names))
      if (pairs.length === 0)
        throw new FileError('none of its pairs is between two shows of the catalogue; nothing was changed')
      const changes = await db().execute<Changed>(sql`
        with wanted as materialized (
          select source as show_id, related as related_show_id, weight
          from json_to_recordset(${JSON.stringify(pairs)}::json) as x(source int, related int, weight double precision)),
        written as (
          insert into pair (source, show_id, related_show_id, weight, at)
          select ${source}, show_id, related_show_id, weight, ${now.toISOString()}::timestamptz from wanted
          on conflict (source, show_id, related_show_id) do update set weight = excluded.weight, at = excluded.at
            where pair.weight <> excluded.weight
          returning show_id, related_show_id, case when xmax = 0 then 'added' else 'changed' end as what),
        gone as (
          delete from pair p where p.source = ${source} and not exists (
            select 1 from wanted w where w.show_id = p.show_id and w.related_show_id = p.related_show_id)
          returning show_id, related_show_id, 'removed' as what)
        select * from written union all select * from gone`)
      await rebuildLists(changes.flatMap(({ show_id, related_show_id }) => [show_id, related_show_id]))
      const counted = (what: Changed['what']) => changes.filter((change) => change.what === what).length
      const [added, changed, removed] = [counted('added'), counted('changed'), counted('removed')]
      return {
        source,
        rows: rows.length,
        added,
        changed,
        removed,
        same: pairs.length - added - changed,
        unknown,
      }
    },
    { idempotent: true },
  )
}
