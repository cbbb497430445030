import 'server-only'
import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keyedHash } from './secrets'

const TOKENS = 2 ** 31

/**
 * One at a time, whichever process asks: takes the turn `name` of `subject`, which is stored only as a keyed hash, for at
 * most so long (a process that dies keeps it until then). The clock is the database's, so all processes agree.
 * @returns what gives the turn back, or null where somebody else has it
 */
export async function takeTurn(
  name: string,
  subject: string,
  seconds: number,
): Promise<(() => Promise<void>) | null> {
  const key = `turn-${name}:${keyedHash('turn', subject)}`
  // Whose time ran out gives back nothing: by then the turn may be another's.
  const token = randomInt(TOKENS)
  const taken = await db().execute(sql`
    insert into rate_limit as r (key, points, expire)
    values (${key}, ${token}::int, now() + make_interval(secs => ${seconds}::int))
    on conflict (key) do update set points = excluded.points, expire = excluded.expire where r.expire <= now()
    returning key`)
  if (taken.length === 0) return null
  return async () => {
    await db().execute(sql`delete from rate_limit where key = ${key} and points = ${token}::int`)
  }
}
