import { z } from 'zod'
import type { Format } from '../types'
import {
  any,
  at,
  idsOf,
  kindOf,
  listOf,
  nameIn,
  readItems,
  seasonOf,
  stateOf,
  titleOf,
  yearOf,
} from './scalars'

const Watched = z.object({ status: z.string(), content: z.object({ tmdbId: any, title: any, type: any }) })

/** Watcharr's export. Which seasons were seen stands beside, each with a state of its own; games are among it. */
export const watcharr: Format = {
  service: 'Watcharr',
  get: 'Its own export or backup file, as JSON.',
  json: (value) =>
    readItems(value, Watched, (item, rows, line) => {
      const content = at(item, 'content')
      const game = nameIn(at(item, 'game'))
      if (game) return rows.leaveOut(line, game, 'It is a game.')
      const seen = [...listOf(at(item, 'watchedSeasons')), ...listOf(at(item, 'watchedEpisodes'))]
        .filter((one) => !/^(planned|dropped)$/i.test(String(at(one, 'status'))))
        .map((one) => seasonOf(at(one, 'seasonNumber')) ?? 0)
      rows.add(
        {
          title: titleOf(at(content, 'title')),
          year: yearOf(at(content, 'release_date')),
          ids: idsOf({ tmdb: at(content, 'tmdbId'), imdb: at(content, 'imdb_id') }),
          kind: kindOf(at(content, 'type')),
          season: seasonOf(seen.reduce((last, season) => Math.max(last, season), 0)),
          state: stateOf(at(item, 'status')),
        },
        line,
      )
    }),
}
