import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { addDays, type Day } from '@/lib/shared/day'
import { replayEvents } from '@/lib/status/rules'
import { type DerivedShow, idList } from '@/lib/status/states'
import { freshEvents } from './rules'
import type { LedgerEvent } from './types'

/** Live imports tell readers only what is news: not what a page of last year brings up. */
const NEWS_DAYS = 14

/** The topic of an event's outbox row; its payload is `{event: id}`. */
export const EVENT_TOPIC = 'event'

interface EventRow extends Record<string, unknown> {
  season_id: number
  season: number
  kind: LedgerEvent['kind']
  was: string
  became: string
  because: string[]
  happened_on: Day
}

/**
 * Records what the history of some shows' seasons holds and the ledger does not know yet. With `tell` each event of
 * the last fortnight gets an outbox row, in the same transaction. Returns the number of new events.
 *
 * Seasons nobody has said anything about have no history, but for the premiere that comes while we watch.
 */
export async function recordEvents(shows: DerivedShow[], today: Day, tell: boolean): Promise<number> {
  const told = shows.flatMap((show) =>
    show.seasons.flatMap((season) => {
      const began = season.was === 'dated' && season.status.status === 'airing'
      if (season.claims.length === 0 && !began) return []
      return [{ show, season, events: replayEvents(season.claims, season.facts, today) }]
    }),
  )
  if (told.length === 0) return 0
  const rows = await db().execute<EventRow>(sql`
    select season_id, kind, was, became, because, happened_on::text as happened_on, 0 as season
    from event where season_id in ${idList(told.map(({ season }) => season.id))}`)
  const known = new Map<number, LedgerEvent[]>()
  for (const { season_id, happened_on, ...event } of rows)
    known.set(season_id, [...(known.get(season_id) ?? []), { ...event, happenedOn: happened_on }])
  const fresh = told.flatMap(({ show, season, events }) =>
    freshEvents(events, known.get(season.id) ?? []).map((event) => ({
      ...{ show_id: show.id, season_id: season.id, kind: event.kind, was: event.was, became: event.became },
      ...{ because: event.because, happened_on: event.happenedOn },
    })),
  )
  if (fresh.length === 0) return 0
  const added = await db().execute<{ id: number; happened_on: Day } & Record<string, unknown>>(sql`
    insert into event (show_id, season_id, kind, was, became, because, happened_on)
    select x.show_id, x.season_id, x.kind, x.was, x.became, array(select json_array_elements_text(x.because)), x.happened_on
    from json_to_recordset(${JSON.stringify(fresh)}::json)
      as x(show_id int, season_id int, kind text, was text, became text, because json, happened_on date)
    order by x.happened_on on conflict do nothing
    returning id, happened_on::text as happened_on`)
  if (tell) {
    const news = [...added].filter(({ happened_on }) => happened_on >= addDays(today, -NEWS_DAYS))
    if (news.length > 0)
      await db().execute(sql`
        insert into outbox (topic, payload)
        select ${EVENT_TOPIC}, json_build_object('event', value::int)
        from json_array_elements_text(${JSON.stringify(news.map(({ id }) => id))}::json)`)
  }
  return added.length
}
