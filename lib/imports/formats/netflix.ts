import type { Format, SheetRow } from '../types'
import { Rows, seasonOf, titleOf } from './scalars'

/** How Netflix writes "season" in the languages of its accounts. */
const SEASON_WORD =
  /^(?:season|series|part|volume|book|limited series|staffel|teil|saison|partie|temporada|parte|stagione|seizoen|sezon|säsong|sæson|sesong|kausi|sezonul|シーズン|시즌|第)(?!\p{Ll})/iu

/** "Show: Season 2: Episode" → the show and its season; null for what may as well be a film's name. */
function showIn(title: string): { title: string; season: number | null } | null {
  const parts = title.split(': ')
  if (parts.length < 3) return null
  const at = parts.findIndex(
    (part, index) => index > 0 && (SEASON_WORD.test(part) || part.startsWith(`${parts[0]} `)),
  )
  const name = titleOf(parts.slice(0, at > 0 ? at : 1).join(': '))
  return name ? { title: name, season: at > 0 ? seasonOf(/\d+/.exec(parts[at]!)?.[0]) : null } : null
}

/** True for what the player started by itself, and for trailers. */
const isWatched = (get: SheetRow['get']) =>
  get('supplemental video type') === '' &&
  !/_hook_|trailer/i.test(get('title')) &&
  !/^autoplayed/i.test(get('attributes'))

/** Netflix: what was watched (a title and a day), and the same from a copy of one's data. No ids, and films among it. */
export const netflix: Format = {
  service: 'Netflix',
  entries: /(^|\/)(netflixviewinghistory|viewingactivity|mylist)\.csv$/,
  sheet({ header, rows: lines }) {
    const history = header.join() === 'title,date'
    const activity = header.includes('title') && header.includes('supplemental video type')
    const mine = header.includes('title name') && header.includes('profile name')
    if (!history && !activity && !mine) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const whole = titleOf(get('title', 'title name'))
      if (!whole || (activity && !isWatched(get))) continue
      const show = showIn(whole)
      if (show) rows.add(show, line)
      else if (mine) rows.add({ title: whole, kind: 'unknown', state: 'planned' }, line)
      else
        rows.refuse(
          line,
          whole,
          'It names no season, so it may be a film: look for it by hand if it is a show.',
        )
    }
    return rows
  },
}
