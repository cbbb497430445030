/** TV Time's own "export my data" of its last year, and the files of TV Time Liberator, built alike. */
import { z } from 'zod'
import type { Format, ListRow } from '../types'
import {
  any,
  at,
  idsOf,
  isYes,
  lastSeason,
  Rows,
  readItems,
  seasonOf,
  stateOf,
  titleOf,
  yearOf,
} from './scalars'
import { namedWithYear } from './tvtime'

const Series = z.object({
  id: z.object({ tvdb: any.optional(), imdb: any.optional() }),
  title: any,
  status: z.string(),
  seasons: z.array(any).optional(),
})
const Film = z.object({
  id: z.object({ tvdb: any.optional(), imdb: any.optional() }),
  title: any,
  is_watched: any,
  year: any.optional(),
  status: z.undefined().optional(),
  seasons: z.undefined().optional(),
})

const film = (title: unknown, year: unknown, imdb: unknown): Partial<ListRow> => ({
  title: titleOf(title),
  year: yearOf(year),
  ids: idsOf({ imdb }),
  kind: 'film',
})

export const tvtimeExport: Format = {
  service: 'TV Time',
  entries:
    /(^|\/)(tvtime-(lists|series(-episodes)?)(-\d{4}-\d{2}-\d{2})?\.(csv|json)|shows\.json|activity_history\.csv)$/,
  json: (value) =>
    readItems(value, Series, (series, rows, line) =>
      rows.add(
        {
          ...namedWithYear(at(series, 'title')),
          ids: idsOf({ tvdb: at(series, 'id', 'tvdb'), imdb: at(series, 'id', 'imdb') }),
          season: lastSeason(
            at(series, 'seasons'),
            (season) => at(season, 'number'),
            (episode) => at(episode, 'is_watched') === true,
          ),
          state: stateOf(at(series, 'status')),
        },
        line,
      ),
    ) ??
    readItems(value, Film, (one, rows, line) =>
      rows.add(film(at(one, 'title'), at(one, 'year'), at(one, 'id', 'imdb')), line),
    ),
  sheet({ header, rows: lines }) {
    const has = (...names: string[]) => names.every((name) => header.includes(name))
    const rows = new Rows()
    if (has('series_tvdb_id', 'title', 'season', 'is_watched')) {
      for (const { get, line } of lines) {
        const season = isYes(get('is_watched')) ? seasonOf(get('season')) : null
        const ids = idsOf({ tvdb: get('series_tvdb_id'), imdb: get('series_imdb_id') })
        rows.add({ ...namedWithYear(get('title')), ids, season }, line)
      }
      return rows
    }
    if (has('list_id', 'item_type', 'tvdb_id', 'name')) {
      for (const { get, line } of lines) {
        const ids = get('item_type') === 'series' ? idsOf({ tvdb: get('tvdb_id') }) : {}
        const kind = get('item_type') === 'series' ? 'show' : 'film'
        rows.add({ ...namedWithYear(get('name')), ids, kind, state: 'planned' }, line)
      }
      return rows
    }
    if (has('imdb_id', 'tvdb_id', 'type', 'title', 'is_watchlisted')) {
      for (const { get, line } of lines) {
        const type = get('type')
        const state = stateOf(get('status'))
        // An episode's ids are the episode's, not its show's.
        if (type === 'movie') rows.add(film(get('title'), '', get('imdb_id')), line)
        else if (type === 'episode')
          rows.add({ ...namedWithYear(get('title')), season: seasonOf(get('season')), state }, line)
        else
          rows.add(
            {
              ...namedWithYear(get('title')),
              ids: idsOf({ tvdb: get('tvdb_id'), imdb: get('imdb_id') }),
              state,
            },
            line,
          )
      }
      return rows
    }
    if (has('uuid', 'tvdb_id', 'title', 'status')) {
      for (const { get, line } of lines) {
        const ids = idsOf({ tvdb: get('tvdb_id'), imdb: get('imdb_id') })
        rows.add({ ...namedWithYear(get('title')), ids, state: stateOf(get('status')) }, line)
      }
      return rows
    }
    if (has('uuid', 'tvdb_id', 'title', 'year', 'is_watched')) {
      for (const { get, line } of lines) rows.add(film(get('title'), get('year'), get('imdb_id')), line)
      return rows
    }
    return null
  },
}
