import { type Day, daysBetween } from '@/lib/shared/day'
import type { SeasonStatus, Window } from '@/lib/status/types'

/** The wait from one season's premiere to the next's, or to today while the next has not begun. */
export interface Gap {
  from: number
  to: number
  /** Fewest and most days the two dates allow; equal where both days are known. */
  least: number
  most: number
  /** True while the later season has not begun: counted to today. */
  running: boolean
}

/** What tells whether a season has begun. */
export interface MaybeBegun {
  premiere: Window | null
  state?: Pick<SeasonStatus, 'premiereState'>
}

/** True of a season whose premiere is behind us, and that nobody had to look for in vain. */
export const hasCome = ({ premiere, state }: MaybeBegun, today: Day): boolean =>
  premiere !== null &&
  premiere.earliest <= today &&
  state?.premiereState !== 'not_confirmed' &&
  state?.premiereState !== 'missed'

/** The waits between seasons that follow each other, oldest first. A season without a premiere breaks the chain. */
export function gapsBetween(
  seasons: (MaybeBegun & { number: number })[],
  nextSeason: number,
  waiting: boolean,
  today: Day,
): Gap[] {
  const begun = seasons.filter((season) => hasCome(season, today)).sort((a, b) => a.number - b.number)
  const gaps: Gap[] = []
  for (const [i, season] of begun.entries()) {
    const before = begun[i - 1]
    if (!before || season.number !== before.number + 1) continue
    const least = daysBetween(before.premiere!.latest, season.premiere!.earliest)
    const most = daysBetween(before.premiere!.earliest, season.premiere!.latest)
    if (most >= 0)
      gaps.push({ from: before.number, to: season.number, least: Math.max(0, least), most, running: false })
  }
  const last = begun.at(-1)
  if (last && waiting && last.number + 1 === nextSeason)
    gaps.push({
      from: last.number,
      to: nextSeason,
      least: Math.max(0, daysBetween(last.premiere!.latest, today)),
      most: daysBetween(last.premiere!.earliest, today),
      running: true,
    })
  return gaps
}
