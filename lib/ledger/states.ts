import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, insertRows } from '@/db/rows'
import { season } from '@/db/schema/show'
import { type Day, latestDay } from '@/lib/shared/day'
import type { Claim } from '@/lib/status/claim'
import { deriveShow, isFinished } from '@/lib/status/show'
import { type SeasonWindow, type StateHead, staleTags } from '@/lib/status/stale'
import type { SeasonInput, SeasonStatusWord, SettledSeason, ShowStatus } from '@/lib/status/types'
import { hasBegun } from '@/lib/status/words'
import { CLAIM_JSON } from './claim-json'
import { factsOf, newestSourceOn, newestWordOn, type SeasonOnRecord } from './facts'
import { BEGUN_BY, FROM_PAGES, LOOKED, MISSED_ON, readShowFacts } from './show-facts'

type Season = SeasonInput & { id: number; was: SeasonStatusWord | null }

/** A show with everything its status rests on. */
export interface DerivedShow {
  id: number
  slug: string
  seasons: (Season & SettledSeason)[]
  status: ShowStatus
}

interface SeasonRow extends SeasonOnRecord, Record<string, unknown> {
  id: number
  show_id: number
  slug: string
  was: SeasonStatusWord | null
}

/** The claims of some shows by season row. */
async function readClaims(showIds: number[]): Promise<Map<number, Claim[]>> {
  const rows = await db().execute<{ season_id: number; claim: Claim } & Record<string, unknown>>(sql`
    select claim.season_id, ${CLAIM_JSON} as claim
    from claim join season on season.id = claim.season_id join source on source.id = claim.source_id
    left join retraction on retraction.claim_id = claim.id
    where claim.show_id in ${idList(showIds)}`)
  const bySeason = new Map<number, Claim[]>()
  for (const { season_id, claim } of rows)
    bySeason.set(season_id, [...(bySeason.get(season_id) ?? []), claim])
  return bySeason
}

/** Reads some shows and derives their status as of `today`. Three queries. */
export async function deriveShows(showIds: number[], today: Day): Promise<DerivedShow[]> {
  const [rows, claims, showFacts] = await Promise.all([
    db().execute<SeasonRow>(sql`
      select season.id, season.show_id, show.slug, season.number, season.premiere, season.finale, season.episodes,
        season.recorded, ${FROM_PAGES} as "fromPages", ${BEGUN_BY} as "begunBy",
        ${LOOKED} as looked, ${MISSED_ON} as "missedOn",
        season_state.status as was
      from season join show on show.id = season.show_id left join season_state on season_state.season_id = season.id
      where season.show_id in ${idList(showIds)} order by season.show_id, season.number`),
    readClaims(showIds),
    readShowFacts(showIds, today),
  ])
  const byShow = new Map<number, SeasonRow[]>()
  for (const row of rows) byShow.set(row.show_id, [...(byShow.get(row.show_id) ?? []), row])
  return [...byShow].map(([id, own]) => {
    const said = own.map((row) => claims.get(row.id) ?? [])
    const pagesOn = newestWordOn(said.flat())
    const seasons = own.map((row, i): Season => {
      const facts = factsOf(row, pagesOn)
      return { id: row.id, was: row.was, facts, claims: said[i] as Claim[] }
    })
    return { id, slug: own[0]?.slug as string, ...deriveShow(seasons, today, showFacts.get(id)) }
  })
}

function stateRows(shows: DerivedShow[], today: Day) {
  const seasons = shows.flatMap((show) =>
    show.seasons.map(({ id, claims, status }) => ({
      season_id: id,
      show_id: show.id,
      status: status.status,
      because: status.because,
      premiere_edtf: status.premiere?.edtf ?? null,
      premiere_earliest: status.premiere?.earliest ?? null,
      premiere_latest: status.premiere?.latest ?? null,
      premiere_state: status.premiereState,
      claim_count: claims.length,
      changed_on: status.changedOn,
      checked_on: status.checkedOn,
      derived_for: today,
    })),
  )
  const heads = shows.map(({ id, seasons: all, status }) => {
    const next = all.find(({ facts }) => facts.number === status.nextSeason)
    const begun = all.filter(({ status: state }) => hasBegun(state))
    const before = all.find(({ facts }) => facts.number === status.nextSeason - 1)
    const last = latestDay(begun.map((season) => season.status.premiere?.earliest))
    return {
      show_id: id,
      status: status.status,
      because: status.because,
      next_season: status.nextSeason,
      next_status: next?.status.status ?? 'unannounced',
      next_edtf: next?.status.premiere?.edtf ?? null,
      next_earliest: next?.status.premiere?.earliest ?? null,
      next_latest: next?.status.premiere?.latest ?? null,
      next_state: next?.status.premiereState ?? null,
      last_premiere: last,
      waits_from: before?.status.premiere?.earliest === last ? last : null,
      last_finale: latestDay(begun.map(({ facts }) => facts.finale?.latest)),
      since: status.since,
      answer: status.answer,
      lamp: status.lamp,
      claim_count: all.reduce((sum, { claims }) => sum + claims.length, 0),
      changed_on: latestDay(all.map((season) => season.status.changedOn)),
      checked_on: latestDay(all.map((season) => season.status.checkedOn)),
      newest_source_on: newestSourceOn(all.flatMap(({ claims }) => claims)),
      derived_for: today,
    }
  })
  return { seasons, heads }
}

