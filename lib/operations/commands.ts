import 'server-only'
import { hostname } from 'node:os'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

const FORGOTTEN_AFTER = sql`interval '1 day'`

/** This process among all of the installation. */
const ownName = () => `${hostname().slice(0, 100)}:${process.pid}`

/**
 * Writes down that this process is alive, by the database's clock. One row a process, so it costs the same for ever.
 * Rejects where the database cannot be written.
 */
export async function beat(role: 'worker' | 'site', name = ownName()): Promise<void> {
  await db().execute(sql`
    insert into heartbeat (name, role, seen_at) values (${name}, ${role}, now())
    on conflict (name) do update set role = excluded.role, seen_at = excluded.seen_at`)
}

/** Removes the rows of processes that have been gone for a day. */
export async function forgetHeartbeats(): Promise<void> {
  await db().execute(sql`delete from heartbeat where seen_at < now() - ${FORGOTTEN_AFTER}`)
}
