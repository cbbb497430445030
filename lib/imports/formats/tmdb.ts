import type { Format } from '../types'
import { idsOf, kindOf, Rows, seasonOf, titleOf, yearOf } from './scalars'

/** TMDB's ratings and watchlist as CSV. A rated episode carries its own ids and a name like "Friends S1E1". */
export const tmdb: Format = {
  service: 'TMDB',
  get: 'Its own export, as CSV.',
  sheet({ header, rows: lines }) {
    if (!['tmdb id', 'type', 'name', 'release date'].every((name) => header.includes(name))) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const season = seasonOf(get('season number'))
      const title = titleOf(get('name'))
      if (season !== null || get('episode number'))
        rows.add({ title: titleOf(title?.replace(/ S\d+(E\d+)?$/i, '')), season }, line)
      else
        rows.add(
          {
            title,
            year: yearOf(get('release date')),
            ids: idsOf({ tmdb: get('tmdb id'), imdb: get('imdb id') }),
            kind: kindOf(get('type')),
            state: get('your rating') ? 'watching' : 'planned',
          },
          line,
        )
    }
    return rows
  },
}
