/**
 * Which season of one list is which of another's: two may count parts, cours and years differently and still mean the
 * same seasons. Days decide, numbers where days do not speak against them; what neither tells stays untold. Pure.
 */
import type { NumberingReason } from '@/db/schema/words'
import { type Day, daysBetween } from '@/lib/shared/day'
import { windowOf } from '@/lib/shared/edtf'

/** A season as a list counts it. */
export interface CountedSeason {
  number: number
  /** The first and the last day on which it may begin; null where nothing is said. */
  premiere: { earliest: Day; latest: Day } | null
  /** When it is over at the latest; null where that is not said. */
  finale: Day | null
  episodes: number | null
}

/** A season as it is counted, its days given as EDTF. */
export const countedSeason = (season: {
  number: number
  premiere?: string | null
  finale?: string | null
  episodes?: number | null
}): CountedSeason => ({
  number: season.number,
  premiere: windowOf(season.premiere),
  finale: windowOf(season.finale)?.latest ?? null,
  episodes: season.episodes ?? null,
})

/** One of their seasons and what it is here. */
export interface NumberedSeason {
  theirs: number
  /** Our number; null where nobody can tell. */
  ours: number | null
  /** The last of our seasons that it goes on through: more than `ours` for one that holds several. */
  through: number | null
  reason: NumberingReason
}

/** Two lists give the same premiere where their days lie so near: one counts the night before, another the next country. */
export const NEAR_DAYS = 5
/** A number above this is a year. */
const SEASON_NUMBER_MAX = 1000

const dayOf = ({ premiere }: CountedSeason): Day | null =>
  premiere && premiere.earliest === premiere.latest ? premiere.earliest : null
const apart = (a: Day, b: Day) => Math.abs(daysBetween(a, b))
const byNumber = (a: CountedSeason, b: CountedSeason) => a.number - b.number

/** By their days alone: each of theirs with the one of ours that begins then. */
function byDays(ours: CountedSeason[], theirs: CountedSeason[]): Map<number, NumberedSeason> {
  const found = new Map<number, NumberedSeason>()
  const taken = new Map<number, number>()
  const near = (season: CountedSeason) => {
    const day = dayOf(season)
    return ours.filter((one) => {
      const own = dayOf(one)
      return day !== null && own !== null && apart(day, own) <= NEAR_DAYS
    })
  }
  for (const season of theirs) {
    const all = near(season)
    const own = all.find(({ number }) => number === season.number)
    const one = own ?? (all.length === 1 ? all[0] : undefined)
    if (!one && all.length === 0) continue
    const before = one && taken.get(one.number)
    if (!one || before !== undefined) {
      found.set(season.number, {
        theirs: season.number,
        ours: null,
        through: null,
        reason: 'unclear-several',
      })
      continue
    }
    taken.set(one.number, season.number)
    found.set(season.number, { theirs: season.number, ours: one.number, through: one.number, reason: 'day' })
  }
  return found
}

/** How many of ours, from `first` on, have as many episodes together as one of theirs; 1 where none do. */
function heldBy(season: CountedSeason, first: number, ours: CountedSeason[]): number {
  if (season.episodes === null) return first
  let sum = 0
  for (let number = first; ; number++) {
    const episodes = ours.find((one) => one.number === number)?.episodes
    if (!episodes) return first
    sum += episodes
    if (sum === season.episodes) return number
    if (sum > season.episodes) return first
  }
}

/** One that begins after a season of ours did and before that one's end, or before the next of ours while both together have its episodes. */
function isPartOf(season: CountedSeason, before: CountedSeason[], one: CountedSeason): boolean {
  const day = dayOf(season)
  const begun = dayOf(one)
  if (!day || !begun || day <= begun) return false
  if (one.finale && day <= one.finale) return true
  const counts = [...before, season].map(({ episodes }) => episodes)
  return (
    counts.every((count) => count !== null) &&
    counts.reduce((sum, count) => sum + (count ?? 0), 0) === one.episodes
  )
}

/**
 * What each of their seasons is of ours. `kept`: what was decided before, which stands. A season that begins when one of
 * ours does is that one, whatever its number; one that holds several of ours goes on through them. Others follow what
 * stands before and after them. One that begins while a season of ours is on is a part of it. All else is unclear.
 */
