import { z } from 'zod'
import type { Format, ListRow } from '../types'
import { any, at, idsOf, lastSeason, listOf, Rows, seasonOf, stateOf, titleOf, yearOf } from './scalars'

const Title = z.object({ title: any.optional(), year: any.optional(), ids: z.record(z.string(), any) })
const Item = z.object({ show: Title.optional(), movie: Title.optional(), status: any.optional() })
const Backup = z
  .object({ shows: z.array(any).optional(), movies: z.array(any).optional(), anime: z.array(any).optional() })
  .refine(({ shows, movies, anime }) =>
    [shows, movies, anime].some((items) => at(items?.[0], 'show', 'ids') ?? at(items?.[0], 'movie', 'ids')),
  )

/** Simkl's backup, as JSON or CSV. */
export const simkl: Format = {
  service: 'Simkl',
  entries: /(^|\/)simklbackup\.(json|csv)$/,
  json(value) {
    const backup = Backup.safeParse(value)
    if (!backup.success) return null
    const rows = new Rows()
    for (const part of ['shows', 'anime', 'movies'] as const)
      for (const [index, raw] of listOf(backup.data[part]).entries()) {
        const item = Item.safeParse(raw).data
        const named = item?.show ?? item?.movie
        if (!item || !named) {
          rows.refuse(index + 1, null, `It is not built like the other ${part} of this backup.`)
          continue
        }
        const { simkl, tvdb, tmdb, imdb, mal, anilist, anidb, kitsu } = named.ids
        const row: Partial<ListRow> = {
          title: titleOf(named.title),
          year: yearOf(named.year),
          ids: idsOf({ simkl, tvdb, tmdb, imdb, mal, anilist, anidb, kitsu }),
          state: stateOf(item.status),
        }
        const film = part === 'movies' || at(raw, 'anime_type') === 'movie'
        const season = lastSeason(
          at(raw, 'seasons'),
          (season) => at(season, 'number'),
          () => true,
        )
        rows.add({ ...row, kind: film ? 'film' : 'show', season }, index + 1)
      }
    return rows
  },
  sheet({ header, rows: lines }) {
    if (!header.includes('simkl_id') || !header.includes('watchlist')) return null
    const rows = new Rows()
    for (const { get, line } of lines)
      rows.add(
        {
          title: titleOf(get('title')),
          year: yearOf(get('year')),
          ids: idsOf({
            simkl: get('simkl_id'),
            tvdb: get('tvdb_id'),
            tmdb: get('tmdb'),
            imdb: get('imdb_id'),
            mal: get('mal_id'),
          }),
          kind: get('type') === 'movie' ? 'film' : 'show',
          season: seasonOf(/^s(\d+)e/i.exec(get('lastepwatched'))?.[1]),
          state: stateOf(get('watchlist')),
        },
        line,
      )
    return rows
  },
}
