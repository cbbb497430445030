import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, listOf, nameIn, Rows, someFit, stateOf, titleOf, yearOf } from './scalars'

const List = z.object({ entries: z.array(any) })
/** A title in each of AniList's languages, the one most catalogues know first. */
const TITLES = ['english', 'userPreferred', 'romaji', 'native']
const Copy = z.object({ lists: z.array(any), favourites: z.array(any) })

/** AniList: lists as its API answers them (what export tools save), and the copy of one's data it gives on request. */
export const anilist: Format = {
  service: 'AniList',
  get: 'Settings, Account: the copy of your data (it has no titles), or lists as export tools save them.',
  entries: /(^|\/)anilist[\w-]*\.json$/,
  json(value) {
    const data = at(value, 'data') ?? value
    const lists = at(data, 'anime', 'lists') ?? at(data, 'MediaListCollection', 'lists') ?? at(data, 'lists')
    if (!Array.isArray(lists)) return null
    const rows = new Rows()
    const copy = Copy.safeParse(value)
    if (copy.success) {
      for (const [index, entry] of copy.data.lists.entries()) {
        // 0 is anime, 1 is manga; names and states are not in the copy.
        const type = at(entry, 'series_type')
        if (type === 0) rows.add({ ids: idsOf({ anilist: at(entry, 'series_id') }) }, index + 1)
        else if (type !== 1) rows.refuse(index + 1, nameIn(entry), 'It is neither an anime nor a manga.')
      }
      return rows
    }
    if (!someFit(lists, List)) return null
    // Where an entry does not say how one stands to it, the list it is in does.
    const entries = lists.flatMap((list) =>
      listOf(at(list, 'entries')).map((raw) => ({ raw, status: at(list, 'status') })),
    )
    for (const [index, { raw, status }] of entries.entries()) {
      const media = at(raw, 'media')
      const title =
        TITLES.map((name) => titleOf(at(media, 'title', name))).find((name) => name !== null) ?? null
      const ids = idsOf({ anilist: at(media, 'id') ?? at(raw, 'mediaId'), mal: at(media, 'idMal') })
      if (title === null && Object.keys(ids).length === 0) {
        rows.refuse(index + 1, nameIn(raw), 'It is not built like the other entries of this list.')
        continue
      }
      rows.add(
        {
          title,
          year: yearOf(at(media, 'startDate', 'year')),
          ids,
          kind: at(media, 'format') === 'MOVIE' ? 'film' : 'show',
          state: stateOf(at(raw, 'status') ?? status),
        },
        index + 1,
      )
    }
    return rows
  },
}
