import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, readItems, titleOf, yearOf } from './scalars'

const SonarrSeries = z.object({ title: any, titleSlug: any, tvdbId: any, seasons: z.array(any) })

/** Sonarr's list of series as its API answers it: a library, so what is there is meant to be watched. */
export const sonarr: Format = {
  service: 'Sonarr',
  get: 'The list as JSON, as its interface answers.',
  json: (value) =>
    readItems(value, SonarrSeries, (series, rows, line) =>
      rows.add(
        {
          title: titleOf(at(series, 'title')),
          year: yearOf(at(series, 'year')),
          ids: idsOf({
            tvdb: at(series, 'tvdbId'),
            imdb: at(series, 'imdbId'),
            tmdb: at(series, 'tmdbId'),
            tvmaze: at(series, 'tvMazeId'),
          }),
        },
        line,
      ),
    ),
}
