import type { Format } from '../types'
import { idsOf, kindOf, Rows, seasonOf, stateOf, titleOf } from './scalars'

const NO_SHOWS: Record<string, string> = {
  book: 'It is a book.',
  manga: 'It is a manga.',
  comic: 'It is a comic.',
  game: 'It is a game.',
  boardgame: 'It is a board game.',
}

/** Rows of these types carry the ids of their show. */
const PARTS = new Set(['season', 'episode'])

/** Yamtrack's CSV, of every year and of its fork with lists. One row each for a show, a season, an episode. */
export const yamtrack: Format = {
  service: 'Yamtrack',
  get: 'Its own export, as CSV.',
  sheet({ header, rows: lines }) {
    if (!['media_id', 'source', 'media_type', 'title'].every((name) => header.includes(name))) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      if (get('row_type') === 'list') continue // a list's own name, not a title
      const [type, source, title] = [get('media_type'), get('source'), titleOf(get('title'))]
      if (Object.hasOwn(NO_SHOWS, type)) {
        rows.leaveOut(line, title, NO_SHOWS[type]!)
        continue
      }
      const id = get('media_id')
      const ids = source === 'tmdb' ? idsOf({ tmdb: id }) : source === 'mal' ? idsOf({ mal: id }) : {}
      const whole = type === 'tv' || type === 'anime'
      rows.add(
        {
          // An episode or a season of a hand-made entry may be called by its own name; its id is its show's.
          title: whole || Object.keys(ids).length === 0 || type === 'movie' ? title : null,
          ids,
          kind: PARTS.has(type) ? 'show' : kindOf(type),
          season: seasonOf(get('season_number')),
          state: whole ? stateOf(get('status')) : 'watching',
        },
        line,
      )
    }
    return rows
  },
}
