import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { SOURCE_CLASSES } from '@/db/schema/words'
import { type Day, dayOf } from '@/lib/shared/day'
import { parseEdtf } from '@/lib/shared/edtf'
import { readChangeCursor, type SourceRecord, scoreDates, writeChangeCursor } from './rules'
import type { Change, Claim, SourceClass } from './types'

const LIMIT_MAX = 500

interface ChangeRow extends Record<string, unknown> {
  id: number
  season: number
  kind: Change['kind']
  was: string
  became: string
  because: string[]
  happened_on: Day
  slug: string
  title: string
  source: Change['source']
}

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
  const size = Math.max(1, Math.min(Math.trunc(limit) || 1, LIMIT_MAX))
  const rows = await db().execute<ChangeRow>(sql`
    select event.id, season.number as season, event.kind, event.was, event.became, event.because,
      event.happened_on::text as happened_on, show.slug, show.title,
      (select json_build_object('slug', source.slug, 'name', source.name, 'url', claim.url)
        from claim join source on source.id = claim.source_id where claim.id = any(event.because)
        order by array_position(event.because, claim.id) limit 1) as source
    from event join show on show.id = event.show_id join season on season.id = event.season_id
    where true
      ${since ? sql`and event.happened_on >= ${since}` : sql``}
      ${place ? sql`and (event.happened_on, event.id) < (${place.happenedOn}::date, ${place.id}::int)` : sql``}
    order by event.happened_on desc, event.id desc limit ${size + 1}`)
  const page = [...rows].slice(0, size)
  const last = page.at(-1)
  return {
    items: page.map(({ happened_on, slug, title, ...event }) => ({
      ...event,
      happenedOn: happened_on,
      show: { slug, title },
    })),
    next:
      last && rows.length > size ? writeChangeCursor({ happenedOn: last.happened_on, id: last.id }) : null,
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
  shows: number
  newest_on: Day | null
  dates: DateClaim[] | null
}

/**
 * Every source that has said something, most claims first. `cameTrue`, `missed` and `open` count the dates it gave for
 * premieres against the recorded ones; they can be worked out again from an export of claims and catalogue.
 */
export async function getSources(today: Day = dayOf(new Date())): Promise<SourceSummary[]> {
  const rows = await db().execute<SourceRow>(sql`
    select source.slug, source.name,
      coalesce(source.site, min(substring(claim.url from '^https?://(?:www\\.)?([^/:?#]+)'))) as site,
      array_agg(distinct claim.source_class) as classes, count(*)::int as claims,
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
