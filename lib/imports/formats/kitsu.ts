import { z } from 'zod'
import type { Format, Ids } from '../types'
import { any, at, idsOf, listOf, nameIn, numberId, Rows, someFit, stateOf, titleOf } from './scalars'

const Entry = z.object({ type: z.literal('libraryEntries'), attributes: any, relationships: any })

/** Kitsu's library as its API answers it, with the ids of other sites beside. Its file export is MyAnimeList's. */
export const kitsu: Format = {
  service: 'Kitsu',
  get: 'Its own export or backup file, as JSON.',
  json(value) {
    const entries = at(value, 'data')
    if (!someFit(entries, Entry)) return null
    const beside = new Map(
      listOf(at(value, 'included')).map((item) => [`${at(item, 'type')} ${at(item, 'id')}`, item]),
    )
    const rows = new Rows()
    for (const [index, entry] of entries.entries()) {
      const id = numberId(at(entry, 'relationships', 'anime', 'data', 'id'))
      if (!id) {
        rows.refuse(index + 1, nameIn(entry), 'It is not an anime.')
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
          state: stateOf(at(entry, 'attributes', 'status')),
        },
        index + 1,
      )
    }
    return rows
  },
}
