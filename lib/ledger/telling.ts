import 'server-only'
import { sql } from 'drizzle-orm'

/** What every list of events leaves out: what was taken back before anybody was told. Reads the event as `event`. */
export const NOT_WITHDRAWN = sql.raw(`event.telling <> 'withdrawn'`)

/**
 * What a feed may say. A feed reader keeps what it has read, so a feed waits as a mail does: an event that is still
 * held, and may yet be taken back, is left out until its time is over. Reads the event as `event`.
 */
export const PUBLISHED = sql.raw(
  `event.telling <> 'withdrawn' and (event.telling <> 'held' or coalesce(event.held_until <= now(), false))`,
)

/**
 * How often a season's day was given, moved or called off, or a statement about it taken back. It only ever rises, also
 * where an event was withdrawn: a calendar that has seen a number must not be given a lower one. Reads the season as
 * `season`.
 */
export const REVISION = sql.raw(`((select count(*) from event as told
     where told.season_id = season.id and told.kind in ('dated', 'moved', 'cancelled'))
   + (select count(*) from retraction join claim as taken on taken.id = retraction.claim_id
     where taken.season_id = season.id
       and taken.kind in ('release_date', 'release_window', 'delayed', 'cancelled', 'ended')))::int`)

/** When the event was recorded, as text in UTC to the second. Reads the event as `event`. */
export const RECORDED_AT = sql.raw(
  `to_char(event.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
)
