import { z } from 'zod'
import type { Format, ListRow } from '../types'
import { any, at, idsOf, Rows, readItems, seasonOf, titleOf } from './scalars'

const Follow = z.object({ show: any, title: any, season: any, followed_at: any })

const followed = (slug: unknown, title: unknown, season: unknown): Partial<ListRow> => ({
  title: titleOf(title),
  ids: idsOf({ greenlit: slug }),
  wanted: seasonOf(season) ?? undefined,
})

/** Our own list of follows, as JSON or CSV: the show's slug says exactly which one is meant. */
export const greenlit: Format = {
  service: 'Greenlit',
  get: 'The CSV or JSON file below: it is found again exactly.',
  entries: /(^|\/)greenlit-(following|export)\.(json|csv)$/,
  json(value) {
    const follows = z.object({ follows: z.array(any) }).safeParse(value)
    return follows.success
      ? readItems(follows.data.follows, Follow, (one, rows, line) =>
          rows.add(followed(at(one, 'show'), at(one, 'title'), at(one, 'season')), line),
        )
      : null
  },
  sheet({ header, rows: lines }) {
    if (!['show', 'title', 'season', 'followed_at'].every((name) => header.includes(name))) return null
    const rows = new Rows()
    // A title that a formula could hide behind was written with a quote before it.
    for (const { get, line } of lines)
      rows.add(followed(get('show'), get('title').replace(/^'(?=[=+\-@])/, ''), get('season')), line)
    return rows
  },
}
