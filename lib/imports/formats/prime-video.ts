import type { Format } from '../types'
import { Rows, seasonOf, titleOf } from './scalars'

/** Prime Video's watch history. It has no ids that anybody else uses, and trailers count as films. */
export const primeVideo: Format = {
  service: 'Prime Video',
  sheet({ header, rows: lines }) {
    if (!header.includes('date watched') || !header.includes('global title identifier')) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const whole = titleOf(get('title'))
      if (/^series$/i.test(get('type'))) {
        const [, name, number] =
          /^(.+?)(?: -)? (?:season|series|staffel|saison|temporada|stagione) (\d+)$/i.exec(whole ?? '') ?? [
            null,
            whole,
            null,
          ]
        rows.add({ title: titleOf(name), season: seasonOf(number) }, line)
      } else if (!/\b(trailer|teaser)\b/i.test(whole ?? '')) rows.add({ title: whole, kind: 'film' }, line)
    }
    return rows
  },
}
