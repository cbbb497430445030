import { z } from 'zod'
import type { Format, ListRow } from '../types'
import { any, at, idsOf, lastSeason, Rows, readItems, seasonOf, titleOf, yearOf } from './scalars'

const Title = z.object({ title: any.optional(), year: any.optional(), ids: z.record(z.string(), any) })
const Item = z
  .object({
    type: z.string().optional(),
    show: Title.optional(),
    movie: Title.optional(),
    episode: z.object({ season: any.optional() }).optional(),
    season: z.object({ number: any.optional() }).optional(),
    seasons: any.optional(),
    hidden_at: any.optional(),
    listed_at: any.optional(),
    rated_at: any.optional(),
    watched_at: any.optional(),
    last_watched_at: any.optional(),
    paused_at: any.optional(),
  })
  .refine((item) => item.show || item.movie || item.type === 'person')
  .refine(
    (item) =>
      item.hidden_at ??
      item.listed_at ??
      item.rated_at ??
      item.watched_at ??
      item.last_watched_at ??
      item.paused_at,
  )

const titleRow = ({ title, year, ids }: z.infer<typeof Title>): Partial<ListRow> => ({
  title: titleOf(title),
  year: yearOf(year),
  ids: idsOf({ trakt: ids.trakt, tvdb: ids.tvdb, imdb: ids.imdb, tmdb: ids.tmdb }),
})

/** Of playback that was paused, people, single hidden seasons and hidden recommendations. */
const NOTHING =
  'This file of Trakt’s does not say which shows you watch. Bring watched-shows.json, lists-watchlist.json or the whole archive.'

/** Trakt: its data export (JSON files in an archive, of either layout), answers of its API, and its ratings as CSV. */
export const trakt: Format = {
  service: 'Trakt',
  entries:
    /(^|\/)(watched-(shows|history(-\d+)?)|lists-watchlist|ratings-(shows|seasons|episodes)(-\d+)?|hidden-(progress|dropped|calendar)[a-z-]*|watched\/(shows|history[\w-]*)|lists\/watchlist|ratings\/ratings-(shows|seasons|episodes)[\w-]*)\.json$/,
  json(value, name) {
    // Hiding a show from recommendations or comments says nothing about watching it.
    if (/hidden-(recommendations|comments)/.test(name)) return { ...new Rows(), refusal: NOTHING }
    const read = readItems(value, Item, (item, rows, line) => {
      if (item.paused_at && !item.watched_at) return // an aggregate of where playback stopped
      if (item.movie) rows.add({ ...titleRow(item.movie), kind: 'film', state: 'completed' }, line)
      if (!item.show) return
      if (item.hidden_at) {
        // One hidden season is not a hidden show.
        if (item.type === 'show') rows.add({ ...titleRow(item.show), state: 'hidden' }, line)
        return
      }
      const seen = lastSeason(
        item.seasons,
        (season) => at(season, 'number'),
        () => true,
      )
      const season = seasonOf(item.episode?.season) ?? seasonOf(item.season?.number) ?? seen
      rows.add({ ...titleRow(item.show), season, state: item.listed_at ? 'planned' : 'watching' }, line)
    })
    return read?.rows.length === 0 && read.unreadable.length === 0 ? { ...read, refusal: NOTHING } : read
  },
  sheet({ header, rows: lines }) {
    if (!header.includes('trakt_id') || !header.includes('type')) return null
    const rows = new Rows()
    for (const { get, line } of lines) {
      const ids = idsOf({
        trakt: get('trakt_id'),
        imdb: get('imdb_id'),
        tmdb: get('tmdb_id'),
        tvdb: get('tvdb_id'),
      })
      const film = get('type') === 'movie'
      rows.add(
        {
          title: titleOf(get('title')),
          year: yearOf(get('year')),
          ids,
          kind: film ? 'film' : 'show',
          season: seasonOf(get('season_number')),
        },
        line,
      )
    }
    return rows
  },
}
