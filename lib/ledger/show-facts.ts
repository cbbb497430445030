import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import type { Day } from '@/lib/shared/day'
import type { ShowFacts } from '@/lib/status/types'
import { BEGUN_ONLY, LISTING, type ProviderFact, showFactsOf } from './facts'

/** What providers still give of a show, as JSON (`ProviderFact`); reads `show` under that name. */
export const FACTS_JSON =
  sql.raw(`(select json_agg(json_build_object('season', fact.season, 'field', fact.field,
  'provider', fact.provider, 'value', fact.value, 'as_of', fact.as_of, 'seen_on', fact.seen_on, 'withdrawn_on', null)
  order by fact.season, fact.field, fact.provider)
  from fact where fact.show_id = show.id and fact.withdrawn_on is null)`)

/** True for a season whose premiere only the pages of our claims give; reads `season` under that name. */
export const FROM_PAGES = sql.raw(`(select bool_and(fact.provider = 'claim-pages') from fact
  where fact.show_id = season.show_id and fact.season = season.number and fact.field = 'premiere'
    and fact.withdrawn_on is null)`)

/** The day by which those who count only seasons that have begun had counted one; reads `season` under that name. */
export const BEGUN_BY = sql.raw(`(select max(fact.seen_on)::text from fact
  where fact.show_id = season.show_id and fact.season = season.number and fact.withdrawn_on is null
    and fact.provider in (${BEGUN_ONLY.map((provider) => `'${provider}'`).join(', ')}))`)

/**
 * Who looked for a season's premiere last and found none, as JSON (`SeasonFacts.looked`); reads `season` and `show` under
 * those names. Only a provider that counts all seasons before it, and not it, is known to number seasons as we do: a
 * second part of an anime is a season to some and none to others.
 */
export const LOOKED =
  sql.raw(`(select json_build_object('on', (look.checked_at at time zone 'UTC')::date, 'by', look.provider)
  from source_look look join fact counted on counted.show_id = look.show_id and counted.provider = look.provider
  where look.show_id = season.show_id and look.provider in (${LISTING.map((provider) => `'${provider}'`).join(', ')})
    and counted.season = 0 and counted.field = 'seasons' and counted.withdrawn_on is null
    and counted.value = (season.number - 1)::text and show.kind <> 'anime'
    and not exists (select from fact where fact.show_id = look.show_id and fact.provider = look.provider
      and fact.season = season.number and fact.field = 'premiere' and fact.withdrawn_on is null)
  order by look.checked_at desc, look.provider limit 1)`)

/** The windows on record as missed with the day each was known to be (`SeasonFacts.missedOn`); reads `season` under that name. */
export const MISSED_ON = sql.raw(`(select json_object_agg(event.was, event.happened_on) from event
  where event.season_id = season.id and event.kind = 'window-missed' and event.telling <> 'withdrawn')`)

/** What catalogue and providers had said by a day of some shows as a whole, by the show's row. One query. */
export async function readShowFacts(showIds: readonly number[], today: Day): Promise<Map<number, ShowFacts>> {
  const rows = await db().execute<
    {
      id: number
      kind: string
      genres: string[] | null
      facts: ProviderFact[] | null
    } & Record<string, unknown>
  >(sql`
    select show.id, show.kind,
      (select json_agg(tag.name order by show_tag.position) from show_tag join tag on tag.id = show_tag.tag_id
        where show_tag.show_id = show.id and tag.kind = 'genre') as genres,
      (select json_agg(json_build_object('field', field, 'provider', provider, 'value', value, 'as_of', as_of,
        'seen_on', seen_on) order by provider)
        from fact where fact.show_id = show.id and fact.season = 0 and field in ('label', 'ended', 'seasons')
          and withdrawn_on is null) as facts
    from show where show.id in ${idList(showIds)}`)
  return new Map(
    [...rows].map(({ id, kind, genres, facts }) => [
      id,
      showFactsOf({ kind, genres: genres ?? [], facts: facts ?? [] }, today),
    ]),
  )
}
