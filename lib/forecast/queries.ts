import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { BEGUN_ONLY } from '@/lib/ledger/facts'
import { batchesOf } from '@/lib/shared/batches'
import { addDays, type Day, latestDay } from '@/lib/shared/day'
import { reads } from '@/lib/shared/reads'
import { cardTag, dayTag, FORECASTS_TAG } from '@/lib/shared/tags'
import { SHOWN_DAYS } from './estimate'
import type { CatalogueShow } from './from-catalogue'
import { GAP_DAYS_MAX } from './types'

/** Shows read at once: a statement has a few seconds, and the whole catalogue may be large. */
const SHOWS_AT_ONCE = 2000

/** TMDB's terms keep its data out of learning; what pages of claims say of dates is chosen by what is to come. */
const LEARNED_FROM = sql.raw(`fact.withdrawn_on is null and fact.season > 0
  and fact.provider !~ '^tmdb' and fact.provider <> 'claim-pages'`)

/** The last day a list tells of, and whether it gives the days of all seasons it knows. */
interface List {
  until: Day
  dates: boolean
}

/**
 * The lists that tell of later seasons: such as give days of at least fifty seasons after a first one, a twentieth of all
 * they give. The latest hundredth of their days may be a plan, or a slip. Those that only count what has begun date the
 * seasons they please: they can say that none has come, and teach nothing.
 */
async function readLists(): Promise<Map<string, List>> {
  const rows = await db().execute<{ provider: string; until: Day }>(sql`
    select fact.provider, percentile_disc(0.99) within group (order by fact.value) as until
    from fact where ${LEARNED_FROM} and fact.field = 'premiere' and fact.value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    group by fact.provider
    having count(*) filter (where fact.season > 1) >= 50
      and count(*) filter (where fact.season > 1) * 20 >= count(*)`)
  return new Map(
    [...rows].map(({ provider, until }) => [provider, { until, dates: !BEGUN_ONLY.includes(provider) }]),
  )
}

async function readSome(
  showIds: readonly number[],
  lists: ReadonlyMap<string, List>,
): Promise<CatalogueShow[]> {
  // A provider that gives an end or a count of the newest season alone gives the newest season away.
  const dating = [...lists].filter(([, { dates }]) => dates).map(([provider]) => provider)
  const rows = await db().execute<
    Omit<CatalogueShow, 'until' | 'toldUntil'> & { providers: string[] | null } & Record<string, unknown>
  >(sql`
    select show.id, show.slug, show.title, show.kind, show.country, show.source_material as material,
      (select network.name from network where network.id = show.network_id) as network,
      (select json_agg(tag.name order by show_tag.position) from show_tag join tag on tag.id = show_tag.tag_id
        where show_tag.show_id = show.id and tag.kind = 'genre') as genres,
      (select json_agg(distinct fact.provider) from fact where fact.show_id = show.id and ${LEARNED_FROM}
          and fact.field = 'premiere') as providers,
      (select json_agg(json_build_object('number', season.number, 'name', season.name,
          'earliest', coalesce(season.premiere_earliest, state.premiere_earliest),
          'latest', coalesce(season.premiere_latest, state.premiere_latest),
          'ended', case when season.finale_earliest = season.finale_latest and 'finale' = any(given.fields)
            then season.finale_earliest end,
          'episodes', case when 'episodes' = any(given.fields) then season.episodes end,
          'barred', (select bool_and(fact.provider ~ '^tmdb') from fact where fact.show_id = season.show_id
            and fact.season = season.number and fact.field = 'premiere' and fact.withdrawn_on is null))
          order by season.number)
        from season left join season_state state on state.season_id = season.id
        left join lateral (select array_agg(fact.field) as fields from fact
          where fact.show_id = season.show_id and fact.season = season.number and ${LEARNED_FROM}
            and fact.provider in (select json_array_elements_text(${JSON.stringify(dating)}::json))) given on true
        where season.show_id = show.id and (season.recorded or state.status in ('airing', 'complete'))) as seasons
    from show where show.id in ${idList(showIds)} order by show.id`)
  return [...rows].map(({ providers, ...show }) => {
    const telling = (providers ?? []).flatMap((provider) => lists.get(provider) ?? [])
    const latest = (some: List[]) => latestDay(some.map(({ until }) => until))
    return { ...show, until: latest(telling.filter(({ dates }) => dates)), toldUntil: latest(telling) }
  })
}

