import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, Rows, seasonOf, titleOf, yearOf } from './scalars'

const JellyfinAnswer = z.object({ Items: z.array(any), TotalRecordCount: any })

/** Jellyfin and Emby: items as their API answers them. An episode's ids are its own, so its show is found by name. */
export const jellyfin: Format = {
  service: 'Jellyfin',
  get: 'The list as JSON, as its interface answers.',
  json(value) {
    const answer = JellyfinAnswer.safeParse(value)
    if (!answer.success) return null
    const rows = new Rows()
    for (const [index, item] of answer.data.Items.entries()) {
      const ids = idsOf({
        tvdb: at(item, 'ProviderIds', 'Tvdb'),
        tmdb: at(item, 'ProviderIds', 'Tmdb'),
        imdb: at(item, 'ProviderIds', 'Imdb'),
      })
      const named = { title: titleOf(at(item, 'Name')), year: yearOf(at(item, 'ProductionYear')), ids }
      const type = at(item, 'Type')
      if (type === 'Series') rows.add(named, index + 1)
      else if (type === 'Episode' || type === 'Season')
        rows.add(
          {
            title: titleOf(at(item, 'SeriesName')),
            season: seasonOf(at(item, type === 'Season' ? 'IndexNumber' : 'ParentIndexNumber')),
          },
          index + 1,
        )
      else if (type === 'Movie') rows.add({ ...named, kind: 'film' }, index + 1)
      else rows.refuse(index + 1, named.title, 'It is neither a series nor an episode.')
    }
    return rows
  },
}
