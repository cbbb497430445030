import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/**
 * Makes sure that a reader with an address has it as a channel. Called wherever somebody begins to follow; a channel
 * they have turned off stays off.
 */
export async function ensureMailChannel(readerId: string): Promise<void> {
  await db().execute(sql`
    insert into channel (reader_id, kind, address)
    select id, 'mail', email from reader where id = ${readerId} and email is not null
    on conflict do nothing`)
}
