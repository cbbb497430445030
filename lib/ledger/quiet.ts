/** What follows from a change of our books alone, of which nobody is to be told; a part of its caller's transaction. */
import 'server-only'
import { insertRows } from '@/db/rows'
import { event } from '@/db/schema/claim'
import type { Day } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { CHANGES_TAG, LEDGER_TAG, seasonTag, showTag } from '@/lib/shared/tags'
import { eventsOnRecord, overdueOf, recordEvents } from './events'
import { eventKey } from './keys'
import { deriveWithNext, writeStates } from './states'

/**
 * Derives shows whose claims or facts became others because two shows became one, or one two. Their history is recorded
 * as what is past. Where readers were told otherwise than a season stands now, that is noted as known to them: the next
 * writer must not find that it was left untold. The caller has the shows' turns.
 */
export async function deriveQuietly(
  showIds: number[],
  { today, now }: { today: Day; now: Date },
): Promise<void> {
  const shows = await deriveWithNext(showIds, today)
  const written = await writeStates(shows, today)
  await recordEvents(shows, { today, now, tell: false })
  const seasons = shows.flatMap((show) => show.seasons.map((season) => ({ show, season })))
  const known = await eventsOnRecord(seasons.map(({ season }) => season.id))
  const closing = seasons.flatMap(({ show, season }) => {
    const own = known.get(season.id) ?? []
    const told = own.filter(({ telling }) => telling === 'told')
    return overdueOf(season, { told, known: own, today }).map((found) => ({
      showId: show.id,
      seasonId: season.id,
      kind: found.kind,
      was: found.was,
      became: found.became,
      because: found.because,
      happenedOn: found.happenedOn,
      ordinal: found.ordinal,
      recordedAt: now,
      telling: 'told' as const,
      key: eventKey(show.slug, found, found.ordinal),
    }))
  })
  await insertRows(event, closing)
  await expireTags([
    LEDGER_TAG,
    CHANGES_TAG,
    ...shows.flatMap(({ slug, seasons: all }) => [
      showTag(slug),
      ...all.map(({ facts }) => seasonTag(slug, facts.number)),
    ]),
    ...written.flatMap(({ stale }) => stale),
  ])
}
