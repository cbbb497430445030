import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import type { IdentityReason, IdentityVerdict, PairOfProvider } from '@/db/schema/words'
import { mayOperate } from '@/lib/accounts/rules'
import type { Asker } from '@/lib/accounts/types'
import type { Comparable, IdentityOverview, PairLine, PairSide } from './types'

/** Pairs shown at once, open ones and decided ones. */
export const PAIRS_SHOWN_MAX = 100

interface SideRow {
  id: number
  slug: string
  title: string
  began: string | null
  country: string | null
  network: string | null
  ids: string[] | null
}

interface PairRow extends Record<string, unknown> {
  id: number
  score: number
  reasons: IdentityReason[]
  seenAt: string
  verdict: IdentityVerdict | null
  decidedAt: string | null
  one: SideRow | null
  other: SideRow | null
  theirs: PairOfProvider | null
  namespace: string | null
  outsideId: string | null
  merged: { fromId: number; fromTitle: string; fromSlug: string } | null
}

/** What an operator sees of one of our shows, as JSON; reads `show` under that name. */
const SIDE_JSON = sql.raw(`json_build_object('id', show.id, 'slug', show.slug, 'title', show.title,
  'began', (select premiere from season where season.show_id = show.id and season.number = 1),
  'country', show.country, 'network', (select name from network where network.id = show.network_id),
  'ids', (select json_agg(o.namespace || ':' || o.value order by o.namespace, o.value) from outside_id o where o.show_id = show.id))`)

const PAIR_COLUMNS = sql`
  p.id, p.score::float8 as score, p.reasons, p.theirs, p.namespace, p.outside_id as "outsideId", p.verdict,
  to_char(p.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "seenAt",
  to_char(p.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "decidedAt",
  (select ${SIDE_JSON} from show where show.id = p.show_id) as one,
  (select ${SIDE_JSON} from show where show.id = p.other_show_id) as other,
  (select json_build_object('fromId', m.from_id, 'fromTitle', m.from_title, 'fromSlug', m.from_slug)
    from show_merge m where m.id = p.merge_id and m.undone_at is null) as merged`

/** A pair is open where both sides are here and nobody has decided. */
const OPEN = sql`p.verdict is null and exists (select from show where show.id = p.show_id)
  and (p.other_show_id is null or exists (select from show where show.id = p.other_show_id))`

const yearOf = (edtf: string | null) => /^\d{4}/.exec(edtf ?? '')?.[0] ?? null
const oursAs = ({ title, slug, began, country, network, ids }: SideRow): PairSide => ({
  title,
  href: `/shows/${slug}`,
  slug,
  year: yearOf(began),
  country,
  network,
  ids: ids ?? [],
})
const goneAs = (title: string, slug: string): PairSide => ({
  title,
  href: `/shows/${slug}`,
  slug,
  year: null,
  country: null,
  network: null,
  ids: [],
})

function sidesOf(row: PairRow): [PairSide, PairSide] {
  const { merged, theirs } = row
  const gone = merged ? goneAs(merged.fromTitle, merged.fromSlug) : goneAs('a show that is here no more', '')
  const one = row.one ? oursAs(row.one) : gone
  if (row.namespace === null) return [one, row.other ? oursAs(row.other) : gone]
  const ids = theirs?.ids ?? [`${row.namespace}:${row.outsideId}`]
  return [
    one,
    {
      title: theirs?.title ?? `${row.namespace}:${row.outsideId}`,
      href: theirs?.url ?? '',
      slug: null,
      year: yearOf(theirs?.began ?? null),
      country: theirs?.country ?? null,
      network: theirs?.network ?? null,
      ids,
    },
  ]
}

const lineOf = (row: PairRow): PairLine => ({
  id: row.id,
  sides: sidesOf(row),
  score: row.score,
  reasons: row.reasons,
  seenAt: row.seenAt,
  decided: row.verdict && row.decidedAt ? { verdict: row.verdict, at: row.decidedAt } : null,
})

/** Pairs that wait for a decision, the surest first, and the newest decisions. Null for who is no operator. */
export async function getIdentityOverview(asker: Asker): Promise<IdentityOverview | null> {
  if (!mayOperate(asker)) return null
  const [open, decided, counted] = await Promise.all([
    db().execute<PairRow>(sql`
      select ${PAIR_COLUMNS} from identity_pair p where ${OPEN} order by p.score desc, p.id limit ${PAIRS_SHOWN_MAX}`),
    db().execute<PairRow>(sql`
      select ${PAIR_COLUMNS} from identity_pair p where p.verdict is not null
      order by p.decided_at desc, p.id desc limit ${PAIRS_SHOWN_MAX}`),
    db().execute<{ count: number }>(sql`select count(*)::int as count from identity_pair p where ${OPEN}`),
  ])
  return {
    open: [...open].map(lineOf),
    openCount: [...counted][0]?.count ?? 0,
    decided: [...decided].map(lineOf),
  }
}

/** Ids of a provider about which a person has decided and which it was not asked for since. */
export async function decidedIds(namespace: string): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select distinct p.outside_id as id from identity_pair p
    left join outside_id o on o.namespace = p.namespace and o.value = p.outside_id
    where p.namespace = ${namespace} and p.verdict is not null and not coalesce(o.twin, false)
      and not exists (select from source_look l where l.provider = p.namespace and l.outside_id = p.outside_id)
      and not exists (select from identity_pair q where q.namespace = p.namespace and q.outside_id = p.outside_id
        and q.verdict is null)
    order by id`)
  return [...rows].map(({ id }) => id)
}

/** Shows of ours as they are compared, by their rows' ids. */
export async function comparables(
  showIds: readonly number[],
): Promise<Map<number, Comparable & { slug: string }>> {
  const rows = await db().execute<{
    id: number
    slug: string
    title: string
    names: string[] | null
    began: string | null
    country: string | null
    network: string | null
    kind: string
    ids: string[] | null
  }>(sql`
    select s.id, s.slug, s.title, s.country, s.kind, n.name as network,
      (select json_agg(t.text order by t.position) from show_title t where t.show_id = s.id and t.kind <> 'title') as names,
      (select e.premiere from season e where e.show_id = s.id and e.number = 1) as began,
      (select json_agg(o.namespace || ':' || o.value order by o.namespace, o.value) from outside_id o where o.show_id = s.id) as ids
    from show s left join network n on n.id = s.network_id where s.id in ${idList([...showIds])}`)
  return new Map(
    [...rows].map(({ id, names, ids, ...row }) => [id, { ...row, aliases: names ?? [], ids: ids ?? [] }]),
  )
}
