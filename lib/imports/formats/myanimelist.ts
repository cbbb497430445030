import { z } from 'zod'
import type { Format, ListRow, WatchState } from '../types'
import { any, at, idsOf, listOf, Rows, readItems, stateOf, titleOf } from './scalars'

const FILM = /^movie$/i
/** MyAnimeList's numbers for what its pages call watching, completed, on hold, dropped and planned. */
const NUMBERED: Record<string, WatchState> = {
  1: 'watching',
  2: 'completed',
  3: 'watching',
  4: 'dropped',
  6: 'planned',
}
const statusOf = (word: unknown): WatchState => NUMBERED[String(word).trim()] ?? stateOf(word)

/** Each of MyAnimeList's titles is one run of a show: which season that is, its number does not say. */
const animeRow = (id: unknown, title: unknown, type: unknown, status: unknown): Partial<ListRow> => ({
  title: titleOf(title),
  ids: idsOf({ mal: id }),
  kind: FILM.test(String(type ?? '').trim()) ? 'film' : 'show',
  state: statusOf(status),
})

const ApiPage = z.object({
  data: z.array(
    z.object({ node: z.object({ id: any, title: any, media_type: any.optional() }), list_status: any }),
  ),
})
const LoadItem = z.object({
  anime_id: any,
  anime_title: any,
  status: any,
  anime_media_type_string: any.optional(),
})

/** MyAnimeList: its XML export of every age (Kitsu and AniList tools write it too) and the lists its API and pages answer with. */
export const myanimelist: Format = {
  service: 'MyAnimeList',
  entries: /(^|\/)animelist[\w-]*\.xml(\.gz)?$/,
  xml(value) {
    const list = at(value, 'myanimelist')
    if (list === undefined) return null
    const rows = new Rows()
    const anime = listOf(at(list, 'anime'))
    for (const [index, entry] of anime.entries())
      rows.add(
        animeRow(
          at(entry, 'series_animedb_id'),
          at(entry, 'series_title'),
          at(entry, 'series_type'),
          at(entry, 'my_status'),
        ),
        index + 1,
      )
    if (anime.length === 0 && listOf(at(list, 'manga')).length > 0)
      return { ...rows, refusal: 'This is a list of manga. Export your anime list instead.' }
    return rows
  },
  json: (value) =>
    (ApiPage.safeParse(value).success
      ? readItems(at(value, 'data'), ApiPage.shape.data.element, ({ node, list_status }, rows, line) =>
          rows.add(animeRow(node.id, node.title, node.media_type, at(list_status, 'status')), line),
        )
      : null) ??
    readItems(value, LoadItem, (item, rows, line) =>
      rows.add(animeRow(item.anime_id, item.anime_title, item.anime_media_type_string, item.status), line),
    ),
}
