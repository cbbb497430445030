import type { Format } from '../types'
import { idsOf, Rows, seasonOf, stateOf, yearOf } from './scalars'
import { namedWithYear } from './tvtime'

const TITLE = ['title', 'name', 'show', 'series', 'show_name', 'series_name', 'show title', 'series title']
const TYPE = ['type', 'kind', 'media_type', 'title type']
const ids = (name: string) => [`${name}_id`, name, `${name} id`, `${name}id`]

/** Any sheet with a column of titles: from another service, or written by hand. */
export const plain: Format = {
  service: 'A list of titles',
  entries: /(^|\/)(shows|series|list|watchlist)\.csv$/,
  sheet({ header, rows: lines }) {
    const known = [...TITLE, ...['tvdb', 'tmdb', 'imdb', 'mal', 'anilist', 'trakt'].flatMap(ids)]
    if (!known.some((name) => header.includes(name))) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const named = namedWithYear(get(...TITLE))
      rows.add(
        {
          ...named,
          year: yearOf(get('year', 'release_year', 'first_aired', 'premiered')) ?? named.year,
          ids: idsOf({
            tvdb: get(...ids('tvdb'), 'thetvdb'),
            tmdb: get(...ids('tmdb'), 'themoviedb'),
            imdb: get(...ids('imdb'), 'const'),
            tvmaze: get(...ids('tvmaze')),
            trakt: get(...ids('trakt')),
            simkl: get(...ids('simkl')),
            mal: get(...ids('mal'), 'myanimelist'),
            anilist: get(...ids('anilist')),
            anidb: get(...ids('anidb')),
            kitsu: get(...ids('kitsu')),
            greenlit: get('greenlit'),
          }),
          kind: /^(movie|film)s?$/i.test(get(...TYPE)) ? 'film' : 'unknown',
          season: seasonOf(get('season', 'season_number', 'last_season')),
          state: stateOf(get('status', 'state', 'watch_status')),
        },
        line,
      )
    }
    return rows
  },
}
