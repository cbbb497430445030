/** Episodes as a provider lists them, kept beside its facts and let go with them; a part of its caller's transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { expireTags } from '@/lib/shared/expire-tags'
import { seasonTag } from '@/lib/shared/tags'
import { type EpisodeRow, episodeRows, wholeSeasons } from './episode-rows'
import type { Look, Provider } from './types'

/** What a provider says of a show that is here. */
export interface LookOfShow {
  showId: number
  look: Look
}

/**
 * Writes down the episodes of some looks: what is new or other than before, and nothing else. Of what a look says whole,
 * those that it no longer lists are removed. Pages of the seasons concerned expire. Returns the shows it changed.
 */
export async function keepEpisodes(
  provider: Pick<Provider, 'name'>,
  given: readonly LookOfShow[],
): Promise<Set<number>> {
  const listed = given.flatMap(({ showId, look }) =>
    episodeRows(look).map((row) => ({ show: showId, ...row })),
  )
  const whole = given.flatMap(({ showId, look }) =>
    wholeSeasons(look).map((season) => ({ show: showId, season })),
  )
  const touched = [...(await write(provider, listed)), ...(await remove(provider, listed, whole))]
  return expireSeasons(touched)
}

/** Removes what a provider listed of some shows. Pages of the seasons concerned expire. */
export async function forgetEpisodes(
  provider: Pick<Provider, 'name'>,
  showIds: readonly number[],
): Promise<void> {
  const whole = showIds.map((show) => ({ show, season: null }))
  await expireSeasons(await remove(provider, [], whole))
}

type Listed = EpisodeRow & { show: number }
type Whole = { show: number; season: number | null }

const rowsOf = (listed: readonly Listed[]) => sql`json_to_recordset(${JSON.stringify(listed)}::json)
  as x(show int, season int, number smallint, name text, day date, at timestamptz,
    offset_minutes smallint, minutes smallint)`

/** The ids of the seasons that had an episode added or changed; rows that say the same are not even locked. */
async function write({ name }: Pick<Provider, 'name'>, listed: readonly Listed[]): Promise<number[]> {
  if (listed.length === 0) return []
  const rows = await db().execute<{ season: number }>(sql`
    insert into episode (season_id, provider, number, name, day, at, offset_minutes, minutes)
    select season.id, ${name}, x.number, x.name, x.day, x.at, x.offset_minutes, x.minutes
    from ${rowsOf(listed)} join season on season.show_id = x.show and season.number = x.season
      left join episode old on old.season_id = season.id and old.provider = ${name} and old.number = x.number
    where old.season_id is null or (old.name, old.day, old.at, old.offset_minutes, old.minutes)
      is distinct from (x.name, x.day, x.at, x.offset_minutes, x.minutes)
    order by season.id, x.number
    on conflict (season_id, provider, number) do update set name = excluded.name, day = excluded.day, at = excluded.at,
      offset_minutes = excluded.offset_minutes, minutes = excluded.minutes
    returning season_id as season`)
  return [...rows].map(({ season }) => season)
}

/** The ids of the seasons that lost an episode. */
async function remove(
  { name }: Pick<Provider, 'name'>,
  listed: readonly Listed[],
  whole: readonly Whole[],
): Promise<number[]> {
  if (whole.length === 0) return []
  const rows = await db().execute<{ season: number }>(sql`
    delete from episode using season
    where season.id = episode.season_id and episode.provider = ${name}
      and exists (select from json_to_recordset(${JSON.stringify(whole)}::json) as w(show int, season int)
        where w.show = season.show_id and (w.season is null or w.season = season.number))
      and not exists (select from ${rowsOf(listed)}
        where x.show = season.show_id and x.season = season.number and x.number = episode.number)
    returning episode.season_id as season`)
  return [...rows].map(({ season }) => season)
}

/** The pages of some seasons are no longer what they say. Returns the shows of these. */
async function expireSeasons(seasonIds: readonly number[]): Promise<Set<number>> {
  if (seasonIds.length === 0) return new Set()
  const rows = await db().execute<{ show: number; slug: string; number: number }>(sql`
    select show.id as show, show.slug, season.number from season join show on show.id = season.show_id
    where season.id in ${idList([...new Set(seasonIds)])}`)
  await expireTags([...rows].map(({ slug, number }) => seasonTag(slug, number)))
  return new Set([...rows].map(({ show }) => show))
}
