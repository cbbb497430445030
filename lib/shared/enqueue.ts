import 'server-only'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'

/** What of a job its askers know: its name in the queue, and what it has to be told. Its work is in lib/jobs. */
export interface JobName<Payload = object> {
  readonly id: string
  readonly payload: z.ZodType<Payload>
}

/** The payload of a job that reads all it needs from the database. */
export const NOTHING = z.object({})

/**
 * Asks the worker for a job, or for several of one kind in one statement, as soon as the running transaction commits.
 * @param asks `key`: of asks under one key that nobody has begun with, one job is done; the job's own name unless said
 */
export async function enqueue<Payload extends object>(
  { id }: JobName<Payload>,
  asks: { key?: string; payload?: Payload }[] = [{}],
): Promise<void> {
  const rows = asks.map(({ key = id, payload = {} }) => ({ key, payload }))
  await db().execute(sql`
    select graphile_worker.add_job(${id}, payload => x.payload, job_key => x.key)
    from json_to_recordset(${JSON.stringify(rows)}::json) as x(key text, payload json)`)
}
