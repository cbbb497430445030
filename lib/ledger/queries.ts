import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { SOURCE_CLASSES } from '@/db/schema/words'
import { type Day, dayOf } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, CHANGES_TAG, LEDGER_TAG } from '@/lib/shared/tags'
import type { Claim, SourceClass } from '@/lib/status/claim'
import { eventKey } from './keys'
import { readChangeCursor, type SourceRecord, scoreDates, writeChangeCursor } from './rules'
import { maySpoil } from './spoilers'
import { NOT_WITHDRAWN, PUBLISHED, RECORDED_AT } from './telling'
import type { Change, ListedCorrection } from './types'

const LIMIT_MAX = 500

interface ChangeRow extends Record<string, unknown> {
  id: number
  season: number
  kind: Change['kind']
  was: string
  became: string
  because: string[]
  happened_on: Day
  recorded_at: string
  key: string | null
  seenKey: string | null
  slug: string
  title: string
  source:
    | ({ slug: string; name: string; url: string; says: string } & Pick<Claim, 'kind' | 'personStatus'>)
    | null
}

const CHANGE = sql`
  event.id, season.number as season, event.kind, event.was, event.became, event.because,
  event.happened_on::text as happened_on, ${RECORDED_AT} as recorded_at, event.key, event.seen_key as "seenKey", show.slug, show.title,
  (select json_build_object('slug', source.slug, 'name', source.name, 'url', claim.url,
    'says', claim.value, 'kind', claim.kind, 'personStatus', claim.person_status)
    from claim join source on source.id = claim.source_id where claim.id = any(event.because)
    order by array_position(event.because, claim.id) limit 1) as source`
const EVENTS = sql`event join show on show.id = event.show_id join season on season.id = event.season_id`

function sourceOf(
  { kind, personStatus, says, ...source }: NonNullable<ChangeRow['source']>,
  season: number,
): Change['source'] {
  return { ...source, says: maySpoil({ season, kind, personStatus, value: says }) ? null : says }
}

const changeOf = ({ happened_on, recorded_at, slug, title, source, ...event }: ChangeRow): Change => ({
  ...event,
  source: source && sourceOf(source, event.season),
  // An older release that still writes beside this one gives no key.
  key: event.key ?? eventKey(slug, { ...event, happenedOn: happened_on }),
  happenedOn: happened_on,
  recordedAt: recorded_at,
  show: { slug, title },
})

const pageSize = (limit: number) => Math.max(1, Math.min(Math.trunc(limit) || 1, LIMIT_MAX))

/**
 * Real changes over all shows, newest first, from the day `since` on. `next` is the cursor of the following page, null
 * at the end. A cursor this site has not given out gives no changes and `broken: true`.
 */
export async function getChanges({
  cursor,
  since,
  limit = 50,
}: {
  cursor?: string | null
  since?: Day | null
  limit?: number
}): Promise<{ items: Change[]; next: string | null; broken: boolean }> {
  const place = cursor ? readChangeCursor(cursor) : null
  if (cursor && !place) return { items: [], next: null, broken: true }
  reads(CHANGES_TAG, CATALOGUE_TAG)
  const size = pageSize(limit)
  const rows = await db().execute<ChangeRow>(sql`
    select ${CHANGE} from ${EVENTS} where ${NOT_WITHDRAWN}
      ${since ? sql`and event.happened_on >= ${since}` : sql``}
      ${place ? sql`and (event.happened_on, event.id) < (${place.happenedOn}::date, ${place.id}::int)` : sql``}
    order by event.happened_on desc, event.id desc limit ${size + 1}`)
  const page = [...rows].slice(0, size)
  const last = page.at(-1)
  return {
    items: page.map(changeOf),
    next:
      last && rows.length > size ? writeChangeCursor({ happenedOn: last.happened_on, id: last.id }) : null,
    broken: false,
  }
}

/** An event of a time so long before the follow is the past, filled in later; the same fortnight as in recordEvents. */
const NEWS_DAYS = 14

/**
 * Changes as a feed tells them, by the day they were recorded, newest first; an import of the past is recorded on one
 * day, and on that day what happened last comes first. With `followedBy` only what was recorded about the seasons a
 * reader follows since they followed each; muted ones too, because a feed is asked and does not push.
 */
export async function getPublishedChanges(limit: number, followedBy?: string): Promise<Change[]> {
  const followed = followedBy
    ? sql`join follow on follow.season_id = event.season_id and follow.reader_id = ${followedBy}
        and event.recorded_at > follow.followed_at
        and event.happened_on >= (follow.followed_at at time zone 'UTC')::date - ${NEWS_DAYS}::int`
    : sql``
  if (!followedBy) reads(CHANGES_TAG, CATALOGUE_TAG)
  const rows = await db().execute<ChangeRow>(sql`
    select ${CHANGE} from ${EVENTS} ${followed} where ${PUBLISHED}
    order by (event.recorded_at at time zone 'UTC')::date desc, event.happened_on desc, event.id desc
    limit ${pageSize(limit)}`)
  return [...rows].map(changeOf)
}

