import type { Format, Ids, ListRow } from '../types'
import { at, idsOf, listOf, Rows, seasonOf, titleOf, yearOf } from './scalars'

/** Ids as Plex writes them: `tvdb://79488`, and `com.plexapp.agents.thetvdb://262026/1/7` before 2020. */
function plexIds(guids: unknown[]): Ids {
  const ids: Ids = {}
  for (const guid of guids) {
    const [, agent, id] = /^(?:com\.plexapp\.agents\.)?(\w+):\/\/([\w]+)/.exec(String(guid ?? '')) ?? []
    if (agent === 'tvdb' || agent === 'thetvdb') Object.assign(ids, idsOf({ tvdb: id }))
    if (agent === 'tmdb' || agent === 'themoviedb') Object.assign(ids, idsOf({ tmdb: id }))
    if (agent === 'imdb') Object.assign(ids, idsOf({ imdb: id }))
  }
  return ids
}

function plexRow(item: unknown): Partial<ListRow> | null {
  const type = at(item, 'type')
  const guids = listOf(at(item, 'Guid')).map((guid) => at(guid, 'id'))
  const agent = String(at(item, 'guid') ?? '')
  if (type === 'episode' || type === 'season') {
    const title = titleOf(at(item, type === 'episode' ? 'grandparentTitle' : 'parentTitle'))
    const season = seasonOf(at(item, type === 'episode' ? 'parentIndex' : 'index'))
    // Only the old agents wrote the show's id into an episode's; the new ids are the episode's own.
    return { title, season, ids: /agents\.\w+:\/\/\w+\/\d/.test(agent) ? plexIds([agent]) : {} }
  }
  if (type !== 'show' && type !== 'movie') return null
  const row = { title: titleOf(at(item, 'title')), year: yearOf(at(item, 'year')) }
  return { ...row, ids: plexIds([agent, ...guids]), kind: type === 'movie' ? 'film' : 'show' }
}

function plexRows(items: unknown[], state: ListRow['state']): Rows {
  const rows = new Rows()
  for (const [index, item] of items.entries()) {
    const row = plexRow(item)
    if (row) rows.add({ ...row, state }, index + 1)
    else rows.refuse(index + 1, titleOf(at(item, 'title')), 'It is neither a show nor an episode.')
  }
  return rows
}

/** Plex: its watchlist, its history, and what it tells others when something was watched. */
export const plex: Format = {
  service: 'Plex',
  get: 'The list as JSON or XML, as its interface answers.',
  json(value) {
    const container = at(value, 'MediaContainer')
    const items = at(container, 'Metadata')
    if (Array.isArray(items))
      return plexRows(items, at(container, 'librarySectionID') === 'watchlist' ? 'planned' : 'watching')
    const event = String(at(value, 'event') ?? '')
    return event.startsWith('media.') && at(value, 'Metadata')
      ? plexRows([at(value, 'Metadata')], 'watching')
      : null
  },
  xml(value) {
    const container = at(value, 'MediaContainer')
    if (container === undefined) return null
    return plexRows([...listOf(at(container, 'Directory')), ...listOf(at(container, 'Video'))], 'watching')
  },
}
