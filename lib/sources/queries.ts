import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { ClaimKind } from '@/db/schema/words'
import { listIds, type OutsideIds } from '@/lib/catalogue/ids'
import type { IdOwner } from '@/lib/catalogue/rules'
import type { Day } from '@/lib/shared/day'
import type { SaidBefore } from './to-claims'
import type { Change, Look, Provider, ProviderName } from './types'

/** A show on record as a sync needs it. */
export interface KnownShow {
  id: number
  slug: string
}

/** Whose ids these are here. */
export async function ownersOf(ids: OutsideIds): Promise<(IdOwner & { id: number })[]> {
  const rows = await db().execute<{ namespace: string; value: string; id: number; show: string }>(sql`
    select o.namespace, o.value, o.show_id as id, s.slug as show
    from json_to_recordset(${JSON.stringify(listIds(ids))}::json) as x(namespace text, value text)
    join outside_id o on o.namespace = x.namespace and o.value = x.value join show s on s.id = o.show_id`)
  return [...rows]
}

/**
 * Shows here that may be the one a provider speaks of though they share no id with it: of the same title, and not known
 * by another id of the same provider. `same`: the provider's own list, imported without ids, gave the same first day.
 * The others began in the same year, or nobody knows when.
 */
export async function namesakesOf(
  look: Look,
  { name, ids: [namespace = ''] }: Pick<Provider, 'name' | 'ids'>,
): Promise<(KnownShow & { same: boolean })[]> {
  const began = look.seasons.find(({ number }) => number === 1)?.premiere ?? null
  const rows = await db().execute<{ id: number; slug: string; same: boolean }>(sql`
    select s.id, s.slug, exists (select from fact f where f.show_id = s.id and f.season = 1 and f.field = 'premiere'
        and f.provider = ${name} and length(f.value) = 10 and f.value = ${began}) as same
    from show s left join season e on e.show_id = s.id and e.number = 1
    where lower(s.title) = lower(${look.record.title})
      and not exists (select from outside_id o where o.show_id = s.id and o.namespace = ${namespace})
      and (${began}::text is null or e.premiere is null or left(e.premiere, 4) = left(${began}, 4))
      and (${look.country}::text is null or s.country is null or s.country = ${look.country})
    order by s.id`)
  return [...rows]
}

/** When a provider was last read about a show; null where it never was. */
export async function lookAt(
  provider: ProviderName,
  id: string,
): Promise<{ checkedOn: Day; stamp: string | null; etag: string | null } | null> {
  const [row] = await db().execute<{ checkedOn: string; stamp: string | null; etag: string | null }>(sql`
    select (checked_at at time zone 'UTC')::date::text as "checkedOn", stamp, etag from source_look
    where provider = ${provider} and outside_id = ${id}`)
  return row ?? null
}

/** What a provider is on record with about a show, oldest first; what was taken back, too. */
export async function saidBy(showId: number, publisher: string): Promise<SaidBefore[]> {
  const rows = await db().execute<{ season: number; kind: ClaimKind; edtf: string | null }>(sql`
    select season.number as season, claim.kind, claim.edtf from claim
    join season on season.id = claim.season_id join source on source.id = claim.source_id
    where claim.show_id = ${showId} and source.name = ${publisher} and claim.source_class = 'aggregator'
    order by claim.recorded_at, claim.id`)
  return [...rows]
}

/** How many events a show has on record. */
export async function countEvents(showId: number): Promise<number> {
  const [row] = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from event where show_id = ${showId}`,
  )
  return row?.count ?? 0
}

/** Everything a provider is known to have told us of: its ids of the shows here. */
export async function knownIds(namespace: string): Promise<Change[]> {
  const rows = await db().execute<{ id: string }>(
    sql`select value as id from outside_id where namespace = ${namespace} order by value`,
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
    order by exists (select from quarantine q where q.provider = ${name} and q.outside_id = x.id),
      exists (select from follow join season on season.id = follow.season_id where season.show_id = o.show_id) desc,
      coalesce(s.next_status in ('dated', 'wrapped', 'filming', 'airing'), false) desc,
      (o.show_id is not null) desc, length(x.id), x.id`)
  return [...rows].map(({ id, stamp }) => ({ id, stamp }))
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
