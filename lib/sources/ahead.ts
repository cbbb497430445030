/** Which of the seasons a provider lists are still to come. Pure. */
import { type Day, isDay } from '@/lib/shared/day'
import { windowOf } from '@/lib/shared/edtf'
import type { Look, SeasonLook } from './types'

/**
 * `dated`: with a premiere after today. `undated`: without one, after all that began, of a show that has not ended.
 * `begun`: all others, also those long past of which nobody knows the day.
 */
export function standing(season: SeasonLook, look: Look, today: Day): 'begun' | 'dated' | 'undated' {
  const premiere = windowOf(season.premiere)
  if (premiere) return premiere.latest > today ? 'dated' : 'begun'
  const laterBegan = look.seasons.some(
    ({ number, premiere: other }) => number > season.number && other !== null,
  )
  const wasShown = look.episodes.some(
    (one) =>
      one.season === season.number &&
      one.number !== null &&
      one.day !== null &&
      isDay(one.day) &&
      one.day <= today,
  )
  return laterBegan || wasShown || look.isOver ? 'begun' : 'undated'
}
