import { beginsLikeSeason, seasonPart } from '@/lib/shared/season-part'
import type { Format, ListRow, SheetRow } from '../types'
import { Rows, titleOf } from './scalars'

/** What parts a show's name, its season's and its episode's; French puts a blank before it, Chinese writes it wide. */
const BETWEEN = /\s*(?::\s+|：\s*)/u

/**
 * "Show: Season 2: Episode" → the show and its season; null for what may as well be a film's name. Where no part is a
 * season's name, the show's may end at any of them: the reader is asked by whichever is a show.
 */
function showIn(title: string): Partial<ListRow> | null {
  const parts = title.split(BETWEEN).map((part) => part.trim())
  const until = (end: number) => titleOf(parts.slice(0, end).join(': '))
  const part = parts.findIndex((text, index) => index > 0 && seasonPart(text) !== null)
  if (part > 0) return { title: until(part), season: seasonPart(parts[part]!)!.season }
  if (parts.length < 3) return null
  // "Stranger Things: Stranger Things 4: …", "Avatar: Book One, Water: …"; the last part is the episode's.
  const likely = parts.findIndex(
    (text, index) =>
      index > 0 && index < parts.length - 1 && (text.startsWith(`${parts[0]} `) || beginsLikeSeason(text)),
  )
  if (likely > 0)
    return { title: until(likely), season: Number(/\d{1,2}/.exec(parts[likely]!)?.[0] ?? 0) || null }
  const names = parts.slice(1).map((_, index) => until(parts.length - 1 - index))
  return { title: names[0], orNames: names.slice(1).filter((name) => name !== null) }
}

/** True for what the player started by itself, and for trailers. */
const isWatched = (get: SheetRow['get']) =>
  get('supplemental video type') === '' &&
  !/_hook_|trailer/i.test(get('title')) &&
  !/^autoplayed/i.test(get('attributes'))

/** Netflix: what was watched (a title and a day), and the same from a copy of one's data. No ids, and films among it. */
export const netflix: Format = {
  service: 'Netflix',
  get: 'Account, Profile, Viewing activity, “Download all”: the CSV. It has titles only, so every show is a question.',
  entries: /(^|\/)(netflixviewinghistory|viewingactivity|mylist)[\w() -]*\.csv$/,
  sheet({ header, rows: lines }) {
    const history = header.join() === 'title,date'
    const activity = header.includes('title') && header.includes('supplemental video type')
    const mine = header.includes('title name') && header.includes('profile name')
    if (!history && !activity && !mine) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const whole = titleOf(get('title', 'title name'))
      if (activity && !isWatched(get)) continue
      if (!whole) {
        rows.refuse(line, null, 'It has no title.')
        continue
      }
      const show = showIn(whole)
      if (show?.title) rows.add(show, line)
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