const SEASON_FIELDS = [
  'show_id',
  'status',
  'because',
  'premiere_edtf',
  'premiere_earliest',
  'premiere_latest',
  'premiere_state',
  'claim_count',
  'changed_on',
  'checked_on',
]
const SHOW_FIELDS = [
  'status',
  'because',
  'next_season',
  'next_status',
  'next_edtf',
  'next_earliest',
  'next_latest',
  'next_state',
  'last_premiere',
  'waits_from',
  'last_finale',
  'since',
  'answer',
  'lamp',
  'claim_count',
  'changed_on',
  'checked_on',
  'newest_source_on',
]

/** Puts rows where they differ from what is there; returns the shows of those that really did. */
async function upsert(
  table: 'season_state' | 'show_state',
  key: 'season_id' | 'show_id',
  fields: string[],
  rows: object[],
): Promise<number[]> {
  if (rows.length === 0) return []
  const columns = sql.raw([key, ...fields, 'derived_for'].join(', '))
  const mine = sql.raw(fields.map((field) => `${table}.${field}`).join(', '))
  const theirs = sql.raw(fields.map((field) => `excluded.${field}`).join(', '))
  const set = sql.raw([...fields, 'derived_for'].map((field) => `${field} = excluded.${field}`).join(', '))
  const text = JSON.stringify(rows)
  const changed = await db().execute<{ show_id: number }>(sql`
    insert into ${sql.identifier(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.identifier(table)}, ${text}::json)
    on conflict (${sql.raw(key)}) do update set ${set} where (${mine}) is distinct from (${theirs})
    returning show_id`)
  await db().execute(sql`
    update ${sql.identifier(table)} s set derived_for = x.derived_for
    from json_populate_recordset(null::${sql.identifier(table)}, ${text}::json) x
    where s.${sql.raw(key)} = x.${sql.raw(key)} and s.derived_for <> x.derived_for`)
  return [...changed].map(({ show_id }) => show_id)
}

/** A show whose state is another than before, with the cache tags that are stale by that. */
export interface ChangedShow {
  slug: string
  stale: string[]
}

/**
 * Shows derived with a row for the season that is next: a season that began by what was said alone leaves none behind it.
 */
export async function deriveWithNext(showIds: number[], today: Day): Promise<DerivedShow[]> {
  const shows = await deriveShows(showIds, today)
  const lacking = shows.filter(
    ({ seasons, status }) =>
      !isFinished(status) && !seasons.some(({ facts }) => facts.number === status.nextSeason),
  )
  if (lacking.length === 0) return shows
  const next = lacking.map(({ id, status }) => ({ showId: id, number: status.nextSeason }))
  await insertRows(season, next, { known: 'left' })
  const anew = await deriveShows(
    lacking.map(({ id }) => id),
    today,
  )
  const byId = new Map(anew.map((show) => [show.id, show]))
  return shows.map((show) => byId.get(show.id) ?? show)
}

/** Writes the derived rows; returns the shows whose state is another than before. */
export async function writeStates(shows: DerivedShow[], today: Day): Promise<ChangedShow[]> {
  const { seasons, heads } = stateRows(shows, today)
  const ids = idList(shows.map(({ id }) => id))
  const headsBefore = await db().execute<StateHead & { show_id: number } & Record<string, unknown>>(sql`
    select show_id, status, lamp, answer, next_season, next_status, next_edtf, next_earliest::text as next_earliest,
      next_latest::text as next_latest, last_premiere::text as last_premiere, last_finale::text as last_finale, claim_count
    from show_state where show_id in ${ids}`)
  const windowsBefore = await db().execute<
    SeasonWindow & { season_id: number } & Record<string, unknown>
  >(sql`
    select season_id, status, premiere_edtf, premiere_earliest::text as premiere_earliest,
      premiere_latest::text as premiere_latest
    from season_state where show_id in ${ids}`)
  const changed = new Set([
    ...(await upsert('season_state', 'season_id', SEASON_FIELDS, seasons)),
    ...(await upsert('show_state', 'show_id', SHOW_FIELDS, heads)),
  ])
  const headOf = new Map([...headsBefore].map((row) => [row.show_id, row]))
  const numberOf = new Map(shows.flatMap((show) => show.seasons.map(({ id, facts }) => [id, facts.number])))
  const windowOf = new Map([...windowsBefore].map((row) => [row.season_id, row]))
  return shows.flatMap(({ id, slug }) => {
    const head = changed.has(id) && heads.find(({ show_id }) => show_id === id)
    if (!head) return []
    const windows = seasons
      .filter(({ show_id }) => show_id === id)
      .map((after) => ({
        season: numberOf.get(after.season_id) as number,
        before: windowOf.get(after.season_id) ?? null,
        after: windowFields(after),
      }))
    return [{ slug, stale: staleTags(slug, headOf.get(id) ?? null, head, windows) }]
  })
}

const windowFields = (row: SeasonWindow): SeasonWindow => ({
  status: row.status,
  premiere_edtf: row.premiere_edtf,
  premiere_earliest: row.premiere_earliest,
  premiere_latest: row.premiere_latest,
})
