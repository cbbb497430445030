import { z } from 'zod'
import type { Format, WatchState } from '../types'
import { any, at, idsOf, listOf, nameIn, numberId, ODD, Rows, seasonOf, titleOf } from './scalars'

const Lists = z.looseObject({}).refine((shows) => Array.isArray(shows.cH) || Array.isArray(shows.cW))
const Backup = z.object({ version: any, shows: Lists, movies: any.optional() })

/** Showly's backup, versions 1 and 2; its keys are initials: cH "my shows", cW the watchlist, cHid what was hidden. */
export const showly: Format = {
  service: 'Showly',
  get: 'Its own export or backup file, as JSON.',
  entries: /(^|\/)showly_export[\w.-]*\.json$/,
  json(value) {
    const backup = Backup.safeParse(value)
    if (!backup.success) return null
    const { shows, movies } = backup.data
    const last = new Map<string, number>()
    for (const episode of listOf(shows.pEp)) {
      const show = numberId(at(episode, 'sId'))
      const season = seasonOf(at(episode, 'sN'))
      if (show && season) last.set(show, Math.max(season, last.get(show) ?? 0))
    }
    const rows = new Rows()
    const take = (items: unknown, state: WatchState, kind: 'show' | 'film') => {
      for (const [index, item] of listOf(items).entries()) {
        const trakt = numberId(at(item, 'id'))
        const title = titleOf(at(item, 't'))
        if (title === null && trakt === null) {
          rows.refuse(index + 1, nameIn(item), ODD)
          continue
        }
        rows.add(
          {
            title,
            ids: idsOf({ trakt, tmdb: at(item, 'tmId') }),
            kind,
            season: (kind === 'show' && trakt && last.get(trakt)) || null,
            state,
          },
          index + 1,
        )
      }
    }
    take(shows.cH, 'watching', 'show')
    take(shows.cW, 'planned', 'show')
    take(shows.cHid, 'hidden', 'show')
    take(at(movies, 'cH'), 'completed', 'film')
    take(at(movies, 'cW'), 'planned', 'film')
    return rows
  },
}
