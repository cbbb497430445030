import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList, textList } from '@/db/rows'
import type { ClaimKind, NumberingReason } from '@/db/schema/words'
import type { OutsideId } from '@/lib/catalogue/ids'
import type { NumberedSeason } from '@/lib/catalogue/numbering'
import type { IdOwner } from '@/lib/catalogue/rules'
import type { Day } from '@/lib/shared/day'
import type { SaidBefore } from './to-claims'
import type { Change, Look, Provider, ProviderName } from './types'

/** A show on record as a sync needs it. */
export interface KnownShow {
  id: number
  slug: string
}

/** Who bears an id here: the show, and whether it is its second id of a service that has a show once. */
export interface Owner extends IdOwner {
  id: number
  twin: boolean
}

/** Whose ids these are here. */
export async function ownersOf(ids: OutsideId[]): Promise<Owner[]> {
  const rows = await db().execute<{
    namespace: string
    value: string
    id: number
    show: string
    twin: boolean
  }>(sql`
    select o.namespace, o.value, o.show_id as id, s.slug as show, o.twin
    from json_to_recordset(${JSON.stringify(ids)}::json) as x(namespace text, value text)
    join outside_id o on o.namespace = x.namespace and o.value = x.value join show s on s.id = o.show_id`)
  return [...rows]
}

/** A show here that may be the one a provider speaks of, by the place of the look among those asked about. */
export interface Namesake extends KnownShow {
  look: number
}

/** Names by which a show is looked for: a list of a hundred spellings finds no more than its first. */
const NAMES_MAX = 40

/**
 * Shows here that may be those a provider speaks of though they share no id with them: any name of the one is one of the
 * other, they are not known by another id of the same provider, and they began within a year of each other, or nobody
 * knows when.
 */
export async function namesakesOf(
  looks: { place: number; look: Look }[],
  { ids: [namespace = ''] }: Pick<Provider, 'ids'>,
): Promise<Namesake[]> {
  if (looks.length === 0) return []
  const asked = looks.map(({ place, look: { record, began } }) => ({
    place,
    names: [record.title, record.original_title, ...(record.aliases ?? [])]
      .flatMap((name) => name ?? [])
      .slice(0, NAMES_MAX),
    began,
  }))
  const rows = await db().execute<{ look: number; id: number; slug: string }>(sql`
    select distinct x.place as look, s.id, s.slug
    from json_to_recordset(${JSON.stringify(asked)}::json) as x(place int, names json, began text)
    cross join lateral json_array_elements_text(x.names) as n(name)
    join show_title t on lower(t.text) = lower(n.name)
    join show s on s.id = t.show_id left join season e on e.show_id = s.id and e.number = 1
    where not exists (select from outside_id o where o.show_id = s.id and o.namespace = ${namespace})
      and (x.began is null or e.premiere is null or abs(left(e.premiere, 4)::int - left(x.began, 4)::int) <= 1)
    order by x.place, s.id`)
  return [...rows]
}

/** What is known of a provider's last answer about a show. */
export interface LastLook {
  id: string
  checkedOn: Day
  stamp: string | null
  etag: string | null
}

/** When a provider was last read about some shows, by their ids there; those never read are not among them. */
export async function lastLooks(provider: ProviderName, ids: string[]): Promise<Map<string, LastLook>> {
  const rows = await db().execute<{
    id: string
    checkedOn: Day
    stamp: string | null
    etag: string | null
  }>(sql`
    select outside_id as id, (checked_at at time zone 'UTC')::date::text as "checkedOn", stamp, etag from source_look
    where provider = ${provider} and outside_id in ${textList(ids)}`)
  return new Map([...rows].map((row) => [row.id, row]))
}

/** How a provider's seasons were numbered before, by the show's row. */
export async function keptNumbers(
  provider: ProviderName,
  showIds: readonly number[],
): Promise<Map<number, NumberedSeason[]>> {
  const rows = await db().execute<{
    show: number
    theirs: number
    ours: number | null
    through: number | null
    reason: NumberingReason
  }>(sql`
    select show_id as show, theirs, ours, through, reason from season_number
    where provider = ${provider} and show_id in ${idList([...showIds])} order by show_id, theirs`)
  const kept = new Map<number, NumberedSeason[]>()
  for (const { show, theirs, ours, through, reason } of rows)
    kept.set(show, [...(kept.get(show) ?? []), { theirs, ours, through, reason }])
  return kept
}

