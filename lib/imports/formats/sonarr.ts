import { z } from 'zod'
import type { Format } from '../types'
import { any, idsOf, readItems, titleOf, yearOf } from './scalars'

const SonarrSeries = z.object({
  title: any,
  titleSlug: any,
  tvdbId: any,
  year: any.optional(),
  imdbId: any.optional(),
  tmdbId: any.optional(),
  tvMazeId: any.optional(),
  seasons: z.array(any),
})

/** Sonarr's list of series as its API answers it: a library, so what is there is meant to be watched. */
export const sonarr: Format = {
  service: 'Sonarr',
  json: (value) =>
    readItems(value, SonarrSeries, (series, rows, line) =>
      rows.add(
        {
          title: titleOf(series.title),
          year: yearOf(series.year),
          ids: idsOf({
            tvdb: series.tvdbId,
            imdb: series.imdbId,
            tmdb: series.tmdbId,
            tvmaze: series.tvMazeId,
          }),
        },
        line,
      ),
    ),
}
