import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, listOf, Rows, seasonOf, stateOf, titleOf } from './scalars'

const Item = z.object({
  lot: z.string(),
  identifier: any,
  source: any.optional(),
  source_id: any.optional(),
  seen_history: z.array(any).nullish(),
  collections: z.array(any).nullish(),
})
const Export = z.object({ metadata: z.array(any) })

/** Ryot's complete export. Shows carry TMDB's ids, anime AniList's or MyAnimeList's. */
export const ryot: Format = {
  service: 'Ryot',
  json(value) {
    const whole = Export.safeParse(value)
    if (!whole.success || (whole.data.metadata[0] && !Item.safeParse(whole.data.metadata[0]).success))
      return null
    const rows = new Rows()
    for (const [index, raw] of whole.data.metadata.entries()) {
      const item = Item.safeParse(raw).data
      const lot = item?.lot.toLowerCase()
      if (!item || (lot !== 'show' && lot !== 'anime' && lot !== 'movie')) {
        const title = titleOf(item?.source_id)
        rows.refuse(
          index + 1,
          title,
          item ? 'It is neither a show nor an anime.' : 'It is not built like the others.',
        )
        continue
      }
      const source = String(item.source ?? (lot === 'anime' ? 'anilist' : 'tmdb')).toLowerCase()
      const seasons = listOf(item.seen_history).map((seen) => seasonOf(at(seen, 'show_season_number')) ?? 0)
      const collections = listOf(item.collections).map((one) => String(at(one, 'collection_name') ?? ''))
      const states = new Set(collections.map((name) => stateOf(name)))
      rows.add(
        {
          // The export's field `source_id` holds a name, when it holds anything.
          title: titleOf(item.source_id),
          ids: idsOf(
            source === 'anilist'
              ? { anilist: item.identifier }
              : source === 'mal' || source === 'myanimelist'
                ? { mal: item.identifier }
                : source === 'tvdb'
                  ? { tvdb: item.identifier }
                  : { tmdb: item.identifier },
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
