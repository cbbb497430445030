import type { SeasonView } from '@/lib/catalogue/types'
import type { Day } from '@/lib/shared/day'
import { composeSeasonAnswer } from '@/lib/status/answer'
import type { Lamp } from '@/lib/status/types'
import { seasonLamp as lampOf } from '@/lib/status/words'

/** How a season stands, in one line, as of `today`. */
export function seasonAnswer(season: SeasonView, today: Day): string {
  const { number, premiere, finale, episodes, claims, state } = season
  return composeSeasonAnswer({ facts: { number, premiere, finale, episodes }, claims, status: state }, today)
}

/** The lamp of one season. */
export const seasonLamp = (season: SeasonView): Lamp => lampOf(season.state.status)
