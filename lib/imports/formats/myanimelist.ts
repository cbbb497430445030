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

const ApiItem = z.object({ node: z.object({ id: any, title: any }), list_status: any })
const LoadItem = z.object({ anime_id: any, anime_title: any, status: any })

/** MyAnimeList: its XML export of every age (Kitsu and AniList tools write it too) and the lists its API and pages answer with. */
export const myanimelist: Format = {
  service: 'MyAnimeList',
  get: 'Profile, Export, anime list: the XML file, packed (.gz) or not. Kitsu exports the same file.',
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
    readItems(at(value, 'data'), ApiItem, (item, rows, line) => {
      const node = at(item, 'node')
      const status = at(item, 'list_status', 'status')
      rows.add(animeRow(at(node, 'id'), at(node, 'title'), at(node, 'media_type'), status), line)
    }) ??
    readItems(value, LoadItem, (item, rows, line) =>
      rows.add(
        animeRow(
          at(item, 'anime_id'),
          at(item, 'anime_title') ?? at(item, 'anime_title_eng'),
          at(item, 'anime_media_type_string'),
          at(item, 'status'),
        ),
        line,
      ),
    ),
}