/** The catalogue as forecasts are learned and made from it: all shows, or some, by their ids. */
export async function readCatalogue(showIds?: readonly number[]): Promise<CatalogueShow[]> {
  const lists = await readLists()
  const ids = showIds ?? (await everyShow())
  const shows: CatalogueShow[] = []
  for (const some of batchesOf(ids, SHOWS_AT_ONCE)) shows.push(...(await readSome(some, lists)))
  return shows
}

async function everyShow(): Promise<number[]> {
  const rows = await db().execute<{ id: number }>(sql`select id from show order by id`)
  return [...rows].map(({ id }) => id)
}

/** True of shows whose next season may be forecast, as far as lists tell; reads `show_state`. */
const MAY_BE_FORECAST = sql`show_state.status in ('unknown', 'returning', 'final-season')
  and show_state.lamp in ('silent', 'ordered')`
/** How far the season a show waits for has come; reads `show_state`. */
const MILESTONE = sql`case show_state.next_status when 'unannounced' then 'none' else show_state.next_status end`

/** A waited-for season that a model has not spoken of within the week, as far as its state in lists tells. */
export interface DueRow {
  show_id: number
  season_id: number
}

/** The seasons that may be due on a day; `standingOf` decides. Whoever waits longer than a revival takes is left out. */
export async function readDue(day: Day, model: string): Promise<DueRow[]> {
  const rows = await db().execute<DueRow & Record<string, unknown>>(sql`
    select show_state.show_id, season.id as season_id
    from show_state join season on season.show_id = show_state.show_id and season.number = show_state.next_season
    where ${MAY_BE_FORECAST}
      and show_state.next_status in ('unannounced', 'announced', 'filming', 'wrapped')
      and show_state.last_premiere >= ${day}::date - ${GAP_DAYS_MAX}::int
      and not exists (select from forecast where forecast.season_id = season.id and forecast.model = ${model}
        and forecast.made_on > ${day}::date - 7 and forecast.made_on <= ${day}::date
        and forecast.milestone = ${MILESTONE})
      and not exists (select from forecast_absence absence where absence.season_id = season.id
        and absence.decided_on > ${day}::date - 7 and absence.decided_on <= ${day}::date
        and (absence.because <> 'stale' or show_state.next_status = 'unannounced'))
    order by show_state.show_id`)
  return [...rows]
}

/** A forecast of which it is not known yet what became of it. */
export interface OpenRow {
  id: number
  season_id: number
  show_id: number
  counted_from: Day
  ordered: boolean
}

/** All forecasts that are still open, the oldest first. */
export async function readOpen(): Promise<OpenRow[]> {
  const rows = await db().execute<OpenRow & Record<string, unknown>>(sql`
    select forecast.id, forecast.season_id, season.show_id, forecast.counted_from::text as counted_from,
      forecast.renewal is null as ordered
    from forecast join season on season.id = forecast.season_id
    where not exists (select from forecast_outcome where forecast_outcome.forecast_id = forecast.id)
    order by forecast.id`)
  return [...rows]
}

/** How the frozen forecasts of a model fared in a class so far; what none tells yet is null. */
export interface LiveRecord {
  model: string
  class: string
  made: number
  since: Day
  /** Chances that were decided, and the mean square of how far they were off. */
  chances: number
  brier: number | null
  /** Premieres that came, and the share within the window meant for four in five. */
  waits: number
  covered80: number | null
}

