/** Ids that a person said are another show's than one of ours. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { OutsideId } from './ids'

/** Of some ids, those that are not a show's, by that show's row. */
export async function idsApart(ids: readonly OutsideId[]): Promise<(OutsideId & { showId: number })[]> {
  const rows = await db().execute<{ namespace: string; value: string; showId: number }>(sql`
    select p.namespace, p.outside_id as value, p.show_id as "showId"
    from json_to_recordset(${JSON.stringify(ids)}::json) as x(namespace text, value text)
    join identity_pair p on p.namespace = x.namespace and p.outside_id = x.value and p.verdict = 'two'`)
  return [...rows]
}
