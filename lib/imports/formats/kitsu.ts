import { z } from 'zod'
import type { Format, Ids } from '../types'
import { any, at, idsOf, listOf, numberId, Rows, stateOf, titleOf } from './scalars'

const Answer = z.object({
  data: z.array(z.object({ type: z.literal('libraryEntries'), attributes: any, relationships: any })).min(1),
  included: z.array(any).optional(),
})

/** Kitsu's library as its API answers it, with the ids of other sites beside. Its file export is MyAnimeList's. */
export const kitsu: Format = {
  service: 'Kitsu',
  json(value) {
    const answer = Answer.safeParse(value)
    if (!answer.success) return null
    const beside = new Map(
      listOf(answer.data.included).map((item) => [`${at(item, 'type')} ${at(item, 'id')}`, item]),
    )
    const rows = new Rows()
    for (const [index, { attributes, relationships }] of answer.data.data.entries()) {
      const id = numberId(at(relationships, 'anime', 'data', 'id'))
      if (!id) {
        rows.refuse(index + 1, null, 'It is not an anime.')
        continue
      }
      const anime = beside.get(`anime ${id}`)
      const ids: Ids = { kitsu: id }
      for (const reference of listOf(at(anime, 'relationships', 'mappings', 'data'))) {
        const mapping = at(beside.get(`mappings ${at(reference, 'id')}`), 'attributes')
        const [site] = String(at(mapping, 'externalSite') ?? '').split('/')
        const outside = at(mapping, 'externalId')
        if (site === 'myanimelist') Object.assign(ids, idsOf({ mal: outside }))
        if (site === 'anilist') Object.assign(ids, idsOf({ anilist: outside }))
        if (site === 'anidb') Object.assign(ids, idsOf({ anidb: outside }))
        if (site === 'thetvdb') Object.assign(ids, idsOf({ tvdb: String(outside).split('/')[0] }))
      }
      rows.add(
        {
          title: titleOf(at(anime, 'attributes', 'canonicalTitle')),
          ids,
          kind: at(anime, 'attributes', 'subtype') === 'movie' ? 'film' : 'show',
          state: stateOf(at(attributes, 'status')),
        },
        index + 1,
      )
    }
    return rows
  },
}