/** What the forecasts made so far came to, by model and class. */
export async function readRecord(): Promise<LiveRecord[]> {
  reads(FORECASTS_TAG)
  const rows = await db().execute<LiveRecord & Record<string, unknown>>(sql`
    select forecast.model, forecast.class, count(*)::int as made, min(forecast.made_on)::text as since,
      count(outcome.forecast_id) filter (where forecast.renewal is not null)::int as chances,
      avg((forecast.renewal - outcome.returned::int) ^ 2)::real as brier,
      count(outcome.premiered_on)::int as waits,
      avg((outcome.premiered_on between forecast.low80 and forecast.high80)::int)
        filter (where outcome.premiered_on is not null)::real as covered80
    from forecast left join forecast_outcome outcome on outcome.forecast_id = forecast.id
    group by forecast.model, forecast.class order by min(forecast.made_on) desc, forecast.model, forecast.class`)
  return [...rows]
}

/** A forecast with what became of it. */
export interface ScoredForecast {
  show: string
  season: number
  made_on: Day
  model: string
  class: string
  renewal: number | null
  low80: Day
  high80: Day
  known_on: Day
  premiered_on: Day | null
  returned: boolean
}

/** So many scored forecasts are handed out, the newest. */
const SCORED_MAX = 5000

/** The forecasts of which it is known what became of them. */
export async function readScored(): Promise<ScoredForecast[]> {
  reads(FORECASTS_TAG)
  const rows = await db().execute<ScoredForecast & Record<string, unknown>>(sql`
    select show.slug as show, season.number as season, forecast.made_on::text as made_on, forecast.model, forecast.class,
      forecast.renewal, forecast.low80::text as low80, forecast.high80::text as high80,
      outcome.known_on::text as known_on, outcome.premiered_on::text as premiered_on, outcome.returned
    from forecast_outcome outcome join forecast on forecast.id = outcome.forecast_id
    join season on season.id = forecast.season_id join show on show.id = season.show_id
    order by outcome.known_on desc, forecast.id limit ${SCORED_MAX}`)
  return [...rows]
}

/** An estimate as the calendar's layer shows it: one line. */
export interface MonthEstimate {
  slug: string
  title: string
  season: number
  /** The chance that it comes at all; null where it is ordered. */
  renewal: number | null
  low50: Day
  high50: Day
}

/** So many estimates one month shows; the likelier come first. */
const OF_MONTH_MAX = 100

/**
 * The newest estimates whose middle day falls in a month (from `first` to `last`), of seasons that may still be forecast
 * (`standingOf`, by what lists know of a show); ordered ones first, then the likelier.
 */
export async function readEstimatesOfMonth(first: Day, last: Day, today: Day): Promise<MonthEstimate[]> {
  const rows = await db().execute<MonthEstimate & Record<string, unknown>>(sql`
    select show.slug, show.title, season.number as season, forecast.renewal,
      forecast.low50::text as low50, forecast.high50::text as high50
    from forecast join season on season.id = forecast.season_id join show on show.id = season.show_id
    join show_state on show_state.show_id = show.id and show_state.next_season = season.number
    where forecast.median between ${first}::date and ${last}::date
      and forecast.made_on between ${addDays(today, -SHOWN_DAYS)}::date and ${today}::date
      and forecast.milestone = ${MILESTONE} and ${MAY_BE_FORECAST} and show_state.next_state <> 'due'
      and (show_state.status <> 'final-season' or forecast.milestone <> 'none')
      and not exists (select from forecast newer where newer.season_id = season.id
        and (newer.made_on, newer.id) > (forecast.made_on, forecast.id))
      and not exists (select from forecast_absence absence where absence.season_id = season.id)
    order by forecast.renewal desc nulls first, show.popularity desc nulls last, show.id limit ${OF_MONTH_MAX}`)
  reads(FORECASTS_TAG, dayTag(today), ...rows.map(({ slug }) => cardTag(slug)))
  return [...rows]
}