export function numbered(
  ours: CountedSeason[],
  theirs: CountedSeason[],
  kept: readonly NumberedSeason[] = [],
): NumberedSeason[] {
  const mine = [...ours].sort(byNumber)
  const given = [...theirs].sort(byNumber)
  const settled = new Map(
    kept.flatMap((one) =>
      one.ours !== null && given.some(({ number }) => number === one.theirs) ? [[one.theirs, one]] : [],
    ),
  )
  const taken = new Set(
    [...settled.values()].filter(({ reason }) => reason !== 'part').map((one) => one.ours),
  )
  const open = given.filter(({ number }) => !settled.has(number))
  for (const [number, one] of byDays(
    mine.filter((season) => !taken.has(season.number)),
    open,
  ))
    settled.set(number, one)
  const anchors = () =>
    given.flatMap(({ number }) => settled.get(number) ?? []).filter((one) => one.ours !== null)

  // One of theirs that holds several of ours: the next of theirs begins further on, or its episodes are theirs together.
  for (const [place, season] of given.entries()) {
    const one = settled.get(season.number)
    if (one?.reason !== 'day' || one.ours === null || kept.includes(one)) continue
    const next = given[place + 1] && settled.get(given[place + 1]!.number)
    const until =
      next?.reason === 'day' &&
      next.ours !== null &&
      next.theirs === season.number + 1 &&
      next.ours > one.ours
        ? next.ours - 1
        : heldBy(season, one.ours, mine)
    settled.set(season.number, { theirs: one.theirs, ours: one.ours, through: until, reason: 'day' })
  }

  for (const season of given) {
    if (settled.has(season.number)) continue
    settled.set(season.number, followed(season))
  }
  return given.map(({ number }) => settled.get(number) as NumberedSeason)

  /** What a season is that begins with none of ours. */
  function followed(season: CountedSeason): NumberedSeason {
    const unclear = (reason: NumberingReason): NumberedSeason => ({
      theirs: season.number,
      ours: null,
      through: null,
      reason,
    })
    const all = anchors()
    const before = all.filter(({ theirs: number }) => number < season.number).at(-1)
    const after = all.find(({ theirs: number }) => number > season.number)
    if (season.number > SEASON_NUMBER_MAX && !before) return unclear('unclear-year')
    // Years are counted by their place.
    const steps = (from: number, to: number) =>
      Math.max(from, to) > SEASON_NUMBER_MAX
        ? given.findIndex(({ number }) => number === to) - given.findIndex(({ number }) => number === from)
        : to - from
    const fromBefore = before ? (before.through as number) + steps(before.theirs, season.number) : null
    const fromAfter = after ? (after.ours as number) - steps(season.number, after.theirs) : null
    const meant = fromBefore ?? fromAfter ?? season.number
    const part = before && mine.find(({ number }) => number === before.through)
    if (part && isPartOf(season, partsOf(part.number, season.number), part))
      return { theirs: season.number, ours: part.number, through: part.number, reason: 'part' }
    if (fromBefore !== null && fromAfter !== null && fromBefore !== fromAfter)
      return unclear('unclear-neighbours')
    if (meant < 1 || meant > SEASON_NUMBER_MAX) return unclear('unclear-neighbours')
    if (isElsewhere(season, meant)) return unclear('unclear-within')
    if (
      all.some(
        (one) => one.reason !== 'part' && (one.ours as number) <= meant && meant <= (one.through as number),
      )
    )
      return unclear('unclear-neighbours')
    const isPlain = meant === season.number
    return { theirs: season.number, ours: meant, through: meant, reason: isPlain ? 'number' : 'neighbours' }
  }

  /** Theirs before one that are, with it, one of ours. */
  function partsOf(number: number, below: number): CountedSeason[] {
    return given.filter((one) => one.number < below && settled.get(one.number)?.ours === number)
  }

  /**
   * True where the day of a season speaks against the one it would be by its number: it lies on the other side of a
   * season of ours that stands between.
   */
  function isElsewhere(season: CountedSeason, meant: number): boolean {
    const day = dayOf(season)
    const own = mine.find(({ number }) => number === meant)
    if (!day) return false
    const begun = mine.flatMap((one) => {
      const first = dayOf(one)
      return first ? [{ number: one.number, first }] : []
    })
    // One that ours does not have, or has without a day: after what comes before it, and before what comes after.
    if (!own || !dayOf(own))
      return begun.some(({ number, first }) => (number < meant ? first > day : number > meant && first < day))
    // The same number with another day: each list may have it from elsewhere, unless another of ours is nearer.
    const gap = apart(day, dayOf(own) as Day)
    return begun.some(({ number, first }) => number !== meant && apart(day, first) < gap)
  }
}

/** Their numbers as ours where all are as they are here: nothing need be remembered. */
export const isPlain = ({ theirs, ours, through, reason }: NumberedSeason): boolean =>
  theirs === ours && through === ours && reason !== 'part'
