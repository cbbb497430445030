import type { Format, ListRow } from '../types'
import { idsOf, Rows, titleOf, yearOf } from './scalars'

/** "TV Mini Series", "tvMiniSeries" and "Mini-Series" are one. */
const typeOf = (word: string) => word.toLowerCase().replace(/[^a-z]/g, '')

const SERIES = new Set(['tvseries', 'tvminiseries', 'miniseries'])
const OTHER: Record<string, string> = {
  videogame: 'It is a game.',
  podcastseries: 'It is a podcast.',
  podcastepisode: 'It is an episode of a podcast.',
  musicvideo: 'It is a music video.',
}

/** IMDb: ratings, watchlists and lists as CSV, of 2012, 2019 and since 2024. */
export const imdb: Format = {
  service: 'IMDb',
  sheet({ header, rows: lines }) {
    if (!header.includes('const') || !header.includes('title type')) return null
    // A list that one keeps before watching has a place for every title; a list of ratings has a rating.
    const state: ListRow['state'] =
      header.includes('position') && !header.includes('you rated') ? 'planned' : 'watching'
    const rows = new Rows()
    for (const { get, line } of lines) {
      const type = typeOf(get('title type'))
      const title = titleOf(get('title'))
      const row = { title, year: yearOf(get('year')), state, ids: idsOf({ imdb: get('const') }) }
      if (SERIES.has(type)) rows.add(row, line)
      else if (type === 'tvepisode') {
        // "Show: Episode", under the episode's id and year: only the show's name is of use.
        const show = title?.slice(0, Math.max(0, title.lastIndexOf(': ')))
        if (show) rows.add({ title: show }, line)
        else rows.refuse(line, title, 'It is an episode, and the list does not say of which show.')
      } else if (Object.hasOwn(OTHER, type)) rows.refuse(line, title, OTHER[type]!)
      else rows.add({ ...row, kind: 'film' }, line)
    }
    return rows
  },
}
