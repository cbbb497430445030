import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, listOf, nameIn, ODD, Rows, seasonOf, someFit, stateOf, titleOf } from './scalars'

const Item = z.object({ lot: z.string(), identifier: any })

/** Ryot's complete export. Shows carry TMDB's ids, anime AniList's or MyAnimeList's. */
export const ryot: Format = {
  service: 'Ryot',
  get: 'Its own export or backup file, as JSON.',
  json(value) {
    // Its export is an object of lists; what its guide describes for lists by hand is the list of titles alone.
    const items = at(value, 'metadata') ?? value
    if (!someFit(items, Item)) return null
    const rows = new Rows()
    for (const [index, item] of items.entries()) {
      const lot = String(at(item, 'lot') ?? '').toLowerCase()
      if (lot !== 'show' && lot !== 'anime' && lot !== 'movie') {
        const title = titleOf(at(item, 'source_id')) ?? nameIn(item)
        if (lot) rows.leaveOut(index + 1, title, 'It is neither a show nor an anime.')
        else rows.refuse(index + 1, title, ODD)
        continue
      }
      const source = String(at(item, 'source') ?? (lot === 'anime' ? 'anilist' : 'tmdb')).toLowerCase()
      const seasons = listOf(at(item, 'seen_history')).map(
        (seen) => seasonOf(at(seen, 'show_season_number')) ?? 0,
      )
      const collections = listOf(at(item, 'collections')).map((one) =>
        String(at(one, 'collection_name') ?? ''),
      )
      const identifier = at(item, 'identifier')
      const states = new Set(collections.map((name) => stateOf(name)))
      rows.add(
        {
          // The export's field `source_id` holds a name, when it holds anything.
          title: titleOf(at(item, 'source_id')),
          ids: idsOf(
            source === 'anilist'
              ? { anilist: identifier }
              : source === 'mal' || source === 'myanimelist'
                ? { mal: identifier }
                : source === 'tvdb'
                  ? { tvdb: identifier }
                  : { tmdb: identifier },
          ),
          kind: lot === 'movie' ? 'film' : 'show',
          season: seasonOf(seasons.reduce((last, season) => Math.max(last, season), 0)),
          state: states.has('dropped') ? 'dropped' : seasons.length === 0 ? 'planned' : 'watching',
        },
        index + 1,
      )
    }
    return rows
  },
}
