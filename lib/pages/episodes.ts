import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { type Day, dayOf } from '@/lib/shared/day'
import { reads } from '@/lib/shared/reads'
import { isSlug } from '@/lib/shared/slug'
import { dayTag, seasonTag } from '@/lib/shared/tags'
import { episodeListOf } from './episode-list'
import type { EpisodeList } from './types'

/** The episodes of a season as its page lists them, in one query; null where no provider lists any. */
export async function getEpisodes(
  slug: string,
  season: number,
  today: Day = dayOf(new Date()),
): Promise<EpisodeList | null> {
  if (!isSlug(slug)) return null
  reads(dayTag(today), seasonTag(slug, season))
  const rows = await db().execute<{
    provider: string
    number: number
    name: string | null
    day: Day | null
    local: string | null
    offset: number | null
    minutes: number | null
  }>(sql`
    select episode.provider, episode.number, episode.name, episode.day::text as day, episode.minutes,
      to_char((at at time zone 'UTC') + make_interval(mins => offset_minutes), 'YYYY-MM-DD"T"HH24:MI:SS') as local,
      offset_minutes as "offset"
    from episode join season on season.id = episode.season_id join show on show.id = season.show_id
    where show.slug = ${slug} and season.number = ${season}`)
  const given = [...rows].map(({ local, offset, ...row }) => ({
    ...row,
    at: local === null || offset === null ? null : `${local}${clockOf(offset)}`,
  }))
  return episodeListOf(given, today)
}

const two = (n: number) => String(n).padStart(2, '0')

/** What a clock is ahead of UTC, as RFC 3339 writes it: 90 is `+01:30`. */
const clockOf = (minutes: number) =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
