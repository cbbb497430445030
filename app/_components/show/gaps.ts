import { type Day, daysBetween } from '@/lib/shared/day'
import type { Window } from '@/lib/status/types'

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

/** The waits between seasons that follow each other, oldest first. A season without a premiere breaks the chain. */
export function gapsBetween(
  seasons: { number: number; premiere: Window | null }[],
  nextSeason: number,
  waiting: boolean,
  today: Day,
): Gap[] {
  const begun = seasons
    .filter((season) => season.premiere && season.premiere.earliest <= today)
    .sort((a, b) => a.number - b.number)
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
