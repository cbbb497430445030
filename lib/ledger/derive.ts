import 'server-only'
import { transaction } from '@/db/transaction'
import { type Day, dayOf } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { recordEvents } from './events'
import { deriveShows, showBatches, takeTurn, writeStates } from './states'

/**
 * Derives the state of every show (or of `showIds`) for a day and writes what differs: what the clock alone changes,
 * windows that passed and premieres that came, is found here. With `tell` (a running site) such events are told to
 * readers; a first filling tells nobody. Repeating it changes nothing. Returns the slugs whose state changed.
 */
export async function deriveStates(
  options: { today?: Day; showIds?: number[]; now?: Date; tell?: boolean } = {},
): Promise<{ changed: string[] }> {
  const { now = new Date(), tell = false } = options
  const today = options.today ?? dayOf(now)
  const changed: string[] = []
  for (const ids of options.showIds ? [options.showIds] : await showBatches()) {
    await transaction(
      async () => {
        await takeTurn()
        const shows = await deriveShows(ids, today)
        const written = await writeStates(shows, today)
        await recordEvents(shows, { today, now, tell })
        await expireTags(written.flatMap(({ stale }) => stale))
        changed.push(...written.map(({ slug }) => slug))
      },
      { idempotent: true },
    )
  }
  return { changed }
}
