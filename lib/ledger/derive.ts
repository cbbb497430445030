import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { transaction } from '@/db/transaction'
import { batchesOf } from '@/lib/shared/batches'
import { type Day, dayOf } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { recordEvents } from './events'
import { deriveWithNext, writeStates } from './states'
import { takeTurns } from './turn'

/**
 * Shows derived in one transaction. Their turns are held until it ends, and an approval waits one second for a turn: a
 * batch has to be over in a part of that. Of the starter 200 take 0.1 to 0.4 s, 2,000 took 0.8 to 1.5 s; the whole takes
 * a fifth longer. Every turn is also an entry in the lock table that all connections share.
 */
const SHOWS_AT_ONCE = 200

/**
 * Derives the state of every show (or of `showIds`) for a day and writes what differs: what the clock alone changes,
 * windows that passed and premieres that came, is found here. With `tell` (a running site) such events are told to
 * readers; a first filling tells nobody. Repeating it changes nothing. Returns the slugs whose state changed.
 */
export async function deriveStates(
  options: { today?: Day; showIds?: readonly number[]; now?: Date; tell?: boolean } = {},
): Promise<{ changed: string[] }> {
  const { now = new Date(), tell = false } = options
  const today = options.today ?? dayOf(now)
  // From the lowest id up: inside another's transaction the turns of all batches are held together.
  const ids = [...new Set(options.showIds ?? (await everyShow()))].sort((a, b) => a - b)
  const changed: string[] = []
  for (const batch of batchesOf(ids, SHOWS_AT_ONCE)) {
    const slugs = await transaction(() => deriveBatch(batch, { today, now, tell }), { idempotent: true })
    changed.push(...slugs)
  }
  return { changed }
}

async function deriveBatch(ids: number[], when: { today: Day; now: Date; tell: boolean }): Promise<string[]> {
  await takeTurns(ids)
  const shows = await deriveWithNext(ids, when.today)
  const written = await writeStates(shows, when.today)
  await recordEvents(shows, when)
  await expireTags(written.flatMap(({ stale }) => stale))
  return written.map(({ slug }) => slug)
}

async function everyShow(): Promise<number[]> {
  const rows = await db().execute<{ id: number }>(sql`select id from show`)
  return [...rows].map(({ id }) => id)
}
