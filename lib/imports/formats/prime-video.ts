import { cutSeason, withoutTags } from '@/lib/shared/season-part'
import type { Format, ListRow } from '../types'
import { Rows, titleOf } from './scalars'

const SERIES = /^(?:series|tv|tv ?(?:show|series)|show|episode|season|serie|série|serien)$/i
const FILM = /^(?:movie|film|pel[ií]cula|filme)$/i

/** "The Show - Season 4 [dt./OV]" → the show and its season. */
function showIn(whole: string | null): Partial<ListRow> {
  const bare = withoutTags(whole ?? '')
  const { title, season } = cutSeason(bare) ?? { title: bare, season: null }
  const name = titleOf(title)
  const [before] = bare.split(/ [-–—] /)
  return season === null && before && before !== name
    ? { title: name, orNames: [before] }
    : { title: name, season }
}

/** Prime Video's watch history. It has no ids that anybody else uses, and trailers count as films. */
export const primeVideo: Format = {
  service: 'Prime Video',
  get: 'The CSV with “Date Watched” that browser tools save from your watch history.',
  entries: /(^|\/)(watch-?history|[\w.]*primevideo[\w.]*viewing[\w.]*)[\w() -]*\.csv$/,
  sheet({ header, rows: lines }) {
    if (!header.includes('date watched') || !header.includes('global title identifier')) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const whole = titleOf(get('title'))
      const type = get('type')
      if (FILM.test(type)) {
        if (!/\b(trailer|teaser)\b/i.test(whole ?? '')) rows.add({ title: whole, kind: 'film' }, line)
      } else rows.add({ ...showIn(whole), kind: SERIES.test(type) ? 'show' : 'unknown' }, line)
    }
    return rows
  },
}
