import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { reads } from '@/lib/shared/reads'
import { CATALOGUE_TAG, showTag } from '@/lib/shared/tags'
import { pairReason } from './pair-reason'
import { VOICES_NEEDED } from './pair-rules'

/** A pair that counts, said by editors' lists, by readers or by both. */
export interface CountingPair {
  showId: number
  relatedShowId: number
  /** What the lists give it, and one for each reader. */
  weight: number
  /** Readers who name it, two at least; 0 where only lists do. */
  voices: number
  origin: 'editor' | 'reader'
  /** The list that says it most strongly; null where readers alone do. */
  source: string | null
}

/** A new account is heard from its second day on: whoever makes two to be two readers has at least to wait. */
export const HEARD_AFTER_MS = 86_400_000

// A mailbox behind an address: what follows a + is its owner's note to themselves, and Gmail's dots mean nothing.
const mailbox = sql`
  case when split_part(r.email, '@', 2) in ('gmail.com', 'googlemail.com')
    then replace(split_part(split_part(r.email, '@', 1), '+', 1), '.', '') || '@gmail.com'
    else split_part(split_part(r.email, '@', 1), '+', 1) || '@' || split_part(r.email, '@', 2) end`

// A voice is heard while its reader's account stands, has a confirmed address (which no basket has) and is a day old; two
// addresses of one mailbox are one voice. The clock is the database's: the nightly build lets in who came of age.
const heard = sql`
  select v.show_id, v.related_show_id, count(distinct ${mailbox})::int as voices
  from pair_voice v join reader r on r.id = v.reader_id and not r.suspended and r.email_verified is not null
    and r.created_at <= now() - ${`${HEARD_AFTER_MS} milliseconds`}::interval
  group by v.show_id, v.related_show_id`

const counting = (where: SQL) => sql`
  select coalesce(h.show_id, l.show_id) as "showId", coalesce(h.related_show_id, l.related_show_id) as "relatedShowId",
    coalesce(l.weight, 0) + coalesce(h.voices, 0) as weight, coalesce(h.voices, 0) as voices,
    case when h.voices is null then 'editor' else 'reader' end as origin, l.source
  from (select * from (${heard}) h where voices >= ${VOICES_NEEDED}) h
  full join (
    select show_id, related_show_id, sum(weight) as weight, (array_agg(source order by weight desc, source))[1] as source
    from pair group by show_id, related_show_id) l
    on l.show_id = h.show_id and l.related_show_id = h.related_show_id
  ${where}`

/** All pairs that count, a row a pair; one that a single reader names does not. */
export async function loadPairs(): Promise<CountingPair[]> {
  return [...(await db().execute<CountingPair & Record<string, unknown>>(counting(sql`order by 1, 2`)))]
}

/** How many readers are heard for a pair, whether it counts or not. */
export async function countVoices(showId: number, relatedShowId: number): Promise<number> {
  const [row] = await db().execute<{ voices: number }>(
    sql`select voices from (${heard}) h where show_id = ${showId} and related_show_id = ${relatedShowId}`,
  )
  return row?.voices ?? 0
}

/** A show as the pages of suggesting name it. */
export interface NamedShow {
  slug: string
  title: string
  country: string | null
}

/** The show of a slug; null where there is none. */
export async function findShow(slug: string): Promise<NamedShow | null> {
  reads(CATALOGUE_TAG)
  const [row] = await db().execute<NamedShow & Record<string, unknown>>(
    sql`select slug, title, country from show where slug = ${slug}`,
  )
  return row ? { ...row } : null
}

const NAMED_SHOWN = 50

/** A show and what people name beside it, most often named first, at most 50; null where there is no such show. */
export async function getNamedBeside(
  slug: string,
): Promise<{ show: NamedShow; named: (NamedShow & { text: string })[] } | null> {
  reads(showTag(slug))
  const show = await findShow(slug)
  if (!show) return null
  const rows = await db().execute<
    NamedShow & { voices: number; source: string | null } & Record<string, unknown>
  >(sql`
    select s.slug, s.title, s.country, p.voices, p.source
    from (${counting(sql``)}) p join show s on s.id = p."relatedShowId"
    where p."showId" = (select id from show where slug = ${slug})
    order by p.voices desc, p.weight desc, s.title, s.id limit ${NAMED_SHOWN}`)
  const named = rows.map(({ voices, source, ...other }) => ({
    ...other,
    text: pairReason({ voices, source }).text,
  }))
  return { show, named }
}

/** A pair as its author sees it. */
export interface VoiceLine {
  show: { slug: string; title: string }
  related: { slug: string; title: string }
  reason: string
  at: string
  /** Readers heard for it, the author among them; it counts from two on. */
  voices: number
  counts: boolean
  /** False while the author's own account is too young to be heard. */
  heard: boolean
}

/** What a reader has named beside what, newest first. */
export async function listVoices(readerId: string): Promise<VoiceLine[]> {
  const rows = await db().execute<{
    slug: string
    title: string
    related_slug: string
    related_title: string
    reason: string
    at: string
    voices: number
    young: boolean
  }>(sql`
    select a.slug, a.title, b.slug as related_slug, b.title as related_title, v.reason, v.at,
      coalesce(h.voices, 0) as voices, r.created_at > now() - ${`${HEARD_AFTER_MS} milliseconds`}::interval as young
    from pair_voice v join reader r on r.id = v.reader_id join show a on a.id = v.show_id join show b on b.id = v.related_show_id
      left join (${heard}) h on h.show_id = v.show_id and h.related_show_id = v.related_show_id
    where v.reader_id = ${readerId}
    order by v.at desc, a.slug, b.slug`)
  return rows.map(({ slug, title, related_slug, related_title, reason, at, voices, young }) => ({
    show: { slug, title },
    related: { slug: related_slug, title: related_title },
    reason,
    at: new Date(at).toISOString(),
    voices,
    counts: voices >= VOICES_NEEDED,
    heard: !young,
  }))
}

/** What readers named, as the operator sees it: who said it stays out. */
export interface VoicedPair {
  show: string
  related: string
  voices: number
  counts: boolean
  reasons: string[]
}

/** Every pair that a reader named, with all reasons, and every list with its size. */
export async function listPairs(): Promise<{
  voiced: VoicedPair[]
  lists: { source: string; pairs: number; at: string }[]
}> {
  const voiced = await db().execute<Omit<VoicedPair, 'counts'> & Record<string, unknown>>(sql`
    select a.slug as show, b.slug as related, coalesce(h.voices, 0) as voices, s.reasons
    from (select show_id, related_show_id, array_agg(reason order by at, reason) as reasons
      from pair_voice group by show_id, related_show_id) s
      left join (${heard}) h on h.show_id = s.show_id and h.related_show_id = s.related_show_id
      join show a on a.id = s.show_id join show b on b.id = s.related_show_id
    order by 1, 2`)
  const lists = await db().execute<{ source: string; pairs: number; at: string }>(
    sql`select source, count(*)::int as pairs, max(at) as at from pair group by source order by source`,
  )
  return {
    voiced: voiced.map((pair) => ({ ...pair, counts: pair.voices >= VOICES_NEEDED })),
    lists: lists.map((list) => ({ ...list, at: new Date(list.at).toISOString() })),
  }
}
