/** What providers give of a show's end, and whether it is the end of the last season on record. Pure. */
import { addDays } from '@/lib/shared/day'
import type { SettledSeason, ShowFacts, ShowStatus } from './types'

/** A show's end that lies so long after its last premiere may be a special's, and is not said. */
const SEASON_DAYS_MAX = 400

const startOf = (last: SettledSeason | undefined) => last?.facts.premiere ?? last?.status.premiere ?? null

const byProvider = ({ ended }: ShowFacts) => [...ended].sort((a, b) => a.provider.localeCompare(b.provider))

/**
 * The end that a provider gives of a show, EDTF, where it is near enough to the last premiere to be that season's own;
 * else null.
 */
export function ownEnd(
  last: SettledSeason | undefined,
  show: ShowFacts,
): { provider: string; edtf: string } | null {
  const start = startOf(last)
  if (!start) return null
  const given = byProvider(show).find(
    ({ edtf }) => edtf >= start.earliest && edtf <= addDays(start.latest, SEASON_DAYS_MAX),
  )
  return given ?? null
}

/** Since when a show is over, EDTF: its last finale, or an end that only that finale explains; null for neither. */
export function overSince(last: SettledSeason | undefined, show: ShowFacts): string | null {
  return last?.facts.finale?.edtf ?? ownEnd(last, show)?.edtf ?? null
}

/**
 * The last episode given of a show that is over. Beside a last season that is dated and counted in full a later one is a
 * special's, and is not said.
 */
export function lastEpisodeOf(last: SettledSeason | undefined, show: ShowFacts): ShowStatus['lastEpisode'] {
  const [given] = byProvider(show)
  if (!last || !given) return null
  const isWhole = show.totals.some((total) => total <= last.facts.number)
  const start = startOf(last)
  if (!start) return { ...given, reached: true }
  const reach = addDays(start.latest, SEASON_DAYS_MAX)
  return isWhole || given.edtf <= reach.slice(0, given.edtf.length) ? null : { ...given, reached: false }
}