interface CorrectionRow extends Record<string, unknown> {
  id: number
  season: number | null
  text: string
  published_on: Day
  claim_id: string | null
  slug: string
  title: string
  source: ListedCorrection['source']
}

/**
 * Public corrections over all shows, newest first, a page at a time as in `getChanges`. With `followedBy` only those
 * about what a reader follows, published since they followed it.
 */
export async function getCorrections({
  cursor,
  limit = 50,
  followedBy,
}: {
  cursor?: string | null
  limit?: number
  followedBy?: string
}): Promise<{ items: ListedCorrection[]; next: string | null; broken: boolean }> {
  const place = cursor ? readChangeCursor(cursor) : null
  if (cursor && !place) return { items: [], next: null, broken: true }
  const size = pageSize(limit)
  if (!followedBy) reads(CHANGES_TAG, CATALOGUE_TAG)
  const rows = await db().execute<CorrectionRow>(sql`
    select correction.id, season.number as season, correction.text, correction.published_on::text as published_on,
      correction.claim_id, show.slug, show.title,
      (select json_build_object('name', source.name, 'url', claim.url)
        from claim join source on source.id = claim.source_id where claim.id = correction.claim_id) as source
    from correction join show on show.id = correction.show_id left join season on season.id = correction.season_id
    where true
      ${
        followedBy
          ? sql`and exists (select 1 from follow join season own on own.id = follow.season_id
              where follow.reader_id = ${followedBy} and own.show_id = correction.show_id
                and (correction.season_id is null or own.id = correction.season_id)
                and correction.published_on >= (follow.followed_at at time zone 'UTC')::date)`
          : sql``
      }
      ${place ? sql`and (correction.published_on, correction.id) < (${place.happenedOn}::date, ${place.id}::int)` : sql``}
    order by correction.published_on desc, correction.id desc limit ${size + 1}`)
  const page = [...rows].slice(0, size)
  const last = page.at(-1)
  return {
    items: page.map(({ published_on, claim_id, slug, title, ...correction }) => ({
      ...correction,
      publishedOn: published_on,
      claimId: claim_id,
      show: { slug, title },
    })),
    next:
      last && rows.length > size ? writeChangeCursor({ happenedOn: last.published_on, id: last.id }) : null,
    broken: false,
  }
}

/** A source with what it has said here and how its dates fared. */
export interface SourceSummary extends SourceRecord {
  slug: string
  name: string
  site: string | null
  /** The classes its claims were recorded under, most trusted first. */
  classes: SourceClass[]
  claims: number
  /** Those of its claims whose page bears no day. */
  undated: number
  shows: number
  newestOn: Day | null
}

type DateClaim = Pick<Claim, 'kind' | 'earliest' | 'latest' | 'publishedOn' | 'retractedOn'> & {
  premiere: string | null
}

interface SourceRow extends Record<string, unknown> {
  slug: string
  name: string
  site: string | null
  classes: SourceClass[]
  claims: number
  undated: number
  shows: number
  newest_on: Day | null
  dates: DateClaim[] | null
}

/**
 * Every source that has said something, most claims first. `cameTrue`, `missed` and `open` count the dates it gave for
 * premieres against the recorded ones; they can be worked out again from an export of claims and catalogue.
 */
export async function getSources(today: Day = dayOf(new Date())): Promise<SourceSummary[]> {
  reads(LEDGER_TAG, CATALOGUE_TAG)
  const rows = await db().execute<SourceRow>(sql`
    select source.slug, source.name,
      coalesce(source.site, min(substring(claim.url from '^https?://(?:www\\.)?([^/:?#]+)'))) as site,
      array_agg(distinct claim.source_class) as classes, count(*)::int as claims,
      (count(*) filter (where claim.published_on is null))::int as undated,
      count(distinct claim.show_id)::int as shows, max(claim.published_on)::text as newest_on,
      json_agg(json_build_object('kind', claim.kind, 'earliest', claim.earliest, 'latest', claim.latest,
        'publishedOn', claim.published_on, 'retractedOn', retraction.retracted_on, 'premiere', season.premiere))
        filter (where claim.kind in ('release_date', 'release_window')) as dates
    from source join claim on claim.source_id = source.id join season on season.id = claim.season_id
    left join retraction on retraction.claim_id = claim.id
    group by source.id order by count(*) desc, source.name`)
  return [...rows].map(({ dates, newest_on, classes, ...row }) => ({
    ...row,
    classes: SOURCE_CLASSES.filter((name) => classes.includes(name)),
    newestOn: newest_on,
    ...scoreAll(dates ?? [], today),
  }))
}

function scoreAll(dates: DateClaim[], today: Day): SourceRecord {
  const total = { cameTrue: 0, missed: 0, open: 0 }
  for (const date of dates) {
    const parsed = date.premiere ? parseEdtf(date.premiere) : null
    const begun = parsed?.ok && parsed.window.latest <= today ? parsed.window : null
    const one = scoreDates([date], begun, today)
    total.cameTrue += one.cameTrue
    total.missed += one.missed
    total.open += one.open
  }
  return total
}
