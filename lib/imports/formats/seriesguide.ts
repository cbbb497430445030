import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, lastSeason, listOf, readItems, titleOf, yearOf } from './scalars'

const Show = z
  .object({
    tmdb_id: any.optional(),
    tvdb_id: any.optional(),
    seasons: z.array(any),
  })
  .refine((show) => show.tmdb_id ?? show.tvdb_id)
const Film = z.object({ tmdb_id: any, title: any, released_utc_ms: any, in_watchlist: any })
const List = z.object({ list_id: any, name: any, items: z.array(any) })

/** SeriesGuide's three files: shows, lists and films. */
export const seriesguide: Format = {
  service: 'SeriesGuide',
  get: 'Its own export or backup file, as JSON.',
  entries: /(^|\/)(sg|seriesguide)-(shows|lists)[\w-]*\.json$/,
  json: (value) =>
    readItems(value, Show, (show, rows, line) =>
      rows.add(
        {
          title: titleOf(at(show, 'title')),
          year: yearOf(at(show, 'first_aired')),
          ids: idsOf({
            tmdb: at(show, 'tmdb_id'),
            tvdb: at(show, 'tvdb_id'),
            imdb: at(show, 'imdb_id'),
            trakt: at(show, 'trakt_id'),
          }),
          season: lastSeason(
            at(show, 'seasons'),
            (season) => at(season, 'season'),
            (episode) => at(episode, 'watched') === true,
          ),
          state: at(show, 'hidden') === true ? 'hidden' : 'watching',
        },
        line,
      ),
    ) ??
    readItems(value, Film, (film, rows, line) =>
      rows.add(
        { title: titleOf(at(film, 'title')), ids: idsOf({ tmdb: at(film, 'tmdb_id') }), kind: 'film' },
        line,
      ),
    ) ??
    readItems(value, List, (list, rows, line) => {
      for (const item of listOf(at(list, 'items'))) {
        const [type, id] = [at(item, 'type'), at(item, 'externalId')]
        if (type === 'tmdb-show') rows.add({ ids: idsOf({ tmdb: id }), state: 'planned' }, line)
        // The app used TheTVDB's ids before 2021; the ones of seasons and episodes lead to no show.
        if (type === 'show') rows.add({ ids: idsOf({ tvdb: id }), state: 'planned' }, line)
      }
    }),
}
