import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { follow } from '@/db/schema/follow'
import { season, show } from '@/db/schema/show'
import type { Follower } from '@/lib/accounts/types'
import { NOT_WITHDRAWN } from '@/lib/ledger/telling'
import { readWaits } from '@/lib/ledger/waits'
import { eventWords } from '@/lib/ledger/words'
import { type Day, dayOf } from '@/lib/shared/day'
import { formatWindow } from '@/lib/shared/edtf'
import type { EventKind } from '@/lib/status/claim'
import type { Lamp, SeasonStatusWord, ShowStatusWord } from '@/lib/status/types'
import { type Wait, waitsForRevival } from '@/lib/status/waiting'
import { seasonLamp, seasonWords } from '@/lib/status/words'
import { readOptIn } from './opt-in'
import { bySoonest, isSeasonName } from './rules'
import type { FollowedSeason, Following, FollowState, SeasonName } from './types'

/** Whether the viewer follows a season; a season that does not exist is not followed. */
export async function getFollowState(
  viewer: Follower | null,
  slug: string,
  number: number,
): Promise<FollowState> {
  if (!viewer) return { signedIn: false, following: false }
  if (!isSeasonName({ slug, number })) return { signedIn: true, following: false }
  const [row] = await db()
    .select({ id: follow.id })
    .from(follow)
    .innerJoin(season, eq(season.id, follow.seasonId))
    .innerJoin(show, eq(show.id, season.showId))
    .where(and(eq(follow.readerId, viewer.id), eq(show.slug, slug), eq(season.number, number)))
  return { signedIn: true, following: row !== undefined }
}

interface FollowRow extends Record<string, unknown> {
  season_id: number
  slug: string
  title: string
  number: number
  followed_at: string
  muted: boolean
  snoozed_until: Day | null
  status: SeasonStatusWord | null
  edtf: string | null
  earliest: Day | null
  latest: Day | null
  next_season: number | null
  show_status: ShowStatusWord | null
  answer: string | null
  lamp: Lamp | null
}

interface NewsRow extends Record<string, unknown> {
  season_id: number
  kind: EventKind
  was: string
  became: string
  happened_on: Day
  url: string | null
}

const readFollows = (readerId: string) =>
  db().execute<FollowRow>(sql`
    select f.season_id, s.slug, s.title, n.number, f.muted, f.snoozed_until::text as snoozed_until,
           to_char(f.followed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as followed_at,
           t.status, coalesce(t.premiere_edtf, n.premiere) as edtf,
           to_char(coalesce(t.premiere_earliest, n.premiere_earliest), 'YYYY-MM-DD') as earliest,
           to_char(coalesce(t.premiere_latest, n.premiere_latest), 'YYYY-MM-DD') as latest,
           ss.next_season, ss.status as show_status, ss.answer, ss.lamp
      from follow f
      join season n on n.id = f.season_id
      join show s on s.id = n.show_id
      left join season_state t on t.season_id = n.id
      left join show_state ss on ss.show_id = s.id
     where f.reader_id = ${readerId}`)

/** What was recorded about followed seasons since the reader last looked, or since following where that is later. */
const readNews = (readerId: string) =>
  db().execute<NewsRow>(sql`
    select event.season_id, event.kind, event.was, event.became,
           to_char(event.happened_on, 'YYYY-MM-DD') as happened_on,
           (select c.url from claim c where c.id = any(event.because)
             order by c.published_on desc nulls last, c.id limit 1) as url
      from follow f
      join reader r on r.id = f.reader_id
      join event on event.season_id = f.season_id and ${NOT_WITHDRAWN}
                and event.recorded_at > greatest(r.last_looked_at, f.followed_at)
     where f.reader_id = ${readerId}
     order by event.happened_on, event.id`)

function quietWords({ muted, snoozed_until }: FollowRow, today: Day): string | null {
  if (muted) return 'Muted'
  return snoozed_until && snoozed_until > today
    ? `Snoozed until ${formatWindow(snoozed_until, { style: 'long' })}`
    : null
}

/**
 * The viewer's followed seasons, by the earliest day each could come, with what changed since they last looked.
 * Reading marks nothing as read.
 */
export async function listFollowing(viewer: Follower): Promise<Following> {
  const readAt = new Date()
  const [follows, news] = await Promise.all([readFollows(viewer.id), readNews(viewer.id)])
  const newsOf = new Map<number, NewsRow[]>()
  for (const event of news) newsOf.set(event.season_id, [...(newsOf.get(event.season_id) ?? []), event])
  const seasons = follows.map((row): FollowedSeason => {
    const status = row.status ?? 'unannounced'
    const premiere =
      row.edtf && row.earliest && row.latest
        ? { edtf: row.edtf, earliest: row.earliest, latest: row.latest }
        : null
    const forRevival = waitsForRevival({ status: row.show_status ?? 'unknown' }, status)
    // Of a show that is over its own line says how it stands.
    const isNext = (forRevival || row.next_season === row.number) && row.answer !== null
    return {
      slug: row.slug,
      title: row.title,
      season: row.number,
      forRevival,
      status,
      lamp: isNext && row.lamp ? row.lamp : seasonLamp(status),
      answer: isNext ? row.answer! : seasonWords(row.number, status, premiere),
      premiere,
      followedAt: row.followed_at,
      quiet: quietWords(row, dayOf(readAt)),
      news: (newsOf.get(row.season_id) ?? []).map((event) => ({
        text: eventWords({ ...event, season: row.number }),
        happenedOn: event.happened_on,
        url: event.url,
      })),
    }
  })
  return { seasons: seasons.sort(bySoonest), readAt: readAt.toISOString() }
}

/**
 * What every page asks about its reader, in one query: whether they follow a season (false without one) and how
 * many changes wait for them on /following.
 */
export async function getReaderState(
  viewer: Follower,
  name: SeasonName | null,
): Promise<{ following: boolean; news: number }> {
  const season = name && isSeasonName(name) ? name : { slug: '', number: 0 }
  const [row] = await db().execute<{ following: boolean; news: number }>(sql`
    select exists (select 1 from follow f
             join season n on n.id = f.season_id
             join show s on s.id = n.show_id
            where f.reader_id = ${viewer.id} and s.slug = ${season.slug} and n.number = ${season.number}) as following,
           (select count(*)::int from follow f
             join reader r on r.id = f.reader_id
             join event on event.season_id = f.season_id and ${NOT_WITHDRAWN}
                       and event.recorded_at > greatest(r.last_looked_at, f.followed_at)
            where f.reader_id = ${viewer.id}) as news`)
  return row ?? { following: false, news: 0 }
}

/** What following a season by its name would wait for; null when the catalogue has none. */
export async function getWait(slug: string, number: number): Promise<Wait | null> {
  if (!isSeasonName({ slug, number })) return null
  const [row] = await readWaits(sql`show.slug = ${slug} and season.number = ${number}`)
  return row ?? null
}

/** What a confirmation link would follow, as of now; see `readOptIn`. */
export async function readOptInHere(token: string): ReturnType<typeof readOptIn> {
  return readOptIn(token, new Date())
}

/** Who follows which shows, of readers who follow two or more: what goes together is learned from them. */
export async function listFollowedTogether(): Promise<{ reader: string; showId: string }[]> {
  const rows = await db().execute<{ reader: string; shows: number[] }>(sql`
    select f.reader_id as reader, array_agg(distinct n.show_id) as shows
      from follow f join season n on n.id = f.season_id
     group by f.reader_id having count(distinct n.show_id) > 1`)
  return rows.flatMap(({ reader, shows }) => shows.map((show) => ({ reader, showId: String(show) })))
}
