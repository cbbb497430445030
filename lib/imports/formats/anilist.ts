import { z } from 'zod'
import type { Format } from '../types'
import { any, at, idsOf, listOf, Rows, stateOf, titleOf, yearOf } from './scalars'

const Entry = z.object({
  status: any.optional(),
  media: z.object({
    id: any.optional(),
    idMal: any.optional(),
    format: any.optional(),
    startDate: any.optional(),
    title: z.object({ userPreferred: any, english: any, romaji: any, native: any }).partial().nullish(),
  }),
})
const Copy = z.object({ lists: z.array(any), favourites: z.array(any) })

/** AniList: lists as its API answers them (what export tools save), and the copy of one's data it gives on request. */
export const anilist: Format = {
  service: 'AniList',
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
        if (at(entry, 'series_type') === 0)
          rows.add({ ids: idsOf({ anilist: at(entry, 'series_id') }) }, index + 1)
      }
      return rows
    }
    if (!lists.every((list) => Array.isArray(at(list, 'entries')))) return null
    // Where an entry does not say how one stands to it, the list it is in does.
    const entries = lists.flatMap((list) =>
      listOf(at(list, 'entries')).map((raw) => ({ raw, status: at(list, 'status') })),
    )
    for (const [index, { raw, status }] of entries.entries()) {
      const entry = Entry.safeParse(raw).data
      if (!entry) {
        rows.refuse(index + 1, null, 'It is not built like the other entries of this list.')
        continue
      }
      const { id, idMal, format, startDate, title } = entry.media
      rows.add(
        {
          title:
            titleOf(title?.english) ??
            titleOf(title?.userPreferred) ??
            titleOf(title?.romaji) ??
            titleOf(title?.native),
          year: yearOf(at(startDate, 'year')),
          ids: idsOf({ anilist: id, mal: idMal }),
          kind: format === 'MOVIE' ? 'film' : 'show',
          state: stateOf(entry.status ?? status),
        },
        index + 1,
      )
    }
    return rows
  },
}
