/** TV Time's answer to a request for one's data (GDPR): some fifty CSV files, of which a few speak of shows. */
import type { Format, ListRow, Sheet, SheetRow } from '../types'
import { idsOf, isNo, isYes, numberId, Rows, seasonOf, titleOf, yearOf } from './scalars'

/** A series of TV Time's whose rows are known to be damaged. */
const DAMAGED_SERIES = '10000018'

/** "Bodyguard (2018)" is TheTVDB's way to tell namesakes apart. */
export function namedWithYear(name: unknown): Pick<ListRow, 'title' | 'year'> {
  const title = titleOf(name)
  const [, bare, year] = /^(.+) \((\d{4})\)$/.exec(title ?? '') ?? []
  return bare && yearOf(year) ? { title: bare, year: yearOf(year) } : { title, year: null }
}

function addShow(rows: Rows, id: unknown, name: unknown, line: number, more: Partial<ListRow> = {}): void {
  if (numberId(id) === DAMAGED_SERIES) return
  rows.add({ ...namedWithYear(name), ids: idsOf({ tvdb: id }), ...more }, line)
}

/** tracking-prod-records-v2.csv: one row a watched episode, one a series (`user-series-`), one of totals. */
function tracking2(get: SheetRow['get'], rows: Rows, line: number): void {
  const key = get('key')
  const [id, name] = [get('s_id'), get('series_name')]
  if (key.startsWith('user-series-')) {
    const gone = isYes(get('is_archived')) || isNo(get('is_followed'))
    const state = gone ? 'dropped' : isYes(get('is_for_later')) ? 'planned' : 'watching'
    addShow(rows, id, name, line, { state })
  } else if (/^(re)?watch-episode-/.test(key))
    addShow(rows, id, name, line, { season: seasonOf(get('season_number')) ?? seasonOf(get('s_no')) })
}

/** tracking-prod-records.csv: films, and episodes of an older day. */
function tracking1(get: SheetRow['get'], rows: Rows, line: number): void {
  const type = get('type')
  if (!['watch', 'rewatch', 'towatch', 'follow'].includes(type)) return
  if (get('entity_type') === 'movie') {
    // A localised name may be blank; the sort key then holds the English one.
    const spelt = get('alpha_range_key').split('-alpha-')[1]?.replaceAll('-', ' ')
    const title = titleOf(get('movie_name')) ?? titleOf(spelt)
    rows.add({ title, year: yearOf(get('release_date')), kind: 'film' }, line)
  } else if (get('series_name', 'series_id'))
    addShow(rows, get('series_id'), get('series_name'), line, { season: seasonOf(get('season_number')) })
}

const special = (status: string): ListRow['state'] =>
  status === 'for_later' ? 'planned' : /stop|archiv|drop/.test(status) ? 'dropped' : 'watching'

/** A way to read a sheet that has all these columns; the first that fits is taken. */
const SHEETS: [columns: string[], read: (get: SheetRow['get'], rows: Rows, line: number) => void][] = [
  [['key', 's_id', 'series_name'], tracking2],
  [['type-uuid-n', 'entity_type'], tracking1],
  [
    ['tv_show_id', 'tv_show_name', 'active', 'archived'],
    (get, rows, line) =>
      addShow(rows, get('tv_show_id'), get('tv_show_name'), line, {
        state: isYes(get('archived')) || isNo(get('active')) ? 'dropped' : 'watching',
      }),
  ],
  [
    ['tv_show_id', 'tv_show_name', 'is_followed'],
    (get, rows, line) =>
      addShow(rows, get('tv_show_id'), get('tv_show_name'), line, {
        state: isNo(get('is_followed')) ? 'dropped' : 'watching',
      }),
  ],
  [
    ['tv_show_id', 'tv_show_name', 'status'],
    (get, rows, line) =>
      addShow(rows, get('tv_show_id'), get('tv_show_name'), line, { state: special(get('status')) }),
  ],
  [
    ['tv_show_id', 'tv_show_name', 'rating'],
    (get, rows, line) => addShow(rows, get('tv_show_id'), get('tv_show_name'), line),
  ],
  [
    ['tv_show_name', 'episode_season_number'],
    (get, rows, line) =>
      addShow(rows, '', get('tv_show_name'), line, { season: seasonOf(get('episode_season_number')) }),
  ],
  [
    ['show_name', 'episode_season_number'],
    (get, rows, line) =>
      addShow(rows, '', get('show_name'), line, { season: seasonOf(get('episode_season_number')) }),
  ],
  [['tv_show_id', 'episode_id'], (get, rows, line) => addShow(rows, get('tv_show_id'), '', line)],
  [
    ['vote_key', 'series_name'],
    (get, rows, line) => {
      if (get('series_name'))
        addShow(rows, '', get('series_name'), line, { season: seasonOf(get('season_number')) })
      else rows.add({ title: titleOf(get('movie_name')), kind: 'film' }, line)
    },
  ],
  [
    ['vote_key', 'movie_name', 'episode_id'],
    (get, rows, line) => rows.add({ title: titleOf(get('movie_name')), kind: 'film' }, line),
  ],
  [
    ['s_key', 'objects', 'list_count'],
    (get, rows, line) => {
      // A list's titles are one field, a Go map printed out. An id of any length would be looked for from every "id:".
      for (const [, id] of get('objects').matchAll(/\bid:(\S{1,20}) type:series\b/g))
        addShow(rows, id, '', line, { state: 'planned' })
    },
  ],
]

export const tvtime: Format = {
  service: 'TV Time',
  get: 'The ZIP it sent you on request before it closed, whole or any of its CSV files; the export of its last year; the files of TV Time Liberator.',
  entries:
    /(^|\/)(tracking-prod-records(-v2)?|followed_tv_show|user_tv_show_data|user_show_special_status|seen_episode(_source)?|watched_on_episode|rewatched_episode|tv_show_rate|lists-prod-lists|ratings-[\w-]*votes)\.csv$/,
  sheet({ header, rows: lines }: Sheet) {
    const read = SHEETS.find(([columns]) => columns.every((column) => header.includes(column)))?.[1]
    if (!read) return null
    const rows = new Rows()
    for (const { get, line } of lines) read(get, rows, line)
    return rows
  },
}
