import type { SeasonView, ShowPage } from '@/lib/pages/types'
import { composeSeasonAnswer } from '@/lib/status/answer'
import type { Lamp } from '@/lib/status/types'
import { waitsForRevival } from '@/lib/status/waiting'
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

/** True of a season after a finished show's last, of which nobody says that it comes after all. */
const willNotCome = ({ status }: Pick<ShowPage, 'status'>, { state }: SeasonView) =>
  state.status === 'unannounced' && waitsForRevival(status, state.status)

/** The lamp of one season; of one that will not come its show's. */
export const seasonLamp = (show: Pick<ShowPage, 'status'>, season: SeasonView): Lamp =>
  willNotCome(show, season) ? show.status.lamp : lampOf(season.state.status)

/** True where anybody we read speaks of a season: a statement that was not taken back. */
export const isHeardOf = (season: Pick<SeasonView, 'claims'> | undefined): boolean =>
  season?.claims.some(({ state }) => state !== 'retracted') ?? false
