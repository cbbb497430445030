import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { Day } from '@/lib/shared/day'
import type { CatalogueShow } from './from-catalogue'

/** Shows read at once: a statement has a few seconds, and the whole catalogue may be large. */
const SHOWS_AT_ONCE = 2000

/** A list of ids as a set that `in` takes, however long it is. */
const idList = (ids: readonly number[]) =>
  sql`(select value::int from json_array_elements_text(${JSON.stringify(ids)}::json))`

/** TMDB's terms keep its data out of learning; what pages of claims say of dates is chosen by what is to come. */
const LEARNED_FROM = sql.raw(`fact.field = 'premiere' and fact.withdrawn_on is null and fact.season > 0
  and fact.provider !~ '^tmdb' and fact.provider <> 'claim-pages'`)

/**
 * The lists that tell of later seasons, and the last day each tells of: such as give days of at least fifty seasons after
 * a first one, a twentieth of all they give. The latest hundredth of their days may be a plan, or a slip.
 */
async function readLists(): Promise<Map<string, Day>> {
  const rows = await db().execute<{ provider: string; until: Day }>(sql`
    select fact.provider, percentile_disc(0.99) within group (order by fact.value) as until
    from fact where ${LEARNED_FROM} and fact.value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    group by fact.provider
    having count(*) filter (where fact.season > 1) >= 50
      and count(*) filter (where fact.season > 1) * 20 >= count(*)`)
  return new Map([...rows].map(({ provider, until }) => [provider, until]))
}

async function readSome(showIds: readonly number[], lists: ReadonlyMap<string, Day>): Promise<CatalogueShow[]> {
  const rows = await db().execute<
    Omit<CatalogueShow, 'until'> & { providers: string[] | null } & Record<string, unknown>
  >(sql`
    select show.id, show.slug, show.title, show.kind, show.country, show.source_material as material,
      (select network.name from network where network.id = show.network_id) as network,
      (select json_agg(tag.name order by show_tag.position) from show_tag join tag on tag.id = show_tag.tag_id
        where show_tag.show_id = show.id and tag.kind = 'genre') as genres,
      (select json_agg(distinct fact.provider) from fact where fact.show_id = show.id and ${LEARNED_FROM}) as providers,
      (select json_agg(json_build_object('number', season.number, 'name', season.name,
          'earliest', season.premiere_earliest, 'latest', season.premiere_latest,
          'ended', case when season.finale_earliest = season.finale_latest then season.finale_earliest end,
          'episodes', season.episodes,
          'barred', (select bool_and(fact.provider ~ '^tmdb') from fact where fact.show_id = season.show_id
            and fact.season = season.number and fact.field = 'premiere' and fact.withdrawn_on is null))
          order by season.number)
        from season where season.show_id = show.id and season.recorded) as seasons
    from show where show.id in ${idList(showIds)} order by show.id`)
  return [...rows].map(({ providers, ...show }) => {
    const until = (providers ?? []).flatMap((provider) => lists.get(provider) ?? []).sort().at(-1) ?? null
    return { ...show, until }
  })
}

/** The catalogue as forecasts are learned and made from it: all shows, or some, by their ids. */
export async function readCatalogue(showIds?: readonly number[]): Promise<CatalogueShow[]> {
  const lists = await readLists()
  const ids = showIds ?? (await everyShow())
  const shows: CatalogueShow[] = []
  for (let at = 0; at < ids.length; at += SHOWS_AT_ONCE)
    shows.push(...(await readSome(ids.slice(at, at + SHOWS_AT_ONCE), lists)))
  return shows
}

async function everyShow(): Promise<number[]> {
  const rows = await db().execute<{ id: number }>(sql`select id from show order by id`)
  return [...rows].map(({ id }) => id)
}
