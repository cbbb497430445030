import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { SOURCE_CLASSES } from '@/db/schema/words'
import { presentToken, type TokenBearer } from '@/lib/accounts/reader-tokens'
import { getCorrections, getPublishedChanges } from '@/lib/ledger/queries'
import { PUBLISHED, RECORDED_AT, REVISION } from '@/lib/ledger/telling'
import { addDays, type Day } from '@/lib/shared/day'
import { windowOf } from '@/lib/shared/edtf'
import { reads } from '@/lib/shared/reads'
import { siteUrl } from '@/lib/shared/site'
import { CATALOGUE_TAG, CHANGES_TAG, dayTag, LEDGER_TAG } from '@/lib/shared/tags'
import type { ReaderNews } from './entries'
import type { DayChange, Premiere } from './types'

const ENTRIES = 100

/** What happened to the seasons a reader follows, since they followed each. */
export async function getReaderNews(readerId: string): Promise<ReaderNews> {
  const [changes, corrections, [row]] = await Promise.all([
    getPublishedChanges(ENTRIES, readerId),
    getCorrections({ limit: ENTRIES, followedBy: readerId }),
    db().execute<{ since: string }>(sql`
      select to_char(coalesce((select max(followed_at) from follow where reader_id = reader.id), created_at)
        at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since from reader where id = ${readerId}`),
  ])
  return { readerId, changes, corrections: corrections.items, since: row?.since ?? '1970-01-01T00:00:00Z' }
}

interface PremiereRow extends Record<string, unknown> {
  slug: string
  title: string
  season: number
  status: Premiere['status']
  edtf: string | null
  byRecord: boolean
  changed_on: Day | null
  revision: number
  history: DayChange[] | null
  said: Premiere['said']
}

const SOURCE_ORDER = sql.raw(`array['${SOURCE_CLASSES.join("', '")}']`)
const PREMIERE = sql`
  show.slug, show.title, season.number as season, coalesce(season_state.status, 'unannounced') as status,
  coalesce(season.premiere, season_state.premiere_edtf) as edtf,
  season.premiere is not null as "byRecord", ${REVISION} as revision,
  greatest(coalesce(season_state.changed_on, season_state.checked_on), (select max(retraction.retracted_on) from retraction
    join claim on claim.id = retraction.claim_id where claim.season_id = season.id))::text as changed_on,
  (select json_build_object('edtf', claim.edtf, 'name', source.name, 'url', claim.url, 'publishedOn', claim.published_on)
     from claim join source on source.id = claim.source_id
     where claim.season_id = season.id and claim.kind in ('release_date', 'release_window')
       and claim.edtf = coalesce(season.premiere, season_state.premiere_edtf)
       and not exists (select 1 from retraction where retraction.claim_id = claim.id)
     order by array_position(${SOURCE_ORDER}, claim.source_class), claim.id limit 1) as said,
  (select json_agg(json_build_object('kind', event.kind, 'was', event.was, 'became', event.became,
     'happenedOn', event.happened_on, 'recordedAt', ${RECORDED_AT}, 'claims',
     (select coalesce(json_agg(json_build_object('edtf', claim.edtf, 'name', source.name, 'url', claim.url,
        'publishedOn', claim.published_on) order by array_position(event.because, claim.id)), '[]'::json)
      from claim join source on source.id = claim.source_id where claim.id = any(event.because)))
     order by event.happened_on desc, event.id desc)
   from event where event.season_id = season.id and event.kind in ('dated', 'moved', 'cancelled')
     and ${PUBLISHED}) as history`
const SEASONS = sql`season join show on show.id = season.show_id
  left join season_state on season_state.season_id = season.id`

const premiereOf = ({ slug, title, edtf, changed_on, history, ...row }: PremiereRow): Premiere => {
  return {
    ...row,
    show: { slug, title },
    window: windowOf(edtf),
    history: history ?? [],
    changedOn: changed_on,
  }
}

/** The premieres of what a reader follows. */
export async function getFollowedPremieres(readerId: string): Promise<Premiere[]> {
  const rows = await db().execute<PremiereRow>(sql`
    select ${PREMIERE} from follow join ${SEASONS} on season.id = follow.season_id
    where follow.reader_id = ${readerId} order by season.id`)
  return [...rows].map(premiereOf)
}

/** Days a premiere stays in the calendar of all after it was, and within which a cancellation is entered there. */
const PAST_DAYS = 30
const CALLED_OFF_DAYS = 365
const PREMIERES_MAX = 2_000

/** The premieres of all shows that are to come, were a moment ago, or had a day that was taken away. */
export async function getPremieres(today: Day): Promise<Premiere[]> {
  reads(dayTag(today), CATALOGUE_TAG, LEDGER_TAG, CHANGES_TAG)
  const rows = await db().execute<PremiereRow>(sql`
    select ${PREMIERE} from ${SEASONS}
    where coalesce(season.premiere_latest, season_state.premiere_latest) >= ${addDays(today, -PAST_DAYS)}::date
      or season.id in (select season_id from event where kind in ('moved', 'cancelled')
           and happened_on >= ${addDays(today, -CALLED_OFF_DAYS)}::date)
    order by coalesce(season.premiere_earliest, season_state.premiere_earliest), season.id limit ${PREMIERES_MAX}`)
  return [...rows].map(premiereOf)
}

/** The addresses of a reader's own feed and calendar. */
export interface FeedAddresses {
  atom: string
  json: string
  calendar: string
}

/** A reader's present addresses; null while they have none. Asking makes none. */
export async function getFeedAddresses(bearer: Pick<TokenBearer, 'readerId'>): Promise<FeedAddresses | null> {
  const token = await presentToken('feed', { ...bearer, seasonId: null })
  if (!token) return null
  const base = `${siteUrl()}/feeds/${token}`
  return { atom: `${base}/feed.atom`, json: `${base}/feed.json`, calendar: `${base}/calendar.ics` }
}
