import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { idList } from '@/db/rows'
import { transaction } from '@/db/transaction'
import { tokenFor } from '@/lib/accounts/reader-tokens'
import { enqueueMails, type Letter } from '@/lib/mail/outbox'
import { letterSiteUrl } from '@/lib/shared/site'
import { type CameShow, wantedCameMail } from './mails'

/** The topic of an answered wish's outbox row; its payload is `{wanted: id}`. */
export const WANTED_TOPIC = 'wanted'
/** Wishes told in one transaction. */
const AT_ONCE = 500

interface Row extends Record<string, unknown> {
  id: number
  /** Null where the account is gone, is suspended, or wants no mail. */
  reader: string | null
  email: string | null
  show: CameShow | null
}

/**
 * Tells whoever waited for a show that it is here: a mail for each reader, once, written with the note that it was told in
 * one transaction. Who has turned mail off finds the answer on their list alone. Safe to repeat and to kill.
 * @returns how many wishes were dealt with
 */
export async function tellWanted(now: Date): Promise<number> {
  let told = 0
  for (;;) {
    const some = await transaction(() => tellSome(now), { idempotent: true })
    told += some
    if (some < AT_ONCE) return told
  }
}

async function tellSome(now: Date): Promise<number> {
  const rows = await db().execute<Row>(sql`
    select o.id, r.id as reader, c.address as email,
      case when s.id is not null then json_build_object('words', w.words, 'slug', s.slug, 'title', s.title,
        'network', n.name, 'answer', t.answer,
        'year', (select min(left(premiere, 4))::int from season where show_id = s.id and premiere ~ '^[0-9]{4}')) end as show
    from outbox o
      left join wanted w on w.id = (o.payload ->> 'wanted')::int
      left join reader r on r.id = w.reader_id and not r.suspended
      left join lateral (select address from channel where reader_id = r.id and kind = 'mail' and enabled
        and suspended_at is null order by id limit 1) c on true
      left join show s on s.id = w.show_id left join network n on n.id = s.network_id
      left join show_state t on t.show_id = s.id
    where o.topic = ${WANTED_TOPIC} and o.processed_at is null
    order by o.id limit ${AT_ONCE} for update of o skip locked`)
  if (rows.length === 0) return 0
  const mine = new Map<string, { id: number; email: string; shows: CameShow[] }>()
  for (const { id, reader, email, show } of rows) {
    if (!reader || !email || !show) continue
    const one = mine.get(reader) ?? { id, email, shows: [] }
    one.shows.push(show)
    mine.set(reader, one)
  }
  const letters: Letter[] = []
  for (const [readerId, { id, email, shows }] of mine) {
    const unsubscribeToken = await tokenFor('unsubscribe', { readerId, seasonId: null })
    const words = wantedCameMail({ shows, site: letterSiteUrl(), unsubscribeToken })
    letters.push({ about: `wanted.${id}`, recipient: email, readerId, ...words })
  }
  await enqueueMails(letters, now)
  await db().execute(sql`
    update outbox set processed_at = ${now.toISOString()}::timestamptz
    where id in ${idList(rows.map(({ id }) => id))}`)
  return rows.length
}
