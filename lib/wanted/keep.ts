import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { ensureMailChannel } from '@/lib/notices/mail-channel'
import { WANTED_MAX, type Wish } from './rules'

/**
 * Keeps a wish for a reader, inside the caller's transaction; asked again, also in another spelling, it stays the one it
 * was, and one that was answered is open again. The reader's row is the lock: no wish outlives its account.
 * @returns 'full' where the reader has too many open, 'gone' where there is no such reader
 */
export async function keepWish(readerId: string, wish: Wish, now: Date): Promise<'kept' | 'full' | 'gone'> {
  const [self] = await db().execute(sql`select id from reader where id = ${readerId} for update`)
  if (!self) return 'gone'
  // Counted after the lock: a count beside it would not see what another has just kept.
  const [others] = await db().execute<{ open: number }>(sql`
    select count(*)::int as open from wanted
    where reader_id = ${readerId} and done_at is null and key <> ${wish.key}`)
  if ((others?.open ?? 0) >= WANTED_MAX) return 'full'
  await db().execute(sql`
    insert into wanted (reader_id, words, key, keys, asked_at)
    values (${readerId}, ${wish.words}, ${wish.key}, ${sql.param(wish.keys)}::text[], ${now.toISOString()}::timestamptz)
    on conflict (reader_id, key) do update set words = excluded.words, keys = excluded.keys, asked_at = excluded.asked_at,
      done_at = null, show_id = null where wanted.done_at is not null`)
  // It is told by mail; who has turned that off keeps it off.
  await ensureMailChannel(readerId)
  return 'kept'
}
