/** From the episodes of a look to the rows that are kept. Pure. */
import { parseEdtf } from '@/lib/shared/edtf'
import type { Episode, Look } from './types'

/** A row of an episode but for its show and provider. */
export interface EpisodeRow {
  season: number
  number: number
  name: string | null
  day: string | null
  /** RFC 3339. */
  at: string | null
  offset_minutes: number | null
  minutes: number | null
}

const NUMBER_MAX = 20_000
/** Nobody shows an episode longer than a day. */
const MINUTES_MAX = 1440
/** What stands where there is no name yet: the number once more, or that it is to be announced. */
const NO_NAME = /^(?:(?:episode|folge|épisode|episodio|episódio) ?#?\d+(?:\.\d+)?|t\.?b\.?[acd]\.?)$/i

const isKept = (day: string) => parseEdtf(day).ok

/** What a clock was ahead of UTC, in minutes, by the end of an RFC 3339 stamp. */
function offsetOf(stamp: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(stamp) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}

function rowOf({ season, name, day, at, minutes }: Episode, number: number): EpisodeRow {
  const hour = at !== null && isKept(at.slice(0, 10)) ? at : null
  return {
    season,
    number,
    name: name !== null && NO_NAME.test(name) ? null : name,
    day: day !== null && isKept(day) ? day : null,
    at: hour,
    offset_minutes: hour === null ? null : offsetOf(hour),
    minutes: minutes !== null && minutes >= 1 && minutes <= MINUTES_MAX ? Math.round(minutes) : null,
  }
}

/**
 * The rows of a look's episodes, each number of a season once: of two the first stands. Specials without a number are
 * none, a day outside 1870 to 2199 is none, and neither is a name that says the number alone.
 */
export function episodeRows({ episodes }: Pick<Look, 'episodes'>): EpisodeRow[] {
  const rows = new Map<string, EpisodeRow>()
  for (const episode of episodes) {
    const { season, number } = episode
    if (number === null || number < 0 || number > NUMBER_MAX) continue
    const key = `${season} ${number}`
    if (!rows.has(key)) rows.set(key, rowOf(episode, number))
  }
  return [...rows.values()]
}

/** The seasons of which a look lists all that its provider has; null for every season of the show. */
export const wholeSeasons = ({ whole }: Pick<Look, 'whole'>): (number | null)[] =>
  whole === 'show' ? [null] : whole.filter((season) => season > 0)
