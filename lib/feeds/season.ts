import type { SeasonView, ShowPage } from '@/lib/catalogue/types'
import { composeSeasonAnswer } from '@/lib/status/answer'
import type { Lamp } from '@/lib/status/types'
import { seasonLamp as lampOf } from '@/lib/status/words'

/** How a season of a show stands, in one line, as of the show's day; of the one waited for what its show says. */
export function seasonAnswer(
  { status, today }: Pick<ShowPage, 'status' | 'today'>,
  season: SeasonView,
): string {
  const { number, premiere, finale, episodes, claims, state } = season
  const settled = { facts: { number, premiere, finale, episodes }, claims, status: state }
  return composeSeasonAnswer(settled, today, number === status.nextSeason ? status.silence : null)
}

/** The lamp of one season. */
export const seasonLamp = (season: SeasonView): Lamp => lampOf(season.state.status)

/** True where anybody we read speaks of a season: a statement that was not taken back. */
export const isHeardOf = (season: Pick<SeasonView, 'claims'> | undefined): boolean =>
  season?.claims.some(({ state }) => state !== 'retracted') ?? false
