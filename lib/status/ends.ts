/** What providers give of a show's end, and whether it is the end of the last season on record. Pure. */
import { addDays, type Day } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import type { SettledSeason, ShowFacts, ShowStatus } from './types'

/** A show's end that lies so long after its last premiere may be a special's, and is not said. */
const SEASON_DAYS_MAX = 400
/**
 * Where nobody counts the seasons it may also be another season's. Of 895 shows that TVmaze counts, an end up to here was
 * the first season's own in 96 of 100, from here to 400 days in 44.
 */
export const ONE_SEASON_DAYS = 240

const startOf = (last: SettledSeason | undefined) => last?.facts.premiere ?? last?.status.premiere ?? null

const byProvider = ({ ended }: ShowFacts) => [...ended].sort((a, b) => a.provider.localeCompare(b.provider))

/** True where a provider counts no more seasons than are on record. */
const isWhole = (last: SettledSeason | undefined, { totals }: ShowFacts) =>
  totals.some((total) => total <= (last?.facts.number ?? 0))

/** The last day a provider's end may be, as precise as it is given; null for what is no date. */
const latestOf = (edtf: string): Day | null => {
  const parsed = parseEdtf(edtf)
  return parsed.ok ? parsed.window.latest : null
}

/**
 * The end that a provider gives of a show, EDTF, where it is surely near enough to the last premiere to be that season's
 * own; else null.
 */
export function ownEnd(
  last: SettledSeason | undefined,
  show: ShowFacts,
): { provider: string; edtf: string } | null {
  const start = startOf(last)
  if (!start) return null
  const given = byProvider(show).find(({ edtf }) => {
    const latest = latestOf(edtf)
    // Of a start or an end known to the year alone, the same year is as near as it can be said.
    const isOneYear =
      Math.min(start.edtf.length, edtf.length) === 4 && edtf.startsWith(start.edtf.slice(0, 4))
    const days = isWhole(last, show) || isOneYear ? SEASON_DAYS_MAX : ONE_SEASON_DAYS
    return latest !== null && latest >= start.earliest && latest <= addDays(start.earliest, days)
  })
  return given ?? null
}

/** Since when a show is over, EDTF: its last finale, or an end that only that finale explains; null for neither. */
export function overSince(last: SettledSeason | undefined, show: ShowFacts): string | null {
  return last?.facts.finale?.edtf ?? ownEnd(last, show)?.edtf ?? null
}

/** Two premieres lie further apart: of 100 seasons on record 98 came more than 140 days after the one before. */
const NEXT_SEASON_DAYS = 60

/**
 * The last episode given of a show that is over, by its seasons that have begun. Beside a last season that is dated and
 * counted in full a later one is a special's, and is not said; nor is an end before a season without a day can have come,
 * since whoever gave it knew only the seasons before.
 */
export function lastEpisodeOf(begun: readonly SettledSeason[], show: ShowFacts): ShowStatus['lastEpisode'] {
  const last = begun.at(-1)
  const [given] = byProvider(show)
  if (!last || !given) return null
  const start = startOf(last)
  if (!start) {
    const before = startOf(begun.at(-2))
    const isEarlier = before && (latestOf(given.edtf) ?? '') < addDays(before.earliest, NEXT_SEASON_DAYS)
    return isEarlier ? null : { ...given, reached: true }
  }
  const isBefore = (latestOf(given.edtf) ?? '') < start.earliest
  return isWhole(last, show) || isBefore || ownEnd(last, show) ? null : { ...given, reached: false }
}
