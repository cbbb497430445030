import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, listOf, readItems, seasonOf, stateOf, titleOf, yearOf } from './scalars'

const Watched = z.object({
  status: z.string(),
  content: z.object({
    tmdbId: any,
    title: any,
    type: any,
    release_date: any.optional(),
    imdb_id: any.optional(),
  }),
  watchedSeasons: any.optional(),
  watchedEpisodes: any.optional(),
})

/** Watcharr's export. Which seasons were seen stands beside, each with a state of its own. */
export const watcharr: Format = {
  service: 'Watcharr',
  json: (value) =>
    readItems(value, Watched, ({ status, content, watchedSeasons, watchedEpisodes }, rows, line) => {
      const seen = [...listOf(watchedSeasons), ...listOf(watchedEpisodes)]
        .filter((one) => !/^(planned|dropped)$/i.test(String(at(one, 'status'))))
        .map((one) => seasonOf(at(one, 'seasonNumber')) ?? 0)
      rows.add(
        {
          title: titleOf(content.title),
          year: yearOf(content.release_date),
          ids: idsOf({ tmdb: content.tmdbId, imdb: content.imdb_id }),
          kind: content.type === 'movie' ? 'film' : 'show',
          season: seasonOf(seen.reduce((last, season) => Math.max(last, season), 0)),
          state: stateOf(status),
        },
        line,
      )
    }),
}
