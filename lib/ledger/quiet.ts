/** What follows from a change of our books alone, of which nobody is to be told; a part of its caller's transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { event } from '@/db/schema/claim'
import type { Day } from '@/lib/shared/day'
import { expireTags } from '@/lib/shared/expire-tags'
import { CHANGES_TAG, LEDGER_TAG, seasonTag, showTag } from '@/lib/shared/tags'
import type { EventKind } from '@/lib/status/claim'
import { hasBegun } from '@/lib/status/words'
import { recordEvents } from './events'
import { eventKey } from './keys'
import { overdueEvents, standingOf } from './rules'
import { deriveWithNext, writeStates } from './states'

interface Told extends Record<string, unknown> {
  season_id: number
  kind: EventKind
  was: string
  became: string
  happened_on: Day
  telling: string
  ordinal: number
}

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
  const rows = await db().execute<Told>(sql`
    select season_id, kind, was, became, happened_on::text as happened_on, telling, ordinal from event
    where season_id in ${idList(seasons.map(({ season }) => season.id))} order by id`)
  const closing = seasons.flatMap(({ show, season }) => {
    const own = [...rows].filter(({ season_id }) => season_id === season.id)
    const told = own.filter(({ telling }) => telling === 'told')
    if (hasBegun(season.status)) return []
    return overdueEvents(told, standingOf(season.status)).map(({ kind, was, became }) => {
      const likes = own.filter(
        (one) => one.kind === kind && one.was === was && one.became === became && one.happened_on === today,
      )
      const ordinal = Math.max(-1, ...likes.map((one) => one.ordinal)) + 1
      const because = kind === 'moved' ? season.status.premiereBecause : season.status.because
      const what = { season: season.facts.number, kind, was, became, happenedOn: today }
      const key = eventKey(show.slug, what, ordinal)
      return {
        showId: show.id,
        seasonId: season.id,
        kind,
        was,
        became,
        because,
        happenedOn: today,
        ordinal,
        recordedAt: now,
        telling: 'told' as const,
        key,
      }
    })
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
