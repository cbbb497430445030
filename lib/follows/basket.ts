import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { cookies } from 'next/headers'
import { db } from '@/db/client'
import { reader } from '@/db/schema/account'
import { readerToken } from '@/db/schema/notice'
import { transaction } from '@/db/transaction'
import { basketCookieName, readCookie } from '@/lib/accounts/cookies'
import { currentViewer, viewerOf } from '@/lib/accounts/queries'
import { bearerOf } from '@/lib/accounts/reader-tokens'
import type { Follower } from '@/lib/accounts/types'
import { ensureMailChannel } from '@/lib/notices/mail-channel'
import { LIMITS, spend } from '@/lib/shared/rate-limit'
import { hashToken, randomToken } from '@/lib/shared/secrets'

async function basketOf(token: string | undefined): Promise<Follower | null> {
  const bearer = token ? await bearerOf('basket', token) : null
  return bearer && { id: bearer.readerId, email: null }
}

/** Who follows from this request: the account signed in, else the basket of this browser; null for neither. */
export async function followerOf(headers: Headers): Promise<Follower | null> {
  return (await viewerOf(headers)) ?? basketOf(readCookie(headers, basketCookieName()))
}

/** The same for a page. For private pages only. */
export async function currentFollower(): Promise<Follower | null> {
  return (await currentViewer()) ?? basketOf((await cookies()).get(basketCookieName())?.value)
}

/**
 * Opens a basket: a reader without an address, kept by a secret in one browser. Limited per client.
 * @returns the secret for the cookie, null where the limit is reached
 */
export async function openBasket(client: string): Promise<{ follower: Follower; token: string } | null> {
  if (!(await spend(LIMITS.basket, client)).allowed) return null
  const token = randomToken()
  return transaction(async () => {
    const [made] = await db().insert(reader).values({ email: null }).returning({ id: reader.id })
    await db()
      .insert(readerToken)
      .values({ hash: hashToken(token), readerId: made!.id, purpose: 'basket' })
    return { follower: { id: made!.id, email: null }, token }
  })
}

/** What came with a basket and needs a word to whoever claimed it. */
export interface Brought {
  /** Webhooks and browsers, all turned off. */
  channels: number
  /** Whether it had secret feed addresses, which work no more. */
  feeds: boolean
}

/**
 * Makes a basket's things an account's: what it follows with its wishes, what it has seen and waved off (where the
 * account has said nothing itself), and its webhooks and browsers. These arrive turned off, and its feed addresses end:
 * the basket may have been begun by another who used this browser before, and whatever they kept a copy of must not
 * tell them what the account follows later. The basket is gone then. Safe to repeat.
 */
export async function claimBasket(token: string | undefined, readerId: string, now: Date): Promise<Brought> {
  const basket = await basketOf(token)
  if (!basket || basket.id === readerId) return { channels: 0, feeds: false }
  return transaction(
    async () => {
      const from = basket.id
      await db().execute(sql`select id from reader where id in (${from}, ${readerId}) order by id for update`)
      await db().execute(sql`
        update follow set reader_id = ${readerId} where reader_id = ${from}
          and season_id not in (select season_id from follow where reader_id = ${readerId})`)
      await db().execute(sql`
        update verdict set reader_id = ${readerId} where reader_id = ${from}
          and show_id not in (select show_id from verdict where reader_id = ${readerId})`)
      await db().execute(sql`
        insert into preference select ${readerId}, time_zone, wants, lead_days, cadence, digest_hour, digest_weekday,
          quiet_from, quiet_to, spoiler_safe from preference where reader_id = ${from} on conflict do nothing`)
      const channels = await db().execute(sql`
        update channel set reader_id = ${readerId}, enabled = false, brought_at = ${now.toISOString()}::timestamptz
        where reader_id = ${from} and not exists (
          select 1 from channel mine where mine.reader_id = ${readerId} and mine.kind = channel.kind and mine.address = channel.address)
        returning id`)
      await db().execute(sql`
        update notice set reader_id = ${readerId} where reader_id = ${from}
          and channel_id in (select id from channel where reader_id = ${readerId})`)
      const feeds = await db().execute(sql`
        select 1 from reader_token where reader_id = ${from} and purpose = 'feed' and revoked_at is null limit 1`)
      // Its links go with it.
      await db().delete(reader).where(eq(reader.id, from))
      await ensureMailChannel(readerId)
      return { channels: channels.length, feeds: feeds.length > 0 }
    },
    { idempotent: true },
  )
}

/** Removes baskets that have followed nothing for a day, hold no word on a show and have no channel: nobody misses them. */
export async function forgetBaskets(now: Date): Promise<void> {
  await db().execute(sql`
    delete from reader r where r.email is null and r.created_at < ${now.toISOString()}::timestamptz - interval '1 day'
      and not exists (select 1 from follow f where f.reader_id = r.id)
      and not exists (select 1 from verdict v where v.reader_id = r.id)
      and not exists (select 1 from channel c where c.reader_id = r.id)`)
}
