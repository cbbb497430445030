import { z } from 'zod'
import type { Format, ListRow } from '../types'
import {
  at,
  idsOf,
  kindOf,
  lastSeason,
  listOf,
  nameIn,
  Rows,
  seasonOf,
  someFit,
  stateOf,
  titleOf,
  yearOf,
} from './scalars'

const Item = z.looseObject({}).refine((item) => at(item, 'show', 'ids') ?? at(item, 'movie', 'ids'))
const PARTS = ['shows', 'anime', 'movies'] as const
const SITES = ['simkl', 'tvdb', 'tmdb', 'imdb', 'mal', 'anilist', 'anidb', 'kitsu'] as const

/** Simkl's backup, as JSON or CSV. */
export const simkl: Format = {
  service: 'Simkl',
  get: 'Settings, Backup: the JSON or the CSV file.',
  entries: /(^|\/)simklbackup\.(json|csv)$/,
  json(value) {
    if (!PARTS.some((part) => someFit(at(value, part), Item))) return null
    const rows = new Rows()
    for (const part of PARTS)
      for (const [index, raw] of listOf(at(value, part)).entries()) {
        const named = at(raw, 'show') ?? at(raw, 'movie')
        if (!named) {
          rows.refuse(index + 1, nameIn(raw), `It is not built like the other ${part} of this backup.`)
          continue
        }
        const row: Partial<ListRow> = {
          title: titleOf(at(named, 'title')),
          year: yearOf(at(named, 'year')),
          ids: idsOf(Object.fromEntries(SITES.map((site) => [site, at(named, 'ids', site)]))),
          state: stateOf(at(raw, 'status')),
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
          kind: kindOf(get('type')),
          season: seasonOf(/^s(\d+)e/i.exec(get('lastepwatched'))?.[1]),
          state: stateOf(get('watchlist')),
        },
        line,
      )
    return rows
  },
}
