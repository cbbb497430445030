/**
 * Pure. Shows of the catalogue as the forecast reads them.
 *
 * - A premiere is a day only where it was given as one, or as a window so narrow that its middle will do; an end only
 *   where it was given as a day.
 * - What the terms of a provider keep out of learning (`barred`) is as if nobody had given it.
 * - A list that says nothing of second seasons teaches nothing about their coming. So a show is followed only until the
 *   last day told by the lists that have its premieres and are known to tell of later seasons (`until`).
 * - An end or a count is read only where such a list gives it: others give the last season's alone, and so give away that
 *   it was the last.
 * - How many seasons, people or readers a show has today, and what providers call it, grew with its later seasons: none
 *   of that is read.
 */
import { type Day, daysBetween } from '@/lib/shared/day'
import { classOf } from './classes'
import { UNKNOWN } from './features'
import { dayNumber, type Titles } from './read-seasons'
import { historyAt, type Outcome, type Shelf, type Show, shelve } from './shows'
import { type DayNumber, type History, RENEWAL_DAYS, rowBy, type SeasonRow } from './types'

/** A premiere given as a window this narrow counts as its middle day. */
const WINDOW_DAYS_MAX = 31

/** A show as `lib/forecast/queries` reads it. */
export interface CatalogueShow {
  id: number
  slug: string
  title: string
  kind: string
  country: string | null
  network: string | null
  material: string | null
  genres: string[] | null
  /** The last day told by the lists that date all its seasons; null where none does. */
  until: Day | null
  /** The last day told by those and by the lists that count what has begun. */
  toldUntil: Day | null
  seasons:
    | {
        number: number
        name: string | null
        earliest: Day | null
        latest: Day | null
        /** The day it ended and its episodes, where a list that dates all seasons gives them. */
        ended: Day | null
        episodes: number | null
        /** Its premiere is given by nobody from whom we may learn. */
        barred: boolean | null
      }[]
    | null
}

/** The day that stands for a window; null for one too wide. */
function middleOf(earliest: Day | null, latest: Day | null): DayNumber | null {
  if (!earliest || !latest) return null
  const days = daysBetween(earliest, latest)
  return days <= WINDOW_DAYS_MAX ? dayNumber(earliest) + (days >> 1) : null
}

/** A show's seasons as rows, by the class of the show. */
function rowsOf(show: CatalogueShow): SeasonRow[] {
  const source = classOf(show)
  return (show.seasons ?? []).map((season) => ({
    source,
    show: show.slug,
    title: season.name ?? show.title,
    season: season.number,
    premiere: season.barred ? null : middleOf(season.earliest, season.latest),
    end: season.barred || !season.ended ? null : dayNumber(season.ended),
    episodes: season.barred ? null : season.episodes,
    network: show.network,
    country: show.country,
    genres: [],
    runtimeMinutes: null,
    global: null,
  }))
}

/** The catalogue's shows on a shelf, as anybody could have had them on a day, and until when each is followed. */
export function shelfAt(shows: readonly CatalogueShow[], asOf: DayNumber): Shelf {
  const facts: Titles = { byId: new Map(), byName: new Map() }
  const untilOf = new Map<string, DayNumber>()
  const rows = shows.flatMap((show) => {
    facts.byId.set(show.slug, {
      genres: show.genres ?? [],
      country: show.country,
      kind: show.kind,
      sourceMaterial: show.material,
      castCount: UNKNOWN,
    })
    if (show.until) untilOf.set(show.slug, Math.min(asOf, dayNumber(show.until)))
    // A season that had not come by the day was no row; one that never had a day may always have been there.
    return rowsOf(show).flatMap((row) =>
      row.premiere !== null && row.premiere > asOf ? [] : [rowBy(row, asOf)],
    )
  })
  const shelf = shelve(rows, facts)
  for (const show of shelf.shows) show.until = untilOf.get(show.seasons[0]!.show) ?? -Infinity
  // Namesakes are different shows here, never one show of two lists.
  return { ...shelf, byName: new Map() }
}

/** Whether anybody would have told of a next season for a while: such teach as far as they were followed. */
export const isTold = ({ followUpDays }: Outcome): boolean => followUpDays > 0

/** Whether what became of a season within the horizon would be known: only such are counted in rates, and judge. */
export const isFollowed = ({ followUpDays }: Outcome): boolean => followUpDays >= RENEWAL_DAYS

/** What is known today of one show whose next season is waited for, and the last of its seasons that has a day. */
export function historyOf(
  shelf: Shelf,
  show: Show,
  asOf: DayNumber,
): { history: History; last: SeasonRow & { premiere: DayNumber } } | null {
  const dated = show.seasons.filter((row) => row.premiere !== null && row.season > 0)
  const last = dated.at(-1)
  if (!last || last.premiere === null) return null
  return {
    history: historyAt(shelf, show, last.season, asOf),
    last: { ...last, premiere: last.premiere },
  }
}
