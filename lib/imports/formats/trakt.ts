import { z } from 'zod'
import type { Format, ListRow } from '../types'
import {
  any,
  at,
  idsOf,
  kindOf,
  lastSeason,
  nameIn,
  ODD,
  Rows,
  readItems,
  seasonOf,
  titleOf,
  yearOf,
} from './scalars'

const Title = z.object({ title: any.optional(), year: any.optional(), ids: z.record(z.string(), any) })
const DATED = ['hidden_at', 'listed_at', 'rated_at', 'watched_at', 'last_watched_at', 'paused_at']
const isDated = (item: unknown) => DATED.some((key) => at(item, key))
const Item = z
  .object({ type: z.string().optional(), show: Title.optional(), movie: Title.optional() })
  .refine((item) => item.show || item.movie || item.type === 'person')
const DatedItem = z.looseObject(Item.shape).refine((item) => Item.safeParse(item).success && isDated(item))

const SITES = ['trakt', 'tvdb', 'imdb', 'tmdb'] as const
const titleRow = (title: unknown): Partial<ListRow> => ({
  title: titleOf(at(title, 'title')),
  year: yearOf(at(title, 'year')),
  ids: idsOf(Object.fromEntries(SITES.map((site) => [site, at(title, 'ids', site)]))),
})

/** What Trakt's own guide to its import describes: an item is flat, its ids are called `trakt_id`, `imdb_id` and so on. */
const FLAT_DATES = ['watched_at', 'watchlisted_at', 'rated_at']
const Flat = z
  .looseObject({ seasons: z.undefined().optional() })
  .refine((item) => SITES.some((site) => item[`${site}_id`]) && FLAT_DATES.some((key) => item[key]))

/** Takes what is described flat, in JSON and CSV alike: the ids of a season or an episode are its own, not its show's. */
function takeFlat(get: (name: string) => unknown, rows: Rows, line: number): void {
  const type = String(get('type') ?? '')
  const title = titleOf(get('title'))
  if (type === 'season' || type === 'episode') {
    const show = titleOf(get('show_title'))
    if (show) rows.add({ title: show, season: seasonOf(get('season_number')) }, line)
    else
      rows.refuse(
        line,
        title,
        `It is ${type === 'season' ? 'a season' : 'an episode'}, and the list does not say of which show.`,
      )
    return
  }
  rows.add(
    {
      title,
      year: yearOf(get('year')),
      ids: idsOf(Object.fromEntries(SITES.map((site) => [site, get(`${site}_id`)]))),
      kind: kindOf(type),
      state: get('watchlisted_at') && !get('watched_at') ? 'planned' : 'watching',
    },
    line,
  )
}

/** Of playback that was paused, people, single hidden seasons and hidden recommendations. */
const NOTHING =
  'This file of Trakt’s does not say which shows you watch. Bring watched-shows.json, lists-watchlist.json or the whole archive.'

function takeItem(item: unknown, rows: Rows, line: number): void {
  const [show, movie, type] = [at(item, 'show'), at(item, 'movie'), at(item, 'type')]
  if (at(item, 'paused_at') && !at(item, 'watched_at')) return // an aggregate of where playback stopped
  if (movie) rows.add({ ...titleRow(movie), kind: 'film', state: 'completed' }, line)
  if (!show) {
    if (!movie && type !== 'person') rows.refuse(line, nameIn(item), ODD)
    return
  }
  if (at(item, 'hidden_at')) {
    // One hidden season is not a hidden show.
    if (type === 'show') rows.add({ ...titleRow(show), state: 'hidden' }, line)
    return
  }
  const seen = lastSeason(
    at(item, 'seasons'),
    (season) => at(season, 'number'),
    () => true,
  )
  const season = seasonOf(at(item, 'episode', 'season')) ?? seasonOf(at(item, 'season', 'number')) ?? seen
  rows.add({ ...titleRow(show), season, state: at(item, 'listed_at') ? 'planned' : 'watching' }, line)
}

/** Trakt: its data export (JSON files in an archive, of either layout), answers of its API, its ratings as CSV, and the flat JSON of its guide. */
export const trakt: Format = {
  service: 'Trakt',
  get: 'Settings, Data, Export: the ZIP as it is, or single JSON files. Ratings as CSV work too.',
  entries:
    /(^|\/)(watched-(shows|history(-\d+)?)|lists?-(?!lists\.)[\w-]+|ratings-(shows|seasons|episodes)(-\d+)?|hidden-(progress|dropped|calendar)[a-z-]*|watched\/(shows|history[\w-]*)|lists\/(?!lists\.)[\w-]+|ratings\/ratings-(shows|seasons|episodes)[\w-]*)\.json$/,
  json(value, name) {
    // Hiding a show from recommendations or comments says nothing about watching it.
    if (/hidden-(recommendations|comments)/.test(name)) return { ...new Rows(), refusal: NOTHING }
    const read =
      readItems(value, DatedItem, takeItem) ??
      readItems(value, Flat, (item, rows, line) => takeFlat((name) => at(item, name), rows, line))
    return read?.rows.length === 0 && read.unreadable.length === 0 ? { ...read, refusal: NOTHING } : read
  },
  sheet({ header, rows: lines }) {
    if (!header.includes('trakt_id') || !header.includes('type')) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const whole = titleOf(get('title'))
      const season = seasonOf(get('season_number'))
      if (season === null) takeFlat((name) => get(name), rows, line)
      else
        rows.add(
          {
            title: whole,
            year: yearOf(get('year')),
            ids: idsOf(Object.fromEntries(SITES.map((site) => [site, get(`${site}_id`)]))),
            season,
          },
          line,
        )
    }
    return rows
  },
}
