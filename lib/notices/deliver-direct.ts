import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { refuseInTransaction } from '@/db/transaction'
import { ATTEMPTS_MAX, LEASE_MS, retryDelayMs } from '@/lib/mail/rules'
import { letterSiteUrl } from '@/lib/shared/site'
import { skipNotices } from './gather'
import { type DueNotice, readDue } from './items'
import type { ChannelKind, NoticeItem, NoticeMessage, Outcome, Wishes } from './types'

/** Brings a message to a channel; does not throw at what the other side does. */
export type Bring = (channel: DueNotice['channel'], message: NoticeMessage) => Promise<Outcome>

const AT_A_TIME = 4

/** A notice as push and webhook carry it. What a lock screen shows must give nothing away unless its reader said so. */
export function messageOf(
  item: NoticeItem,
  { kind, site, spoilerSafe }: { kind: ChannelKind; site: string } & Pick<Wishes, 'spoilerSafe'>,
): NoticeMessage {
  const hidden = kind === 'push' && spoilerSafe && item.safe === 'something changed'
  return {
    id: `notice.${item.noticeId}`,
    title: `${item.show.title}, season ${item.season.number}`,
    body: hidden ? 'Something changed. Open to read what.' : item.text,
    url: `${site}/shows/${item.show.slug}/seasons/${item.season.number}`,
    source: item.source,
    show: item.show.title,
    season: item.season.number,
    kind: item.kind,
    happenedOn: item.happenedOn,
  }
}

/** Takes one due push or webhook notice for this process; a killed one only delays it. One channel's leave in order. */
async function lease(now: Date): Promise<number | undefined> {
  const at = sql`${now.toISOString()}::timestamptz`
  const until = new Date(now.getTime() + LEASE_MS).toISOString()
  const [row] = await db().execute<{ id: number }>(sql`
    update notice set leased_until = ${until}::timestamptz, attempts = attempts + 1 where id = (
      select n.id from notice n join channel c on c.id = n.channel_id
      where n.state = 'due' and n.due_at <= ${at} and c.kind in ('push', 'webhook')
        and (n.leased_until is null or n.leased_until < ${at})
        and not exists (select from notice e where e.channel_id = n.channel_id and e.id < n.id
          and e.state in ('due', 'gathered') and (e.due_at <= ${at} or e.attempts > 0))
      order by n.due_at, n.id limit 1 for update of n skip locked)
    returning id`)
  return row?.id
}

/**
 * Delivers what is due by push and webhook: lease, commit, send, write down the outcome. Tried again with growing
 * pauses, parked after eight attempts or at a final refusal; a channel whose other side says it is over is suspended.
 */
export async function deliverDirect(
  bring: Partial<Record<ChannelKind, Bring>>,
  now: () => Date = () => new Date(),
): Promise<{ sent: number; later: number; parked: number }> {
  refuseInTransaction('Delivering notices')
  const result = { sent: 0, later: 0, parked: 0 }
  const empty = async () => {
    for (;;) {
      const id = await lease(now())
      if (id === undefined) return
      const [due] = await readDue(sql`n.id = ${id}`, now())
      if (!due) continue
      if (due.skip) {
        await skipNotices([{ id, reason: due.skip }], now())
        continue
      }
      const { channel, item, wishes } = due
      const message = messageOf(item, {
        kind: channel.kind,
        site: letterSiteUrl(),
        spoilerSafe: wishes.spoilerSafe,
      })
      const outcome = (await bring[channel.kind]?.(channel, message)) ?? {
        outcome: 'later',
        reason: 'nothing here delivers by this channel',
      }
      result[await settle(due, outcome, now())]++
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, empty))
  return result
}

async function settle(due: DueNotice, outcome: Outcome, at: Date): Promise<'sent' | 'later' | 'parked'> {
  const time = sql`${at.toISOString()}::timestamptz`
  if (outcome.outcome === 'sent') {
    await db().execute(sql`
      with told as (update notice set state = 'sent', settled_at = ${time}, leased_until = null, outcome = null where id = ${due.id})
      update channel set last_delivered_at = ${time} where id = ${due.channel.id}`)
    return 'sent'
  }
  const reason = outcome.reason.slice(0, 300)
  const final = outcome.outcome === 'refused'
  const ends = outcome.outcome === 'refused' && outcome.ends
  const parked = final || due.attempts >= ATTEMPTS_MAX
  const pauseMs = (outcome.outcome === 'later' && outcome.retryAfterMs) || retryDelayMs(due.attempts)
  const again = new Date(at.getTime() + pauseMs).toISOString()
  await db().execute(sql`
    with late as (update notice set leased_until = null, outcome = ${reason},
        state = case when ${parked} then 'parked' else state end,
        settled_at = case when ${parked} then ${time} end,
        due_at = case when ${parked} then due_at else ${again}::timestamptz end where id = ${due.id})
    update channel set last_refused_at = ${time}, last_refusal = ${reason},
      suspended_at = case when ${ends} then ${time} else suspended_at end where id = ${due.channel.id}`)
  return parked ? 'parked' : 'later'
}
