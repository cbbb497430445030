import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, textList } from '@/db/rows'
import { recordsOf } from '@/lib/catalogue/records'
import { eventKey } from '@/lib/ledger/keys'
import { RECORDED_AT } from '@/lib/ledger/telling'
import {
  type ClaimRow,
  claimLineOf,
  type EventRow,
  eventLineOf,
  showLine,
  stateOf,
  WITHHELD_LIKE,
  WITHHELD_PUBLISHERS,
} from './rules'
import type { Part } from './types'

/** True of claims that are left out, whatever they say. Reads claim and source. */
const IS_WITHHELD = sql`(claim.source_class = 'aggregator' and source.name in ${textList(WITHHELD_PUBLISHERS)})`

/** True of a provider, in small letters, whose words are left out: behind its name. */
export const IS_LIKE_WITHHELD = sql`like any(array${textList(WITHHELD_LIKE)})`

async function claimRows(which: ReturnType<typeof sql>): Promise<ClaimRow[]> {
  const rows = await db().execute<ClaimRow>(sql`
    select claim.id, show.slug, show.provenance, season.number as season, claim.kind, claim.value, claim.edtf as date, claim.who,
      claim.person_status as status, claim.modality, claim.citing, source.name as publisher, claim.url,
      claim.published_on::text as published_on, claim.source_class, claim.seen_on::text as seen_on,
      to_char(claim.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at,
      retraction.retracted_on::text as retracted_on, retraction.reason, ${IS_WITHHELD} as withheld
    from claim join show on show.id = claim.show_id join season on season.id = claim.season_id
    join source on source.id = claim.source_id left join retraction on retraction.claim_id = claim.id
    where ${which} order by show.slug collate "C", season.number, claim.id collate "C"`)
  return [...rows]
}

async function eventRows(which: ReturnType<typeof sql>): Promise<EventRow[]> {
  const rows = await db().execute<EventRow>(sql`
    select event.id::text as id, event.key, event.ordinal, show.slug, show.provenance, season.number as season, event.kind,
      event.was, event.became, event.because, event.happened_on::text as happened_on, ${RECORDED_AT} as recorded_at, event.telling,
      (select array_agg(claim.id) from claim join source on source.id = claim.source_id
        where claim.id = any(event.because) and ${IS_WITHHELD}) as withheld,
      exists (select from fact where fact.show_id = event.show_id and fact.season = season.number
        and lower(fact.provider) ${IS_LIKE_WITHHELD}) as withheld_fact
    from event join show on show.id = event.show_id join season on season.id = event.season_id
    where ${which} order by show.slug collate "C", season.number, event.happened_on, event.id`)
  return [...rows]
}

const keyOf = (row: EventRow) =>
  row.key ?? eventKey(row.slug, { ...row, happenedOn: row.happened_on }, row.ordinal)

/** Events by show and season, then by the day and the key: an order that their lines hold. */
const inOrder = (events: { row: EventRow; key: string }[]) =>
  events.sort(
    (a, b) =>
      byText(a.row.slug, b.row.slug) ||
      a.row.season - b.row.season ||
      byText(a.row.happened_on, b.row.happened_on) ||
      byText(a.key, b.key),
  )
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const SHOWS_AT_ONCE = 500

/**
 * Every line of every part, some shows at a time in the order of their slugs: memory stays small however much there is.
 * Inside one transaction that is `repeatable read` all of them are of one moment.
 */
export async function* allLines(): AsyncGenerator<Record<Part, string[]>> {
  for (let after = ''; ; ) {
    const shows = await db().execute<{ id: number; slug: string }>(sql`
      select id, slug from show where slug collate "C" > ${after} order by slug collate "C" limit ${SHOWS_AT_ONCE}`)
    const ids = shows.map(({ id }) => id)
    const records = await recordsOf(ids)
    const claims = await claimRows(sql`claim.show_id in ${idList(ids)}`)
    const events = await eventRows(
      sql`event.season_id in (select id from season where show_id in ${idList(ids)})`,
    )
    yield {
      catalogue: ids.flatMap((id) => {
        const record = records.get(id)
        return (record && showLine(record)) ?? []
      }),
      claims: claims.flatMap((row) => claimLineOf(row) ?? []),
      events: inOrder(events.map((row) => ({ row, key: keyOf(row) }))).flatMap(
        ({ row, key }) => eventLineOf(row, key) ?? [],
      ),
    }
    if (shows.length < SHOWS_AT_ONCE) return
    after = shows.at(-1)?.slug ?? ''
  }
}

/** A line that was asked for by its key; `line` is null where it is left out now. */
export interface FoundLine {
  /** As its file names it. */
  key: string
  line: string | null
  /** What is said of it beside that it is there. */
  mark: 'retracted' | 'corrected' | 'withdrawn' | null
}

/** The lines of shows by slug. One that is not there any more is found without a line. */
export async function showLines(slugs: readonly string[]): Promise<Map<string, FoundLine>> {
  const rows = await db().execute<{ id: number; slug: string }>(
    sql`select id, slug from show where slug in ${textList(slugs)}`,
  )
  const records = await recordsOf([...rows].map(({ id }) => id))
  const lines = new Map([...records.values()].map((record) => [record.slug as string, showLine(record)]))
  return new Map(slugs.map((key) => [key, { key, line: lines.get(key) ?? null, mark: null }]))
}

/** The lines of claims by id; those of withheld publishers, which never had one, are not found. */
export async function claimLines(ids: readonly string[]): Promise<Map<string, FoundLine>> {
  const rows = await claimRows(sql`claim.id in ${textList(ids)}`)
  return new Map(
    rows
      .filter(({ withheld }) => !withheld)
      .map((row) => [
        row.id,
        { key: row.id, line: claimLineOf(row), mark: row.retracted_on === null ? null : 'retracted' },
      ]),
  )
}

/** The lines of events by the id of their row. */
export async function eventLines(ids: readonly string[]): Promise<Map<string, FoundLine>> {
  const rows = await eventRows(sql`event.id in ${idList(ids.map(Number))}`)
  return new Map(
    rows.map((row) => {
      const key = keyOf(row)
      const state = stateOf(row.telling)
      return [row.id, { key, line: eventLineOf(row, key), mark: state === 'stands' ? null : state }]
    }),
  )
}
