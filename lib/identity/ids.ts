/** An id of a provider put on a show, or taken off it with what was said under it; a part of its caller's transaction. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { tellOfChange } from '@/lib/catalogue/changed'
import { familyOf, isLive } from '@/lib/catalogue/facts'
import type { OutsideId } from '@/lib/catalogue/ids'
import { recordsOf } from '@/lib/catalogue/records'
import { withFacts } from '@/lib/catalogue/stated'
import type { CatalogueRecord, Fact } from '@/lib/catalogue/types'
import { writeRecords } from '@/lib/catalogue/write'
import { deriveQuietly } from '@/lib/ledger/quiet'
import { takeTurns } from '@/lib/ledger/turn'
import { dayOf } from '@/lib/shared/day'
import { refusal } from '@/lib/shared/refusal'
import { HAVING_ONE } from './rules'
import type { IdentityResult } from './types'

/** An answer about it was set aside; it may come in now. */
const letIn = ({ namespace, value }: OutsideId) =>
  db().execute(sql`delete from quarantine where provider = ${namespace} and outside_id = ${value}`)

/** An id becomes a show's. The second one of a service that has a show once leads here and is not read. */
export async function putOnId(showId: number, id: OutsideId): Promise<IdentityResult> {
  const [owner] = await db().execute<{ show: number; slug: string }>(sql`
    select o.show_id as show, s.slug from outside_id o join show s on s.id = o.show_id
    where o.namespace = ${id.namespace} and o.value = ${id.value}`)
  if (owner && owner.show !== showId)
    return refusal(
      'identity',
      `${id.namespace}:${id.value} is ${owner.slug} by now: name the two shows instead.`,
    )
  const [show] = await db().execute<{ slug: string; known: boolean }>(sql`
    select s.slug, exists (select from outside_id o where o.show_id = s.id and o.namespace = ${id.namespace}
      and o.value <> ${id.value}) as known from show s where s.id = ${showId}::int`)
  if (!show) return refusal('identity', 'That show is here no more.')
  const twin = show.known && HAVING_ONE.includes(id.namespace)
  await db().execute(sql`
    insert into outside_id (namespace, value, show_id, twin) values (${id.namespace}, ${id.value}, ${showId}::int, ${twin})
    on conflict do nothing`)
  await letIn(id)
  await tellOfChange([show.slug])
  return { ok: true }
}

/** An id is another show's than ours: its answer may come in as one of its own. */
export async function leaveId(id: OutsideId): Promise<IdentityResult> {
  await letIn(id)
  return { ok: true }
}

/** Takes an id off a show: what its provider said is withdrawn, where it knows the show by no other id. */
export async function takeOffId(
  showId: number,
  { namespace, value }: OutsideId,
  { pairId, now }: { pairId: number; now: Date },
): Promise<void> {
  await takeTurns([showId])
  await db().execute(sql`
    delete from outside_id where namespace = ${namespace} and value = ${value} and show_id = ${showId}::int`)
  await db().execute(sql`
    delete from source_look where provider = ${namespace} and outside_id = ${value} and show_id = ${showId}::int`)
  const there = (await recordsOf([showId])).get(showId)
  if (!there) return
  const today = dayOf(now)
  const isTheirs = (fact: Fact) =>
    isLive(fact) &&
    (fact.provider === namespace || (fact.field === 'label' && familyOf(fact.provider) === namespace))
  const withdrawn = there.ids[namespace] === undefined ? (there.facts ?? []).filter(isTheirs) : []
  await db().execute(sql`
    update identity_pair set withdrawn = ${JSON.stringify(withdrawn)}::jsonb where id = ${pairId}::int`)
  if (withdrawn.length > 0) {
    await db().execute(sql`
      delete from episode using season where season.id = episode.season_id and season.show_id = ${showId}::int
        and episode.provider = ${namespace}`)
    await db().execute(
      sql`delete from season_number where show_id = ${showId}::int and provider = ${namespace}`,
    )
    const facts = (there.facts ?? []).map((fact) =>
      isTheirs(fact) ? { ...fact, withdrawn_on: today } : fact,
    )
    await rewrite(showId, withFacts(there, facts), now)
  } else await tellOfChange([there.slug as string])
}

/** Puts an id back that was taken off, with what was withdrawn then as far as nobody has said otherwise since. */
export async function takeOnAgain(
  showId: number,
  id: OutsideId,
  { pairId, now }: { pairId: number; now: Date },
): Promise<IdentityResult> {
  await takeTurns([showId])
  const [row] = await db().execute<{ withdrawn: Fact[] | null }>(
    sql`select withdrawn from identity_pair where id = ${pairId}::int`,
  )
  // Nothing was taken off: it was only said to be another show's.
  if (!row?.withdrawn) return { ok: true }
  const put = await putOnId(showId, id)
  if (!put.ok) return put
  const there = (await recordsOf([showId])).get(showId)
  if (!there) return refusal('identity', 'That show is here no more.')
  const keyOf = ({ season, field, provider, value }: Fact) => JSON.stringify([season, field, provider, value])
  const before = new Map(row.withdrawn.map((fact) => [keyOf(fact), fact]))
  const facts = (there.facts ?? []).map((fact) => (isLive(fact) ? fact : (before.get(keyOf(fact)) ?? fact)))
  await rewrite(showId, withFacts(there, facts), now)
  await db().execute(sql`update identity_pair set withdrawn = null where id = ${pairId}::int`)
  return { ok: true }
}

async function rewrite(showId: number, record: CatalogueRecord, now: Date): Promise<void> {
  await writeRecords([{ id: showId, slug: record.slug as string, record }])
  await deriveQuietly([showId], { today: dayOf(now), now })
  await tellOfChange([record.slug as string])
}