/**
 * What a provider is on record with about some shows, oldest first; what was taken back, too. Not what it said of an entry
 * that is read no more, since it turned out to have the show twice.
 */
export async function saidBy(
  showIds: number[],
  { title, ids: [namespace = ''] }: Pick<Provider, 'title' | 'ids'>,
): Promise<Map<number, SaidBefore[]>> {
  const rows = await db().execute<{ show: number; season: number; kind: ClaimKind; edtf: string | null }>(sql`
    select claim.show_id as show, season.number as season, claim.kind, claim.edtf from claim
    join season on season.id = claim.season_id join source on source.id = claim.source_id
    where claim.show_id in ${idList(showIds)}
      and source.name = ${title} and claim.source_class = 'aggregator'
      and not exists (select from show_merge_row r join show_merge m on m.id = r.merge_id
        where r.of_table = 'claim' and r.key = claim.id and m.undone_at is null and exists (
          select from outside_id o where o.show_id = claim.show_id and o.namespace = ${namespace} and o.twin))
    order by claim.recorded_at, claim.id`)
  const said = new Map<number, SaidBefore[]>()
  for (const { show, ...claim } of rows) said.set(show, [...(said.get(show) ?? []), claim])
  return said
}

/** How many events some shows have on record. */
export async function countEvents(showIds: number[]): Promise<Map<number, number>> {
  const rows = await db().execute<{ show: number; count: number }>(sql`
    select show_id as show, count(*)::int as count from event
    where show_id in ${idList(showIds)} group by show_id`)
  return new Map([...rows].map(({ show, count }) => [show, count]))
}

/** Everything a provider is known to have told us of: its ids of the shows here. */
export async function knownIds(namespace: string): Promise<Change[]> {
  const rows = await db().execute<{ id: string }>(
    sql`select value as id from outside_id where namespace = ${namespace} and not twin order by value`,
  )
  return [...rows].map(({ id }) => ({ id, stamp: null }))
}

/**
 * Which of these are to be asked, in their order: what readers follow, what is dated or being made, what else is here,
 * then the rest (of providers that are taken in whole), and last what could not be used before. What was read with the same stamp is left out; without stamps nothing is.
 */
export async function inTurn(
  { name, ids: [namespace = ''], takesAll }: Pick<Provider, 'name' | 'ids' | 'takesAll'>,
  changes: Change[],
): Promise<Change[]> {
  const given = changes.map(({ id, stamp, also }) => ({ id, stamp, ns: also?.namespace, other: also?.value }))
  const rows = await db().execute<{ id: string; stamp: string | null }>(sql`
    select x.id, x.stamp from json_to_recordset(${JSON.stringify(given)}::json) as x(id text, stamp text, ns text, other text)
    left join source_look l on l.provider = ${name} and l.outside_id = x.id
    left join outside_id a on a.namespace = ${namespace} and a.value = x.id
    left join outside_id b on b.namespace = x.ns and b.value = x.other
    cross join lateral (select coalesce(a.show_id, b.show_id) as show_id) o
    left join show_state s on s.show_id = o.show_id
    where (l.stamp is null or x.stamp is null or l.stamp <> x.stamp) and (${takesAll} or o.show_id is not null)
      and not coalesce(a.twin, false)
    order by exists (select from quarantine q where q.provider = ${name} and q.outside_id = x.id),
      exists (select from follow join season on season.id = follow.season_id where season.show_id = o.show_id) desc,
      coalesce(s.next_status in ('dated', 'wrapped', 'filming', 'airing'), false) desc,
      (o.show_id is not null) desc, length(x.id), x.id`)
  // One that is known by several ids is asked for once.
  return [...new Map([...rows].map((row) => [row.id, row])).values()]
}

/** How far a provider has been read; null where no run came to its end. */
export async function readUntil(provider: ProviderName): Promise<Date | null> {
  const [row] = await db().execute<{ at: string | null }>(
    sql`select to_char(read_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from sync_state where provider = ${provider}`,
  )
  return row?.at ? new Date(row.at) : null
}

/** How many answers of a provider stand in quarantine. */
export async function quarantined(
  provider: ProviderName,
): Promise<{ id: string; reason: string; seenAt: string }[]> {
  const rows = await db().execute<{ id: string; reason: string; seenAt: string }>(sql`
    select outside_id as id, reason, to_char(seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "seenAt" from quarantine
    where provider = ${provider} order by seen_at desc, outside_id limit 1000`)
  return [...rows]
}
